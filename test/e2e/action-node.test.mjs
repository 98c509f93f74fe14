// @ts-check
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { outputsOf } from '../../scripts/lib/executions.mjs';
import { readJson } from '../../scripts/lib/project.mjs';
import { startVoiceFox } from '../stand-in/voicefox.mjs';
import {
	actionNode,
	apiCredential,
	executionBehindTrigger,
	executionOf,
	itemsOf,
} from './support/action.mjs';
import { changed, inbound, outbound } from './support/events.mjs';
import { instance, isN8n1, rest } from './support/instance.mjs';
import { connectionsFrom, TRIGGER_NAME, triggerNode, workflowNode } from '../support/workflows.mjs';

/** n8n 1.x notes a file's size in words only. @param {number} bytes */
const bytesShown = (bytes) => (isN8n1 ? undefined : bytes);

const voiceFox = await startVoiceFox();
after(() => voiceFox.close());

const sessionId = inbound.event_data.session_id;
const day = { startTime: '2026-11-20T00:00:00', endTime: '2026-11-20T23:59:59' };

/** What the editor saves of a choice by ID. @param {string} value */
const byId = (value) => ({ __rl: true, mode: 'id', value });

/** @param {string} apiToken */
const credentialData = (apiToken) => ({ apiToken, region: 'custom', baseUrl: voiceFox.url });
const credential = await apiCredential(credentialData(voiceFox.world.token));

/** @param {string} name @param {object} parameters @param {object} [settings] */
const node = (name, parameters, settings) => actionNode(credential, name, parameters, settings);

describe('trigger → Get Conversation → Download Recording', () => {
	const nodes = [
		node('Get Conversation', { resource: 'call', operation: 'getConversation', output: 'transcript' }),
		node('Download Recording', { resource: 'call', operation: 'downloadRecording' }),
	];

	it('the recording is a file of the item with the transcript', async () => {
		voiceFox.reset();
		voiceFox.record(sessionId, { size: 1_000_000 });
		const execution = await executionBehindTrigger(nodes, inbound);

		assert.equal(execution.status, 'success');
		const [item] = itemsOf(execution, 'Download Recording');
		assert.equal(item.json.session_id, sessionId);
		assert.match(item.json.transcript, /^\[00:00\] \(call begins\)\n\[00:00\] Assistant: /);
		assert.deepEqual(item.pairedItem, { item: 0 });
		const { fileName, mimeType, bytes, id } = item.binary.data;
		assert.deepEqual(
			{ fileName, mimeType, bytes },
			{
				fileName: `2026-11-20_10-15-02_+12025550143_${sessionId}.mp3`,
				mimeType: 'audio/mpeg',
				bytes: bytesShown(1_000_000),
			},
		);
		const stored = await fetch(
			`${instance.url}/rest/binary-data?id=${encodeURIComponent(id)}&action=download`,
			{
				headers: { cookie: instance.cookie },
			},
		);
		assert.equal((await stored.arrayBuffer()).byteLength, 1_000_000);
	});

	it('the token goes to the API only', () => {
		const tokens = voiceFox.requests.map(({ host, authorization }) => [host, authorization]);
		assert.deepEqual(tokens, [
			['api', 'Bearer example-token'],
			['api', 'Bearer example-token'],
			['recordings', undefined],
		]);
	});
});

it('the link of the event is used, and a fresh one when it has expired', async () => {
	voiceFox.reset();
	const download = () => [node('Download Recording', { resource: 'call', operation: 'downloadRecording' })];
	const hosts = () => voiceFox.requests.map(({ host }) => host).join(' ');

	await executionBehindTrigger(download(), changed(inbound, { record_url: voiceFox.addressOf(sessionId) }));
	assert.equal(hosts(), 'recordings');
	const expired = changed(inbound, { record_url: voiceFox.addressOf(sessionId, -60) });
	const execution = await executionBehindTrigger(download(), expired);
	assert.equal(hosts(), 'recordings recordings api recordings');
	assert.equal(itemsOf(execution, 'Download Recording')[0].binary.data.bytes, bytesShown(20_000));
});

it('every operation that reads gives its items', async () => {
	voiceFox.reset();
	const raw = { simplify: false };
	const assistant = { resource: 'assistant', operation: 'get' };
	const execution = await executionBehindTrigger(
		[
			node('Row', { resource: 'call', operation: 'get', options: { includeTranscript: true } }),
			node('Item', { resource: 'call', operation: 'get', fields: 'perCall' }),
			node('As Sent', { resource: 'call', operation: 'get', fields: 'asSent', sessionId: byId(sessionId) }),
			node('Calls', { resource: 'call', operation: 'getAll', returnAll: true, filters: day }),
			node('Conversation', { resource: 'call', operation: 'getConversation', sessionId: byId(sessionId) }),
			node('Task', { resource: 'task', operation: 'get' }),
			node('Whole Task', { resource: 'task', operation: 'get', ...raw }),
			node('Assistant', { ...assistant, assistantId: byId('318') }),
			node('Whole Assistant', { ...assistant, assistantId: byId('318'), ...raw }),
		],
		outbound,
		'fan',
	);
	const all = (/** @type {string} */ name) => /** @type {any[]} */ (outputsOf(execution, name)[0] ?? []);
	const first = (/** @type {string} */ name) => all(name)[0];

	assert.equal(execution.status, 'success');
	assert.deepEqual(
		['event_name', 'caller_number', 'answers_total', 'transcript', 'source'].map(
			(field) => first('Row')[field],
		),
		['task.call.collect', '+12025550100', 0, '', 'call_log'],
	);
	assert.deepEqual([first('Item').answers, first('Item').collect_targets], [{}, []]);
	assert.deepEqual([first('As Sent').id, first('As Sent').caller_number], [880412, '+12025550143']);
	assert.deepEqual(
		all('Calls').map((call) => [call.session_id, call.answers_total, call.assistant_ids]),
		voiceFox.world.calls.map((call) => [call.sessionId, undefined, '318']),
	);
	assert.equal(all('Conversation').length, 6);
	assert.deepEqual(
		[first('Task').name, first('Task').assistant_name, Object.keys(first('Task')).length],
		['Delivery survey', 'Survey', 12],
	);
	assert.deepEqual(
		[first('Whole Task').assistant.websocketToken, first('Whole Task').option.retryCount],
		[undefined, 2],
	);
	assert.deepEqual([first('Assistant').name, Object.keys(first('Assistant')).length], ['Reservations', 10]);
	assert.deepEqual(first('Whole Assistant').creator, { id: 12, username: 'wang' });
});

it('the example "archive recordings" downloads the recording of an event', async () => {
	voiceFox.reset();
	const { nodes, connections } = await readJson('examples/archive-recordings.json');
	const [trigger, download, write] = nodes;
	download.credentials = { voiceFoxApi: credential };
	// n8n writes only below the user's home folder, where a test has no business.
	write.disabled = true;
	const event = changed(inbound, { record_url: voiceFox.addressOf(sessionId) });
	const execution = await executionOf(trigger, nodes.slice(1), connections, event);

	assert.equal(execution.status, 'success');
	assert.equal(itemsOf(execution, write.name)[0].binary.data.bytes, bytesShown(20_000));
});

it('Get Many gives each of 2,000 calls once', async () => {
	voiceFox.reset();
	voiceFox.world.calls = voiceFox.manyCalls(2000);
	const filters = { startTime: '2026-11-21', endTime: '2026-11-21' };
	const parameters = { resource: 'call', operation: 'getAll', returnAll: true, filters };
	const execution = await executionBehindTrigger([node('Calls', parameters)], inbound);

	const ids = outputsOf(execution, 'Calls')[0]?.map((call) => /** @type {any} */ (call).session_id);
	assert.deepEqual(
		ids,
		voiceFox.world.calls.map((call) => call.sessionId),
	);
	assert.equal(voiceFox.requests.length, 20);
});

it('a refusal goes to the output for errors, as a sentence', async () => {
	voiceFox.reset();
	const wrong = { credentials: { voiceFoxApi: await apiCredential(credentialData('example-wrong')) } };
	const get = node(
		'Call',
		{ resource: 'call', operation: 'get' },
		{ ...wrong, onError: 'continueErrorOutput' },
	);
	const execution = await executionBehindTrigger([get], inbound);

	const [regular, errors] = outputsOf(execution, 'Call');
	assert.deepEqual(regular, []);
	const [item] = /** @type {any[]} */ (errors);
	assert.match(item.error, /^VoiceFox does not know the API token\./);
	assert.equal(item.session_id, sessionId, "n8n joins the incoming item's fields");
});

describe('the test of the credential', () => {
	/** @param {object} data */
	const tested = (data) =>
		rest('POST', '/credentials/test', {
			credentials: { id: credential.id, name: credential.name, type: 'voiceFoxApi', data },
		});

	it('is green with a token that VoiceFox knows, pasted with Bearer or without', async () => {
		voiceFox.reset();
		assert.equal((await tested(credentialData(voiceFox.world.token))).status, 'OK');
		assert.equal((await tested(credentialData(` Bearer ${voiceFox.world.token}`))).status, 'OK');
		assert.deepEqual(
			voiceFox.requests.map(({ path, authorization }) => `${path} ${authorization}`),
			Array.from({ length: 2 }, () => '/openapi/calllog?pageSize=1 Bearer example-token'),
		);
	});

	it('says what is wrong with the token', async () => {
		const unknown = await tested(credentialData('example-wrong'));
		assert.equal(unknown.status, 'Error');
		if (isN8n1) return assert.equal(unknown.message, 'Authorization failed - please check your credentials');
		assert.match(unknown.message, /^VoiceFox does not know this API token/);
		const foreign = await tested(credentialData(voiceFox.world.foreignToken));
		assert.match(foreign.message, /^VoiceFox refuses access/);
	});

	const notVoiceFox = 'VoiceFox is not at this address. Check the region and the base URL';

	for (const [what, body] of /** @type {[string, any][]} */ ([
		['a web page', '<!doctype html><title>Hello</title>'],
		["another service's JSON", { hello: 'world' }],
		['nothing', ''],
		['a list', [{ id: 1 }]],
	])) {
		it(`fails for ${what} with status 200`, { skip: isN8n1 }, async () => {
			voiceFox.reset();
			voiceFox.world.faults.push({ path: '/openapi', status: 200, body });
			const { status, message } = await tested(credentialData(voiceFox.world.token));
			assert.deepEqual({ status, message }, { status: 'Error', message: notVoiceFox });
		});
	}

	it('is green when VoiceFox has no calls, and with slashes at the end of the base URL', async () => {
		voiceFox.reset();
		voiceFox.world.calls = [];
		const data = credentialData(voiceFox.world.token);
		assert.equal((await tested({ ...data, baseUrl: ` ${voiceFox.url}/// ` })).status, 'OK');
		assert.equal(voiceFox.requests[0]?.path, '/openapi/calllog?pageSize=1');
	});

	it('does not follow a redirect with the token', async () => {
		voiceFox.reset();
		voiceFox.world.faults.push({
			path: '/openapi',
			status: 302,
			headers: { Location: voiceFox.recordingsUrl },
		});
		assert.equal((await tested(credentialData(voiceFox.world.token))).status, 'Error');
		assert.deepEqual(
			voiceFox.requests.map(({ host }) => host),
			['api'],
		);
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
		const now = new Date();
		const startAt = new Date(now.getTime() - 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
		voiceFox.world.calls[0] = { ...voiceFox.world.calls[0], startAt };
		const calls = await listed('searchCalls', { voiceFoxApi: credential }, '0143');
		assert.deepEqual(
			calls.results.map((/** @type {any} */ { value }) => value),
			[sessionId],
		);
		assert.match(calls.results[0].name, /^\d+ \w{3} \d\d:\d\d, inbound, \+12025550143$/);
		assert.deepEqual((await listed('searchAssistants', { voiceFoxApi: credential })).results, [
			{ name: 'Reservations (318)', value: '318' },
		]);
	});

	it('say what is missing', async () => {
		await assert.rejects(listed('searchCalls', {}), /Choose a credential for the VoiceFox API first/);
	});
});

describe("as an AI agent's tool", { skip: isN8n1 }, () => {
	/**
	 * n8n's own Tool Executor calls the tool as an agent would.
	 * @param {string} name the tool's
	 * @param {object} parameters
	 * @param {object} input what the agent fills in
	 */
	async function answerOf(name, parameters, input) {
		const tool = {
			...node(name, parameters),
			type: 'n8n-nodes-voicefox.voiceFoxTool',
		};
		const executor = workflowNode('Tool Executor', '@n8n/n8n-nodes-langchain.toolExecutor', 1, {
			query: JSON.stringify({ [name]: input }),
			toolName: name,
		});
		const execution = await executionOf(
			triggerNode({ options: { ignoreDuplicates: false } }),
			[executor, tool],
			{
				...connectionsFrom(TRIGGER_NAME, [[executor.name]]),
				[name]: { ai_tool: [[{ node: executor.name, type: 'ai_tool', index: 0 }]] },
			},
			inbound,
		);
		assert.equal(execution.status, 'success');
		return itemsOf(execution, executor.name)[0].json;
	}

	const fromAi = (/** @type {string} */ key) => `={{ $fromAI('${key}', '', 'string') }}`;

	it('a call is found by its session ID, in one flat object', async () => {
		voiceFox.reset();
		const parameters = { resource: 'call', operation: 'get', sessionId: byId(fromAi('session_id')) };
		const answer = JSON.stringify(await answerOf('get_call', parameters, { session_id: sessionId }));

		assert.match(answer, /answers_total/);
		assert.match(answer, /4名/);
		assert.ok(answer.length < 2000, `the agent reads ${answer.length} characters`);
	});

	it('calls are found by number', async () => {
		voiceFox.reset();
		const filters = { ...day, phone: fromAi('phone') };
		const parameters = { resource: 'call', operation: 'getAll', filters };
		const answer = JSON.stringify(await answerOf('find_calls', parameters, { phone: '+12025550143' }));

		assert.ok(answer.includes(sessionId) && !answer.includes('+12025550188'));
	});

	it('an assistant and a task are small answers', async () => {
		voiceFox.reset();
		const assistant = { resource: 'assistant', operation: 'get', assistantId: byId(fromAi('id')) };
		const task = { resource: 'task', operation: 'get', taskId: fromAi('id') };
		for (const [parameters, id, text] of /** @type {const} */ ([
			[assistant, '318', 'Reservations'],
			[task, '9021', 'Delivery survey'],
		])) {
			const answer = JSON.stringify(await answerOf('get_it', parameters, { id }));
			assert.ok(answer.includes(text) && answer.length < 1500, answer);
		}
	});

	it('each operation tells the agent when to use it and what comes back', async () => {
		const types = await fetch(`${instance.url}/types/nodes.json`, { headers: { cookie: instance.cookie } });
		const tool = /** @type {any[]} */ (await types.json()).find(
			({ name }) => name === 'n8n-nodes-voicefox.voiceFoxTool',
		);
		const texts = tool.properties.filter((/** @type {any} */ { name }) => name === 'toolDescription');
		const operations = tool.properties
			.filter((/** @type {any} */ { name }) => name === 'operation')
			.flatMap((/** @type {any} */ { options }) => options)
			// n8n adds this one to every resource.
			.filter((/** @type {any} */ { value }) => value !== '__CUSTOM_API_CALL__');
		assert.equal(texts.length, operations.length);
		for (const { default: text } of texts) assert.match(text, /Use it .*gives /i);
	});
});
