// @ts-check
import { randomUUID } from 'node:crypto';
import { connectionsFrom, TRIGGER_NAME, triggerNode, workflowNode } from '../../support/workflows.mjs';

/**
 * A trigger with a branch for each of its outputs. The first one takes its time, so that executions are under way at any
 * moment.
 * @param {string} webhookId
 * @param {{ id: string, name: string }} credential
 * @param {number} [seconds] how long an execution lasts
 */
export function slowWorkflow(webhookId, credential, seconds = 0.3) {
	const wait = { resume: 'timeInterval', amount: seconds, unit: 'seconds' };
	const branches = [
		workflowNode('Call', 'n8n-nodes-base.wait', 1.1, wait, { webhookId: randomUUID() }),
		workflowNode('Collected Answers', 'n8n-nodes-base.noOp', 1),
		workflowNode('Conversation Analysis', 'n8n-nodes-base.noOp', 1),
	];
	return {
		name: `reliability ${webhookId}`,
		nodes: [{ ...triggerNode({}, { credential }), webhookId }, ...branches],
		connections: connectionsFrom(
			TRIGGER_NAME,
			branches.map(({ name }) => [name]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/**
 * A workflow that is none of ours: n8n's own Webhook node, which answers with a text.
 * @param {string} path
 */
export function textWorkflow(path) {
	const parameters = { httpMethod: 'POST', path, options: { responseData: 'taken' } };
	const webhook = workflowNode('Webhook', 'n8n-nodes-base.webhook', 2, parameters, {
		webhookId: randomUUID(),
	});
	return { name: `text ${path}`, nodes: [webhook], connections: {}, settings: { executionOrder: 'v1' } };
}

/**
 * Changes a published workflow's trigger and publishes it again, as in the editor.
 * @param {import('../../../scripts/lib/rest.mjs').Rest} rest
 * @param {string} workflowId
 * @param {(trigger: any) => void} change
 */
export async function republish(rest, workflowId, change) {
	const { nodes, connections, settings, versionId } = await rest('GET', `/workflows/${workflowId}`);
	change(nodes[0]);
	const update = { nodes, connections, settings, versionId };
	const saved = await rest('PATCH', `/workflows/${workflowId}`, update);
	await rest('POST', `/workflows/${workflowId}/activate`, { versionId: saved.versionId });
}
