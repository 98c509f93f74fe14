import type { IDataObject } from 'n8n-workflow';

import {
	callEnded,
	eventOf,
	inbound,
	missedCall,
	outbound,
	taskEnd,
	withData,
	type Body,
} from '../../support/events';
import { itemsOf, recordsOf } from '../../support/items';

/** The fields of the one item that an event is as a row, in order. */
async function rowOf(body: unknown, parameters: IDataObject = {}) {
	const outputs = recordsOf(await eventOf(body), { output: 'row', ...parameters });
	expect(outputs.map((items) => items.length)).toEqual([1]);
	return Object.entries(outputs[0]![0]!);
}

const columns = (...values: Array<[field: string, column: string]>) => ({
	columns: { values: values.map(([field, column]) => ({ field, column })) },
});

/** A minimal analysis with these fields on the call, these answers and these topics. */
const analysis = (call: IDataObject, answers: IDataObject[] = [], topics: IDataObject[] = []): Body => ({
	event_name: 'callin.collect',
	event_data: { session_id: 's', ...call, collect_targets: answers, conversation_analysis: topics },
});

const FIRST = ['event_name', 'session_id', 'answers_total', 'answers_hit'];

/** The row of such an analysis, as one object, without its first fields and counters. */
async function restOf(
	call: IDataObject,
	answers?: IDataObject[],
	topics?: IDataObject[],
	more?: IDataObject,
) {
	const row = await rowOf(analysis(call, answers, topics), more);
	return Object.fromEntries(row.filter(([name]) => !FIRST.includes(name)));
}

describe('an analysis as a row', () => {
	it('begins with what tells calls apart, then has a column per question and topic, then the rest', async () => {
		expect(await rowOf(outbound)).toEqual([
			['event_name', 'task.call.collect'],
			['session_id', '3e9d5a70-1c42-4b8f-a6d3-7f0e2b9c8d14'],
			['start_at', '2026-11-20 14:02:11'],
			['direction', 'outbound'],
			['caller_number', '+12025550100'],
			['callee_number', '+12025550167'],
			['billsec', 77],
			['answers_total', 3],
			['answers_hit', 2],
			['您对这次配送服务满意吗?', '满意'],
			['Would you order again?', 'Yes'],
			['您有什么建议?', null],
			['客户情绪', '积极'],
			['Follow-up needed', 'No'],
			['task_id', 9021],
			['task_item_id', 771204],
			['answer_at', '2026-11-20 14:02:24'],
			['end_at', '2026-11-20 14:03:41'],
			['duration', 90],
			['ring_time', 13],
			['hangup_side', 'callee'],
			['hangup_reason', 'NORMAL_CLEARING'],
			['record_url', outbound.event_data.record_url],
			['assistant_ids', '402'],
			['extra_姓名', '王小明'],
			['extra_order_no', 'A-20391'],
			['extra_city', 'Springfield'],
		]);
	});

	it('has of the first columns only those that exist', async () => {
		expect(await rowOf(analysis({}))).toEqual([
			['event_name', 'callin.collect'],
			['session_id', 's'],
			['answers_total', 0],
			['answers_hit', 0],
			['assistant_ids', null],
		]);
	});

	it('has null for what has no result', async () => {
		const answers = [{ question: 'A' }, { question: 'B', result: null }, { question: 'C', result: '' }];
		expect(await restOf({}, answers, [{ title: 'T' }])).toEqual({
			...{ A: null, B: null, C: null, T: null },
			assistant_ids: null,
		});
	});

	it("keeps the column of an answer that 'Hit Status' leaves out, and empties it", async () => {
		const answers = [
			{ question: 'A', result: 'a', hit: false },
			{ question: 'B', result: 'b', hit: true },
		];
		const call = analysis({}, answers, [{ title: 'T', result: 't' }]);
		const valuesWith = async (hitStatus: string) => {
			const { A, B, T, answers_total, answers_hit } = Object.fromEntries(await rowOf(call, { hitStatus }));
			return [A, B, T, answers_total, answers_hit];
		};
		expect(await valuesWith('all')).toEqual(['a', 'b', 't', 2, 1]);
		expect(await valuesWith('hit')).toEqual([null, 'b', 't', 2, 1]);
		expect(await valuesWith('notHit')).toEqual(['a', null, 't', 2, 1]);
	});

	it("has no column for a question that 'Only These Questions' leaves out, and counts the others", async () => {
		const row = await rowOf(outbound, { filters: { questions: ['建议', 'order again'] } });
		const names = row.map(([name]) => name);
		expect(names).not.toContain('您对这次配送服务满意吗?');
		expect(names).toEqual(expect.arrayContaining(['Would you order again?', '您有什么建议?', '客户情绪']));
		expect(Object.fromEntries(row)).toMatchObject({ answers_total: 2, answers_hit: 1 });
	});
});

describe('the names of a row', () => {
	it('are one namespace of questions, topics and all other columns', async () => {
		const answers = [
			{ question: 'direction', result: 1 },
			{ question: 'Mood', result: 2 },
			{ question: 'Mood', result: 3 },
			{ question: 'later', result: 4 },
			{ question: 'extra_city', result: 5 },
			{ question: 'assistant_ids', result: 6 },
			{ question: 'answers_hit', result: 7 },
		];
		const topics = [
			{ title: 'Mood', result: 'm' },
			{ title: 'event_name', result: 'n' },
		];
		expect(await restOf({ direction: 'inbound', later: 'l', extra: { city: 'c' } }, answers, topics)).toEqual(
			{
				...{ direction: 'inbound', later: 'l', extra_city: 'c', assistant_ids: null },
				...{ 'direction (2)': '1', Mood: '2', 'Mood (2)': '3', 'later (2)': '4', 'extra_city (2)': '5' },
				...{ 'assistant_ids (2)': '6', 'answers_hit (2)': '7' },
				...{ 'Mood (3)': 'm', 'event_name (2)': 'n' },
			},
		);
	});

	it('are given over all questions as sent, blank ones by their place', async () => {
		const answers = [
			{ question: '', result: 'a' },
			{ question: 'Q', result: 'b' },
			{ question: 'Q', result: 'c', question_uuid: 'u' },
			{ question: '__proto__', result: 'd' },
		];
		const rest = await restOf({}, answers, [{ result: 't' }]);
		expect(rest).toEqual({
			...{ 'Question 1': 'a', Q: 'b', 'Q (2)': 'c', '__proto__ (1)': 'd', 'Topic 1': 't' },
			assistant_ids: null,
		});
		const asked = await restOf({}, answers, [], { filters: { questions: ['u'] } });
		expect(asked).toEqual({ 'Q (2)': 'c', assistant_ids: null });
	});

	it("move VoiceFox's fields out of the way of those that are added", async () => {
		const theirs = {
			...{ event_name: 1, answers_total: 2, answers_hit: 3, caller_number: 4, caller: 'c' },
			...{ assistant_ids: 5, extra_a: 6, extra: { a: 'x' }, type: 7, raw: 8 },
		};
		const row = Object.fromEntries(await rowOf(analysis(theirs)));
		expect(row).toEqual({
			...{ event_name: 'callin.collect', session_id: 's', answers_total: 0, answers_hit: 0 },
			...{ caller_number: 'c', assistant_ids: null, extra_a: 'x', type: 7, raw: 8 },
			...{ voicefox_event_name: 1, voicefox_answers_total: 2, voicefox_answers_hit: 3 },
			...{ voicefox_caller_number: 4, voicefox_assistant_ids: 5, voicefox_extra_a: 6 },
		});
	});
});

describe('the cells of a row', () => {
	it.each<[string, unknown, unknown]>([
		['two assistants', [{ assistant_id: 402 }, { assistant_id: '318', later: 1 }], '402, 318'],
		['an assistant without an ID', [{ assistant_id: null }, { assistant_id: 5 }], '5'],
		['none', [], null],
		['null', null, null],
		['missing', undefined, null],
	])('name the assistants: %s', async (_, assistant_infos, ids) => {
		expect(await restOf({ assistant_infos } as IDataObject)).toEqual({ assistant_ids: ids });
	});

	it('have a column for each key of extra, and the JSON text of any list or object', async () => {
		const extra = { 'any key': 'x', list: [1, { a: null }], none: null, flag: false, '': 2 };
		const rest = await restOf({ extra, later: { b: [1] }, list: [], none: null });
		expect(rest).toEqual({
			assistant_ids: null,
			...{
				'extra_any key': 'x',
				extra_list: '[1,{"a":null}]',
				extra_none: null,
				extra_flag: false,
				extra_: 2,
			},
			...{ later: '{"b":[1]}', list: '[]', none: null },
		});
	});

	it('stand where VoiceFox sent the field that they are made of', async () => {
		const body = analysis({ a: 1, extra: { k: 2 }, b: 3, assistant_infos: [], c: 4 });
		expect((await rowOf(body)).slice(4).map(([name]) => name)).toEqual([
			...['a', 'extra_k', 'b', 'assistant_ids', 'c'],
		]);
	});

	it('take whatever an undocumented event sends', async () => {
		const data = { session_id: ['s'], assistant_infos: 'none', extra: ['x'], direction: { a: 1 } };
		expect(await rowOf({ event_name: 'x', event_data: data })).toEqual([
			['event_name', 'x'],
			['session_id', '["s"]'],
			['direction', '{"a":1}'],
			['assistant_infos', 'none'],
			['extra', '["x"]'],
		]);
		expect(await rowOf({ event_name: 'x', event_data: [1] })).toEqual([
			['event_name', 'x'],
			['event_data', '[1]'],
		]);
	});

	it('are columns of an undocumented event for what it has under the names of others', async () => {
		const event_data = { session_id: 's', assistant_ids: 'theirs', task_progress: { total_num: 1 } };
		expect(await rowOf({ event_name: 'x', event_data, extra: { city: 'Springfield' } })).toEqual([
			['event_name', 'x'],
			['session_id', 's'],
			['assistant_ids', 'theirs'],
			['task_progress', '{"total_num":1}'],
			['extra_city', 'Springfield'],
		]);
	});

	it('hold no NUL, which no database takes, and null for a blank text', async () => {
		expect(await restOf({ later: 'a\0b\0', blank: ' \n', nul: '\0' })).toEqual({
			assistant_ids: null,
			later: 'ab',
			blank: null,
			nul: null,
		});
	});
});

describe('what a row ends with', () => {
	const options = { includeRawEvent: true };

	it('is the event as received, as JSON text, when the user wants it', async () => {
		for (const body of [inbound, callEnded, taskEnd]) {
			expect((await rowOf(body, { options })).at(-1)).toEqual(['raw', JSON.stringify(body)]);
		}
	});

	it('is the source of a call that VoiceFox did not send', async () => {
		for (const body of [inbound, callEnded, taskEnd]) {
			const event = { ...(await eventOf(body)), source: 'call_log' as const };
			const [[item]] = recordsOf(event, { output: 'row', options }) as [[IDataObject]];
			expect(Object.entries(item).slice(-2)).toEqual([
				['raw', JSON.stringify(body)],
				['source', 'call_log'],
			]);
		}
	});

	it('wins over a field of that name', async () => {
		const row = Object.fromEntries(await rowOf(analysis({ raw: 'theirs' }), { options }));
		expect(row).toMatchObject({ voicefox_raw: 'theirs', raw: expect.stringContaining('theirs') as string });
	});
});

describe('chosen columns', () => {
	it('are a question before a topic, where a part of both fits', async () => {
		const body = analysis(
			{},
			[{ question: 'Guest mood?', hit: true, result: 'q' }],
			[{ title: 'Mood', result: 't' }],
		);
		expect(await rowOf(body, columns(['mood', 'a'], ['Guest', 'b']))).toEqual([
			['a', 't'],
			['b', 'q'],
		]);
		expect(await rowOf(body, columns(['moo', 'a']))).toEqual([['a', 'q']]);
	});

	it('are the whole row, with null for what the call does not have', async () => {
		const chosen = columns(
			['order again', 'again'],
			['caller_number', 'from'],
			['Deposit?', ''],
			['city', ''],
		);
		expect(await rowOf(outbound, chosen)).toEqual([
			['again', 'Yes'],
			['from', '+12025550100'],
			['Deposit?', null],
			['extra_city', 'Springfield'],
		]);
	});

	it('do not count when their field is blank', async () => {
		expect(await rowOf(outbound, columns([' ', 'lost'], ['billsec', '']))).toEqual([['billsec', 77]]);
		expect(await rowOf(outbound, columns(['', 'lost']))).toEqual(await rowOf(outbound));
	});

	it('find a question by its UUID, and what lost its name to another column by its own text', async () => {
		const answers = [{ question: 'later', question_uuid: 'U-1', result: 'a' }];
		const topics = [{ title: '__proto__', result: 'b' }];
		const chosen = columns(['u-1', ''], ['later', 'own'], ['__proto__', '']);
		expect(await rowOf(analysis({ later: 'sent' }, answers, topics), chosen)).toEqual([
			['later (2)', 'a'],
			['own', 'a'],
			['__proto__ (1)', 'b'],
		]);
		const proto = columns(['__proto__', '']);
		expect(await rowOf(analysis({}, [{ question: '__proto__', result: 'a' }]), proto)).toEqual([
			['__proto__ (1)', 'a'],
		]);
		const overview = [{ question: '__proto__', results: [{ result: 'yes', total: 1 }] }];
		const task = { event_name: 'task.end', event_data: { task_id: 1, task_overview: overview } };
		expect(await rowOf(task, proto)).toEqual([['__proto__ (1)', 'yes 1']]);
	});

	it("are null for a question that 'Only These Questions' leaves out, and where 'Hit Status' does", async () => {
		const chosen = columns(
			['order again', 'a'],
			['建议', 'b'],
			['0e6d4a92-77c1-4f3b-b5a8-91f2c3d4e506', 'c'],
		);
		const filters = { questions: ['order again', '建议'] };
		expect(await rowOf(outbound, { ...chosen, filters })).toEqual([
			['a', 'Yes'],
			['b', null],
			['c', null],
		]);
		expect(await rowOf(outbound, { ...chosen, hitStatus: 'notHit' })).toEqual([
			['a', null],
			['b', null],
			['c', null],
		]);
	});

	it('hold the raw event only when they list it', async () => {
		const options = { includeRawEvent: true };
		expect(await rowOf(outbound, { options, ...columns(['billsec', '']) })).toEqual([['billsec', 77]]);
		expect(await rowOf(outbound, { options, ...columns(['raw', 'sent']) })).toEqual([
			['sent', JSON.stringify(outbound)],
		]);
	});

	it('apply to calls without questions, and to tasks', async () => {
		const chosen = columns(['billsec', ''], ['pending_num', 'left'], ['order again', 'again']);
		expect(await rowOf(missedCall, chosen)).toEqual([
			['billsec', 0],
			['left', null],
			['again', null],
		]);
		expect(await rowOf(taskEnd, chosen)).toEqual([
			['billsec', null],
			['left', 0],
			['again', 'Yes 15 (75.00 %), No 5 (25.00 %)'],
		]);
	});

	it.each<[Body, string[], number]>([
		[inbound, ['callin.collect', 'callin.hangup'], 1],
		[missedCall, ['callin.collect', 'callin.hangup'], 0],
		[missedCall, ['callin.hangup', 'task.end'], 1],
		[taskEnd, ['task.end', 'task.call.collect'], 0],
		[taskEnd, ['task.end'], 1],
	])('that fit nothing are warned of where no other event has more (%#)', async (body, triggerOn, count) => {
		const chosen = { output: 'row', triggerOn, ...columns(['No such thing', '']) };
		const { warnings } = itemsOf(await eventOf(body), chosen);
		expect(warnings).toHaveLength(count);
	});

	it("that fit more than one of a task's questions are warned of", async () => {
		const triggerOn = ['task.end', 'callin.collect'];
		const chosen = { output: 'row', triggerOn, ...columns(['?', '']) };
		const asked = ['Who?', 'When?'].map((question) => ({ question, results: [] }));
		const { warnings } = itemsOf(await eventOf(withData(taskEnd, { task_overview: asked })), chosen);
		expect(warnings.map(({ reason }) => reason)).toEqual([
			expect.stringContaining('more than one question or topic'),
		]);
	});
});

describe('a call without questions as a row', () => {
	it('has the same columns but those of the answers', async () => {
		expect(await rowOf(missedCall)).toEqual([
			['event_name', 'callin.hangup'],
			['session_id', missedCall.event_data.session_id],
			['start_at', '2026-11-20 10:21:02'],
			['direction', 'inbound'],
			['caller_number', '+12025550188'],
			['callee_number', '+12025550100'],
			['billsec', 0],
			['answer_at', null],
			['end_at', '2026-11-20 10:21:20'],
			['duration', 18],
			['ring_time', 18],
			['hangup_side', 'caller'],
			['hangup_reason', 'NO_ANSWER'],
			['record_url', null],
			['task_id', 0],
			['task_item_id', 0],
			['assistant_ids', null],
		]);
	});
});

describe('the end of a task as a row', () => {
	it('has the task, its progress, and a column per question with its results as text', async () => {
		expect(await rowOf(withData(taskEnd, { later: [1] }))).toEqual([
			['event_name', 'task.end'],
			['task_id', 9021],
			['task_start_at', '2026-11-20 14:00:00'],
			['total_num', 40],
			['called_num', 52],
			['called_answered_num', 24],
			['called_un_answered_num', 28],
			['pending_num', 0],
			['您对这次配送服务满意吗?', '满意 12 (66.67 %), 不满意 6 (33.33 %)'],
			['Would you order again?', 'Yes 15 (75.00 %), No 5 (25.00 %)'],
			['later', '[1]'],
		]);
	});

	it.each<[IDataObject, unknown]>([
		[{ result: 'a', total: 2, percent: '5' }, 'a 2 (5 %)'],
		[{ result: 'a', total: 2, percent: '5%' }, 'a 2 (5 %)'],
		[{ result: 'a', total: 2, percent: ' 5.00 % ' }, 'a 2 (5.00 %)'],
		[{ result: 'a', total: 2, percent: '5％' }, 'a 2 (5 %)'],
		[{ result: 'a', total: 2, percent: 5 }, 'a 2 (5 %)'],
		[{ result: 'a', total: 2, percent: '%' }, 'a 2'],
		[{ result: 'a', total: 2, percent: '5% or so' }, 'a 2 (5% or so %)'],
		[{ result: 'a', total: 2 }, 'a 2'],
		[{ result: 'a', total: 0, percent: '0.00' }, 'a 0 (0.00 %)'],
		[{ result: 'a', total: null, percent: '' }, 'a'],
		[{ result: '', total: 2, percent: '5' }, '2 (5 %)'],
		[{ percent: '5' }, '(5 %)'],
		[{}, null],
	])('writes the result %j as %j', async (result, text) => {
		const body = {
			event_name: 'task.end',
			event_data: { task_id: 1, task_overview: [{ question: 'Q', results: [result] }] },
		};
		expect(Object.fromEntries(await rowOf(body))).toEqual({ event_name: 'task.end', task_id: 1, Q: text });
	});

	it('has null without results, and names questions as everywhere', async () => {
		const questions = [
			{ question: 'Q', results: [] },
			{ question: 'Q', results: [{}, { result: 'a' }] },
			{ question: null, results: null },
			{ question: 'task_id', results: [{ result: 'b' }] },
			{ question: 'pending_num', results: [{ result: 'c' }] },
		];
		const body = {
			event_name: 'task.end',
			event_data: { task_id: 1, task_progress: { pending_num: 3 }, task_overview: questions },
		};
		expect(await rowOf(body)).toEqual([
			['event_name', 'task.end'],
			['task_id', 1],
			['pending_num', 3],
			['Q', null],
			['Q (2)', 'a'],
			['Question 3', null],
			['task_id (2)', 'b'],
			['pending_num (2)', 'c'],
		]);
	});

	it('loses no field of a progress that has the names of others, or is missing', async () => {
		const progress = { task_id: 'p', event_name: 'q', caller: 'c', list: [1] };
		const body = { event_name: 'task.end', event_data: { task_id: 1, task_progress: progress } };
		expect(Object.fromEntries(await rowOf(body))).toEqual({
			...{ event_name: 'task.end', task_id: 1, task_progress_task_id: 'p', task_progress_event_name: 'q' },
			...{ caller_number: 'c', list: '[1]' },
		});
		expect(await rowOf({ event_name: 'task.end', event_data: { task_id: 1, task_progress: null } })).toEqual([
			['event_name', 'task.end'],
			['task_id', 1],
		]);
	});
});

describe("'Time Zone' in a row", () => {
	it('applies to every time', async () => {
		const options = { timeZone: 'Asia/Tokyo' };
		expect(Object.fromEntries(await rowOf(inbound, { options }))).toMatchObject({
			start_at: '2026-11-20T10:15:02.000+09:00',
			answer_at: '2026-11-20T10:15:07.000+09:00',
			end_at: '2026-11-20T10:17:39.000+09:00',
		});
		expect(Object.fromEntries(await rowOf(taskEnd, { options }))).toMatchObject({
			task_start_at: '2026-11-20T14:00:00.000+09:00',
		});
	});
});
