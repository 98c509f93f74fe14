import { sleep } from 'n8n-workflow';

import {
	AcceptedDeliveries,
	fingerprint,
	LONGEST_WAIT,
	MEMORY,
	type WatchedResponse,
} from '../../../nodes/VoiceFox/trigger/duplicates';
import { callEnded, eventOf, inbound, taskEnd, withData, type Body } from '../../support/events';

const printOf = async (body: unknown) => fingerprint(await eventOf(body));

/** The same value with all keys in reverse order. */
function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).reverse();
	return Object.fromEntries(entries.map(([name, inner]) => [name, reversed(inner)]));
}

describe('fingerprint', () => {
	it.each<[string, unknown]>([
		['the very same event', inbound],
		['another order of keys', reversed(inbound)],
		['another record_url', withData(inbound, { record_url: 'https://record.example/again.mp3' })],
		['no record_url', withData(inbound, { record_url: undefined })],
		['fields beside event_data', { ...inbound, sent_at: 'now', attempt: 2 }],
	])('is one for %s', async (_, body) => {
		expect(await printOf(body)).toBe(await printOf(inbound));
	});

	const [first, ...others] = inbound.event_data.collect_targets as object[];
	it.each<[string, Body]>([
		['another event name', { ...inbound, event_name: 'task.call.collect' }],
		['another call', withData(inbound, { session_id: 'another' })],
		[
			'a changed answer',
			withData(inbound, { collect_targets: [{ ...first, result: 'changed' }, ...others] }),
		],
		['answers in another order', withData(inbound, { collect_targets: [...others, first] })],
		['a field more', withData(inbound, { added: null })],
		['a number as a text', withData(inbound, { billsec: String(inbound.event_data.billsec) })],
		[
			'another record_url inside a list',
			withData(inbound, { collect_targets: [{ ...first, record_url: 'x' }] }),
		],
	])('is another for %s', async (_, body) => {
		expect(await printOf(body)).not.toBe(await printOf(inbound));
	});

	it('tells apart values whose texts run together', async () => {
		const bodies = [
			{ extra: { a: '1', b: '2' } },
			{ extra: { a: '1","b":"2' } },
			{ extra: { a: ['1', '2'] } },
			{ extra: { a: [['1'], '2'] } },
			{ extra: { a: '1,2' } },
			{ extra: { __proto__: null, a: 1 } },
			{ extra: JSON.parse('{"__proto__":{"a":1}}') as object },
		];
		const prints = await Promise.all(bodies.map((changes) => printOf(withData(callEnded, changes as never))));
		expect(new Set(prints).size).toBe(bodies.length);
	});

	it('tells apart events that lone surrogates make look the same', async () => {
		const [one, other] = ['\ud800', '\ud801'].map((result) => withData(inbound, { hangup_reason: result }));
		expect(await printOf(one)).not.toBe(await printOf(other));
	});

	it('is made from what was sent, not from what it was converted to', async () => {
		const [text, number] = ['7', 7].map((task_id) => withData(inbound, { task_id }));
		expect(await printOf(text)).not.toBe(await printOf(number));
	});

	it('goes by the task where there is no call', async () => {
		expect(await printOf(taskEnd)).toEqual(expect.any(String));
		expect(await printOf(withData(taskEnd, { task_id: 8 }))).not.toBe(await printOf(taskEnd));
	});

	it.each([
		{},
		{ session_id: null },
		{ session_id: '' },
		{ task_id: 0 },
		{ session_id: '', task_id: null },
		null,
		'text',
		['session_id'],
	])('does not exist for an event without an ID (%j)', async (event_data) => {
		expect(await printOf({ event_name: 'call.ended', event_data })).toBeNull();
	});

	it('does not exist for an event that is nested too deeply to compare', async () => {
		const depth = 200_000;
		const nested = JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as never;
		const body = { event_name: 'call.ended', event_data: { session_id: 's', nested } };
		expect(await printOf(body)).toBeNull();
	});
});

/** The answer to a delivery, which n8n writes later. */
class Answer implements WatchedResponse {
	static readonly open = new Set<Answer>();

	statusCode = 200;

	writableEnded = false;

	private onFinish = () => {};

	constructor() {
		Answer.open.add(this);
	}

	once(_: 'finish', listener: () => void) {
		this.onFinish = listener;
	}

	written(status: number) {
		this.statusCode = status;
		this.writableEnded = true;
		this.onFinish();
		Answer.open.delete(this);
	}

	/** As when the sender left before: `finish` never comes. */
	writtenToNobody(status: number) {
		this.onFinish = () => {};
		this.written(status);
	}
}

// An answer that is never written would be looked at for ever, and keep jest from ending.
afterAll(() => Answer.open.forEach((answer) => answer.written(500)));

/** ms */
const SOON = 20;
const LONG_ENOUGH = 500;

describe('AcceptedDeliveries', () => {
	/** A claim whose answer is written at once. */
	async function accept(memory: AcceptedDeliveries, trigger: string, print: string) {
		const answer = new Answer();
		const claim = await memory.claim(trigger, print, answer);
		answer.written(200);
		await sleep(0);
		return claim;
	}

	it('takes the first and calls later ones duplicates', async () => {
		const memory = new AcceptedDeliveries();
		const claims = [];
		for (let copy = 0; copy < 3; copy++) claims.push(await accept(memory, 't', 'p'));
		expect(claims).toEqual(['first', 'duplicate', 'duplicate']);
		expect(memory.size).toBe(1);
	});

	it('keeps triggers and fingerprints apart', async () => {
		const memory = new AcceptedDeliveries();
		expect(await accept(memory, 't', 'p')).toBe('first');
		expect(await accept(memory, 't', 'q')).toBe('first');
		expect(await accept(memory, 'u', 'p')).toBe('first');
	});

	it('lets copies wait until the first is stored', async () => {
		const memory = new AcceptedDeliveries();
		const answer = new Answer();
		expect(await memory.claim('t', 'p', answer)).toBe('first');
		let decided = 0;
		const copies = [1, 2, 3].map(async () => {
			const claim = await memory.claim('t', 'p', new Answer(), LONG_ENOUGH);
			decided++;
			return claim;
		});
		await sleep(SOON);
		expect(decided).toBe(0);
		answer.written(200);
		expect(await Promise.all(copies)).toEqual(['duplicate', 'duplicate', 'duplicate']);
	});

	it('takes one of the waiting copies when the first was not stored', async () => {
		const memory = new AcceptedDeliveries();
		const [first, second] = [new Answer(), new Answer()];
		await memory.claim('t', 'p', first);
		const copies = [1, 2].map(() => memory.claim('t', 'p', second, LONG_ENOUGH));
		first.written(500);
		expect(await Promise.race(copies)).toBe('first');
		second.written(200);
		expect((await Promise.all(copies)).sort()).toEqual(['duplicate', 'first']);
	});

	it.each([500, 400, 503, 201])('does not take an answer of %i for accepted', async (status) => {
		const memory = new AcceptedDeliveries();
		const answer = new Answer();
		await memory.claim('t', 'p', answer);
		answer.written(status);
		await sleep(0);
		expect(await memory.claim('t', 'p', new Answer())).toBe('first');
		expect(memory.size).toBe(0);
	});

	it('sees an answer that was written after the sender had left', async () => {
		const memory = new AcceptedDeliveries();
		const answer = new Answer();
		await memory.claim('t', 'p', answer);
		const copy = memory.claim('t', 'p', new Answer(), LONG_ENOUGH);
		answer.writtenToNobody(200);
		expect(await copy).toBe('duplicate');
	});

	it('leaves a copy undecided when the first takes too long', async () => {
		const memory = new AcceptedDeliveries();
		const answer = new Answer();
		await memory.claim('t', 'p', answer);
		expect(await memory.claim('t', 'p', new Answer(), SOON)).toBe('undecided');
		answer.written(200);
		expect(await memory.claim('t', 'p', new Answer(), SOON)).toBe('duplicate');
	});

	it('waits 10 seconds, and remembers 24 hours, 10,000 by trigger and 100,000 in all', () => {
		expect(LONGEST_WAIT).toBe(10_000);
		expect(MEMORY).toEqual({ time: 24 * 60 * 60 * 1000, perTrigger: 10_000, total: 100_000 });
	});

	it('forgets after its time', async () => {
		const clock = { time: 5_000 };
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 10, total: 10 }, () => clock.time);
		await accept(memory, 't', 'p');
		clock.time += 999;
		expect(await accept(memory, 't', 'p')).toBe('duplicate');
		clock.time += 1;
		expect(await accept(memory, 't', 'p')).toBe('first');
		expect(memory.size).toBe(1);
	});

	it('drops what has expired when it remembers something new', async () => {
		const clock = { time: 5_000 };
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 10, total: 10 }, () => clock.time);
		for (const print of ['a', 'b', 'c']) await accept(memory, 't', print);
		clock.time += 1000;
		await accept(memory, 't', 'd');
		expect(memory.size).toBe(1);
	});

	it('counts the time of a delivery that was accepted again from then on', async () => {
		const clock = { time: 5_000 };
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 2, total: 10 }, () => clock.time);
		await accept(memory, 't', 'a');
		clock.time += 1000;
		await accept(memory, 't', 'a');
		await accept(memory, 't', 'b');
		clock.time += 500;
		expect(await accept(memory, 't', 'a')).toBe('duplicate');
	});

	it('forgets the oldest of a trigger that has too many', async () => {
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 2, total: 10 }, () => 0);
		for (const print of ['a', 'b', 'c']) await accept(memory, 't', print);
		expect(memory.size).toBe(2);
		expect(await accept(memory, 't', 'c')).toBe('duplicate');
		expect(await accept(memory, 't', 'b')).toBe('duplicate');
		expect(await accept(memory, 't', 'a')).toBe('first');
	});

	it('makes the trigger with the most forget when all together have too many', async () => {
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 5, total: 5 }, () => 0);
		await accept(memory, 'quiet', 'only');
		for (let place = 0; place < 8; place++) await accept(memory, 'busy', String(place));
		expect(memory.size).toBe(5);
		expect(await accept(memory, 'quiet', 'only')).toBe('duplicate');
		expect(await accept(memory, 'busy', '7')).toBe('duplicate');
		expect(await accept(memory, 'busy', '0')).toBe('first');
	});
});
