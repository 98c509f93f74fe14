// @ts-check
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { executionAfter, newestExecutionId } from '../../../scripts/lib/executions.mjs';
import { createCredential, publishWorkflow } from '../../../scripts/lib/rest.mjs';
import { productionUrl, send, untilRegistered } from '../../../scripts/lib/webhook.mjs';
import { authorized, credential as webhookCredential, instance, rest } from './instance.mjs';

const TRIGGER = 'VoiceFox Trigger';

/** @typedef {{ id: string, name: string }} Credential */

/**
 * Stores a VoiceFox API credential.
 * @param {{ apiToken: string, region: string, baseUrl: string }} data
 * @returns {Promise<Credential>}
 */
export async function apiCredential(data) {
	const name = 'VoiceFox REST';
	return { id: await createCredential(rest, { name, type: 'voiceFoxApi', data }), name };
}

/**
 * @param {Credential} credential
 * @param {string} name
 * @param {object} parameters
 * @param {object} [settings] of the node, e.g. `onError`
 */
export const actionNode = (credential, name, parameters, settings = {}) => ({
	parameters,
	id: randomUUID(),
	name,
	type: 'n8n-nodes-voicefox.voiceFox',
	typeVersion: 1,
	position: [0, 0],
	credentials: { voiceFoxApi: credential },
	...settings,
});

const triggerNode = () => ({
	parameters: { output: 'perCall', options: { ignoreDuplicates: false } },
	id: randomUUID(),
	name: TRIGGER,
	type: 'n8n-nodes-voicefox.voiceFoxTrigger',
	typeVersion: 2,
	position: [0, 0],
});

/**
 * Publishes a workflow and runs it with an event.
 * @param {any} trigger
 * @param {any[]} nodes
 * @param {object} connections
 * @param {object} event
 */
export async function executionOf(trigger, nodes, connections, event) {
	const webhookId = randomUUID();
	const credentials = { voiceFoxWebhookApi: webhookCredential };
	const workflowId = await publishWorkflow(rest, {
		name: 'e2e action node',
		nodes: [{ ...trigger, webhookId, credentials }, ...nodes],
		connections,
	});
	const url = productionUrl(instance.url, webhookId);
	assert.ok(await untilRegistered(url), `n8n registers ${url}`);
	const earlier = await newestExecutionId(rest, workflowId);
	assert.equal((await send(url, event, authorized)).status, 200);
	const execution = await executionAfter(rest, workflowId, earlier);
	assert.ok(execution, 'the execution finishes');
	return execution;
}

/**
 * The same with a trigger of one item per call.
 * @param {any[]} nodes
 * @param {object} event
 * @param {'chain' | 'fan'} [shape] one after the other, or each behind the trigger
 */
export async function executionBehindTrigger(nodes, event, shape = 'chain') {
	const to = (/** @type {string[]} */ names) => ({
		main: [names.map((name) => ({ node: name, type: 'main', index: 0 }))],
	});
	const names = nodes.map(({ name }) => name);
	const chain = [TRIGGER, ...names].slice(0, -1).map((name, place) => [name, to([names[place]])]);
	const connections = shape === 'chain' ? Object.fromEntries(chain) : { [TRIGGER]: to(names) };
	return await executionOf(triggerNode(), nodes, connections, event);
}

/**
 * The items that a node gave on its first output.
 * @param {any} execution
 * @param {string} name
 */
export const itemsOf = (execution, name) => execution.data.resultData.runData[name][0].data.main[0];
