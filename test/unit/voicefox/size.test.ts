import { SIZE, sizeProblem } from '../../../nodes/VoiceFox/voicefox/size';
import { strictIssues } from '../../../nodes/VoiceFox/voicefox/strict';
import { readEvent } from '../../../nodes/VoiceFox/voicefox/validation';
import { deliveryOf, inbound, withData } from '../../support/events';

const some = (length: number) => Array.from({ length }, () => ({}));
const fields = (count: number, prefix = 'later') =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}_${index}`, index]));

const problemOf = (eventData: unknown, envelope = {}) => sizeProblem({ eventData, envelope });

/** A value of so many levels. */
const nested = (levels: number, [open, close] = ['[', ']']) =>
	JSON.parse(open.repeat(levels) + (open === '[' ? '' : '0') + close.repeat(levels)) as unknown;

describe('the size of an event', () => {
	it('is bounded', () => {
		expect(SIZE).toEqual({
			elements: 20_000,
			fields: 1_000,
			levels: 500,
			names: 50_000,
			values: 2_000_000,
		});
	});

	it.each(['collect_targets', 'conversation_analysis', 'assistant_infos', 'task_overview'])(
		'counts the elements of %s',
		(name) => {
			expect(problemOf({ [name]: some(20_000) })).toBeNull();
			expect(problemOf({ [name]: some(20_001) })).toBe(
				'Too large: it has more than 20,000 elements in its lists',
			);
		},
	);

	it('counts the elements of all lists together, the results of each question included', () => {
		const lists = (results: number) => ({
			collect_targets: some(5_000),
			conversation_analysis: some(5_000),
			assistant_infos: some(4_996),
			task_overview: [{ results: some(5_000) }, { results: some(results) }, null, { results: 'none' }],
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
		expect(problemOf(fields(600), fields(401, 'beside'))).toBe('Too large: it has more than 1,000 fields');
	});

	it('counts the keys of extra, also beside event_data', () => {
		expect(problemOf({ extra: fields(10) }, { extra: fields(1_000) })).toBeNull();
		expect(problemOf({ extra: fields(10) }, { extra: fields(1_001) })).toContain("1,000 keys in 'extra'");
		expect(problemOf({ extra: fields(1_000) })).toBeNull();
		expect(problemOf({ extra: fields(1_001) })).toBe("Too large: it has more than 1,000 keys in 'extra'");
	});

	it.each(['collect_targets', 'conversation_analysis', 'assistant_infos', 'task_overview'])(
		'counts the fields of an element of %s',
		(name) => {
			const problem = 'Too large: it has more than 1,000 fields in an element of its lists';
			expect(problemOf({ [name]: [null, 'x', fields(1_000)] })).toBeNull();
			expect(problemOf({ [name]: [{}, fields(1_001)] })).toBe(problem);
			const inside = { task_overview: [{ results: [fields(1_001)] }] };
			expect(problemOf({ [name]: [], ...inside })).toBe(problem);
		},
	);

	it('counts names and elements at every depth outside the lists, and none inside', () => {
		const problem = 'Too large: it has more than 50,000 names and values outside its lists';
		const inside = { collect_targets: [{ later: fields(60_000) }] };
		const deep = (count: number) => ({ ...inside, later: [{ a: Array(count).fill(1) as number[] }] });
		// The names collect_targets, later and a, and one element in later.
		expect(problemOf(deep(49_996))).toBeNull();
		expect(problemOf(deep(49_997))).toBe(problem);
		expect(problemOf({ ...inside, later: fields(49_998) })).toBeNull();
		expect(problemOf({ ...inside, later: fields(49_998) }, { beside: 1 })).toBe(problem);
		expect(problemOf(Array(50_001).fill(1))).toBe(problem);
		// All that may be is counted where the last list begins.
		expect(problemOf({ later: [...(Array(49_998).fill(1) as number[]), [1]] })).toBe(problem);
	});

	it.each([
		['a field', (levels: number) => ({ later: nested(levels) })],
		['extra', (levels: number) => ({ extra: nested(levels, ['{"a":', '}']) })],
		['a list', (levels: number) => ({ collect_targets: nested(levels) })],
		['an element', (levels: number) => ({ assistant_infos: [{ a: nested(levels - 2) }] })],
	])('counts the levels of %s', (_, data) => {
		expect(problemOf(data(499))).toBeNull();
		for (const levels of [500, 100_000]) {
			expect(problemOf(data(levels))).toBe('Too large: it has more than 500 levels in each other');
		}
	});

	it('counts the levels beside event_data, and those of what is no object', () => {
		expect(problemOf({}, { later: nested(499) })).toBeNull();
		expect(problemOf({}, { later: nested(500) })).toContain('500 levels');
		expect(problemOf(nested(499))).toBeNull();
		expect(problemOf(nested(500))).toContain('500 levels');
	});

	it('counts each element with all that it is sent beside', () => {
		const problem =
			'Too large: it has more than 2,000,000 values: the elements of its lists times what it holds beside them';
		const data = (names: number, answers: number) => ({
			collect_targets: some(answers),
			later: fields(names - 2),
		});
		expect(problemOf(data(100, 20_000))).toBeNull();
		expect(problemOf(data(1_000, 2_000))).toBeNull();
		expect(problemOf(data(50_000, 40))).toBeNull();
		expect(problemOf(data(101, 19_999))).toBe(problem);
		expect(problemOf(data(1_000, 2_001))).toBe(problem);
		expect(problemOf(data(50_000, 41))).toBe(problem);
	});

	it("counts each of a question's results with all that the question repeats in it", () => {
		const data = (names: number, results: number) => ({
			task_overview: [{ ...fields(names - 2), deep: [1], results: some(results) }],
		});
		// Each element is sent beside one name, task_overview, too.
		expect(problemOf(data(999, 1_999))).toBeNull();
		expect(problemOf(data(1_000, 2_000))).toContain('2,000,000 values');
		const deep = (names: number, results: number) => ({
			task_overview: [{ deep: [{ more: fields(names - 3) }], results: some(results) }],
		});
		expect(problemOf(deep(20_000, 99))).toBeNull();
		expect(problemOf(deep(20_000, 100))).toContain('2,000,000 values');
		const many = { ...fields(400), results: some(100) };
		expect(problemOf({ task_overview: Array(49).fill(many) })).toBeNull();
		expect(problemOf({ task_overview: Array(51).fill(many) })).toContain('2,000,000 values');
	});

	it.each(['callin.collect', 'callin.hangup', 'task.end', 'callin.transfer', 'later.event'])(
		'is looked at first, whatever the event: %s',
		async (event_name) => {
			const body = { event_name, event_data: { hit: 'a secret', collect_targets: some(20_001) } };
			const sent = await deliveryOf(body);
			expect(sent.valid && readEvent(sent, 'tolerant')).toEqual({
				valid: false,
				issues: [{ path: 'event_data', message: 'Too large: it has more than 20,000 elements in its lists' }],
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
		const path = `event_data.collect_targets.${place}`;
		expect(await read(answersWith({ [place]: 'none' }), 'tolerant')).toEqual([path]);
		expect(await read(answersWith({ [place]: wrong }), 'strict')).toEqual([`${path}.hit`]);
	});

	it('is read strictly only as far as the first hundred elements of which some are wrong', () => {
		const collect_targets = answersWith(
			Object.fromEntries(some(800).map((_, place) => [place + 150, wrong])),
		);
		const issues = strictIssues({ ...inbound.event_data, collect_targets }, 'analysis');
		expect(issues.map(({ path }) => path)).toEqual(
			Array.from({ length: 50 }, (_, place) => `event_data.collect_targets.${place + 150}.hit`),
		);
	});

	it('has 20 issues named at most, those that come first', async () => {
		const paths = await read(Array(1_000).fill(wrong), 'strict');
		expect(paths).toEqual(
			Array.from({ length: 20 }, (_, place) => `event_data.collect_targets.${place}.hit`),
		);
	});
});
