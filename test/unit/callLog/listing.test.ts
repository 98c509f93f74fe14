import type { IDataObject } from 'n8n-workflow';

import {
	hasEnded,
	isMissed,
	lastStart,
	readListing,
	startOf,
	type ReadPage,
} from '../../../nodes/VoiceFox/callLog/listing';
import { HOUR, shifted } from '../../../nodes/VoiceFox/callLog/window';

const call = (number: number): IDataObject => ({
	sessionId: `s${number}`,
	startAt: `2026-11-20 10:00:${String(number % 60).padStart(2, '0')}`,
});

const calls = (count: number) => Array.from({ length: count }, (_, index) => call(index));

/** Answers with pages of ten of these, and counts the requests. */
function pagesOf(log: IDataObject[], total?: number) {
	const requests: number[] = [];
	const readPage = async (pageIndex: number) => {
		requests.push(pageIndex);
		return { calls: log.slice((pageIndex - 1) * 10, pageIndex * 10), leftOut: 0, total };
	};
	return { readPage, requests };
}

const never = () => false;

describe('The pages of a window', () => {
	it.each([
		[0, undefined, 0, [1]],
		[10, 10, 0, [1, 2]],
		[25, 10, 0, [1, 2, 3, 4]],
		[25, 1_000_000, 999_975, [1, 2, 3, 4]],
	])('with %i calls, %p counted, are read to the empty one', async (count, total, missing, pages) => {
		const { readPage, requests } = pagesOf(calls(count), total);
		const listing = await readListing(readPage, never);
		expect([listing.entries.size, listing.isWhole, listing.missing, requests]).toEqual([
			count,
			true,
			missing,
			pages,
		]);
	});

	it('are not read to the end when there is no more time, or too much', async () => {
		const { readPage, requests } = pagesOf(calls(25), 99);
		const { entries, isWhole, missing } = await readListing(readPage, (count) => count === 20);
		expect([entries.size, isWhole, missing, requests]).toEqual([20, false, 0, [1, 2]]);
	});

	it('give the calls in the order of their start, with the unknown ones first', async () => {
		const log = [{ sessionId: 'later', startAt: '2026-11-20T12:00:00Z' }, call(1), { sessionId: 7 }, call(0)];
		const { entries } = await readListing(pagesOf(log).readPage, never);
		expect([...entries.keys()]).toEqual(['7', 's0', 's1', 'later']);
	});

	it('may hold what has no session ID that can be used', async () => {
		const log = [{}, { sessionId: '..' }, { sessionId: 'x'.repeat(300) }, { sessionId: {} }, call(1)];
		const { entries, unusable } = await readListing(pagesOf(log).readPage, never);
		expect([[...entries.keys()], unusable]).toEqual([['s1'], ['', '..', 'x'.repeat(40), '']]);
	});

	it('tell calls apart by the white space around their IDs', async () => {
		const log = [{ sessionId: 'a' }, { sessionId: ' a' }];
		const { entries } = await readListing(pagesOf(log).readPage, never);
		expect([...entries.keys()]).toEqual(['a', ' a']);
	});

	it('that fail end the reading', async () => {
		await expect(readListing(() => Promise.reject(new Error('down')), never)).rejects.toThrow('down');
	});
});

describe('An entry of the list', () => {
	it.each([
		['2026-11-20 10:15:02', '2026-11-20 10:15:02'],
		['2026-11-20T10:15:02+09:00', '2026-11-20 10:15:02'],
		['', ''],
		[null, ''],
		[20261120, ''],
	])('that started at %j', (startAt, start) => {
		expect(startOf({ startAt })).toBe(start);
	});

	it.each([
		['2026-11-20 10:15:02', true],
		['', false],
		[' ', false],
		['0001-01-01 00:00:00', false],
		[null, false],
		[undefined, false],
	])('that ended at %j', (endAt, ended) => {
		expect(hasEnded({ endAt })).toBe(ended);
	});

	it.each([
		[0, true],
		[undefined, true],
		['0', true],
		['12', false],
		[1, false],
		[true, true],
		['1e3', true],
	])('whose talk time is %j', (billsec, missed) => {
		expect(isMissed({ billsec })).toBe(missed);
	});
});

describe("The log's last call", () => {
	it.each(['1999-12-31 23:30:00', '2026-11-20 10:15:02', '2036-01-01 00:00:00'])(
		'that started at %s is found within an hour, with some twenty requests',
		async (startAt) => {
			let requests = 0;
			const page: ReadPage = async ({ startTime, endTime }) => {
				requests++;
				const isIn = startAt >= startTime && startAt <= endTime;
				return { calls: isIn ? [{ startAt }] : [], leftOut: 0 };
			};
			const found = await lastStart(page);
			expect(found! >= startAt && shifted(found!, -HOUR) <= startAt).toBe(true);
			expect(requests).toBeLessThan(25);
		},
	);

	it('is none in an empty log', async () => {
		expect(await lastStart(async () => ({ calls: [], leftOut: 0 }))).toBeNull();
	});
});
