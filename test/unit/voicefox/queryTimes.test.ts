import { DateTime } from 'luxon';

import { toVoiceFoxTime } from '../../../nodes/VoiceFox/voicefox/queryTimes';

const start = (value: unknown, zone = 'Asia/Tokyo') => toVoiceFoxTime(value, zone, 'Start Time');
const instant = '2026-11-20T10:15:02.500Z';

it('a time without an offset is a time in the zone, and stays', () => {
	expect(start('2026-11-20T10:15:02')).toBe('2026-11-20 10:15:02');
	expect(start('2026-11-20 10:15:02')).toBe('2026-11-20 10:15:02');
	expect(start(' 2026-11-20 10:15 ')).toBe('2026-11-20 10:15:00');
});

it('a time with an offset is converted, in whatever form it comes', () => {
	const forms = [instant, new Date(instant), Date.parse(instant), DateTime.fromISO(instant)];
	expect(forms.map((form) => start(form))).toEqual(forms.map(() => '2026-11-20 19:15:02'));
	expect(start('2026-11-20 10:15:02 +01:00')).toBe('2026-11-20 18:15:02');
	expect(start(instant, 'America/New_York')).toBe('2026-11-20 05:15:02');
});

it('a DateTime of another copy of luxon counts, too', () => {
	expect(start({ toISO: () => instant })).toBe('2026-11-20 19:15:02');
});

it('a date alone is the whole day', () => {
	expect(start('2026-11-20')).toBe('2026-11-20 00:00:00');
	expect(toVoiceFoxTime('2026-11-20', 'Asia/Tokyo', 'End Time')).toBe('2026-11-20 23:59:59');
	expect(toVoiceFoxTime('2026-11-20T08:00:00', 'Asia/Tokyo', 'End Time')).toBe('2026-11-20 08:00:00');
});

it.each(['yesterday', '', null, {}, Number.NaN])('refuses %j as a time', (value) => {
	expect(() => start(value)).toThrow(
		"'Start Time' is no time that can be read. Use a form such as 2026-11-20 09:00:00",
	);
});

it('refuses an unknown zone', () => {
	expect(() => start(instant, 'Mars/Olympus')).toThrow(
		'The time zone "Mars/Olympus" is not known. Use a name such as Asia/Tokyo',
	);
});
