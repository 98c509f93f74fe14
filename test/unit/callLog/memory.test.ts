import type { IDataObject } from 'n8n-workflow';

import {
	digestOf,
	MOST_DONE,
	readMemory,
	withFailed,
	withFound,
	withRead,
	writeMemory,
	type Memory,
} from '../../../nodes/VoiceFox/callLog/memory';
import { recall, remember, rememberEmitted } from '../../../nodes/VoiceFox/callLog/store';
import { DAY, HOUR } from '../../../nodes/VoiceFox/callLog/window';

const NOW = 1_795_000_000_000;

const memory: Memory = {
	account: 'account',
	saves: 3,
	savedAt: NOW,
	savedBy: 'process',
	floor: '2026-11-18 00:00:00',
	latest: '2026-11-20 10:00:00',
	phase: 'watching',
	startsAt: 7,
	longAt: NOW,
	reading: { from: '2026-11-19 00:00:00', span: DAY, tries: 1, readAt: NOW },
	waiting: [
		{ id: 'a', start: '2026-11-20 09:00:00', since: 7, ended: 8 },
		{ id: 'b', start: '', since: 0, failingSince: 9, assistant: [{ id: 318, vid: 2045 }] },
	],
	done: new Map([
		[digestOf('one'), '2026-11-18 00'],
		[digestOf('two'), '2026-11-18 00'],
		[digestOf('three'), '2026-11-20 10'],
	]),
};

const entriesOf = (...entries: IDataObject[]) =>
	new Map(entries.map((entry) => [String(entry.sessionId), entry]));

const at = (sessionId: string, startAt: string, more = {}) => ({
	sessionId,
	startAt,
	endAt: startAt,
	billsec: 60,
	...more,
});

describe('The memory', () => {
	it("comes back from n8n's static data as it was, through JSON", () => {
		const data: IDataObject = { other: 1 };
		writeMemory(data, memory);
		expect(readMemory(JSON.parse(JSON.stringify(data)) as IDataObject)).toEqual(memory);
		expect(data.other).toBe(1);
	});

	it('takes twelve characters for a call that is done with, however long its ID', () => {
		const data: IDataObject = {};
		const done = new Map(
			Array.from({ length: 1000 }, (_, index) => [digestOf('x'.repeat(index)), '2026-11-20 10'] as const),
		);
		writeMemory(data, { ...memory, waiting: [], done });
		expect(JSON.stringify(data).length).toBeLessThan(12_500);
	});

	it.each([
		{},
		{ calls: null },
		{ calls: 'x' },
		{ calls: [] },
		{ calls: { polledAt: 1, startTime: '', waiting: [], done: {} } },
		{ calls: { ...memory, saves: '1' } as unknown as IDataObject },
	])('is none in %j', (data) => {
		expect(readMemory(data as IDataObject)).toBeNull();
	});

	it('leaves out what it did not write', () => {
		const calls = {
			...memory,
			reading: { from: 1 },
			waiting: [null, 1, { id: 1, since: 2 }, { id: 'a', since: 'x' }, { id: 'b', start: '', since: 3 }],
			done: { x: 7, hour: 'abcdefghijkl' },
		};
		expect(readMemory({ calls } as unknown as IDataObject)).toEqual({
			...memory,
			reading: null,
			waiting: [{ id: 'b', start: '', since: 3 }],
			done: new Map([['abcdefghijkl', 'hour']]),
		});
		const none = { calls: { ...memory, waiting: 'x', done: 1 } } as unknown as IDataObject;
		expect(readMemory(none)).toMatchObject({ waiting: [], done: new Map() });
	});
});

describe('What is found in the log', () => {
	const empty = { ...memory, waiting: [], done: new Map<string, string>() };

	it('waits unless it is known, too old, or nobody wants it', () => {
		const entries = entriesOf(
			at('old', '2026-11-17 23:59:59'),
			at('new', '2026-11-20 11:00:00', { assistant: [{ id: 1, vid: 2 }] }),
			at('missed', '2026-11-20 10:59:00', { billsec: 0 }),
			at('going', '2026-11-20 10:58:00', { endAt: '' }),
		);
		const found = withFound(empty, entries, NOW);
		expect(found.waiting).toEqual([
			{ id: 'new', start: '2026-11-20 11:00:00', since: NOW, ended: NOW, assistant: [{ id: 1, vid: 2 }] },
			{ id: 'missed', start: '2026-11-20 10:59:00', since: NOW, ended: 0 },
			{ id: 'going', start: '2026-11-20 10:58:00', since: NOW },
		]);
		expect(found.latest).toBe('2026-11-20 11:00:00');
		expect(withFound(found, entries, NOW + 1)).toEqual(found);

		const baseline = withFound({ ...empty, phase: 'baseline' }, entries, NOW);
		expect([baseline.waiting, [...baseline.done.values()]]).toEqual([
			[],
			['2026-11-20 11', '2026-11-20 10', '2026-11-20 10'],
		]);
	});

	it.each([[null], ['x'], [[]], [Array.from({ length: 21 }, () => ({ id: 1 }))]])(
		'is kept without a list of assistants that is none, or endless',
		(assistant) => {
			const [waiting] = withFound(
				empty,
				entriesOf(at('a', '2026-11-20 11:00:00', { assistant })),
				NOW,
			).waiting;
			expect(waiting).not.toHaveProperty('assistant');
		},
	);

	it('without a start is forgotten no sooner than what is known as the latest', () => {
		const baseline = withFound({ ...empty, phase: 'baseline' }, entriesOf({ sessionId: 'x' }), NOW);
		expect([...baseline.done.values()]).toEqual(['2026-11-20 10']);
	});
});

describe('What was read', () => {
	const read = (end: string, clock: string, lookBack = DAY) => {
		const { floor, done } = withRead(memory, end, clock, lookBack);
		return [floor, done.size];
	};

	it('moves the floor to Look Back before the latest call, and forgets what is below', () => {
		expect(read('2026-11-20 12:00:00', '2026-11-20 11:00:00')).toEqual(['2026-11-19 10:00:00', 1]);
	});

	it('moves it by the slice that was read, and by two hours at least', () => {
		expect(read('2026-11-19 12:00:00', '2026-11-20 11:00:00')).toEqual(['2026-11-18 12:00:00', 1]);
		expect(read('2026-11-20 12:00:00', '2026-11-20 11:00:00', HOUR)).toEqual(['2026-11-20 08:00:00', 1]);
	});

	it('moves it neither back nor by a clock that is behind or ahead', () => {
		expect(read('2026-11-20 12:00:00', '2026-08-20 11:00:00')).toEqual(['2026-11-18 00:00:00', 3]);
		expect(read('2027-11-20 12:00:00', '2027-11-20 11:00:00')).toEqual(['2026-11-19 10:00:00', 1]);
		expect(withRead({ ...memory, latest: '' }, '2026-12-01', '2026-12-01', DAY).floor).toBe(memory.floor);
	});

	it('forgets the oldest when it is more than n8n can store', () => {
		const done = new Map(
			Array.from({ length: MOST_DONE + 1 }, (_, index) => [
				String(index),
				index % 3 === 0 ? '2026-11-18 01' : '2026-11-18 02',
			]),
		);
		const kept = withRead({ ...memory, done }, '2026-11-18 03:00:00', '2026-11-18 03:00:00', DAY);
		expect([kept.floor, kept.done.size]).toEqual(['2026-11-18 02:00:00', 200_000]);
	});
});

describe('A call that cannot be read', () => {
	const failing: Memory = {
		...memory,
		waiting: [
			{ id: 'a', start: '2026-11-18 10:00:00', since: 1, failingSince: 1000 },
			{ id: 'b', start: '2026-11-18 10:00:00', since: 2 },
			{ id: 'c', start: '2026-11-18 10:00:00', since: 3 },
		],
		done: new Map(),
	};
	const failed = (start: string, now: number) => withFailed(failing, new Set(['a', 'b']), start, 500, now);

	it('is asked for again after all others, from when it failed first', () => {
		const after = failed('2026-11-18 00:00:00', 9000);
		expect(after.memory.waiting.map(({ id, failingSince }) => [id, failingSince])).toEqual([
			['c', undefined],
			['a', 1000],
			['b', 9000],
		]);
	});

	it.each([
		['is given up', 'when it is older than the window', '2026-11-18 11:00:00', 1501, ['a']],
		['is not given up', 'before it has failed for long', '2026-11-18 11:00:00', 1500, []],
		['is not given up', 'while it is in the window', '2026-11-18 10:00:00', 1501, []],
	])('%s %s', (_what, _when, start, now, givenUp) => {
		const after = failed(start, now);
		expect([after.givenUp, after.memory.done.size]).toEqual([givenUp, givenUp.length]);
	});
});

describe('What the process knows of a trigger', () => {
	it('counts less than what another one has saved, when both have saved as often', () => {
		const data: IDataObject = {};
		expect(rememberEmitted('shared', data, { memory, before: null }, [[{ json: {} }]], NOW)[0]).toHaveLength(
			1,
		);
		expect(recall('shared', {}).memory).toMatchObject({ saves: 4, latest: memory.latest });
		const calls = { ...(data.calls as IDataObject), savedBy: 'another', latest: '2026-11-20 11:00:00' };
		expect(recall('shared', { calls })).toMatchObject({
			memory: { savedBy: 'another', latest: '2026-11-20 11:00:00' },
			isOutdated: false,
		});
	});

	it('is forgotten when 200 others were polled since', () => {
		const others = Array.from({ length: 199 }, (_, index) => `other ${index}`);
		for (const trigger of ['first', 'second', 'first', ...others]) remember(trigger, {}, memory);
		expect(['first', 'second'].map((trigger) => recall(trigger, {}).isFirstPoll)).toEqual([false, true]);
	});
});
