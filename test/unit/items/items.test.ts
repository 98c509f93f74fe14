import type { IDataObject } from 'n8n-workflow';

import {
	answersOf,
	callEnded,
	dataWithout,
	eventOf,
	inbound,
	outbound,
	renamed,
	taskEnd,
	topicsOf,
	withData,
	type Body,
} from '../../support/events';
import { leadsFirst, recordsOf } from '../../support/items';

/** The records of each output, each as its fields in order. */
async function outputsOf(body: unknown, parameters: IDataObject = {}) {
	return recordsOf(await eventOf(body), parameters).map((output) => output.map(Object.entries));
}

const fields = (...parts: IDataObject[]) => parts.flatMap((part) => Object.entries(part));

const callOf = (body: Body) =>
	leadsFirst(renamed(dataWithout(body, 'collect_targets', 'conversation_analysis')));
const counters = (answers_total: number, answers_hit: number) => ({ answers_total, answers_hit });
const nameOf = ({ event_name }: Body) => ({ event_name });

describe('an analysis on separate outputs', () => {
	it.each([inbound, outbound].map((body) => [body.event_name, body] as const))(
		'splits %s',
		async (_, body) => {
			const hits = answersOf(body).filter(({ hit }) => hit).length;
			expect(await outputsOf(body)).toEqual([
				[fields(nameOf(body), callOf(body), counters(answersOf(body).length, hits))],
				answersOf(body).map((answer) => fields(answer, nameOf(body), callOf(body))),
				topicsOf(body).map((topic) => fields(topic, nameOf(body), callOf(body))),
			]);
		},
	);

	it('has no items on the outputs of empty lists', async () => {
		const body = withData(inbound, { collect_targets: null, conversation_analysis: '' });
		expect(await outputsOf(body)).toEqual([[fields(nameOf(body), callOf(body), counters(0, 0))], [], []]);
	});

	it.each([
		['all', [0, 1, 2]],
		['hit', [0, 1]],
		['notHit', [2]],
	])("emits the answers of 'Hit Status' %s, and counts all", async (hitStatus, places) => {
		const [call, answers] = await outputsOf(outbound, { hitStatus });
		expect(call).toEqual([fields(nameOf(outbound), callOf(outbound), counters(3, 2))]);
		expect(answers).toEqual(
			places.map((place) => fields(answersOf(outbound)[place] ?? {}, nameOf(outbound), callOf(outbound))),
		);
	});

	it("emits and counts only the answers to 'Only These Questions'", async () => {
		const questions = [answersOf(outbound)[1]?.question, answersOf(outbound)[2]?.question_uuid] as string[];
		const [call, answers, topics] = await outputsOf(outbound, {
			filters: { questions },
			hitStatus: 'notHit',
		});
		expect(call).toEqual([fields(nameOf(outbound), callOf(outbound), counters(2, 1))]);
		expect(answers).toEqual([fields(answersOf(outbound)[2] ?? {}, nameOf(outbound), callOf(outbound))]);
		expect(topics).toHaveLength(2);
	});
});

describe('an analysis as one item per call', () => {
	const perCall = { output: 'perCall' };

	it('has a column per question and topic, and the lists', async () => {
		const answers = {
			'您对这次配送服务满意吗?': '满意',
			'Would you order again?': 'Yes',
			'您有什么建议?': '',
		};
		const analysis = { 客户情绪: '积极', 'Follow-up needed': 'No' };
		const lists = { collect_targets: answersOf(outbound), conversation_analysis: topicsOf(outbound) };
		const call = fields(nameOf(outbound), callOf(outbound), counters(3, 2), { answers, analysis }, lists);
		expect(await outputsOf(outbound, perCall)).toEqual([[call]]);
	});

	it('filters the answers and their list alike, and keeps the columns of the list as sent', async () => {
		const collect_targets = [
			{ question: '', result: 'a', hit: false },
			{ question: 'Name?', result: 'b', hit: false },
			{ question: 'Name?', result: 'c', hit: true },
			{ question: null, result: 'd', hit: true },
		];
		const body = withData(inbound, { collect_targets });
		const [[item]] = (await outputsOf(body, { ...perCall, hitStatus: 'hit' })) as [
			[Array<[string, unknown]>],
		];
		expect(Object.fromEntries(item)).toMatchObject({
			answers: { 'Name? (2)': 'c', 'Question 4': 'd' },
			...counters(4, 2),
		});
		expect(Object.fromEntries(item).answers).toEqual({ 'Name? (2)': 'c', 'Question 4': 'd' });
		expect(Object.fromEntries(item).collect_targets).toEqual(collect_targets.slice(2));
	});

	it('has null for what has no result', async () => {
		const body = withData(inbound, {
			collect_targets: [{ question: 'A' }, { question: 'B', result: null }, { question: 'C', result: '' }],
			conversation_analysis: [{ title: '' }, { title: 'T', result: null }, { title: 'T', result: 'x' }],
		});
		const [[item]] = (await outputsOf(body, perCall)) as [[Array<[string, unknown]>]];
		expect(Object.fromEntries(item)).toMatchObject({
			answers: { A: null, B: null, C: '' },
			analysis: { 'Topic 1': null, T: null, 'T (2)': 'x' },
		});
	});
});

describe('an analysis as one list', () => {
	it('has the same items one after another, each beginning with its type', async () => {
		const typed = (type: string, items: unknown[][]) => items.map((item) => [['type', type], ...item]);
		const [call = [], answers = [], topics = []] = await outputsOf(inbound);
		expect(await outputsOf(inbound, { output: 'list' })).toEqual([
			[
				...typed('call', call),
				...typed('collect_target', answers),
				...typed('conversation_analysis', topics),
			],
		]);
	});
});

describe('events with one item', () => {
	it.each([
		['separate', []],
		['perCall', []],
		['list', [['type', 'call']]],
	])('leave on the first output (%s)', async (output, type) => {
		const transfer: Body = {
			event_name: 'callin.transfer',
			event_data: { session_id: 's', to: { number: '1' } },
		};
		for (const body of [callEnded, transfer]) {
			const item = [...type, ...fields(nameOf(body), leadsFirst(renamed(body.event_data)))];
			expect(await outputsOf(body, { output })).toEqual([[item]]);
		}
	});

	it('have the type "call" with a session_id beside event_data', async () => {
		const item = fields({ type: 'call', event_name: 'x', session_id: 's' });
		expect(await outputsOf({ event_name: 'x', session_id: 's' }, { output: 'list' })).toEqual([[item]]);
	});

	it.each<[string, unknown, IDataObject]>([
		['an object', { session_id: null, a: [1] }, { session_id: null, a: [1] }],
		['a list', [1, 2], { event_data: [1, 2] }],
		['a text', 'text', { event_data: 'text' }],
		['false', false, { event_data: false }],
		['null', null, {}],
		['missing', undefined, {}],
	])('have the type "event" without a session_id; event_data is %s', async (_, event_data, data) => {
		const item = fields({ type: 'event', event_name: 'x' }, data);
		expect(await outputsOf({ event_name: 'x', event_data }, { output: 'list' })).toEqual([[item]]);
	});
});

describe('the end of a task', () => {
	const task = { ...nameOf(taskEnd), ...dataWithout(taskEnd, 'task_overview') };
	const overview = taskEnd.event_data.task_overview as IDataObject[];
	const results = overview.flatMap(({ question, option, total, results: each }) =>
		(each as IDataObject[]).map((result) => ({
			...{ question, option, question_total: total, ...result },
			...{ ...nameOf(taskEnd), task_id: 9021, task_start_at: '2026-11-20 14:00:00' },
		})),
	);

	it('has an item per result of a question on the second output', async () => {
		expect(await outputsOf(taskEnd)).toEqual([[fields(task)], results.map((result) => fields(result))]);
	});

	it('is one item with its overview in the form of one item per call', async () => {
		expect(await outputsOf(taskEnd, { output: 'perCall' })).toEqual([
			[fields(task, { task_overview: overview })],
		]);
	});

	it('is a list of items told apart by their type', async () => {
		expect(await outputsOf(taskEnd, { output: 'list' })).toEqual([
			[fields({ type: 'task' }, task), ...results.map((result) => fields({ type: 'task_result' }, result))],
		]);
	});

	it('has the fields of a result in the documented order, however they were sent', async () => {
		const results = [{ later: 1, percent: '5', total: 2, result: 'a' }];
		const question = { newer: 3, results, total: 4, option: true, question: 'q' };
		const body: Body = { event_name: 'task.end', event_data: { task_id: 1, task_overview: [question] } };
		const [, [item]] = (await outputsOf(body)) as [unknown, [unknown]];
		expect(item).toEqual(
			fields(
				{ question: 'q', option: true, question_total: 4, result: 'a', total: 2, percent: '5' },
				{ newer: 3, later: 1, event_name: 'task.end', task_id: 1 },
			),
		);
	});

	it('has null for a total that is missing, and leaves other fields missing', async () => {
		const body: Body = {
			event_name: 'task.end',
			event_data: { task_id: 1, task_overview: [{ results: [{ result: 'a' }] }] },
		};
		const [, [item]] = (await outputsOf(body)) as [unknown, [unknown]];
		expect(item).toEqual(fields({ question_total: null, result: 'a' }, nameOf(body), { task_id: 1 }));
	});

	it('has no item for a question without results', async () => {
		const body = withData(taskEnd, { task_overview: [{ question: 'A', results: null }, { question: 'B' }] });
		expect((await outputsOf(body))[1]).toEqual([]);
	});
});

describe('a call that VoiceFox did not send itself', () => {
	it.each(['separate', 'row', 'perCall', 'list'])('says so at the end of every item (%s)', async (output) => {
		const event = { ...(await eventOf(outbound)), source: 'call_log' as const };
		const items = recordsOf(event, { output }).flat();
		const sent = recordsOf(await eventOf(outbound), { output }).flat();
		expect(items.map(Object.entries)).toEqual(
			sent.map((item) => [...Object.entries(item), ['source', 'call_log']]),
		);
	});

	it('moves a field of that name to voicefox_source', async () => {
		const body = withData(inbound, { source: 'theirs', collect_targets: [{ source: 'its own' }] });
		const event = { ...(await eventOf(body)), source: 'call_log' as const };
		const [[call], [answer], [topic]] = recordsOf(event) as [IDataObject[], IDataObject[], IDataObject[]];
		expect(call).toMatchObject({ source: 'call_log', voicefox_source: 'theirs' });
		expect(answer).toMatchObject({ source: 'call_log', voicefox_source: 'its own' });
		expect(answer).toMatchObject({ call_voicefox_source: 'theirs' });
		expect(topic).toMatchObject({ source: 'call_log', voicefox_source: 'theirs' });
	});
});
