// @ts-check
import { setTimeout as pause } from 'node:timers/promises';
import { inDatabase } from './database.mjs';

const UNFINISHED = ['new', 'running', 'waiting'];

/**
 * @typedef {{ id: number, workflowId: string, status: string, mode: string, data: any }} Execution data: n8n's
 * run-execution data, parsed
 */

/**
 * What n8n has stored, oldest first, read from its SQLite file (needs Node 24's `node:sqlite`).
 * @param {string} userFolder
 * @param {string} [workflowId] default: of all workflows
 * @returns {Promise<Execution[]>}
 */
export async function storedExecutions(userFolder, workflowId) {
	const rows = query(
		userFolder,
		`SELECT e.id, e.workflowId, e.status, e.mode, d.data FROM execution_entity e
		 LEFT JOIN execution_data d ON d.executionId = e.id WHERE ? IN ('', e.workflowId) ORDER BY e.id`,
		workflowId ?? '',
	);
	const parse = await runDataParser();
	return rows.map((/** @type {any} */ row) => ({
		...row,
		data: row.data === null ? null : parse(String(row.data)),
	}));
}

/**
 * @param {string} userFolder
 * @param {string} [workflowId] default: of all workflows
 * @returns {Promise<number>}
 */
export async function countExecutions(userFolder, workflowId) {
	const sql = `SELECT count(*) AS count FROM execution_entity WHERE ? IN ('', workflowId)`;
	const [row] = query(userFolder, sql, workflowId ?? '');
	return Number(row?.count);
}

/**
 * The states of a workflow's executions, oldest first, without reading what they carried.
 * @param {string} userFolder
 * @param {string} workflowId
 * @returns {Promise<Pick<Execution, 'status'>[]>}
 */
export async function executionStates(userFolder, workflowId) {
	const sql = 'SELECT status FROM execution_entity WHERE workflowId = ? ORDER BY id';
	return query(userFolder, sql, workflowId).map(({ status }) => ({ status: String(status) }));
}

/**
 * @param {string} userFolder
 * @param {string} sql
 * @param {string} value
 */
const query = (userFolder, sql, value) =>
	inDatabase(userFolder, (database) => database.prepare(sql).all(value), { readOnly: true });

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
const runDataParser = async () => (await import('flatted')).parse;
