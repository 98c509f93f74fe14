import { MAX_RETRIES, MAX_TOTAL_WAIT, nextPause } from '../../../nodes/VoiceFox/api/retries';

const now = Date.parse('2026-11-20T10:00:00Z');
const pause = (retryAfter: unknown, retriesDone = 0, waited = 0) =>
	nextPause(
		retryAfter === undefined ? {} : { 'retry-after': retryAfter as string },
		retriesDone,
		waited,
		now,
	);

it('waits as long as Retry-After asks, in seconds or until a date', () => {
	expect(pause('7')).toBe(7000);
	expect(pause('0')).toBe(0);
	expect(pause('Fri, 20 Nov 2026 10:00:30 GMT')).toBe(30_000);
	expect(pause('Fri, 20 Nov 2026 09:00:00 GMT')).toBe(0);
});

it.each([undefined, '', 'soon', '-5', '1.5'])('doubles the wait when Retry-After is %j', (retryAfter) => {
	expect([0, 1, 2, 3, 4].map((retries) => pause(retryAfter, retries))).toEqual([
		1000, 2000, 4000, 8000, 16_000,
	]);
});

it('gives up after the last retry, or when the wait would be too long in all', () => {
	expect(pause('0', MAX_RETRIES)).toBeUndefined();
	expect(pause('0', MAX_RETRIES - 1)).toBe(0);
	expect(pause('60')).toBe(MAX_TOTAL_WAIT);
	expect(pause('61')).toBeUndefined();
	expect(pause('10', 1, 50_000)).toBe(10_000);
	expect(pause('10', 1, 50_001)).toBeUndefined();
});

it('waits no longer than a minute in all without Retry-After', () => {
	const pauses = Array.from({ length: MAX_RETRIES }, (_, retries) => pause(undefined, retries)!);
	expect(pauses.reduce((sum, next) => sum + next, 0)).toBeLessThanOrEqual(MAX_TOTAL_WAIT);
});
