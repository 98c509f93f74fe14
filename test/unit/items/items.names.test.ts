import type { IDataObject } from 'n8n-workflow';

import { callEnded, eventOf, inbound, renamed, taskEnd, withData, type Body } from '../../support/events';
import { recordsOf } from '../../support/items';

const itemsOf = async (body: unknown, parameters: IDataObject = {}) =>
	recordsOf(await eventOf(body), parameters);

/** A minimal analysis with these fields on the call, on its one answer and on its one topic. */
const analysis = (call: IDataObject, answer: IDataObject = {}, topic: IDataObject = {}): Body => ({
	event_name: 'callin.collect',
	event_data: { session_id: 's', ...call, collect_targets: [answer], conversation_analysis: [topic] },
});

const added = { assistant_infos: [], extra: {} };
const counters = { answers_total: 1, answers_hit: 0 };

describe('fields beside event_data', () => {
	it('join the fields of the call on every output', async () => {
		const body = { ...analysis({}, { question: 'q' }, { title: 't' }), workspace: 'w', attempt: 2 };
		const call = { session_id: 's', ...added, workspace: 'w', attempt: 2, event_name: 'callin.collect' };
		expect(await itemsOf(body)).toEqual([
			[{ ...call, ...counters }],
			[{ question: 'q', ...call }],
			[{ title: 't', ...call }],
		]);
	});

	it('move to envelope_<name> where event_data has one of that name', async () => {
		const body = {
			...callEnded,
			session_id: 'beside',
			caller: null,
			later: 1,
			envelope_caller_number: 'too',
		};
		expect(await itemsOf(body, { output: 'perCall' })).toEqual([
			[
				{
					event_name: 'callin.hangup',
					...renamed(callEnded.event_data),
					envelope_session_id: 'beside',
					envelope_envelope_caller_number: null,
					later: 1,
					envelope_caller_number: 'too',
				},
			],
		]);
	});

	it('do not reach into the lists of the event', async () => {
		const [[call = {}] = []] = await itemsOf({
			...analysis({}),
			collect_targets: ['beside'],
			task_overview: 1,
		});
		expect(call).toMatchObject({ envelope_collect_targets: ['beside'], task_overview: 1, ...counters });
		const [[task = {}] = []] = await itemsOf({ ...taskEnd, task_overview: 'beside' });
		expect(task).toMatchObject({ envelope_task_overview: 'beside' });
		expect(task).not.toHaveProperty('task_overview');
	});
});

describe('names that the node adds', () => {
	const own = { event_name: 'theirs', type: 'theirs', raw: 'theirs', answers: 'theirs', analysis: 'theirs' };
	const countersToo = { answers_total: 'theirs', answers_hit: 'theirs' };
	const theirs = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'theirs']));

	it('win in the items they are added to, and only there', async () => {
		const call = { session_id: 's', ...added };
		const answer = { question: 'q', type: 'answer’s' };
		expect(await itemsOf(analysis({ ...own, ...countersToo }, answer))).toEqual([
			[
				{
					...call,
					event_name: 'callin.collect',
					...theirs('voicefox_event_name', 'voicefox_answers_total', 'voicefox_answers_hit'),
					...theirs('type', 'raw', 'answers', 'analysis'),
					...counters,
				},
			],
			[
				{
					...answer,
					...call,
					event_name: 'callin.collect',
					...theirs(
						'voicefox_event_name',
						'call_type',
						'raw',
						'answers',
						'analysis',
						'answers_total',
						'answers_hit',
					),
				},
			],
			[
				{
					...call,
					event_name: 'callin.collect',
					...theirs(
						'voicefox_event_name',
						'type',
						'raw',
						'answers',
						'analysis',
						'answers_total',
						'answers_hit',
					),
				},
			],
		]);
	});

	it('are more in the form of one item per call', async () => {
		const [[item = {}] = []] = await itemsOf(
			analysis({ ...own, ...countersToo }, { question: 'q', result: 'r' }),
			{
				output: 'perCall',
			},
		);
		expect(item).toEqual({
			session_id: 's',
			...added,
			event_name: 'callin.collect',
			...theirs('voicefox_event_name', 'voicefox_answers_total', 'voicefox_answers_hit'),
			...theirs('voicefox_answers', 'voicefox_analysis', 'type', 'raw'),
			...counters,
			answers: { q: 'r' },
			analysis: { 'Topic 1': null },
			collect_targets: [{ question: 'q', result: 'r' }],
			conversation_analysis: [{}],
		});
	});

	it('include the type in the form of one list, for parts as well', async () => {
		const [items] = await itemsOf(analysis({ type: 'theirs' }, { type: 1, event_name: 2 }), {
			output: 'list',
		});
		const call = { session_id: 's', ...added, event_name: 'callin.collect', voicefox_type: 'theirs' };
		const { voicefox_type, ...shared } = call;
		expect(items).toEqual([
			{ type: 'call', ...call, ...counters },
			{
				type: 'collect_target',
				...shared,
				voicefox_type: 1,
				voicefox_event_name: 2,
				call_voicefox_type: voicefox_type,
			},
			{ type: 'conversation_analysis', ...call },
		]);
	});
});

describe('caller and callee, which n8n’s expressions refuse', () => {
	const call = { caller: 'a', later: 1, callee: null };
	const usable = { caller_number: 'a', callee_number: null, later: 1 };

	it.each(['separate', 'list', 'perCall', 'row'])('are renamed in every item (%s)', async (output) => {
		const items = (await itemsOf(analysis(call, { callee: 'x' }, { caller: 'y' }), { output })).flat();
		for (const item of items) {
			expect(item).not.toHaveProperty('caller');
			expect(item).not.toHaveProperty('callee');
			expect(item).toHaveProperty('caller_number');
			expect(item).toHaveProperty('callee_number');
		}
	});

	it('are renamed, and stand with what people look for first', async () => {
		const [[item = {}] = []] = await itemsOf({ event_name: 'x', event_data: call });
		expect(Object.entries(item)).toEqual([['event_name', 'x'], ...Object.entries(usable)]);
	});

	it("are renamed before an answer's or a topic's fields meet the call's", async () => {
		const shared = { session_id: 's', ...added, ...usable, event_name: 'callin.collect' };
		expect(await itemsOf(analysis(call, { caller: 'its own' }, { callee_number: 'its own' }))).toEqual([
			[{ ...shared, ...counters }],
			[{ ...shared, caller_number: 'its own', call_caller_number: 'a' }],
			[{ ...shared, callee_number: 'its own', call_callee_number: null }],
		]);
	});

	it('move a field that has such a name already to voicefox_<name>', async () => {
		const theirs = { ...call, caller_number: 'theirs' };
		const answer = { caller: 'b', caller_number: 'b’s' };
		const shared = { session_id: 's', ...added, ...usable, event_name: 'callin.collect' };
		expect(await itemsOf(analysis(theirs, answer))).toEqual([
			[{ ...shared, voicefox_caller_number: 'theirs', ...counters }],
			[
				{
					...shared,
					...{ caller_number: 'b', call_caller_number: 'a' },
					...{ voicefox_caller_number: 'b’s', call_voicefox_caller_number: 'theirs' },
				},
			],
			[{ ...shared, voicefox_caller_number: 'theirs' }],
		]);
	});

	it('leave a field alone that is called caller_number and takes nobody’s place', async () => {
		const [[item] = []] = await itemsOf({ event_name: 'x', event_data: { caller_number: 'theirs' } });
		expect(item).toEqual({ event_name: 'x', caller_number: 'theirs' });
	});

	it('are renamed in a task and in its results', async () => {
		const question = {
			question: 'q',
			caller: 'its',
			total: 2,
			results: [{ result: 'r', callee: 'x', caller: 'y' }],
		};
		const body = {
			event_name: 'task.end',
			event_data: { task_id: 1, caller: 't', task_overview: [question] },
		};
		expect(await itemsOf(body)).toEqual([
			[{ event_name: 'task.end', task_id: 1, caller_number: 't' }],
			[
				{
					...{ question: 'q', question_total: 2, result: 'r', callee_number: 'x', caller_number: 'y' },
					...{ question_caller_number: 'its', event_name: 'task.end', task_id: 1 },
				},
			],
		]);
	});

	it('keep their names in the event as received', async () => {
		const body = analysis(call);
		const [[item = {}] = []] = await itemsOf(body, { options: { includeRawEvent: true } });
		expect(item.raw).toEqual(body);
	});
});

describe('names that an answer and the call share', () => {
	it("are the answer's, and the call's field moves to call_<name>", async () => {
		const [, answers, topics] = await itemsOf(
			analysis({ from: 'c', result: 'call’s', call_from: 1 }, { from: 'a', result: 'r' }, { title: 't' }),
		);
		const shared = { session_id: 's', ...added, event_name: 'callin.collect' };
		expect(answers).toEqual([
			{
				...{ from: 'a', result: 'r', ...shared },
				...{ call_call_from: 'c', call_from: 1, call_result: 'call’s' },
			},
		]);
		expect(topics).toEqual([{ title: 't', ...shared, from: 'c', result: 'call’s', call_from: 1 }]);
	});

	it('may differ from answer to answer', async () => {
		const collect_targets = [
			{ a: 1 },
			{ a: 2, from: 'x' },
			{ a: 4 },
			{ from: 'y', a: 3 },
			{ b: 5, caller: 'z' },
			{ c: 6, caller: 'z' },
			{ c: 7 },
		];
		const [, answers] = await itemsOf({
			...inbound,
			event_data: { session_id: 's', from: 'c', caller: 'd', collect_targets },
		});
		const shared = { event_name: 'callin.collect', session_id: 's', ...added, caller_number: 'd' };
		const own = { ...shared, caller_number: 'z', call_caller_number: 'd' };
		expect(answers).toEqual([
			{ a: 1, ...shared, from: 'c' },
			{ a: 2, from: 'x', ...shared, call_from: 'c' },
			{ a: 4, ...shared, from: 'c' },
			{ a: 3, from: 'y', ...shared, call_from: 'c' },
			{ b: 5, ...own, from: 'c' },
			{ c: 6, ...own, from: 'c' },
			{ c: 7, ...shared, from: 'c' },
		]);
	});
});

describe('names in the results of a task', () => {
	it("are the result's, and the question's field moves to question_<name>", async () => {
		const results = [
			{ result: 'r', total: 2, later: 'result’s', question_total: 'theirs', task_id: 'its own' },
		];
		const task_overview = [
			{ question: 'q', total: 5, later: 'question’s', percent: 'p', result: 'x', results },
		];
		const body = { event_name: 'task.end', event_data: { task_id: 1, task_overview }, workspace: 'w' };
		expect(await itemsOf(body)).toEqual([
			[{ event_name: 'task.end', task_id: 1, workspace: 'w' }],
			[
				{
					...{ question: 'q', question_total: 5, result: 'r', total: 2, percent: 'p' },
					...{ later: 'result’s', question_later: 'question’s', question_result: 'x' },
					...{
						voicefox_question_total: 'theirs',
						event_name: 'task.end',
						task_id: 'its own',
						call_task_id: 1,
					},
				},
			],
		]);
	});

	it('that this package adds win over those of both, which keep a name each', async () => {
		const results = [
			{ result: 'a', event_name: 'its 1' },
			{ result: 'b', event_name: 'its 2' },
		];
		const task_overview = [1, 2].map((place) => ({
			question: `q${place}`,
			event_name: `asked ${place}`,
			results,
		}));
		const [, items] = await itemsOf({ ...taskEnd, event_data: { task_id: 1, task_overview } });
		expect(
			items!.map((item) => [
				item.question,
				item.result,
				item.event_name,
				item.question_voicefox_event_name,
				item.voicefox_event_name,
			]),
		).toEqual([
			['q1', 'a', 'task.end', 'asked 1', 'its 1'],
			['q1', 'b', 'task.end', 'asked 1', 'its 2'],
			['q2', 'a', 'task.end', 'asked 2', 'its 1'],
			['q2', 'b', 'task.end', 'asked 2', 'its 2'],
		]);
	});

	it('may be others in each, and one of them __proto__', async () => {
		const results = Array.from({ length: 60 }, (_, place) =>
			JSON.parse(`{"later_${place}":${place},"__proto__":"p${place}"}`),
		);
		const task_overview = [{ question: 'q', total: 60, results }];
		const [, items] = await itemsOf({ ...taskEnd, event_data: { task_id: 1, task_overview } });
		expect(items).toEqual(
			results.map((_, place) => ({
				...{ question: 'q', question_total: 60, [`later_${place}`]: place, '__proto__ (1)': `p${place}` },
				...{ event_name: 'task.end', task_id: 1 },
			})),
		);
	});

	it('keep the total of the question under question_total even if it has such a field', async () => {
		const task_overview = [{ question_total: 'theirs', total: 5, results: [{ total: 2 }] }];
		const [, [item] = []] = await itemsOf(withData(taskEnd, { task_overview }));
		expect(item).toMatchObject({ question_total: 5, voicefox_question_total: 'theirs', total: 2 });
	});
});
