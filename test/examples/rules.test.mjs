// @ts-check
// What the examples promise beyond their sample: a missed call is a row and never empties one, a row that is refused is said
// and stops no other, what somebody said is never markup, a service that refuses with 200 is heard.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { executionAfter, outputsOf } from '../../scripts/lib/executions.mjs';
import { sampleEvent } from '../../scripts/lib/project.mjs';
import { listenForTestEvent } from '../support/editor.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { connectionsFrom, workflowNode } from '../support/workflows.mjs';
import { serviceCredentials } from './credentials.mjs';
import { publishExample, startN8nWithStandIn } from './n8n.mjs';
import { example, prospect, sampleOf, TRIGGER } from './samples.mjs';

const inbound = await sampleEvent('inbound-analysis');
/** The end of the very call that `inbound` analyzes. */
const ended = await sampleEvent('call-ended');
const missed = await sampleEvent('missed-call');

/** @type {Awaited<ReturnType<typeof startN8nWithStandIn>>} */
let instance;
/** @type {(node: any) => any} */
let withCredential;
/** @type {string} */
let tables;

before(async () => {
	instance = await startN8nWithStandIn();
	withCredential = await serviceCredentials(instance.n8n, instance.addresses);
	tables = `/projects/${(await instance.n8n.rest('GET', '/projects/personal')).id}/data-tables`;
});

after(() => instance?.stop());

/** @param {string} name @param {{ name: string, type: string }[]} columns @returns {Promise<string>} its ID */
const createTable = async (name, columns) => (await instance.n8n.rest('POST', tables, { name, columns })).id;

/** @param {string} id @returns {Promise<Record<string, any>[]>} */
const rowsOf = async (id) => (await instance.n8n.rest('GET', `${tables}/${id}/rows?sortBy=id:asc`)).data;

/** @param {string} name of a table @returns {Promise<string>} */
async function idOf(name) {
	const filter = encodeURIComponent(JSON.stringify({ name }));
	const { data } = await instance.n8n.rest('GET', `${tables}?filter=${filter}`);
	return data[0].id;
}

/**
 * @param {{ url: string, workflowId: string }} published
 * @param {any[]} events sent one after the other, each when the one before has run
 * @returns {Promise<any[]>} the execution of each
 */
async function executionsOf({ url, workflowId }, events) {
	const { n8n } = instance;
	/** @type {any[]} */
	const executions = [];
	for (const event of events) {
		assert.equal((await send(url, event, n8n.authorized)).status, 200);
		executions.push(await executionAfter(n8n.rest, workflowId, executions.at(-1)?.id ?? 0));
	}
	return executions;
}

/** The columns that an example's table has. @param {string} name of the example */
async function columnsOf(name) {
	const { nodes } = await example(name);
	return nodes.find((/** @type {any} */ node) => node.parameters.operation === 'create').parameters.columns
		.column;
}

describe('a call that has only ended is a row, and never empties one that has answers', () => {
	const cases = {
		'the end first': [ended, inbound],
		'the analysis first': [inbound, ended],
	};
	for (const [order, events] of Object.entries(cases)) {
		test(`in the ledger, ${order}`, async () => {
			const table = await createTable('VoiceFox Calls', await columnsOf('ledger-each-call'));
			const published = await publishExample(instance.n8n, 'ledger-each-call', withCredential);
			for (const { status } of await executionsOf(published, [...events, missed]))
				assert.equal(status, 'success');
			assert.deepEqual(
				(await rowsOf(table)).map((row) => [row.event_name, row.billsec, row.guests, row.answers_hit]),
				[
					['callin.collect', 152, '4名', 1],
					['callin.hangup', 0, null, null],
				],
			);
			await instance.n8n.rest('DELETE', `${tables}/${table}`);
		});
	}

	test('in the table of the guide', async () => {
		const published = await publishExample(instance.n8n, 'calls-into-a-data-table', withCredential);
		const end = { event_name: 'callin.hangup', event_data: { ...ended.event_data, ...callOf(prospect) } };
		await executionsOf(published, [prospect, end, missed]);
		assert.deepEqual(
			(await rowsOf(await idOf('Calls from VoiceFox'))).map((row) => [row.event_name, row.mood]),
			[
				['callin.collect', 'Positive'],
				['callin.hangup', null],
			],
		);
	});
});

/** What tells a call from others. @param {any} event */
const callOf = ({ event_data: { session_id, start_at, caller, callee, billsec } }) => ({
	session_id,
	start_at,
	caller,
	callee,
	billsec,
});

describe('a row that the table refuses is said', () => {
	/** A user who made her column for the guests one of dates. */
	const ofDates = async () =>
		(await columnsOf('ledger-each-call')).map((/** @type {any} */ column) =>
			column.name === 'guests' ? { ...column, type: 'date' } : column,
		);

	test('by the execution of its event', async () => {
		const table = await createTable('VoiceFox Calls', await ofDates());
		const published = await publishExample(instance.n8n, 'ledger-each-call', withCredential);
		const [execution] = await executionsOf(published, [inbound]);
		assert.equal(execution?.status, 'error');
		assert.match(execution.data.resultData.error.message, /guests/);
		await instance.n8n.rest('DELETE', `${tables}/${table}`);
	});

	test('and does not stop those that come with it', async () => {
		const table = await createTable('VoiceFox Calls', await ofDates());
		const { n8n } = instance;
		const workflow = await example('ledger-catch-up');
		const calls = ['2026-11-20', 'a family', '2026-11-21', 'many', '2026-11-22'].map((guests, place) => ({
			json: { session_id: `call-${place}`, event_name: 'callin.collect', guests },
		}));
		const pinData = { [workflow.nodes[0].name]: calls };
		const nodes = workflow.nodes.map(withCredential);
		const { workflowId } = await n8n.draft({ ...workflow, nodes, pinData });
		await listenForTestEvent(n8n.rest, workflowId, workflow.nodes[0].name);
		const execution = await executionAfter(n8n.rest, workflowId, 0);
		assert.equal(execution?.status, 'error');
		assert.match(
			execution.data.resultData.error.message,
			/^The table refused these calls, .*: call-1, call-3$/,
		);
		assert.deepEqual(
			(await rowsOf(table)).map(({ session_id }) => session_id),
			['call-0', 'call-2', 'call-4'],
		);
		await n8n.rest('DELETE', `${tables}/${table}`);
	});
});

describe('what somebody said is never markup', () => {
	const SAID = '<100 & <b>bold</b> or <!channel>';
	const ESCAPED = '&lt;100 &amp; &lt;b&gt;bold&lt;/b&gt; or &lt;!channel&gt;';

	/** @param {any} event the same with every answer and every result of the analysis ending so */
	const saying = (event) => ({
		...event,
		event_data: {
			...event.event_data,
			collect_targets: event.event_data.collect_targets.map((/** @type {any} */ answer) => ({
				...answer,
				hit: true,
				result: `Negative ${SAID}`,
			})),
			conversation_analysis: event.event_data.conversation_analysis.map((/** @type {any} */ topic) => ({
				...topic,
				result: `Negative ${SAID}`,
			})),
		},
	});

	for (const name of ['low-mood-alert-telegram', 'hit-answers-to-slack', 'lead-into-pipedrive']) {
		test(name, async () => {
			const published = await publishExample(instance.n8n, name, withCredential);
			instance.standIn.reset();
			const [execution] = await executionsOf(published, [saying(sampleOf[name])]);
			assert.equal(execution?.status, 'success');
			const sent = instance.standIn
				.requests()
				.map(({ body }) => body?.text ?? body?.content)
				.filter((text) => text?.includes('Negative'));
			assert.ok(sent.length > 0);
			for (const text of sent) {
				assert.ok(text.includes(`Negative ${ESCAPED}`), text);
				assert.ok(!text.includes('<100') && !text.includes('<!channel>'), text);
			}
		});
	}
});

describe('a service that answers 200 and refuses is heard', () => {
	const cases = {
		'lark-feishu-message': [
			'POST open.larksuite.com/open-apis/bot/v2/hook/YOUR-BOT',
			{ code: 19024, msg: 'Key Words Not Found' },
			'Lark refused the message: Key Words Not Found',
		],
		'wecom-message': [
			'POST qyapi.weixin.qq.com/cgi-bin/webhook/send',
			{ errcode: 93000, errmsg: 'invalid webhook url' },
			'WeCom refused the message: invalid webhook url',
		],
		'dingtalk-message': [
			'POST oapi.dingtalk.com/robot/send',
			{ errcode: 310000, errmsg: 'keywords not in content' },
			'DingTalk refused the message: keywords not in content',
		],
	};
	for (const [name, [request, answer, said]] of Object.entries(cases)) {
		test(name, async () => {
			const published = await publishExample(instance.n8n, name, withCredential);
			instance.standIn.answer(/** @type {string} */ (request), /** @type {object} */ (answer));
			const [execution] = await executionsOf(published, [prospect]);
			assert.equal(execution?.status, 'error');
			assert.equal(execution.data.resultData.error.message, said);
		});
	}
});

test('a call is handed to other workflows as a whole', async () => {
	const { n8n } = instance;
	const trigger = 'When Executed by Another Workflow';
	const accepting = { inputSource: 'passthrough' };
	const { workflowId: other } = await n8n.draft({
		name: 'The other workflow',
		nodes: [
			workflowNode(trigger, 'n8n-nodes-base.executeWorkflowTrigger', 1.1, accepting),
			workflowNode('Its Work', 'n8n-nodes-base.noOp', 1),
		],
		connections: connectionsFrom(trigger, [['Its Work']]),
	});
	const { versionId } = await n8n.rest('GET', `/workflows/${other}`);
	await n8n.rest('POST', `/workflows/${other}/activate`, { versionId });
	const published = await publishExample(n8n, 'hand-calls-to-other-workflows', (node) =>
		node.name.startsWith('Hand to ')
			? { ...node, parameters: { ...node.parameters, workflowId: { __rl: true, mode: 'id', value: other } } }
			: node,
	);
	const [execution] = await executionsOf(published, [inbound]);
	assert.equal(execution?.status, 'success');
	/** @type {any} */
	const handed = await executionAfter(n8n.rest, other, 0);
	assert.deepEqual(outputsOf(handed, 'Its Work')[0], outputsOf(execution, TRIGGER)[0]);
	/** @type {any} */
	const call = outputsOf(handed, 'Its Work')[0]?.[0];
	assert.equal(call?.answers['ご予約の人数は何名様ですか?'], '4名');
});

test('who called more than once this week is listed, with how often', async () => {
	const { n8n, addresses } = instance;
	const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
	const call = (/** @type {string} */ caller, /** @type {number} */ place) => ({
		sessionId: `week-${place}`,
		taskId: 0,
		startAt: `${yesterday} 10:0${place}:00`,
		endAt: `${yesterday} 10:0${place}:30`,
		direction: 'inbound',
		caller,
		callee: '+12025550100',
		billsec: 20,
		recordFile: '',
	});
	const callers = ['+12025550151', '+12025550152', '+12025550151', '', ''];
	addresses.voiceFox.world.calls.push(...callers.map(call));
	const workflow = await example('who-called-more-than-once');
	const { workflowId } = await n8n.draft({ ...workflow, nodes: workflow.nodes.map(withCredential) });
	await listenForTestEvent(n8n.rest, workflowId, workflow.nodes[0].name);
	const execution = await executionAfter(n8n.rest, workflowId, 0);
	assert.equal(execution?.status, 'success', JSON.stringify(execution?.data?.resultData?.error));
	assert.deepEqual(outputsOf(execution, 'More Than Once')[0], [
		{
			count_session_id: 2,
			concatenated_start_at: `${yesterday} 10:00:00, ${yesterday} 10:02:00`,
			caller_number: '+12025550151',
		},
	]);
});
