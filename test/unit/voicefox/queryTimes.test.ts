import { DateTime } from 'luxon';

import { queryRange } from '../../../nodes/VoiceFox/voicefox/queryTimes';

const start = (startTime: unknown, zone = 'Asia/Tokyo') => queryRange({ startTime }, zone);
const end = (endTime: unknown, zone = 'Asia/Tokyo') => queryRange({ endTime }, zone);
const instant = '2026-11-20T10:15:02.500Z';

it('a time without an offset is a time in the zone, and stays', () => {
	expect(start('2026-11-20T10:15:02')).toEqual({ startTime: '2026-11-20 10:15:02' });
	expect(start('2026-11-20 10:15:02')).toEqual({ startTime: '2026-11-20 10:15:02' });
	expect(start(' 2026-11-20 10:15 ')).toEqual({ startTime: '2026-11-20 10:15:00' });
});

it('a time with an offset is converted, in whatever form it comes', () => {
	const forms = [instant, new Date(instant), Date.parse(instant), DateTime.fromISO(instant)];
	expect(forms.map((form) => start(form))).toEqual(forms.map(() => ({ startTime: '2026-11-20 19:15:02' })));
	expect(start('2026-11-20 10:15:02 +01:00')).toEqual({ startTime: '2026-11-20 18:15:02' });
	expect(start(instant, 'America/New_York')).toEqual({ startTime: '2026-11-20 05:15:02' });
});

it('a DateTime of another copy of luxon counts, too', () => {
	expect(start({ toISO: () => instant })).toEqual({ startTime: '2026-11-20 19:15:02' });
});

it('a date alone is the whole day', () => {
	expect(start('2026-11-20')).toEqual({ startTime: '2026-11-20 00:00:00' });
	expect(end('2026-11-20')).toEqual({ endTime: '2026-11-20 23:59:59' });
	expect(end('2026-11-20T08:00:00')).toEqual({ endTime: '2026-11-20 08:00:00' });
});

it.each([undefined, null, ''])('%p is not set', (value) => {
	expect(queryRange({ startTime: value, endTime: value }, 'UTC')).toEqual({});
});

it.each(['yesterday', ' ', {}, Number.NaN, '2026-11-20'.repeat(100_000)])('%p is not a time', (value) => {
	expect(start(value)).toEqual({ unusable: 'startTime' });
	expect(end(value)).toEqual({ unusable: 'endTime' });
});

it('a range that ends before it starts is unusable', () => {
	const range = { startTime: '2026-11-21', endTime: '2026-11-20' };
	expect(queryRange(range, 'UTC')).toEqual({ unusable: 'order' });
});

it('an unknown zone is unusable', () => {
	expect(start(instant, 'Mars/Olympus')).toEqual({ unusable: 'timeZone' });
});

describe('in the night in which clocks are set back', () => {
	// In New York the hour from 01:00 to 02:00 of 1 November 2026 comes twice.
	const range = (startTime: string, endTime: string) =>
		queryRange({ startTime, endTime }, 'America/New_York');

	it('a range whose clock times go backwards is asked for with both hours', () => {
		expect(range('2026-11-01T01:30:00-04:00', '2026-11-01T01:15:00-05:00')).toEqual({
			startTime: '2026-11-01 00:30:00',
			endTime: '2026-11-01 02:15:00',
		});
	});

	it('a range that ends in the second hour includes the whole first one', () => {
		expect(range('2026-11-01T00:00:00-04:00', '2026-11-01T01:15:00-05:00')).toEqual({
			startTime: '2026-11-01 00:00:00',
			endTime: '2026-11-01 02:15:00',
		});
	});

	it('a range around the night stays as it is', () => {
		expect(range('2026-10-31T00:00:00-04:00', '2026-11-02T00:00:00-05:00')).toEqual({
			startTime: '2026-10-31 00:00:00',
			endTime: '2026-11-02 00:00:00',
		});
	});
});
