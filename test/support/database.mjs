// @ts-check
// What n8n has stored, read from its SQLite file.
import { join } from 'node:path';
import { runDataParser } from '../../scripts/lib/executions.mjs';

/** @typedef {import('../../scripts/lib/executions.mjs').Execution} Execution */

/**
 * Opens n8n's SQLite file, also while n8n runs. Needs Node 24, which n8n itself runs with; this file may be loaded on an
 * older one.
 * @param {string} userFolder n8n's N8N_USER_FOLDER
 * @param {import('node:sqlite').DatabaseSyncOptions} [options]
 * @returns {import('node:sqlite').DatabaseSync} whoever opens it closes it
 */
export function openDatabase(userFolder, options) {
	const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
	return new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { timeout: 5000, ...options });
}

/**
 * Does something with n8n's SQLite file.
 * @template T
 * @param {string} userFolder
 * @param {(database: import('node:sqlite').DatabaseSync) => T} action
 * @param {import('node:sqlite').DatabaseSyncOptions} [options]
 * @returns {T} what the action gave
 */
export function inDatabase(userFolder, action, options) {
	const database = openDatabase(userFolder, options);
	try {
		return action(database);
	} finally {
		database.close();
	}
}

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
