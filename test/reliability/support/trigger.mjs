// @ts-check
import { randomUUID } from 'node:crypto';
import { connectionsFrom, TRIGGER_NAME, triggerNode, workflowNode } from '../../support/workflows.mjs';
import { byCall } from './evidence.mjs';
import { answerTo } from './load.mjs';

/** @typedef {import('../../support/workflows.mjs').Credential} Credential */

/**
 * A published workflow of a VoiceFox Trigger alone, or of another one that has such a trigger.
 * @typedef {Awaited<ReturnType<typeof triggerOn>>} Trigger
 * @param {import('../../support/n8n.mjs').TestN8n} n8n
 * @param {{ parameters?: object, credential?: Credential, workflow?: any }} [options] parameters: the rest keeps its defaults
 */
export async function triggerOn(n8n, { parameters = {}, credential = n8n.credential, workflow } = {}) {
	const alone = { name: 'reliability', nodes: [triggerNode(parameters, { credential })] };
	const published = await n8n.publish(workflow ?? alone);
	const executions = () => n8n.executionCount(published.workflowId);
	return {
		...published,
		headers: n8n.authorized,
		/** @param {object} event @returns {Promise<string>} the answer, such as `200 {}` */
		answerTo: (event) => answerTo(published.url, event, n8n.authorized),
		executions,
		/** Its executions by the session ID of their call. */
		calls: async () => byCall(await n8n.executions(published.workflowId)),
		/** How many executions something adds. @param {() => Promise<unknown>} action */
		addedBy: async (action) => {
			const before = await executions();
			await action();
			return (await executions()) - before;
		},
	};
}

/**
 * A trigger with a branch for each of its outputs. The first one takes its time, so that executions are under way at any
 * moment.
 * @param {Credential} credential
 * @param {number} [seconds] how long an execution lasts
 * @param {any} [trigger]
 */
export function slowWorkflow(credential, seconds = 0.3, trigger = triggerNode({}, { credential })) {
	const wait = { resume: 'timeInterval', amount: seconds, unit: 'seconds' };
	const branches = [
		workflowNode('Call', 'n8n-nodes-base.wait', 1.1, wait, { webhookId: randomUUID() }),
		workflowNode('Answers', 'n8n-nodes-base.noOp', 1),
		workflowNode('Analysis', 'n8n-nodes-base.noOp', 1),
	];
	return {
		name: 'reliability',
		nodes: [trigger, ...branches],
		connections: connectionsFrom(
			TRIGGER_NAME,
			branches.map(({ name }) => [name]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/**
 * n8n's own Webhook node.
 * @param {string} path
 * @param {object} [options] of the node
 */
export const plainWebhook = (path, options = {}) =>
	workflowNode(
		TRIGGER_NAME,
		'n8n-nodes-base.webhook',
		2,
		{ httpMethod: 'POST', path, options },
		{ webhookId: randomUUID() },
	);
