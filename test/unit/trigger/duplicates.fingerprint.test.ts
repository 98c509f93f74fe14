import { fingerprint } from '../../../nodes/VoiceFox/trigger/duplicates';
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

	const printOfList = async (collect_targets: object[]) => printOf(withData(callEnded, { collect_targets }));

	it('tells apart lists whose elements differ in their names only', async () => {
		const [a, b, none] = [{ a: 1 }, { b: 1 }, {}];
		const lists = [[a, a], [a, b], [b, a], [b, b], [none, a], [a, none], [a, none, a], [a], [none], []];
		const prints = await Promise.all(lists.map(printOfList));
		expect(new Set(prints).size).toBe(lists.length);
	});

	it('is one for lists whose elements differ in the order of their names only', async () => {
		const [ab, ba] = [
			{ a: 1, b: 2 },
			{ b: 2, a: 1 },
		];
		const prints = await Promise.all(
			[
				[ab, ab],
				[ab, ba],
				[ba, ab],
				[ba, ba],
			].map(printOfList),
		);
		expect(new Set(prints).size).toBe(1);
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
