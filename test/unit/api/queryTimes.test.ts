import { DateTime } from 'luxon';

import { queryRange, rangeOf, timeOf, type RangeWord } from '../../../nodes/VoiceFox/api/queryTimes';

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

it('Unix time is seconds or milliseconds, as a number or in digits', () => {
	const forms = [1795255059, 1795255059000, '1795255059', ' 1795255059000 ', 1795255059.4, '1795255059.4'];
	expect(forms.map((form) => start(form))).toEqual(forms.map(() => ({ startTime: '2026-11-21 18:57:39' })));
	expect(timeOf(100_000_000, 'UTC').toISODate()).toBe('1973-03-03');
	expect(timeOf(99_999_999_999, 'UTC').toISODate()).toBe('5138-11-16');
	expect(timeOf(100_000_000_000, 'UTC').toISODate()).toBe('1973-03-03');
});

it('a text of eight digits is a date, and one of four is a year', () => {
	expect(start('20261120')).toEqual({ startTime: '2026-11-20 00:00:00' });
	expect(start('2026')).toEqual({ startTime: '2026-01-01 00:00:00' });
});

it('a date alone is the whole day', () => {
	expect(start('2026-11-20')).toEqual({ startTime: '2026-11-20 00:00:00' });
	expect(end('2026-11-20')).toEqual({ endTime: '2026-11-20 23:59:59' });
	expect(end('2026-11-20T08:00:00')).toEqual({ endTime: '2026-11-20 08:00:00' });
});

it.each([undefined, null, ''])('%p is not set', (value) => {
	expect(queryRange({ startTime: value, endTime: value }, 'UTC')).toEqual({});
});

it.each<unknown>([
	'yesterday',
	' ',
	{},
	Number.NaN,
	Infinity,
	2026,
	0,
	-1795255059,
	'1e10',
	{ toString: 1, valueOf: 1 },
	'2026-11-20'.repeat(100_000),
])('%p is not a time', (value) => {
	expect(start(value)).toEqual({ unusable: 'startTime' });
	expect(end(value)).toEqual({ unusable: 'endTime' });
});

it('a range that ends before it starts is unusable', () => {
	const range = { startTime: '2026-11-21', endTime: '2026-11-20' };
	expect(queryRange(range, 'UTC')).toEqual({ unusable: 'order' });
	expect(queryRange({ startTime: instant, endTime: instant }, 'UTC')).toEqual({
		startTime: '2026-11-20 10:15:02',
		endTime: '2026-11-20 10:15:02',
	});
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

	it('a range that has one end only takes in both hours, too', () => {
		const zone = 'America/New_York';
		expect(start('2026-11-01T01:30:00-04:00', zone)).toEqual({ startTime: '2026-11-01 00:30:00' });
		expect(end('2026-11-01T01:15:00-05:00', zone)).toEqual({ endTime: '2026-11-01 02:15:00' });
	});

	it('half an hour comes twice on Lord Howe Island', () => {
		const zone = 'Australia/Lord_Howe';
		expect(start('2026-04-05T01:35:00+11:00', zone)).toEqual({ startTime: '2026-04-05 01:05:00' });
		expect(start('2026-04-05T01:25:00+11:00', zone)).toEqual({ startTime: '2026-04-05 01:25:00' });
		expect(end('2026-04-05T01:45:00+10:30', zone)).toEqual({ endTime: '2026-04-05 02:15:00' });
		expect(end('2026-04-05T02:15:00+10:30', zone)).toEqual({ endTime: '2026-04-05 02:15:00' });
	});

	it('a range around the night stays as it is', () => {
		expect(range('2026-10-31T00:00:00-04:00', '2026-11-02T00:00:00-05:00')).toEqual({
			startTime: '2026-10-31 00:00:00',
			endTime: '2026-11-02 00:00:00',
		});
	});
});

describe('in words, a range', () => {
	/** Tokyo's 1 March, 08:30 */
	const now = Date.parse('2027-02-28T23:30:00Z');

	it.each<[RangeWord, object]>([
		['today', {}],
		['yesterday', { startTime: '2027-02-28 00:00:00', endTime: '2027-02-28 23:59:59' }],
		['last7Days', { startTime: '2027-02-22 00:00:00', endTime: '2027-03-01 23:59:59' }],
		['last30Days', { startTime: '2027-01-30 00:00:00', endTime: '2027-03-01 23:59:59' }],
	])('called %s is %j', (word, range) => {
		expect(rangeOf(word, 'Asia/Tokyo', now)).toEqual(range);
	});

	it('is of whole days on the clock of the zone, also when clocks are set back', () => {
		expect(rangeOf('yesterday', 'America/New_York', Date.parse('2026-11-02T12:00:00Z'))).toEqual({
			startTime: '2026-11-01 00:00:00',
			endTime: '2026-11-01 23:59:59',
		});
	});

	it('begins and ends with the day, also where clocks are set back at midnight', () => {
		expect(rangeOf('yesterday', 'America/Santiago', Date.parse('2026-04-05T15:00:00Z'))).toEqual({
			startTime: '2026-04-04 00:00:00',
			endTime: '2026-04-04 23:59:59',
		});
		expect(rangeOf('yesterday', 'America/Havana', Date.parse('2026-11-02T15:00:00Z'))).toEqual({
			startTime: '2026-11-01 00:00:00',
			endTime: '2026-11-01 23:59:59',
		});
	});

	it('needs a zone that is known', () => {
		expect(rangeOf('yesterday', 'Mars/Olympus', now)).toEqual({ unusable: 'timeZone' });
	});
});
