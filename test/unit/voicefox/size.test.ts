import { SIZE, sizeProblem } from '../../../nodes/VoiceFox/voicefox/size';
import { readEvent } from '../../../nodes/VoiceFox/voicefox/validation';
import { deliveryOf, inbound, withData } from '../../support/events';

const some = (length: number) => Array.from({ length }, () => ({}));
const fields = (count: number, prefix = 'later') =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}_${index}`, index]));

const problemOf = (eventData: unknown, envelope = {}) => sizeProblem({ eventData, envelope });

describe('the size of an event', () => {
	it('is bounded', () => {
		expect(SIZE).toEqual({ elements: 20_000, fields: 1_000, values: 2_000_000 });
	});

	it.each(['collect_targets', 'conversation_analysis', 'assistant_infos', 'task_overview'])(
		'counts the elements of %s',
		(name) => {
			expect(problemOf({ [name]: some(20_000) })).toBeNull();
			expect(problemOf({ [name]: some(20_001) })).toBe(
				'Too large: its lists have more than 20,000 elements together',
			);
		},
	);

	it('counts the elements of all lists together, the results of each question included', () => {
		const lists = (results: number) => ({
			collect_targets: some(5_000),
			conversation_analysis: some(5_000),
			assistant_infos: some(4_998),
			task_overview: [{ results: some(5_000) }, { results: some(results) }, null, { results: 'none' }].slice(
				0,
				2,
			),
		});
		expect(problemOf(lists(0))).toBeNull();
		expect(problemOf(lists(1))).toContain('more than 20,000 elements');
	});

	it('does not mind what stands where a list belongs', () => {
		expect(
			problemOf({ collect_targets: 'x'.repeat(30_000), task_overview: [null, 1, { results: {} }] }),
		).toBeNull();
		for (const data of [null, undefined, 'text', 7, some(30_000)]) expect(problemOf(data)).toBeNull();
	});

	it('counts the fields of event_data and those beside it', () => {
		expect(problemOf(fields(600), fields(400, 'beside'))).toBeNull();
		expect(problemOf(fields(600), fields(401, 'beside'))).toBe(
			'Too large: it has 1,001 fields, at most 1,000 are read',
		);
	});

	it('counts each element with all fields of the call', () => {
		const data = (count: number, answers: number) => ({
			...fields(count - 1),
			collect_targets: some(answers),
		});
		expect(problemOf(data(100, 20_000))).toBeNull();
		expect(problemOf(data(1_000, 2_000))).toBeNull();
		expect(problemOf(data(101, 19_999))).toBe(
			'Too large: its 19,999 list elements times its 101 fields are more than 2,000,000',
		);
		expect(problemOf(data(1_000, 2_001))).toContain('2,001 list elements times its 1,000 fields');
	});

	it.each(['callin.collect', 'callin.hangup', 'task.end', 'callin.transfer', 'later.event'])(
		'is looked at first, whatever the event: %s',
		async (event_name) => {
			const body = { event_name, event_data: { hit: 'a secret', collect_targets: some(20_001) } };
			const sent = await deliveryOf(body);
			expect(sent.valid && readEvent(sent, 'tolerant')).toEqual({
				valid: false,
				issues: [
					{ path: 'event_data', message: 'Too large: its lists have more than 20,000 elements together' },
				],
				payload: body,
			});
		},
	);
});

describe('a long list', () => {
	const answer = { question: 'q', hit: true, result: 'r', message: 'm', question_uuid: 'u' };
	const [tolerable, wrong] = [
		{ ...answer, hit: 'true' },
		{ ...answer, hit: 'maybe' },
	];
	const answersWith = (changes: Record<number, unknown>) => Object.assign(Array(1_000).fill(answer), changes);

	async function read(collect_targets: unknown[], mode: 'tolerant' | 'strict') {
		const sent = await deliveryOf(withData(inbound, { collect_targets } as never));
		if (!sent.valid) throw new Error('The body is no delivery');
		const event = readEvent(sent, mode);
		return event.valid ? event.data.collect_targets : event.issues.map(({ path }) => path);
	}

	it('is read to its end, each element in its place', async () => {
		const all = await read(
			answersWith({ 0: tolerable, 99: tolerable, 100: tolerable, 999: { hit: false } }),
			'tolerant',
		);
		expect(all).toEqual(answersWith({ 999: { hit: false } }));
	});

	it.each([0, 99, 100, 567, 999])('has its issues named by their place: %i', async (place) => {
		const list = answersWith({ [place]: wrong });
		const path = `event_data.collect_targets.${place}.hit`;
		expect([await read(list, 'tolerant'), await read(list, 'strict')]).toEqual([[path], [path]]);
	});

	it('has 20 issues named at most, those that come first', async () => {
		const paths = await read(Array(1_000).fill(wrong), 'tolerant');
		expect(paths).toEqual(
			Array.from({ length: 20 }, (_, place) => `event_data.collect_targets.${place}.hit`),
		);
	});
});
