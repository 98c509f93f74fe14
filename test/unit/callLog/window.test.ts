import { HOUR, windowOf } from '../../../nodes/VoiceFox/callLog/window';

const NOW = Date.parse('2026-11-25T21:00:00Z');
const settings = { startFrom: null, lookBack: 48 * HOUR, timeZone: '' };
const inTokyo = { ...settings, timeZone: 'Asia/Tokyo' };

/** A complete poll that long ago, whose window began long before. */
const hoursAgo = (hours: number) => ({ polledAt: NOW - hours * HOUR, startTime: '2000-01-01 00:00:00' });

describe('The first window', () => {
	it("reaches from Look Back to now in the account's zone, with an hour for clocks that differ", () => {
		expect(windowOf(inTokyo, null, NOW)).toEqual({
			startTime: '2026-11-24 06:00:00',
			endTime: '2026-11-26 07:00:00',
		});
	});

	it('is 14 hours wider on both sides when the zone is not known', () => {
		expect(windowOf(settings, null, NOW)).toEqual({
			startTime: '2026-11-23 07:00:00',
			endTime: '2026-11-26 12:00:00',
		});
	});

	it.each(['Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Tokyo', 'America/New_York', 'UTC'])(
		'without a zone holds the whole window of an account in %s',
		(timeZone) => {
			const { startTime, endTime } = windowOf({ ...settings, timeZone }, null, NOW);
			const wide = windowOf(settings, null, NOW);
			expect(wide.startTime <= startTime && wide.endTime >= endTime).toBe(true);
		},
	);

	it('begins at Start From', () => {
		const startFrom = Date.parse('2026-01-01T00:00:00+09:00');
		expect(windowOf({ ...inTokyo, startFrom }, null, NOW).startTime).toBe('2026-01-01 00:00:00');
		expect(windowOf({ ...settings, startFrom }, null, NOW).startTime).toBe('2025-12-31 01:00:00');
	});
});

describe('A later window', () => {
	it('reaches back by Look Back, whatever Start From was', () => {
		expect(windowOf({ ...inTokyo, startFrom: 0 }, hoursAgo(1), NOW).startTime).toBe('2026-11-24 06:00:00');
	});

	it('begins an hour before the last complete poll when n8n was down for longer than Look Back', () => {
		expect(windowOf(inTokyo, hoursAgo(100), NOW).startTime).toBe('2026-11-22 01:00:00');
	});

	it('never begins before the last one, even when Look Back is raised', () => {
		const last = { polledAt: NOW - HOUR, startTime: '2026-11-24 05:00:00' };
		expect(windowOf({ ...inTokyo, lookBack: 500 * HOUR }, last, NOW).startTime).toBe('2026-11-24 05:00:00');
	});

	it("follows n8n's clock when it was turned back, so that nothing is left out", () => {
		const last = { polledAt: NOW + 9000 * HOUR, startTime: '2027-12-01 00:00:00' };
		expect(windowOf(inTokyo, last, NOW).startTime).toBe('2026-11-24 06:00:00');
	});

	it('takes a clock that is an hour behind for one that differs, not for one that was turned back', () => {
		const startTime = '2027-12-01 00:00:00';
		const beginsAt = (polledAt: number) => windowOf(inTokyo, { polledAt, startTime }, NOW).startTime;
		expect([beginsAt(NOW + HOUR), beginsAt(NOW + HOUR + 1)]).toEqual([startTime, '2026-11-24 06:00:00']);
	});

	it('begins in the first of the two hours when clocks were set back then', () => {
		// On 2026-11-01 New York has the hour from 1:00 twice; 5:30 UTC is 1:30 in the first one.
		const now = Date.parse('2026-11-01T05:30:00Z') + 48 * HOUR;
		const { startTime } = windowOf({ ...settings, timeZone: 'America/New_York' }, null, now);
		expect(startTime).toBe('2026-11-01 00:30:00');
	});
});
