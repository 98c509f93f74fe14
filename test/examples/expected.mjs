// @ts-check
import assert from 'node:assert/strict';
import { sampleOf } from './samples.mjs';
import { SUMMARY } from './stand-in.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./stand-in.mjs').startStandIn>>} StandIn */
/** @typedef {Record<string, Record<string, any>[]>} Results the items of each node */

/** @param {StandIn} standIn @param {string} service @param {string} authorization */
function sentTo(standIn, service, authorization) {
	const requests = standIn.requests();
	for (const { service: receiver, headers } of requests) {
		assert.equal(receiver, service);
		assert.equal(headers.authorization, authorization);
	}
	return requests;
}

const call = sampleOf['row-per-call-google-sheets'].event_data;

const row = [
	['event_name', 'task.call.collect'],
	['session_id', call.session_id],
	['start_at', call.start_at],
	['direction', 'outbound'],
	['caller_number', call.caller],
	['callee_number', call.callee],
	['billsec', call.billsec],
	['answers_total', 3],
	['answers_hit', 2],
	...call.collect_targets.map((/** @type {any} */ { question, result }) => [question, result]),
	...call.conversation_analysis.map((/** @type {any} */ { title, result }) => [title, result]),
	['task_id', call.task_id],
	['task_item_id', call.task_item_id],
	['answer_at', call.answer_at],
	['end_at', call.end_at],
	['duration', call.duration],
	['ring_time', call.ring_time],
	['hangup_side', call.hangup_side],
	['hangup_reason', call.hangup_reason],
	['record_url', call.record_url],
	['assistant_ids', '402'],
	['extra_姓名', '王小明'],
	['extra_order_no', 'A-20391'],
	['extra_city', 'Springfield'],
];

/**
 * What each example must have done with its sample: what it sent, or (when it sends nothing) what its nodes gave.
 * @type {Record<string, (standIn: StandIn, results: Results) => void>}
 */
export const expectedOf = {
	'row-per-call-google-sheets': (standIn) => {
		sentTo(standIn, 'sheets.googleapis.com', 'Bearer sheets-example');
		assert.deepEqual(standIn.rows(), [row.map(([column]) => column), row.map(([, value]) => value)]);
	},

	'hit-answers-to-slack': (standIn) => {
		const sent = sentTo(standIn, 'slack.com', 'Bearer slack-example');
		const end = `_outbound call, ${call.caller} to ${call.callee}, ${call.start_at}_`;
		assert.deepEqual(
			sent.map(({ method, path, body }) => ({ method, path, channel: body.channel, text: body.text })),
			call.collect_targets
				.filter((/** @type {any} */ { hit }) => hit)
				.map((/** @type {any} */ { question, result }) => ({
					method: 'POST',
					path: '/api/chat.postMessage',
					channel: '#calls',
					text: `*${question}*\n${result}\n${end}`,
				})),
		);
		assert.equal(sent.length, 2);
	},

	'missed-calls-to-slack': (standIn) => {
		const missed = sampleOf['missed-calls-to-slack'].event_data;
		const [message, ...more] = sentTo(standIn, 'slack.com', 'Bearer slack-example');
		assert.deepEqual(more, []);
		assert.equal(
			message?.body.text,
			`*Missed call* from ${missed.caller} to ${missed.callee}\n_${missed.start_at}, it rang for 18 seconds_`,
		);
	},

	'lead-into-pipedrive': (standIn) => {
		const prospect = sampleOf['lead-into-pipedrive'].event_data;
		for (const { service, query } of standIn.requests())
			assert.deepEqual([service, query.api_token], ['api.pipedrive.com', 'pipedrive-example']);
		const [person, lead, note, ...more] = standIn.requests().filter(({ method }) => method !== 'GET');
		assert.deepEqual(more, []);
		assert.equal(person?.path, '/api/v2/persons');
		assert.equal(person?.body.name, prospect.caller);
		assert.deepEqual(person?.body.phones, [{ value: prospect.caller, primary: true, label: 'work' }]);
		assert.deepEqual(
			[lead?.path, lead?.body.title, lead?.body.person_id],
			['/v1/leads', `Call of ${prospect.start_at}`, 4711],
		);
		assert.equal(note?.path, '/v1/notes');
		assert.equal(note?.body.lead_id, 'adf21080-0e10-11eb-879b-05d71fb426ec');
		assert.equal(
			note?.body.content,
			'Product: <b>The annual plan</b><br>Budget: <b>About 2,000</b><br>Call back: <b></b><br>' +
				'Summary: <b>The customer asked for an offer.</b>',
		);
	},

	'call-summary-into-pipedrive': (standIn) => {
		const { caller, start_at } = sampleOf['call-summary-into-pipedrive'].event_data;
		const [toModel, search, note, ...more] = standIn
			.requests()
			.filter(({ path }) => !path.endsWith('Fields'));
		assert.deepEqual(more, []);
		assert.equal(`${toModel?.service}${toModel?.path}`, 'api.openai.com/v1/responses');
		assert.equal(toModel?.headers.authorization, 'Bearer openai-example');
		assert.match(JSON.stringify(toModel?.body.input), /Summarize this phone call.*A table for four/);
		assert.deepEqual(
			[search?.path, search?.query.term, search?.query.fields],
			['/v1/persons/search', caller, 'phone'],
		);
		assert.equal(note?.path, '/v1/notes');
		assert.deepEqual(
			[note?.body.person_id, note?.body.content],
			[4711, `<b>Call of ${start_at}</b><br>${SUMMARY}`],
		);
	},

	'survey-results-google-sheets': (standIn) => {
		sentTo(standIn, 'sheets.googleapis.com', 'Bearer sheets-example');
		const task = sampleOf['survey-results-google-sheets'].event_data;
		assert.deepEqual(standIn.rows(), [
			['Task', 'Started at', 'Question', 'Result', 'Answers', 'Percent'],
			...task.task_overview.flatMap((/** @type {any} */ { question, results }) =>
				results.map((/** @type {any} */ { result, total, percent }) => [
					task.task_id,
					task.task_start_at,
					question,
					result,
					total,
					percent,
				]),
			),
		]);
	},

	'who-still-needs-a-call': (standIn, results) => {
		assert.deepEqual(standIn.requests(), []);
		const rows = results['Into the Call-Back List']?.map(({ id, createdAt, updatedAt, ...row }) => row);
		const task_id = sampleOf['who-still-needs-a-call'].event_data.task_id;
		assert.deepEqual(rows, [
			{
				phone: '+12025550167',
				reason: 'Key question not answered',
				calls: 1,
				last_call: '2026-11-20 14:02:11',
				task_id,
			},
			{
				phone: '+12025550173',
				reason: 'Key question not answered',
				calls: 2,
				last_call: '2026-11-20 15:03:00',
				task_id,
			},
			{
				phone: '+12025550172',
				reason: 'Never answered',
				calls: 2,
				last_call: '2026-11-20 15:02:00',
				task_id,
			},
		]);
	},

	'low-mood-alert-telegram': (standIn) => {
		const unhappy = sampleOf['low-mood-alert-telegram'].event_data;
		const [message, ...more] = standIn.requests();
		assert.deepEqual(more, []);
		assert.equal(`${message?.service}${message?.path}`, 'api.telegram.org/bottelegram-example/sendMessage');
		assert.equal(message?.body.chat_id, '123456789');
		assert.equal(
			message?.body.text,
			`Please call back ${unhappy.caller}\nThe mood: Negative\n` +
				`Call of ${unhappy.start_at}, recording: ${unhappy.record_url}`,
		);
	},

	'calls-into-a-data-table': (standIn, results) => {
		assert.deepEqual(standIn.requests(), []);
		const { collect_targets, conversation_analysis, ...its } = sampleOf['calls-into-a-data-table'].event_data;
		const [order, budget, callBack] = collect_targets;
		const [mood, summary] = conversation_analysis;
		const [{ id, createdAt, updatedAt, ...stored } = {}, ...more] = results['Add the Row'] ?? [];
		assert.deepEqual(more, []);
		assert.deepEqual(stored, {
			start_at: its.start_at,
			caller_number: its.caller,
			callee_number: its.callee,
			order_again: order.result,
			budget: budget.result,
			call_back: callBack.result,
			mood: mood.result,
			summary: summary.result,
			answers_hit: collect_targets.filter((/** @type {any} */ { hit }) => hit).length,
			talk_seconds: its.billsec,
			direction: 'outbound',
			session_id: its.session_id,
		});
	},

	'try-one-item-per-call': (standIn, results) => {
		assert.deepEqual(standIn.requests(), []);
		assert.deepEqual(results.Columns, [
			{
				'Started at': call.start_at,
				'Called number': call.callee,
				'Questions hit': 2,
				'Would order again': 'Yes',
				'Follow-up needed': 'No',
				City: 'Springfield',
			},
		]);
	},

	'try-one-list': (standIn, results) => {
		assert.deepEqual(standIn.requests(), []);
		const counts = ['Calls', 'Answers', 'Analysis'].map((name) => results[name]?.length);
		assert.deepEqual(counts, [1, call.collect_targets.length, call.conversation_analysis.length]);
	},
};
