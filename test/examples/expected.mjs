// @ts-check
import assert from 'node:assert/strict';
import { prospect, sampleOf } from './samples.mjs';
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

/** @param {any} event @param {string} question a part of its text */
const answerTo = ({ event_data }, question) =>
	event_data.collect_targets.find((/** @type {any} */ target) => target.question.includes(question))?.result;

/** @param {any} event @param {string} [title] */
const summaryOf = ({ event_data }, title = 'Summary') =>
	event_data.conversation_analysis.find((/** @type {any} */ topic) => topic.title === title)?.result;

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
	...call.collect_targets.map((/** @type {any} */ { question, result }) => [question, result || null]),
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

/** @param {any} event @returns {Record<string, any>} what the hotel's columns take from a call's answers and analysis */
const hotelAnswers = (event) => ({
	guests: answerTo(event, 'guests'),
	arrival: answerTo(event, 'arrive'),
	summary: summaryOf(event),
});

/** @param {any} event */
function hotelRow(event) {
	const { collect_targets, caller, callee, billsec, session_id, start_at, direction } = event.event_data;
	return {
		event_name: event.event_name,
		session_id,
		start_at,
		direction,
		caller_number: caller,
		callee_number: callee,
		talk_seconds: billsec,
		...hotelAnswers(event),
		allergies: answerTo(event, 'allergies') || null,
		mood: summaryOf(event, 'Guest mood'),
		answers_hit: collect_targets.filter((/** @type {any} */ { hit }) => hit).length,
	};
}

const withoutNumbering = (/** @type {any} */ { id, createdAt, updatedAt, ...row }) => row;

const { guests, arrival, summary } = hotelAnswers(prospect);
const message =
	`New call from ${prospect.event_data.caller}, ${prospect.event_data.start_at}\n` +
	`Guests: ${guests}\nArrival: ${arrival}\nSummary: ${summary}`;

/** @param {StandIn} standIn */
function assertRobotGot(standIn) {
	assert.deepEqual(
		standIn.requests().map(({ query, body }) => ({ query, body })),
		[{ query: { key: 'robot-example' }, body: { msgtype: 'text', text: { content: message } } }],
	);
}

/** @returns {never} */
const missing = () => assert.fail('nothing was sent');

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
		const prospect = sampleOf['lead-into-pipedrive'];
		const { caller, start_at } = prospect.event_data;
		for (const { service, query } of standIn.requests())
			assert.deepEqual([service, query.api_token], ['api.pipedrive.com', 'pipedrive-example']);
		const [person, lead, note, ...more] = standIn.requests().filter(({ method }) => method !== 'GET');
		assert.deepEqual(more, []);
		assert.equal(person?.path, '/api/v2/persons');
		assert.equal(person?.body.name, caller);
		assert.deepEqual(person?.body.phones, [{ value: caller, primary: true, label: 'work' }]);
		assert.deepEqual(
			[lead?.path, lead?.body.title, lead?.body.person_id],
			['/v1/leads', `Call of ${start_at}`, 4711],
		);
		assert.equal(note?.path, '/v1/notes');
		assert.equal(note?.body.lead_id, 'adf21080-0e10-11eb-879b-05d71fb426ec');
		assert.equal(
			note?.body.content,
			`Guests: <b>${answerTo(prospect, 'guests')}</b><br>Arrival: <b>${answerTo(prospect, 'arrive')}</b><br>` +
				`Call back: <b>${answerTo(prospect, 'call you back')}</b><br>Summary: <b>${summaryOf(prospect)}</b>`,
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
		/** @type {Record<string, any>} */
		const cells = hotelRow(sampleOf['calls-into-a-data-table']);
		const { guests, arrival, allergies, ...row } = cells;
		const answers = { question_1: guests, question_2: arrival, question_3: allergies };
		assert.deepEqual(results['Add the Row']?.map(withoutNumbering), [{ ...row, ...answers }]);
	},

	'one-workflow-for-everything': (standIn, results) => {
		const guest = sampleOf['one-workflow-for-everything'];
		assert.deepEqual(results['Add the Row']?.map(withoutNumbering), [hotelRow(guest)]);
		const { caller } = guest.event_data;
		assert.deepEqual(
			sentTo(standIn, 'slack.com', 'Bearer slack-example').map(({ body }) => [body.channel, body.text]),
			[['#kitchen', `Allergies of a guest who calls from ${caller}: ${answerTo(guest, 'allergies')}`]],
		);
	},

	'line-message': (standIn) => {
		const [{ headers, body } = missing(), ...more] = standIn.requests();
		assert.deepEqual(more, []);
		assert.equal(headers.authorization, 'Bearer line-example');
		const to = 'U00000000000000000000000000000000';
		assert.deepEqual(body, { to, messages: [{ type: 'text', text: message }] });
	},

	'lark-feishu-message': (standIn) => {
		assert.deepEqual(
			standIn.requests().map(({ query, body }) => ({ query, body })),
			[{ query: {}, body: { msg_type: 'text', content: { text: message } } }],
		);
	},

	'wecom-message': (standIn) => assertRobotGot(standIn),
	'dingtalk-message': (standIn) => assertRobotGot(standIn),

	'kintone-record': (standIn) => {
		const [{ headers, body } = missing(), ...more] = standIn.requests();
		assert.deepEqual(more, []);
		assert.equal(headers['x-cybozu-api-token'], 'kintone-example');
		const { session_id, start_at, caller } = prospect.event_data;
		const fields = { session_id, start_at, caller_number: caller, guests, arrival, summary };
		const record = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value }]));
		assert.deepEqual(body, { app: 1, record });
	},
};
