import { fingerprint } from '../../../nodes/VoiceFox/trigger/fingerprint';
import { callEnded, eventOf, inbound, outbound, taskEnd, withData, type Body } from '../../support/events';

const printOf = async (body: unknown) => fingerprint(await eventOf(body));

/** The same value with all keys in reverse order. */
function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).reverse();
	return Object.fromEntries(entries.map(([name, inner]) => [name, reversed(inner)]));
}

const RECORDING = 'https://record.example/call-1.mp3';
const recordedAt = (record_url: unknown) => withData(inbound, { record_url } as never);

/** A value that only JSON text can hold, inside an event's data. */
const withText = (text: string) =>
	JSON.parse(JSON.stringify(withData(inbound, { added: '@' })).replace('"@"', text)) as Body;

describe('fingerprint', () => {
	it('is one for another order of fields, at every depth', async () => {
		expect(await printOf(reversed(inbound))).toBe(await printOf(inbound));
	});

	it.each([`${RECORDING}?sign=1`, `${RECORDING}?sign=2&at=3#t=4`, `${RECORDING}#t=4?`, RECORDING])(
		'is one for a recording with another signature: %s',
		async (url) => {
			expect(await printOf(recordedAt(url))).toBe(await printOf(recordedAt(`${RECORDING}?sign=0`)));
		},
	);

	const [first, ...others] = inbound.event_data.collect_targets as object[];
	it.each<[string, Body]>([
		['another event name', { ...inbound, event_name: 'task.call.collect' }],
		['another call', withData(inbound, { session_id: 'another' })],
		['a field beside event_data', { ...inbound, attempt: 2 }],
		[
			'a changed answer',
			withData(inbound, { collect_targets: [{ ...first, result: 'changed' }, ...others] }),
		],
		['answers in another order', withData(inbound, { collect_targets: [...others, first] })],
		['a field more', withData(inbound, { added: null })],
		['a number as a text', withData(inbound, { billsec: String(inbound.event_data.billsec) })],
		['no recording', withData(inbound, { record_url: undefined })],
		['a recording at another path', recordedAt('https://record.example/call-2.mp3')],
		['a recording at another host', recordedAt('https://another.example/call-1.mp3')],
		['a recording that is no text', recordedAt(null)],
		[
			'another record_url inside a list',
			withData(inbound, { collect_targets: [{ ...first, record_url: 'x' }] }),
		],
		['another record_url beside event_data', { ...inbound, record_url: 'x?y' }],
	])('is another for %s', async (_, body) => {
		expect(await printOf(body)).not.toBe(await printOf(inbound));
	});

	it('is one for each value of a field beside event_data', async () => {
		const prints = [1, 2, '2', null].map(async (attempt) => await printOf({ ...inbound, attempt }));
		expect(new Set(await Promise.all(prints)).size).toBe(4);
	});

	it.each([null, ''])('is one for a call without a recording: %j', async (url) => {
		expect(await printOf(recordedAt(url))).toEqual(expect.any(String));
		expect(await printOf(recordedAt(url))).toBe(await printOf(recordedAt(url)));
		expect(await printOf(recordedAt(url))).not.toBe(await printOf(recordedAt(undefined)));
	});

	it('tells apart values whose texts run together', async () => {
		const texts = [
			'{ "a": "1", "b": "2" }',
			'{ "a": "1\\",\\"b\\":\\"2" }',
			'{ "a": ["1", "2"] }',
			'{ "a": [["1"], "2"] }',
			'{ "a": "1,2" }',
			'{ "a": 1 }',
			'{ "__proto__": { "a": 1 } }',
			'{ "__proto__": null, "a": 1 }',
			'{ "constructor": { "a": 1 } }',
			'{ "toJSON": "a" }',
			'{}',
		];
		const prints = await Promise.all(texts.map(async (text) => await printOf(withText(text))));
		expect(prints).not.toContain(null);
		expect(new Set(prints).size).toBe(texts.length);
	});

	it('tells apart events that lone surrogates make look the same', async () => {
		const [one, other] = ['"\\ud800"', '"\\ud801"'].map(withText);
		expect(await printOf(one)).not.toBe(await printOf(other));
	});

	it('is made from what was sent, not from what it was converted to', async () => {
		const [text, number] = ['7', 7].map((task_id) => withData(inbound, { task_id }));
		expect(await printOf(text)).not.toBe(await printOf(number));
	});

	it.each<[string, Body]>([
		['callin.collect', inbound],
		['task.call.collect', outbound],
		['callin.hangup', callEnded],
		['task.end', taskEnd],
	])('exists for %s', async (_, body) => {
		expect(await printOf(body)).toEqual(expect.stringMatching(/^[\w+/]{43}=$/));
	});

	it.each(['callin.transfer', 'task.paused', 'task.call.hangup'])(
		'does not exist for %s, whose repetition may mean something',
		async (event_name) => {
			expect(await printOf({ ...callEnded, event_name })).toBeNull();
		},
	);

	it('does not exist for an event with a number that JSON would write as null', async () => {
		expect(await printOf(withText('1e400'))).toBeNull();
	});
});
