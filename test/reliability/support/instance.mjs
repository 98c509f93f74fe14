// @ts-check
import { productionUrl, send, testUrl } from '../../../scripts/lib/webhook.mjs';
import { packageFiles, startTestN8n } from '../../support/n8n.mjs';
import { TRIGGER_NAME, triggerNode } from '../../support/workflows.mjs';

export { packageFiles as packageFolder, TRIGGER_NAME };

/**
 * A real n8n of its own with the package installed, an owner signed in and a credential stored.
 * @typedef {import('../../support/n8n.mjs').TestN8n} Instance
 * @param {Record<string, string>} [env] added to n8n's environment
 */
export const freshN8n = (env) => startTestN8n({ env });

/**
 * A published workflow of a VoiceFox Trigger alone.
 * @typedef {ReturnType<typeof triggerAt>} Trigger
 * @param {Instance} n8n
 * @param {object} [parameters] the rest keeps its defaults
 * @param {{ credential?: import('../../support/workflows.mjs').Credential }} [options]
 */
export async function triggerOn(n8n, parameters = {}, { credential = n8n.credential } = {}) {
	const node = triggerNode(parameters, { credential });
	const workflow = { name: 'reliability', nodes: [node], settings: { executionOrder: 'v1' } };
	const { workflowId } = await n8n.publish(workflow);
	return triggerAt(n8n, workflowId, node.webhookId);
}

/**
 * @param {Instance} n8n
 * @param {string} workflowId
 * @param {string} webhookId
 */
export function triggerAt(n8n, workflowId, webhookId) {
	const url = productionUrl(n8n.url, webhookId);
	return {
		workflowId,
		headers: n8n.authorized,
		url,
		testUrl: testUrl(n8n.url, webhookId),
		/**
		 * @param {object} event
		 * @returns {Promise<string>} the answer, such as `200 {}`
		 */
		async answerTo(event) {
			const { status, text } = await send(url, event, n8n.authorized);
			return `${status} ${text}`;
		},
		executions: () => n8n.executionCount(workflowId),
	};
}
