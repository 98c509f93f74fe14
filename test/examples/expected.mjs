// @ts-check
import assert from 'node:assert/strict';
import { sampleOf } from './samples.mjs';

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
	['Started at', call.start_at],
	['Direction', 'outbound'],
	['Caller', call.caller],
	['Called number', call.callee],
	['Talk time', call.billsec],
	['Answers', '2 of 3'],
	...call.collect_targets.map((/** @type {any} */ { question, result }) => [question, result]),
	...call.conversation_analysis.map((/** @type {any} */ { title, result }) => [title, result]),
	['Recording', call.record_url],
	['Call', call.session_id],
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

	'lead-into-pipedrive': (standIn) => {
		for (const { service, query } of standIn.requests())
			assert.deepEqual([service, query.api_token], ['api.pipedrive.com', 'pipedrive-example']);
		const [person, lead, note, ...more] = standIn.requests().filter(({ method }) => method !== 'GET');
		assert.deepEqual(more, []);
		assert.equal(person?.path, '/api/v2/persons');
		assert.equal(person?.body.name, '王小明');
		assert.deepEqual(person?.body.phones, [{ value: call.callee, primary: true, label: 'work' }]);
		assert.deepEqual(
			[lead?.path, lead?.body.title, lead?.body.person_id],
			['/v1/leads', `Call of ${call.start_at}`, 4711],
		);
		assert.equal(note?.path, '/v1/notes');
		assert.equal(note?.body.lead_id, 'adf21080-0e10-11eb-879b-05d71fb426ec');
		assert.equal(
			note?.body.content,
			'您对这次配送服务满意吗?<br><b>满意</b><br><br>Would you order again?<br><b>Yes</b>',
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

	'low-mood-alert-telegram': (standIn) => {
		const unhappy = sampleOf['low-mood-alert-telegram'].event_data;
		const [message, ...more] = standIn.requests();
		assert.deepEqual(more, []);
		assert.equal(`${message?.service}${message?.path}`, 'api.telegram.org/bottelegram-example/sendMessage');
		assert.equal(message?.body.chat_id, '123456789');
		assert.equal(
			message?.body.text,
			`Please call back ${unhappy.caller}\nCustomer mood: Negative\n` +
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
		assert.deepEqual(results.Columns, [Object.fromEntries(row)]);
	},

	'try-one-list': (standIn, results) => {
		assert.deepEqual(standIn.requests(), []);
		const counts = ['Calls', 'Answers', 'Analysis'].map((name) => results[name]?.length);
		assert.deepEqual(counts, [1, call.collect_targets.length, call.conversation_analysis.length]);
	},
};
