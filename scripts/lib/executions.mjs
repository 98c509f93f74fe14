// @ts-check
import { setTimeout as pause } from 'node:timers/promises';

const UNFINISHED = ['new', 'running', 'waiting'];

/**
 * @typedef {{ id: number, workflowId: string, status: string, mode: string, data: any }} Execution data: n8n's
 * run-execution data, parsed
 */

/**
 * The ID of a workflow's newest execution, over n8n's REST interface.
 * @param {import('./rest.mjs').Rest} rest
 * @param {string} workflowId
 * @returns {Promise<number>} 0 when there is none
 */
export async function newestExecutionId(rest, workflowId) {
	const ids = (await listedExecutions(rest, workflowId)).map(({ id }) => Number(id));
	return Math.max(0, ...ids);
}

/**
 * The first execution of a workflow after another one, once it has finished, over n8n's REST interface.
 * @param {import('./rest.mjs').Rest} rest
 * @param {string} workflowId
 * @param {number} earlierId
 * @returns {Promise<Execution | undefined>} undefined: none within 30 seconds
 */
export async function executionAfter(rest, workflowId, earlierId) {
	const deadline = Date.now() + 30_000;
	while (Date.now() < deadline) {
		const later = (await listedExecutions(rest, workflowId)).filter(({ id }) => Number(id) > earlierId);
		const next = later.sort((one, other) => Number(one.id) - Number(other.id))[0];
		if (next && hasFinished(next)) return await executionById(rest, next.id);
		await pause(250);
	}
	return undefined;
}

/**
 * @param {import('./rest.mjs').Rest} rest
 * @param {string} workflowId
 * @returns {Promise<Execution[]>} without their data
 */
async function listedExecutions(rest, workflowId) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	return (await rest('GET', `/executions?filter=${filter}&limit=20`)).results;
}

/**
 * @param {import('./rest.mjs').Rest} rest
 * @param {number | string} id
 * @returns {Promise<Execution>}
 */
async function executionById(rest, id) {
	const execution = await rest('GET', `/executions/${id}`);
	return { ...execution, id: Number(execution.id), data: (await runDataParser())(execution.data) };
}

/** @param {Pick<Execution, 'status'>} execution */
export const hasFinished = ({ status }) => !UNFINISHED.includes(status);

/**
 * What a node gave on each of its outputs.
 * @param {Execution} execution
 * @param {string} nodeName
 * @returns {object[][]} per output its items' `json`; empty when the node did not run
 */
export function outputsOf(execution, nodeName) {
	const main = execution.data?.resultData.runData[nodeName]?.[0]?.data?.main ?? [];
	return main.map((/** @type {{ json: object }[] | null} */ items) => (items ?? []).map((item) => item.json));
}

/**
 * Loaded late: `npm start` on a fresh clone has to install it first.
 * @returns {Promise<(text: string) => any>} reads the form in which n8n stores run data
 */
export const runDataParser = async () => (await import('flatted')).parse;
