import type { IDataObject } from 'n8n-workflow';

import { toItems } from '../../../nodes/VoiceFox/items/items';
import { callEnded, eventOf, inbound, taskEnd, withData, type Body } from '../../support/events';
import { settingsWith } from '../../support/settings';

const itemsOf = async (body: unknown, parameters: IDataObject = {}) =>
	toItems(await eventOf(body), settingsWith(parameters)).map((output) => output.map(({ json }) => json));

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
		const body = { ...callEnded, session_id: 'beside', caller: null, later: 1, envelope_caller: 'too' };
		expect(await itemsOf(body, { output: 'perCall' })).toEqual([
			[
				{
					event_name: 'callin.hangup',
					...callEnded.event_data,
					envelope_session_id: 'beside',
					envelope_envelope_caller: null,
					later: 1,
					envelope_caller: 'too',
					caller_number: callEnded.event_data.caller,
					callee_number: callEnded.event_data.callee,
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

	it("include the call's numbers, under names that n8n lets expressions read", async () => {
		const call = { caller: 'a', callee: null, caller_number: 'theirs' };
		const shared = { session_id: 's', ...added, caller: 'a', callee: null, event_name: 'callin.collect' };
		const numbers = { voicefox_caller_number: 'theirs', caller_number: 'a', callee_number: null };
		expect(await itemsOf(analysis(call, { caller_number: 'answer’s' }))).toEqual([
			[{ ...shared, ...numbers, ...counters }],
			[{ ...shared, ...numbers, caller_number: 'answer’s', call_caller_number: 'a' }],
			[{ ...shared, ...numbers }],
		]);
		expect(await itemsOf({ event_name: 'x', event_data: { caller: 'b' } }, { output: 'perCall' })).toEqual([
			[{ event_name: 'x', caller: 'b', caller_number: 'b' }],
		]);
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

describe('names that an answer and the call share', () => {
	it("are the answer's, and the call's field moves to call_<name>", async () => {
		const [, answers, topics] = await itemsOf(
			analysis(
				{ caller: 'c', result: 'call’s', call_caller: 1 },
				{ caller: 'a', result: 'r' },
				{ title: 't' },
			),
		);
		const shared = { session_id: 's', ...added, event_name: 'callin.collect', caller_number: 'c' };
		expect(answers).toEqual([
			{
				...{ caller: 'a', result: 'r', ...shared },
				...{ call_call_caller: 'c', call_caller: 1, call_result: 'call’s' },
			},
		]);
		expect(topics).toEqual([{ title: 't', ...shared, caller: 'c', result: 'call’s', call_caller: 1 }]);
	});

	it('may differ from answer to answer', async () => {
		const collect_targets = [
			{ a: 1 },
			{ a: 2, caller: 'x' },
			{ a: 4 },
			{ caller: 'y', a: 3 },
			{ b: 5 },
			{ c: 6 },
		];
		const [, answers] = await itemsOf({
			...inbound,
			event_data: { session_id: 's', caller: 'c', collect_targets },
		});
		const shared = {
			event_name: 'callin.collect',
			session_id: 's',
			...added,
			conversation_analysis: undefined,
			caller_number: 'c',
		};
		expect(answers).toEqual([
			{ a: 1, ...shared, caller: 'c' },
			{ a: 2, caller: 'x', ...shared, call_caller: 'c' },
			{ a: 4, ...shared, caller: 'c' },
			{ a: 3, caller: 'y', ...shared, call_caller: 'c' },
			{ b: 5, ...shared, caller: 'c' },
			{ c: 6, ...shared, caller: 'c' },
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
			[],
		]);
	});

	it('keep the total of the question under question_total even if it has such a field', async () => {
		const task_overview = [{ question_total: 'theirs', total: 5, results: [{ total: 2 }] }];
		const [, [item] = []] = await itemsOf(withData(taskEnd, { task_overview }));
		expect(item).toMatchObject({ question_total: 5, voicefox_question_total: 'theirs', total: 2 });
	});
});
