// @ts-check
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { outputsOf } from '../../scripts/lib/executions.mjs';
import { readJson } from '../../scripts/lib/project.mjs';
import { startVoiceFox } from '../stand-in/voicefox.mjs';
import { changed, inbound, outbound } from '../support/voicefox-events.mjs';
import { connectionsFrom, TRIGGER_NAME, workflowNode } from '../support/workflows.mjs';
import { asNamed, instance, isBefore220, publishedTrigger, rest } from './support.mjs';

/** n8n 1.x notes a file's size in words only. @param {number} bytes */
const bytesShown = (bytes) => (isBefore220 ? undefined : bytes);

const voiceFox = await startVoiceFox();
after(() => voiceFox.close());

const sessionId = inbound.event_data.session_id;
const day = { timeRange: 'custom', startTime: '2026-11-20T00:00:00', endTime: '2026-11-20T23:59:59' };

/** What the editor saves of a choice by ID. @param {string} value */
const byId = (value) => ({ __rl: true, mode: 'id', value });

/** @param {string} apiToken */
const credentialData = (apiToken) => ({ apiToken, region: 'custom', baseUrl: voiceFox.url });
const apiCredential = (/** @type {string} */ token) =>
	instance.storedCredential('voiceFoxApi', credentialData(token));
const voiceFoxApi = await apiCredential(voiceFox.world.token);

/** @param {string} name @param {string} operation e.g. `call.get` @param {object} [parameters] @param {object} [settings] of the node, e.g. `onError` */
function node(name, operation, parameters = {}, settings = {}) {
	const [resource, ofIt] = operation.split('.');
	return workflowNode(
		name,
		'n8n-nodes-voicefox.voiceFox',
		1,
		{ resource, operation: ofIt, ...parameters },
		{ credentials: { voiceFoxApi, voiceFoxWebhookApi: instance.credential }, ...settings },
	);
}

/**
 * Runs nodes behind a trigger of one item per call, one after another.
 * @param {any[]} nodes
 * @param {object} [event]
 * @param {object} [connections] where they are not one after another
 */
async function executionOf(nodes, event = inbound, connections = undefined) {
	const trigger = await publishedTrigger({ parameters: { output: 'perCall' }, nodes, connections });
	return await trigger.executionOf(event);
}

/** The items of a node's first output. @param {any} execution @param {string} name @returns {any[]} */
const itemsOf = (execution, name) => execution.data.resultData.runData[name][0].data.main[0];

it('trigger → Get Conversation → Download Recording: a file of the item with the transcript; the token goes to the API only', async () => {
	voiceFox.reset();
	voiceFox.record(sessionId, { size: 1_000_000 });
	const execution = await executionOf([
		node('Get Conversation', 'call.getConversation', { output: 'transcript' }),
		node('Download Recording', 'call.downloadRecording'),
	]);
	assert.equal(execution.status, 'success');
	const [item] = itemsOf(execution, 'Download Recording');
	assert.equal(item.json.session_id, sessionId);
	assert.match(item.json.transcript, /^\[00:00\] \(call begins\)\n\[00:00\] Assistant: /);
	const { fileName, mimeType, bytes, id } = item.binary.data;
	assert.deepEqual(
		[fileName, mimeType, bytes],
		[`2026-11-20_10-15-02_+12025550143_${sessionId}.mp3`, 'audio/mpeg', bytesShown(1_000_000)],
	);
	const address = `${instance.url}/rest/binary-data?id=${encodeURIComponent(id)}&action=download`;
	const stored = await fetch(address, { headers: { cookie: instance.cookie } });
	assert.equal((await stored.arrayBuffer()).byteLength, 1_000_000);
	const tokens = voiceFox.requests.map(({ host, authorization }) => `${host} ${authorization}`);
	const withToken = 'api Bearer example-token';
	assert.deepEqual(tokens, [withToken, withToken, 'recordings undefined']);
});

it('the link of the event is used, and a fresh one when it has expired', async () => {
	for (const [seconds, asked] of /** @type {const} */ ([
		[60, ['recordings']],
		[-60, ['recordings', 'api', 'recordings']],
	])) {
		voiceFox.reset();
		const event = changed(inbound, { record_url: voiceFox.addressOf(sessionId, seconds) });
		const execution = await executionOf([node('Download Recording', 'call.downloadRecording')], event);
		assert.equal(itemsOf(execution, 'Download Recording')[0].binary.data.bytes, bytesShown(20_000));
		// Asked more than once while it is refused.
		const hosts = voiceFox.requests.map(({ host }) => host);
		assert.deepEqual(
			hosts.filter((host, place) => host !== hosts[place - 1]),
			asked,
		);
	}
});

it('every operation that reads gives its items', async () => {
	voiceFox.reset();
	const whole = { simplify: false };
	const nodes = [
		node('Row', 'call.get', { options: { includeTranscript: true } }),
		node('Item', 'call.get', { fields: 'perCall' }),
		node('As Sent', 'call.get', { fields: 'asSent', sessionId: byId(sessionId) }),
		node('Calls', 'call.getAll', { returnAll: true, ...day }),
		node('Conversation', 'call.getConversation', { sessionId: byId(sessionId) }),
		node('Task', 'task.get'),
		node('Whole Task', 'task.get', whole),
		node('Assistant', 'assistant.get', { assistantId: byId('318') }),
		node('Whole Assistant', 'assistant.get', { assistantId: byId('318'), ...whole }),
	];
	const fan = connectionsFrom(TRIGGER_NAME, [nodes.map(({ name }) => name)]);
	const execution = await executionOf(nodes, outbound, fan);
	const all = (/** @type {string} */ name) => /** @type {any[]} */ (outputsOf(execution, name)[0] ?? []);
	const [row, item, asSent] = ['Row', 'Item', 'As Sent'].map((name) => all(name)[0]);

	assert.equal(execution.status, 'success');
	assert.deepEqual(
		['event_name', 'caller_number', 'answers_total', 'transcript', 'source'].map((field) => row[field]),
		['task.call.collect', '+12025550100', 0, null, 'call_log'],
	);
	assert.deepEqual([item.answers, item.collect_targets], [{}, []]);
	assert.deepEqual([asSent.id, asSent.caller_number], [880412, '+12025550143']);
	assert.deepEqual(
		all('Calls').map((call) => [call.session_id, call.answers_total, call.assistant_ids]),
		voiceFox.world.calls.map((call) => [call.sessionId, undefined, '318']),
	);
	assert.equal(all('Conversation').length, 6);
	assert.deepEqual([all('Task')[0].name, all('Task')[0].assistant_name], ['Delivery survey', 'Survey']);
	assert.equal(all('Whole Task')[0].assistant.websocketToken, undefined);
	assert.equal(all('Assistant')[0].name, 'Reservations');
	assert.deepEqual(all('Whole Assistant')[0].creator, { id: 12, username: 'wang' });
});

it('the example "archive recordings" downloads the recording of an event', async () => {
	voiceFox.reset();
	const { nodes, connections } = await readJson('examples/archive-recordings.json');
	const [, download, write] = nodes;
	download.credentials = { voiceFoxApi };
	// n8n writes only below the user's home folder, where a test has no business.
	write.disabled = true;
	const event = changed(inbound, { record_url: voiceFox.addressOf(sessionId) });
	const execution = await executionOf(nodes.slice(1), event, connections);
	assert.equal(execution.status, 'success');
	assert.equal(itemsOf(execution, write.name)[0].binary.data.bytes, bytesShown(20_000));
});

it('Get Many gives each of 2,000 calls once', async () => {
	voiceFox.reset();
	voiceFox.world.calls = voiceFox.manyCalls(2000);
	const range = { timeRange: 'custom', startTime: '2026-11-21', endTime: '2026-11-21' };
	const execution = await executionOf([node('Calls', 'call.getAll', { returnAll: true, ...range })]);
	assert.deepEqual(
		outputsOf(execution, 'Calls')[0]?.map((call) => /** @type {any} */ (call).session_id),
		voiceFox.world.calls.map((call) => call.sessionId),
	);
});

it('a refusal goes to the output for errors, as a sentence', async () => {
	voiceFox.reset();
	const credentials = { voiceFoxApi: await apiCredential('example-wrong') };
	const execution = await executionOf([
		node('Call', 'call.get', {}, { credentials, onError: 'continueErrorOutput' }),
	]);
	const [regular, [item] = []] = /** @type {any[][]} */ (outputsOf(execution, 'Call'));
	assert.deepEqual(regular, []);
	assert.match(item.error, /^VoiceFox does not know the API token\./);
	assert.equal(item.session_id, sessionId, "n8n joins the incoming item's fields");
});

it('Send Sample starts another workflow and says so; Get Status counts it', async () => {
	const target = await publishedTrigger();
	const execution = await executionOf([
		node('Send Sample', 'trigger.sendSample', { url: asNamed(target.url), kind: 'inbound', language: 'ja' }),
		node('Get Status', 'trigger.getStatus', { url: asNamed(target.url) }),
	]);
	assert.equal(execution.status, 'success', execution.data?.resultData.error?.message);
	target.started += 1;
	const [{ json: sent }] = /** @type {[any]} */ (itemsOf(execution, 'Send Sample'));
	assert.deepEqual([sent.status, sent.started], [200, true]);
	assert.equal(sent.event.event_name, 'callin.collect');
	const [{ json: status }] = /** @type {[any]} */ (itemsOf(execution, 'Get Status'));
	assert.equal(Object.keys(status)[0], 'summary');
	assert.match(status.summary, /^1 event accepted/);
});

describe('the test of the credential', () => {
	/** @param {object} data */
	const tested = async (data) => {
		const credentials = { ...voiceFoxApi, type: 'voiceFoxApi', data };
		const { status, message } = await rest('POST', '/credentials/test', { credentials });
		return { status, message };
	};

	it('is green with a token that VoiceFox knows, however it was pasted', async () => {
		voiceFox.reset();
		voiceFox.world.calls = [];
		const { token } = voiceFox.world;
		const pasted = { ...credentialData(` Bearer ${token}`), baseUrl: ` ${voiceFox.url}/// ` };
		for (const data of [credentialData(token), pasted]) assert.equal((await tested(data)).status, 'OK');
		assert.deepEqual(
			voiceFox.requests.map(({ path, authorization }) => `${path} ${authorization}`),
			Array(2).fill('/openapi/calllog?pageSize=1 Bearer example-token'),
		);
	});

	it('says what is wrong with the token', async () => {
		const unknown = await tested(credentialData('example-wrong'));
		// Some n8n between 1.100 and 2.41 say it in their own words.
		const says = /^(Authorization failed|VoiceFox does not know this API token)/;
		assert.equal(unknown.status, 'Error');
		assert.match(unknown.message, says);
	});

	it('fails for a web page with status 200, and follows no redirect with the token', async () => {
		const { token } = voiceFox.world;
		const redirect = { status: 302, headers: { Location: voiceFox.recordingsUrl } };
		for (const fault of [{ status: 200, body: '<!doctype html>' }, redirect]) {
			voiceFox.reset();
			voiceFox.world.faults.push({ path: '/openapi', ...fault });
			assert.equal((await tested(credentialData(token))).status, 'Error');
			assert.deepEqual(new Set(voiceFox.requests.map(({ host }) => host)), new Set(['api']));
		}
	});
});

describe("the editor's lists", () => {
	/** @param {string} methodName @param {object} credentials @param {string} [filter] */
	const listed = (methodName, credentials, filter) =>
		rest('POST', '/dynamic-node-parameters/resource-locator-results', {
			path: 'parameters.sessionId',
			nodeTypeAndVersion: { name: 'n8n-nodes-voicefox.voiceFox', version: 1 },
			currentNodeParameters: {},
			methodName,
			credentials,
			filter,
		});

	it('offer the calls of the last two days, and their assistants', async () => {
		voiceFox.reset();
		const startAt = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
		voiceFox.world.calls[0] = { ...voiceFox.world.calls[0], startAt };
		const { results } = await listed('searchCalls', { voiceFoxApi }, '0143');
		assert.equal(results[0].value, sessionId);
		assert.match(results[0].name, /^\d+ \w{3} \d\d:\d\d, inbound, \+12025550143$/);
		const assistants = await listed('searchAssistants', { voiceFoxApi });
		assert.deepEqual(assistants.results, [{ name: 'Reservations (318)', value: '318' }]);
	});

	it('say what is missing', async () => {
		await assert.rejects(listed('searchCalls', {}), /credential/i);
	});
});

describe("as an AI agent's tool", { skip: isBefore220 }, () => {
	const fromAi = (/** @type {string} */ key) => `={{ $fromAI('${key}', '', 'string') }}`;

	for (const [
		operation,
		parameters,
		input,
		finds,
		length,
	] of /** @type {[string, object, object, RegExp, number][]} */ ([
		['call.get', { sessionId: byId(fromAi('id')) }, { id: sessionId }, /answers_total.*4名/, 2000],
		['call.getAll', { ...day, filters: { phone: fromAi('phone') } }, { phone: '+12025550143' }, /0143/, 2000],
		['assistant.get', { assistantId: byId(fromAi('id')) }, { id: '318' }, /Reservations/, 1500],
		['task.get', { taskId: fromAi('id') }, { id: '9021' }, /Delivery survey/, 1500],
	])) {
		// n8n's own Tool Executor calls the tool as an agent would.
		it(`${operation} gives a small answer`, async () => {
			voiceFox.reset();
			const tool = { ...node('the_tool', operation, parameters), type: 'n8n-nodes-voicefox.voiceFoxTool' };
			const query = JSON.stringify({ the_tool: input });
			const executor = workflowNode('Executor', '@n8n/n8n-nodes-langchain.toolExecutor', 1, {
				query,
				toolName: tool.name,
			});
			const execution = await executionOf([executor, tool], inbound, {
				...connectionsFrom(TRIGGER_NAME, [[executor.name]]),
				[tool.name]: { ai_tool: [[{ node: executor.name, type: 'ai_tool', index: 0 }]] },
			});
			assert.equal(execution.status, 'success', execution.data?.resultData.error?.message);
			const answer = JSON.stringify(itemsOf(execution, executor.name)[0].json);
			assert.match(answer, finds);
			assert.ok(answer.length < length, `the agent reads ${answer.length} characters`);
		});
	}

	it('each operation tells the agent when to use it', async () => {
		const headers = { cookie: instance.cookie };
		const types = /** @type {any[]} */ (
			await (await fetch(`${instance.url}/types/nodes.json`, { headers })).json()
		);
		const { properties } = types.find(({ name }) => name === 'n8n-nodes-voicefox.voiceFoxTool');
		const named = (/** @type {string} */ wanted) =>
			properties.filter((/** @type {any} */ { name }) => name === wanted);
		const operations = named('operation')
			.flatMap((/** @type {any} */ { options }) => options)
			// n8n adds this one to every resource.
			.filter((/** @type {any} */ { value }) => value !== '__CUSTOM_API_CALL__');
		assert.equal(named('toolDescription').length, operations.length);
	});
});
