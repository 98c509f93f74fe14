import type { IDataObject } from 'n8n-workflow';

import {
	firstMemory,
	printOf,
	readMemory,
	withDone,
	withFailed,
	withListing,
	writeMemory,
	type Memory,
} from '../../../nodes/VoiceFox/callLog/seen';

const window = { startTime: '2026-11-20 00:00:00', endTime: '2026-11-22 00:00:00' };

const listingOf = (...entries: IDataObject[]) => ({
	entries: new Map(entries.map((entry) => [String(entry.sessionId), entry])),
	isComplete: true,
});

describe('The memory', () => {
	const memory = {
		polledAt: 1_795_000_000_000,
		startTime: '2026-11-20 00:00:00',
		waiting: [
			{ id: 'a', since: 7 },
			{ id: 'b', since: 0, failingSince: 9, assistant: [{ id: 318, vid: 2045 }] },
		],
		done: new Map([
			[printOf('one'), 0],
			[printOf('two'), 0],
			[printOf('three'), 1_795_000_000_000],
		]),
	};

	it("comes back from n8n's static data as it was, through JSON", () => {
		const data: IDataObject = { other: 1 };
		writeMemory(data, memory);
		expect(readMemory(JSON.parse(JSON.stringify(data)) as IDataObject)).toEqual(memory);
		expect(data.other).toBe(1);
	});

	it('takes twelve characters for a call that is done with, however long its ID', () => {
		const data: IDataObject = {};
		const done = new Map(
			Array.from({ length: 1000 }, (_, index) => [printOf('x'.repeat(index)), 0] as const),
		);
		writeMemory(data, { ...memory, waiting: [], done });
		expect(JSON.stringify(data).length).toBeLessThan(12_200);
	});

	it.each([
		{},
		{ calls: null },
		{ calls: 'x' },
		{ calls: [] },
		{ calls: { polledAt: '1', startTime: '' } },
		{ calls: { polledAt: 1 } },
	])('is none in %j', (data) => {
		expect(readMemory(data as IDataObject)).toBeNull();
	});

	it('leaves out what it did not write', () => {
		const calls = {
			polledAt: 1,
			startTime: 's',
			waiting: [null, 1, { id: 1, since: 2 }, { id: 'a', since: 'x' }, { id: 'b', since: 3 }],
			done: { 0: 7, x: 'abc', 5: 'abcdefghijkl' },
		};
		expect(readMemory({ calls } as unknown as IDataObject)).toEqual({
			polledAt: 1,
			startTime: 's',
			waiting: [{ id: 'b', since: 3 }],
			done: new Map([['abcdefghijkl', 5]]),
		});
		const none = { calls: { polledAt: 1, startTime: 's', waiting: 'x', done: { 0: null } } };
		expect(readMemory(none)).toEqual({ polledAt: 1, startTime: 's', waiting: [], done: new Map() });
	});

	it('of the first poll has the calls done with, or the history waiting', () => {
		const listing = listingOf({ sessionId: 'a', assistant: [{ id: 1, vid: 2 }] }, { sessionId: 'b' });
		expect(firstMemory(listing, window, 5, false)).toEqual({
			polledAt: 5,
			startTime: window.startTime,
			waiting: [],
			done: new Map([
				[printOf('a'), 0],
				[printOf('b'), 0],
			]),
		});
		expect(firstMemory(listing, window, 5, true)).toEqual({
			polledAt: 5,
			startTime: window.startTime,
			waiting: [
				{ id: 'a', since: 0, assistant: [{ id: 1, vid: 2 }] },
				{ id: 'b', since: 0 },
			],
			done: new Map(),
		});
	});

	it('keeps twenty assistants', () => {
		const assistant = Array.from({ length: 20 }, () => ({ id: 1 }));
		const listing = listingOf({ sessionId: 'a', assistant });
		expect(firstMemory(listing, window, 5, true).waiting).toEqual([{ id: 'a', since: 0, assistant }]);
	});

	it.each([[null], ['x'], [[]], [Array.from({ length: 21 }, () => ({ id: 1 }))]])(
		'keeps no list of assistants that is none, or endless',
		(assistant) => {
			const listing = listingOf({ sessionId: 'a', assistant });
			expect(firstMemory(listing, window, 5, true).waiting).toEqual([{ id: 'a', since: 0 }]);
		},
	);
});

describe('A call that is done with', () => {
	const HOUR = 3_600_000;
	const memory: Memory = withDone(firstMemory(listingOf(), window, 0, false), new Set(['a']));
	const isNew = (known: Memory, now: number) =>
		withListing(known, listingOf({ sessionId: 'a' }), window, now).waiting.length > 0;

	it('is still known when a reading has missed it', () => {
		const missed = withListing(memory, listingOf(), window, HOUR);
		expect(isNew(missed, 2 * HOUR)).toBe(false);
		expect(isNew(missed, 900 * HOUR)).toBe(false);
	});

	it('is forgotten when it has been missed for more than a day', () => {
		const missed = withListing(memory, listingOf(), window, HOUR);
		expect(isNew(withListing(missed, listingOf(), window, 25 * HOUR), 26 * HOUR)).toBe(false);
		const forgotten = withListing(missed, listingOf(), window, 26 * HOUR);
		expect(isNew(forgotten, 27 * HOUR)).toBe(true);
	});

	it('is not missed by a reading that was not complete, which moves no window either', () => {
		const incomplete = { ...listingOf({ sessionId: 'b' }), isComplete: false };
		expect(withListing(memory, incomplete, { ...window, startTime: 'later' }, HOUR)).toEqual({
			...memory,
			waiting: [{ id: 'b', since: HOUR }],
		});
	});
});

describe('A call that cannot be read', () => {
	const memory: Memory = {
		polledAt: 0,
		startTime: window.startTime,
		waiting: [
			{ id: 'a', since: 1, failingSince: 1000 },
			{ id: 'b', since: 2 },
			{ id: 'c', since: 3 },
		],
		done: new Map(),
	};
	const failed = (listing: Parameters<typeof withFailed>[2], now: number) =>
		withFailed(memory, new Set(['a', 'b']), listing, 500, now);

	it('is asked for again after all others, from when it failed first', () => {
		expect(failed(listingOf({ sessionId: 'a' }, { sessionId: 'b' }), 9000)).toEqual({
			memory: {
				...memory,
				waiting: [
					{ id: 'c', since: 3 },
					{ id: 'a', since: 1, failingSince: 1000 },
					{ id: 'b', since: 2, failingSince: 9000 },
				],
			},
			givenUp: [],
		});
	});

	it.each([
		['is given up', 'when it is no longer listed', listingOf(), 1501, ['a']],
		['is not given up', 'before that long', listingOf(), 1500, []],
		['is not given up', 'while it is listed', listingOf({ sessionId: 'a' }), 1501, []],
		['is not given up', 'when not all was read', { ...listingOf(), isComplete: false }, 1501, []],
	])('%s %s', (_what, _when, listing, now, givenUp) => {
		const after = failed(listing, now);
		expect(after.givenUp).toEqual(givenUp);
		expect(after.memory.waiting.map(({ id }) => id)).toEqual(
			['c', 'a', 'b'].filter((id) => !givenUp.includes(id)),
		);
	});
});
