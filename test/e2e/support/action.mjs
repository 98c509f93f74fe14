// @ts-check
import assert from 'node:assert/strict';
import { executionAfter } from '../../../scripts/lib/executions.mjs';
import { send } from '../../../scripts/lib/webhook.mjs';
import { connectionsFrom, TRIGGER_NAME, triggerNode, workflowNode } from '../../support/workflows.mjs';
import { authorized, credential as webhookCredential, instance, rest } from './instance.mjs';

/** @typedef {import('../../support/workflows.mjs').Credential} Credential */

/**
 * Stores a VoiceFox API credential.
 * @param {{ apiToken: string, region: string, baseUrl: string }} data
 * @returns {Promise<Credential>}
 */
export const apiCredential = (data) => instance.storedCredential('voiceFoxApi', data);

/**
 * @param {Credential} credential
 * @param {string} name
 * @param {object} parameters
 * @param {object} [settings] of the node, e.g. `onError`
 */
export const actionNode = (credential, name, parameters, settings = {}) =>
	workflowNode(name, 'n8n-nodes-voicefox.voiceFox', 1, parameters, {
		credentials: { voiceFoxApi: credential },
		...settings,
	});

/**
 * Publishes a workflow and runs it with an event.
 * @param {any} trigger
 * @param {any[]} nodes
 * @param {object} connections
 * @param {object} event
 */
export async function executionOf(trigger, nodes, connections, event) {
	const { webhookId, credentials } = triggerNode({}, { credential: webhookCredential });
	const { workflowId, url } = await instance.publish({
		name: 'e2e action node',
		nodes: [{ ...trigger, webhookId, credentials }, ...nodes],
		connections,
	});
	assert.equal((await send(url, event, authorized)).status, 200);
	const execution = await executionAfter(rest, workflowId, 0);
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
	const names = nodes.map(({ name }) => name);
	const chain = [TRIGGER_NAME, ...names]
		.slice(0, -1)
		.map((name, place) => connectionsFrom(name, [[names[place]]]));
	const connections =
		shape === 'chain' ? Object.assign({}, ...chain) : connectionsFrom(TRIGGER_NAME, [names]);
	const trigger = triggerNode({ output: 'perCall', options: { ignoreDuplicates: false } });
	return await executionOf(trigger, nodes, connections, event);
}

/**
 * The items that a node gave on its first output.
 * @param {any} execution
 * @param {string} name
 */
export const itemsOf = (execution, name) => execution.data.resultData.runData[name][0].data.main[0];
