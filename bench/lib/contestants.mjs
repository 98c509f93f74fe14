// @ts-check
import { randomUUID } from 'node:crypto';
import { readJson } from '../../scripts/lib/project.mjs';
import { TRIGGER_NAME, triggerNode, workflowNode } from '../../test/support/workflows.mjs';
import { FORMS } from './results.mjs';

/**
 * A workflow that takes VoiceFox's events. branches: where its items of the outputs Call, Answers and Analysis come out.
 * @typedef {{ name: string, workflow: any, path: string, branches?: [node: string, output: number][] }} Contestant
 */

/** n8n's Webhook node alone: it checks nothing and splits nothing. */
export const BARE = 'bare Webhook';

/** What gives the items that the others must give, too. */
export const USUAL = 'VoiceFox Trigger, separate';

/** What a user would build instead, for the same items. */
const DO_IT_YOURSELF = {
	'Webhook → three Code nodes': 'diy-code',
	'Webhook → IF, Edit Fields, Split Out': 'diy-nodes',
};
const BRANCHES = ['Call', 'Collected Answers', 'Conversation Analysis'];

/**
 * @param {import('../../test/support/n8n.mjs').TestN8n} n8n that they are for
 * @returns {Promise<Contestant[]>}
 */
export async function contestantsFor(n8n) {
	const header = { name: 'Authorization', value: n8n.authorized.authorization };
	const httpHeaderAuth = await n8n.storedCredential('httpHeaderAuth', header);
	const ours = FORMS.map((output) => {
		const trigger = triggerNode({ output }, { credential: n8n.credential });
		return {
			...contestant(`VoiceFox Trigger, ${output}`, [trigger], `${trigger.webhookId}/webhook`),
			branches: output === 'separate' ? BRANCHES.map((_, place) => branch(TRIGGER_NAME, place)) : undefined,
		};
	});
	const theirs = await Promise.all(
		Object.entries(DO_IT_YOURSELF).map(async ([name, file]) => {
			const { nodes, connections } = await readJson(`bench/workflows/${file}.json`);
			const webhook = webhookNode(httpHeaderAuth);
			return {
				...contestant(name, [webhook, ...nodes.slice(1)], webhook.webhookId, connections),
				branches: BRANCHES.map((node) => branch(node, 0)),
			};
		}),
	);
	const webhook = webhookNode(httpHeaderAuth);
	return [contestant(BARE, [webhook], webhook.webhookId), ...ours, ...theirs];
}

/** @param {string} name @param {any[]} nodes @param {string} path @param {object} [connections] */
const contestant = (name, nodes, path, connections = {}) => ({
	name,
	path,
	workflow: { name, nodes, connections, settings: { executionOrder: 'v1' } },
});

/** @param {string} node @param {number} output @returns {[string, number]} */
const branch = (node, output) => [node, output];

/** @param {import('../../test/support/workflows.mjs').Credential} httpHeaderAuth */
function webhookNode(httpHeaderAuth) {
	const webhookId = randomUUID();
	const parameters = { httpMethod: 'POST', path: webhookId, authentication: 'headerAuth', options: {} };
	return workflowNode('Webhook', 'n8n-nodes-base.webhook', 2.1, parameters, {
		webhookId,
		credentials: { httpHeaderAuth },
	});
}
