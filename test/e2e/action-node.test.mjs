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

/** n8n 1.x notes a file's size in words only. @param {number} bytes */
const bytesShown = (bytes) => (isN8n1 ? undefined : bytes);

const voiceFox = await startVoiceFox();
after(() => voiceFox.close());

const sessionId = inbound.event_data.session_id;
const day = { startTime: '2026-11-20T00:00:00', endTime: '2026-11-20T23:59:59' };

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
	const execution = await executionBehindTrigger(
		[
			node('Call', { resource: 'call', operation: 'get' }),
			node('Calls', { resource: 'call', operation: 'getAll', returnAll: true, filters: day }),
			node('Conversation', { resource: 'call', operation: 'getConversation' }, { alwaysOutputData: true }),
			node('Task', { resource: 'task', operation: 'get' }),
			node('Assistant', { resource: 'assistant', operation: 'get', assistantId: '318' }),
		],
		outbound,
		'fan',
	);
	const first = (/** @type {string} */ name) => /** @type {any} */ (outputsOf(execution, name)[0]?.[0]);

	assert.equal(execution.status, 'success');
	assert.equal(first('Call').id, 880977);
	assert.equal(outputsOf(execution, 'Calls')[0]?.length, 3);
	assert.deepEqual(outputsOf(execution, 'Conversation')[0], [{}]);
	assert.deepEqual(
		[first('Task').name, first('Task').assistant.websocketToken],
		['Delivery survey', undefined],
	);
	assert.deepEqual(
		[first('Assistant').name, first('Assistant').creator],
		['Reservations', { id: 12, username: 'wang' }],
	);
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

	const ids = outputsOf(execution, 'Calls')[0]?.map((call) => /** @type {any} */ (call).sessionId);
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
