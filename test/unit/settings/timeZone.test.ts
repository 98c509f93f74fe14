import { getTimeZones, timeZoneOptions, timeZoneProblem } from '../../../nodes/VoiceFox/settings/timeZone';
import { isTimeZone } from '../../../nodes/VoiceFox/voicefox/times';

const TOKYO = 'Asia/Tokyo';

describe('the zones that the editor offers', () => {
	it("begin with none and the workflow's own, which is not repeated", async () => {
		const context = { getTimezone: () => TOKYO } as ThisParameterType<typeof getTimeZones>;
		const options = await getTimeZones.call(context);
		expect(options).toEqual(timeZoneOptions(TOKYO));
		expect(options.slice(0, 2)).toEqual([
			{ name: 'Not Set', value: '' },
			{ name: "Asia/Tokyo (This Workflow's)", value: TOKYO },
		]);
		expect(options.filter(({ value }) => value === TOKYO)).toHaveLength(1);
		expect(options).toContainEqual({ name: 'Europe/Berlin', value: 'Europe/Berlin' });
		expect(options.slice(1).every(({ value }) => isTimeZone(String(value)))).toBe(true);
	});
});

describe('a zone that nobody knows', () => {
	it('is named, with the setting that has it', () => {
		expect(timeZoneProblem({ timeZone: '', showTimesIn: '' })).toBeNull();
		expect(timeZoneProblem({ timeZone: TOKYO })).toBeNull();
		expect(timeZoneProblem({ timeZone: TOKYO, showTimesIn: 'Europe/Berlin' })).toBeNull();
		expect(timeZoneProblem({ timeZone: 'Tokyo' })).toBe(
			`The time zone "Tokyo" in 'VoiceFox's Time Zone' is not known. Use a name such as Asia/Tokyo`,
		);
		expect(timeZoneProblem({ timeZone: TOKYO, showTimesIn: 'x'.repeat(100) })).toBe(
			`The time zone "${'x'.repeat(60)}" in 'Show Times In' is not known. Use a name such as Asia/Tokyo`,
		);
	});
});
