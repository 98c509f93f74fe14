import type { IDataObject } from 'n8n-workflow';

import {
	CALL_LOG_SETTINGS,
	callLogParameters,
	roundSettings,
} from '../../../nodes/VoiceFox/callLog/settings';
import { readSettings } from '../../../nodes/VoiceFox/settings/define';

const HOUR = 3_600_000;

const read = (options: IDataObject) =>
	readSettings(CALL_LOG_SETTINGS, (name) => (name === 'options' ? options : undefined));

function roundOf(options: IDataObject) {
	const reading = read(options);
	return reading.readable ? roundSettings(reading.value, 'Europe/Berlin') : reading.label;
}

describe('The options', () => {
	it('are as documented unless set', () => {
		expect(roundOf({})).toEqual({ startFrom: null, lookBack: 48 * HOUR, settle: HOUR / 6, timeZone: '' });
	});

	it.each([
		['2026-11-20T00:00:00', '', '2026-11-19T23:00:00Z'],
		['2026-11-20T00:00:00', 'Asia/Tokyo', '2026-11-19T15:00:00Z'],
		['2026-11-20T00:00:00+02:00', 'Asia/Tokyo', '2026-11-19T22:00:00Z'],
		['2026-11-20 08:00:00', 'Asia/Tokyo', '2026-11-19T23:00:00Z'],
		['2026-11-20', '', '2026-11-19T23:00:00Z'],
		[new Date('2026-11-20T00:00:00Z'), '', '2026-11-20T00:00:00Z'],
		[Date.parse('2026-11-20T00:00:00Z'), '', '2026-11-20T00:00:00Z'],
	])('read Start From %j in the zone %j, else in the one of the workflow', (startFrom, timeZone, time) => {
		const options = { startFrom, timeZone } as unknown as IDataObject;
		expect(roundOf(options)).toMatchObject({ startFrom: Date.parse(time) });
	});

	it.each([
		[{ startFrom: 'yesterday' }, 'Start From'],
		[{ startFrom: null }, 'Start From'],
		[{ lookBackHours: 0 }, 'Look Back'],
		[{ lookBackHours: 'two' }, 'Look Back'],
		[{ settleMinutes: -1 }, 'Wait for Analysis'],
		[{ settleMinutes: null }, 'Wait for Analysis'],
		[{ timeZone: null }, "VoiceFox's Time Zone"],
	])('%j cannot be read', (options, label) => {
		expect(roundOf(options)).toBe(label);
	});

	it('take an unknown zone for none', () => {
		expect(roundOf({ timeZone: 'Asia/Nowhere' })).toMatchObject({ timeZone: '' });
	});
});

describe('The parameters', () => {
	it('depend on none of the webhook trigger', () => {
		expect(JSON.stringify(callLogParameters)).not.toContain('triggerOn');
	});
});
