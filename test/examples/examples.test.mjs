// @ts-check
// Each example runs in a real n8n: by hand with the sample that is pinned to it, and live with the event at its URL.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { executionAfter, outputsOf } from '../../scripts/lib/executions.mjs';
import {
	createCredential,
	createWorkflow,
	listenForTestEvent,
	publishWorkflow,
	restOf,
	sessionCookie,
} from '../../scripts/lib/rest.mjs';
import { productionUrl, send, untilRegistered } from '../../scripts/lib/webhook.mjs';
import { serviceCredentials } from './credentials.mjs';
import { expectedOf } from './expected.mjs';
import { startTestN8n } from './n8n.mjs';
import { example, exampleNames, pinnedItems, pinnedSampleOf, sampleOf, TRIGGER } from './samples.mjs';

/** Made and tested elsewhere: by `npm start`, and with the action node. */
const NOT_HERE = ['demo-workflow', 'archive-recordings', 'without-duplicates'];

const token = randomBytes(24).toString('base64url');

/** @type {Awaited<ReturnType<typeof startTestN8n>>} */
let instance;
/** @type {import('../../scripts/lib/rest.mjs').Rest} */
let rest;
/** @type {(node: any) => any} */
let withCredential;
/** @type {{ id: string, name: string }} */
let voiceFoxWebhookApi;

before(async () => {
	instance = await startTestN8n();
	const { url } = instance.n8n;
	rest = restOf(url, await sessionCookie(url, instance.owner));
	withCredential = await serviceCredentials(rest);
	const credential = { name: 'VoiceFox', type: 'voiceFoxWebhookApi', data: { authorizationToken: token } };
	voiceFoxWebhookApi = { id: await createCredential(rest, credential), name: credential.name };
});

after(() => instance?.stop());

test('every example is tried', async () => {
	const tried = [...Object.keys(sampleOf), ...NOT_HERE].sort();
	assert.deepEqual((await exampleNames()).sort(), tried);
	assert.deepEqual(Object.keys(expectedOf), Object.keys(sampleOf));
});

describe('what is pinned is what the trigger makes of the sample event', () => {
	for (const [name, event] of Object.entries(pinnedSampleOf)) {
		test(name, async () => {
			const workflow = await example(name);
			const items = await pinnedItems(workflow, event);
			assert.deepEqual(workflow.pinData, { [TRIGGER]: items.map((json) => ({ json })) });
			assert.ok(items.length > 0);
		});
	}
});

for (const [name, event] of Object.entries(sampleOf)) {
	describe(name, () => {
		test('holds no credential, and no address that two users would share', async () => {
			const { nodes } = await example(name);
			for (const node of nodes) assert.deepEqual([node.credentials, node.webhookId], [undefined, undefined]);
		});

		test('runs by hand, without a call and without a credential for VoiceFox', async () => {
			const workflow = await example(name);
			const id = await createWorkflow(rest, { ...workflow, nodes: workflow.nodes.map(withCredential) });
			instance.standIn.reset();
			await listenForTestEvent(rest, id, TRIGGER);
			expectedOf[name]?.(instance.standIn, await resultsOf(id, workflow));
		});

		test('runs live, with the event at its production URL', async () => {
			const { pinData, ...workflow } = await example(name);
			const webhookId = randomUUID();
			const live = (/** @type {any} */ node) => ({ ...node, webhookId, credentials: { voiceFoxWebhookApi } });
			const nodes = workflow.nodes.map((/** @type {any} */ node) =>
				node.name === TRIGGER ? live(node) : withCredential(node),
			);
			const id = await publishWorkflow(rest, { ...workflow, nodes });
			const url = productionUrl(instance.n8n.url, webhookId);
			assert.ok(await untilRegistered(url));
			instance.standIn.reset();
			const { status, text } = await send(url, event, { authorization: token });
			assert.deepEqual({ status, text }, { status: 200, text: '{}' });
			expectedOf[name]?.(instance.standIn, await resultsOf(id, workflow));
		});
	});
}

/**
 * @param {string} workflowId
 * @param {any} workflow
 * @returns {Promise<import('./expected.mjs').Results>} what the nodes of its only execution gave
 */
async function resultsOf(workflowId, workflow) {
	const execution = await executionAfter(rest, workflowId, 0);
	assert.equal(execution?.status, 'success', JSON.stringify(execution?.data?.resultData?.error));
	return Object.fromEntries(
		workflow.nodes.map((/** @type {any} */ { name }) => [name, outputsOf(execution, name)[0] ?? []]),
	);
}
