// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
	analysisItems,
	answerItems,
	callEnded,
	callFields,
	callItem,
	changed,
	inbound,
	missedCall,
	outbound,
	renamed,
	taskEnd,
} from './support/events.mjs';
import { ALL_EVENTS, publishedTrigger } from './support/trigger.mjs';

const unknownEvent = { event_name: 'task.call.hangup', event_data: { ...outbound.event_data } };
const transfer = {
	event_name: 'callin.transfer',
	event_data: { to: '+12025550111', nested: { a: [1, null] } },
};

const { task_overview, ...taskFields } = taskEnd.event_data;
const taskItem = { event_name: 'task.end', ...taskFields };
const taskResultItems = task_overview.flatMap((/** @type {any} */ { results, total, ...question }) =>
	results.map((/** @type {any} */ result) => ({
		question: question.question,
		option: question.option,
		question_total: total,
		...result,
		event_name: 'task.end',
		task_id: taskEnd.event_data.task_id,
		task_start_at: taskEnd.event_data.task_start_at,
	})),
);

/** @param {string} type @param {object[]} items */
const typed = (type, items) => items.map((item) => ({ type, ...item }));

describe('three outputs (separate)', async () => {
	const trigger = await publishedTrigger({ parameters: { triggerOn: ALL_EVENTS } });

	for (const event of [inbound, outbound]) {
		it(`${event.event_name}: the call, its answers, its analysis`, async () => {
			const outputs = await trigger.outputsFor(event);
			assert.deepEqual(outputs, [[callItem(event)], answerItems(event), analysisItems(event)]);
		});
	}

	it('the fields come in their documented order', async () => {
		const [calls, answers, topics] = await trigger.outputsFor(inbound);
		assert.deepEqual(Object.keys(calls?.[0]), Object.keys(callItem(inbound)));
		assert.deepEqual(Object.keys(answers?.[0]), Object.keys(answerItems(inbound)[0]));
		assert.deepEqual(Object.keys(topics?.[0]), Object.keys(analysisItems(inbound)[0]));
	});

	it('fields that VoiceFox adds later are passed on at every level', async () => {
		const targets = [{ ...inbound.event_data.collect_targets[0], confidence: 0.9 }];
		const later = { ...changed(inbound, { collect_targets: targets, mood: { score: 1 } }), sent_at: 'now' };
		const [calls, answers] = await trigger.outputsFor(later);
		assert.equal(calls?.[0].sent_at, 'now');
		assert.deepEqual(calls?.[0].mood, { score: 1 });
		assert.equal(answers?.[0].confidence, 0.9);
		assert.equal(answers?.[0].sent_at, 'now');
	});

	it('an analysis without answers and topics gives the call alone', async () => {
		const event = changed(inbound, { collect_targets: null, conversation_analysis: [] });
		const call = { ...callItem(changed(inbound, { collect_targets: [] })) };
		assert.deepEqual(await trigger.outputsFor(event), [[call], [], []]);
	});

	it('callin.hangup: the call on the first output', async () => {
		assert.deepEqual(await trigger.outputsFor(callEnded), [[callFields(callEnded)], [], []]);
	});

	it('a missed call: lists and extras that were null are empty', async () => {
		const item = { ...callFields(missedCall), assistant_infos: [], extra: {} };
		assert.deepEqual(await trigger.outputsFor(missedCall), [[item], [], []]);
	});

	it('callin.transfer: its data as it is', async () => {
		const item = { event_name: 'callin.transfer', ...transfer.event_data };
		assert.deepEqual(await trigger.outputsFor(transfer), [[item], [], []]);
	});

	it('an event of another name: its data as it is', async () => {
		const { event_data } = unknownEvent;
		const item = { event_name: 'task.call.hangup', ...renamed(event_data) };
		assert.deepEqual(await trigger.outputsFor(unknownEvent), [[item], [], []]);
	});

	it('another event whose data is no object: the data under its own name', async () => {
		const event = { event_name: 'ping', event_data: [1, 'two'] };
		assert.deepEqual(await trigger.outputsFor(event), [[event], [], []]);
		assert.deepEqual(await trigger.outputsFor({ event_name: 'ping' }), [[{ event_name: 'ping' }], [], []]);
	});

	it('task.end: the task, and each result of each question', async () => {
		assert.deepEqual(await trigger.outputsFor(taskEnd), [[taskItem], taskResultItems, []]);
	});
});

describe('one item per call (perCall)', async () => {
	const trigger = await publishedTrigger({ parameters: { triggerOn: ALL_EVENTS, output: 'perCall' } });

	it('an analysis: the call with its answers and analysis by name', async () => {
		const { collect_targets, conversation_analysis } = outbound.event_data;
		const answers = collect_targets.map((/** @type {any} */ { question, result }) => [question, result]);
		const analysis = conversation_analysis.map((/** @type {any} */ { title, result }) => [title, result]);
		const item = {
			...callItem(outbound),
			answers: Object.fromEntries(answers),
			analysis: Object.fromEntries(analysis),
			collect_targets,
			conversation_analysis,
		};
		assert.deepEqual(await trigger.outputsFor(outbound), [[item]]);
	});

	it('questions that are blank, alike or named __proto__ keep a place of their own', async () => {
		const texts = ['Same', '', 'Same', '__proto__', 'constructor'];
		const targets = texts.map((question, place) => ({ question, hit: true, result: `r${place}` }));
		const [calls] = await trigger.outputsFor(changed(inbound, { collect_targets: targets }));
		assert.deepEqual(Object.entries(calls?.[0].answers), [
			['Same', 'r0'],
			['Question 2', 'r1'],
			['Same (2)', 'r2'],
			['__proto__ (1)', 'r3'],
			['constructor', 'r4'],
		]);
	});

	it('task.end: the task with its overview', async () => {
		assert.deepEqual(await trigger.outputsFor(taskEnd), [[{ ...taskItem, task_overview }]]);
	});

	it('callin.hangup: the call', async () => {
		assert.deepEqual(await trigger.outputsFor(callEnded), [[callFields(callEnded)]]);
	});
});

describe('one row per call (row)', async () => {
	const trigger = await publishedTrigger({ parameters: { triggerOn: ALL_EVENTS, output: 'row' } });

	it('an analysis: one flat item with a column per question and topic', async () => {
		const { event_data: call } = outbound;
		const columns = [
			['event_name', 'task.call.collect'],
			['session_id', call.session_id],
			['start_at', call.start_at],
			['direction', 'outbound'],
			['caller_number', call.caller],
			['callee_number', call.callee],
			['billsec', 77],
			['answers_total', 3],
			['answers_hit', 2],
			...call.collect_targets.map((/** @type {any} */ { question, result }) => [question, result]),
			...call.conversation_analysis.map((/** @type {any} */ { title, result }) => [title, result]),
			['task_id', 9021],
			['task_item_id', 771204],
			['answer_at', call.answer_at],
			['end_at', call.end_at],
			['duration', 90],
			['ring_time', 13],
			['hangup_side', 'callee'],
			['hangup_reason', 'NORMAL_CLEARING'],
			['record_url', call.record_url],
			['assistant_ids', '402'],
			['extra_姓名', '王小明'],
			['extra_order_no', 'A-20391'],
			['extra_city', 'Springfield'],
		];
		const [items] = await trigger.outputsFor(outbound);
		assert.deepEqual(items?.map(Object.entries), [columns]);
	});

	it('with Columns: exactly these, in their order, found by a part of the question', async () => {
		const values = [
			{ field: 'order again', column: 'again' },
			{ field: 'caller_number', column: '' },
			{ field: 'No such question', column: 'none' },
		];
		const chosen = await publishedTrigger({ parameters: { output: 'row', columns: { values } } });
		const [items] = await chosen.outputsFor(outbound);
		const columns = [
			['again', 'Yes'],
			['caller_number', outbound.event_data.caller],
			['none', null],
		];
		assert.deepEqual(items?.map(Object.entries), [columns]);
	});

	it('task.end: the task, its progress and the results of each question as text', async () => {
		const [items] = await trigger.outputsFor(taskEnd);
		const { task_progress } = taskEnd.event_data;
		const columns = [
			['event_name', 'task.end'],
			['task_id', 9021],
			['task_start_at', taskEnd.event_data.task_start_at],
			...Object.entries(task_progress),
			['您对这次配送服务满意吗?', '满意 12 (66.67 %), 不满意 6 (33.33 %)'],
			['Would you order again?', 'Yes 15 (75.00 %), No 5 (25.00 %)'],
		];
		assert.deepEqual(items?.map(Object.entries), [columns]);
	});
});

describe('one list (list)', async () => {
	const trigger = await publishedTrigger({ parameters: { triggerOn: ALL_EVENTS, output: 'list' } });

	it('an analysis: call, answers and topics one after another, each with its type first', async () => {
		const items = [
			...typed('call', [callItem(inbound)]),
			...typed('collect_target', answerItems(inbound)),
			...typed('conversation_analysis', analysisItems(inbound)),
		];
		const outputs = await trigger.outputsFor(inbound);
		assert.deepEqual(outputs, [items]);
		assert.deepEqual(
			outputs[0]?.map((item) => Object.keys(item)[0]),
			items.map(() => 'type'),
		);
	});

	it('task.end: the task and its results', async () => {
		const items = [...typed('task', [taskItem]), ...typed('task_result', taskResultItems)];
		assert.deepEqual(await trigger.outputsFor(taskEnd), [items]);
	});

	it('other events: a call when they have a session ID, else an event', async () => {
		assert.deepEqual(await trigger.outputsFor(callEnded), [typed('call', [callFields(callEnded)])]);
		const event = { event_name: 'callin.transfer', ...transfer.event_data };
		assert.deepEqual(await trigger.outputsFor(transfer), [typed('event', [event])]);
	});
});
