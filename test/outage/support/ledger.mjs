// @ts-check
// The ledger of examples/ in an n8n: three workflows and a data table.
import { randomUUID } from 'node:crypto';
import { executionAfter, newestExecutionId, outputsOf } from '../../../scripts/lib/executions.mjs';
import { readJson } from '../../../scripts/lib/project.mjs';
import { workflowNode } from '../../support/workflows.mjs';

/** @typedef {import('../../support/n8n.mjs').TestN8n} TestN8n */
/** @typedef {any} Node */

/** How long an execution that carries caught-up calls takes: long enough to be killed in it. */
const CARRYING_SECONDS = 3;

/** @param {string} name @param {(node: Node) => Node} change */
async function changed(name, change) {
	const workflow = await readJson(`examples/${name}.json`);
	return { ...workflow, nodes: workflow.nodes.map(change) };
}

/** Catching up with a thousand calls takes longer than other executions. */
const MOST_PATIENCE = 20;

/** @template T @param {() => Promise<T | undefined>} attempt @returns {Promise<T | undefined>} */
async function patiently(attempt) {
	for (let attempts = 0; attempts < MOST_PATIENCE; attempts++) {
		const result = await attempt();
		if (result !== undefined) return result;
	}
	return undefined;
}

/**
 * Runs a workflow by hand, from one of its triggers.
 * @param {TestN8n} n8n
 * @param {string} workflowId
 * @param {string} trigger
 */
async function run(n8n, workflowId, trigger) {
	const earlier = await newestExecutionId(n8n.rest, workflowId);
	const workflowData = await n8n.rest('GET', `/workflows/${workflowId}`);
	await n8n.rest('POST', `/workflows/${workflowId}/run`, {
		workflowData,
		triggerToStartFrom: { name: trigger },
	});
	const execution = await patiently(() => executionAfter(n8n.rest, workflowId, earlier));
	if (execution?.status !== 'success') {
		throw new Error(`${trigger}: ${JSON.stringify(execution?.data?.resultData?.error ?? execution?.status)}`);
	}
	return execution;
}

/**
 * Sets the ledger up as a user would, with what the test changes: how often the log is read, and which day is yesterday.
 * @param {TestN8n} n8n
 * @param {object} apiCredential what the account's REST API wants
 */
export async function setUpLedger(n8n, apiCredential) {
	const stored = await n8n.storedCredential('voiceFoxApi', apiCredential);
	/** @param {Node} node @returns {Node} */
	const withCredential = (node) => {
		if (node.type.endsWith('.voiceFoxTrigger')) {
			return { ...node, webhookId: randomUUID(), credentials: { voiceFoxWebhookApi: n8n.credential } };
		}
		const isVoiceFox = node.type.startsWith('n8n-nodes-voicefox.');
		return isVoiceFox ? { ...node, credentials: { voiceFoxApi: stored } } : node;
	};

	const each = await changed('ledger-each-call', withCredential);
	const { workflowId, url } = await n8n.publish(each);
	await run(n8n, workflowId, 'Click Once');

	const catchUp = await changed('ledger-catch-up', (node) => withCredential(polledEveryMinute(node)));
	const { workflowId: catchUpId } = await n8n.publish(carryingSlowly(catchUp));

	const nightly = await changed('ledger-nightly', (node) => withCredential(ofToday(node)));
	const { workflowId: nightlyId } = await n8n.draft({
		...nightly,
		settings: { ...nightly.settings, timezone: 'UTC' },
	});
	return {
		url,
		catchUpId,
		/** @returns {Promise<string>} the morning receipt */
		async runNightly() {
			const execution = await run(n8n, nightlyId, 'Every Night');
			/** @type {any} */
			const [[item] = []] = outputsOf(execution, 'Morning Receipt');
			return String(item?.text);
		},
		/** The session IDs in the table, a row each, over n8n's interface. @returns {Promise<{ id: string, source: string | null }[]>} */
		async rows() {
			const { data } = await n8n.rest('GET', '/data-tables-global');
			const [table] = data;
			const path = `/projects/${table.projectId ?? table.project.id}/data-tables/${table.id}/rows`;
			/** @type {any[]} */
			const rows = [];
			for (;;) {
				const page = await n8n.rest('GET', `${path}?skip=${rows.length}&take=100`);
				rows.push(...page.data);
				if (page.data.length === 0) break;
			}
			return rows.map(({ session_id: id, source }) => ({ id, source }));
		},
	};
}

/** @param {Node} node @returns {Node} */
function polledEveryMinute(node) {
	if (!node.type.endsWith('.voiceFoxCallLogTrigger')) return node;
	const pollTimes = { item: [{ mode: 'everyMinute' }] };
	return { ...node, parameters: { ...node.parameters, pollTimes, options: { settleMinutes: 0.5 } } };
}

/** @param {Node} node @returns {Node} */
function ofToday(node) {
	if (node.name !== 'Calls of Yesterday') return node;
	const day = {
		timeRange: 'custom',
		startTime: '={{ $now.minus({ hours: 6 }) }}',
		endTime: '={{ $now.plus({ hours: 1 }) }}',
	};
	return { ...node, parameters: { ...node.parameters, ...day } };
}

/** The same with a pause behind the trigger. @param {any} workflow */
function carryingSlowly({ nodes, connections, ...workflow }) {
	const wait = workflowNode('Carrying', 'n8n-nodes-base.wait', 1.1, { amount: CARRYING_SECONDS });
	const [trigger] = nodes;
	const { [trigger.name]: behind, ...others } = connections;
	const first = { main: [[{ node: wait.name, type: 'main', index: 0 }]] };
	return {
		...workflow,
		nodes: [...nodes, wait],
		connections: { ...others, [trigger.name]: first, [wait.name]: behind },
	};
}
