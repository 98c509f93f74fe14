import type { Memory } from '../../../nodes/VoiceFox/callLog/memory';
import {
	DAY,
	earliest,
	endOfLog,
	HOUR,
	isLongDue,
	latest,
	nearWindows,
	resumed,
	startOfLong,
} from '../../../nodes/VoiceFox/callLog/window';

const NOW = Date.parse('2026-11-25T21:00:00Z');
const settings = { startFrom: null, lookBack: 48 * HOUR, timeZone: '' };
const inTokyo = { ...settings, timeZone: 'Asia/Tokyo' };

const memoryWith = (known: Partial<Memory>) =>
	({ floor: '2000-01-01 00:00:00', latest: '2026-11-26 05:00:00', longAt: NOW, ...known }) as Memory;

describe("The account's time", () => {
	it('is its local time, or 14 hours more or less where its zone is unknown', () => {
		expect([earliest(NOW, inTokyo), latest(NOW, inTokyo)]).toEqual([
			'2026-11-26 06:00:00',
			'2026-11-26 06:00:00',
		]);
		expect([earliest(NOW, settings), latest(NOW, settings)]).toEqual([
			'2026-11-25 07:00:00',
			'2026-11-26 11:00:00',
		]);
	});

	it('is the first of the two when clocks are set back then', () => {
		// On 2026-11-01 New York has the hour from 1:00 twice; 5:30 UTC is 1:30 in the first one.
		const time = Date.parse('2026-11-01T05:30:00Z');
		expect(earliest(time, { ...settings, timeZone: 'America/New_York' })).toBe('2026-11-01 00:30:00');
	});
});

describe('Each poll', () => {
	it('reads the last two hours, and one for clocks that differ', () => {
		expect(nearWindows(memoryWith({}), inTokyo, NOW)).toEqual([
			{ startTime: '2026-11-26 04:00:00', endTime: '2026-11-26 07:00:00' },
		]);
		expect(nearWindows(memoryWith({}), settings, NOW)).toEqual([
			{ startTime: '2026-11-25 05:00:00', endTime: '2026-11-26 12:00:00' },
		]);
	});

	it('reads nothing from before it began', () => {
		const [window] = nearWindows(memoryWith({ floor: '2026-11-26 05:30:00' }), inTokyo, NOW);
		expect(window?.startTime).toBe('2026-11-26 05:30:00');
		expect(nearWindows(memoryWith({ floor: '2026-11-26 07:00:01' }), inTokyo, NOW)).toEqual([]);
	});

	it("reads the hours around VoiceFox's latest call, too, when n8n's clock is behind", () => {
		expect(nearWindows(memoryWith({ latest: '2026-11-26 07:00:01' }), inTokyo, NOW)[1]).toEqual({
			startTime: '2026-11-26 05:00:01',
			endTime: '2026-11-26 08:00:01',
		});
	});
});

describe('The long window', () => {
	it('is due once an hour, and when the clock was turned back', () => {
		const due = [0, HOUR - 1, HOUR, -1].map((ago) => isLongDue(memoryWith({ longAt: NOW - ago }), NOW));
		expect(due).toEqual([false, false, true, true]);
	});

	it.each([
		['at Look Back', {}, '2026-11-24 06:00:00'],
		['an hour before the last one after an outage', { longAt: NOW - 100 * HOUR }, '2026-11-22 01:00:00'],
		['not before it began', { floor: '2026-11-25 00:00:00' }, '2026-11-25 00:00:00'],
		['where it began when the clock was turned back', { longAt: NOW + 1 }, '2000-01-01 00:00:00'],
	])('begins %s', (_, known, start) => {
		expect(startOfLong(memoryWith(known), inTokyo, NOW)).toBe(start);
	});

	it("ends an hour from now, or after VoiceFox's latest call when n8n's clock is behind", () => {
		expect(endOfLog(memoryWith({}), inTokyo, NOW)).toBe('2026-11-26 07:00:00');
		expect(endOfLog(memoryWith({ latest: '2026-12-26 05:00:00' }), inTokyo, NOW)).toBe('2026-12-26 06:00:00');
	});

	it.each([
		['where the last poll left it', '2026-11-25 00:00:00', NOW - DAY, '2026-11-25 00:00:00'],
		['with what was the future then', '2026-11-26 07:00:00', NOW - HOUR, '2026-11-26 04:00:00'],
		[
			'from the beginning when the clock was turned back',
			'2026-11-26 07:00:00',
			NOW + 1,
			'2000-01-01 00:00:00',
		],
	])('goes on %s', (_, from, readAt, start) => {
		expect(resumed({ from, readAt, span: DAY, tries: 0 }, memoryWith({}), inTokyo, NOW)).toBe(start);
	});
});
