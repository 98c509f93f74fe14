// @ts-check
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'flatted';
import { TRIGGER_NAME } from '../support/workflows.mjs';

const SELECT = `SELECT e.id, e.status, e.mode, e."workflowId", e."retryOf", d.data, s.session_id AS "sessionId"
	FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id
	LEFT JOIN voicefox_seen s ON s.execution_id = e.id
	WHERE s.session_id LIKE $1 ORDER BY e.id`;
const SUCCESSFUL = `SELECT s.session_id AS "sessionId" FROM execution_entity e
	JOIN voicefox_seen s ON s.execution_id = e.id WHERE e.status = 'success'`;
const UNFINISHED = `SELECT id FROM execution_entity WHERE status IN ('new', 'running', 'waiting')`;

/**
 * @typedef {import('../../scripts/lib/executions.mjs').Execution & { sessionId: string, retryOf: string | null }}
 * QueueExecution sessionId: the call whose event it was stored for
 */

/**
 * Keeps, in a table of the test, for which call each execution was stored: n8n replaces an execution's data when the
 * worker that runs it dies.
 * @param {import('./services.mjs').Services} services
 * @param {string} prefix what session IDs begin with
 */
export const noteCalls = ({ query }, prefix) =>
	query(`CREATE TABLE voicefox_seen (execution_id integer PRIMARY KEY, session_id text);
		CREATE FUNCTION voicefox_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
			INSERT INTO voicefox_seen VALUES (NEW."executionId", substring(NEW.data FROM '"(${prefix}-[0-9-]+)"'));
			RETURN NULL; END $$;
		CREATE TRIGGER voicefox_note AFTER INSERT ON execution_data
			FOR EACH ROW EXECUTE FUNCTION voicefox_note()`);

/**
 * @param {import('./services.mjs').Services} services
 * @param {string} prefix what the calls' session IDs begin with
 * @returns {Promise<{ first: QueueExecution[], retries: QueueExecution[] }>} what n8n has stored, oldest first: started
 * by events, and started from the execution list
 */
export async function queueExecutions({ query }, prefix) {
	const rows = await query(SELECT, [`${prefix}-%`]);
	/** @type {QueueExecution[]} */
	const executions = rows.map((row) => ({ ...row, data: row.data === null ? null : parse(row.data) }));
	return {
		first: executions.filter(({ retryOf }) => retryOf === null),
		retries: executions.filter(({ retryOf }) => retryOf !== null),
	};
}

/**
 * Waits until no execution is left that has not ended, or until those that are left stay the same.
 * @param {import('./services.mjs').Services} services
 * @param {number} timeoutMs
 * @param {number} [settledMs] for so long they stay the same; default: not looked at
 * @returns {Promise<number[]>} the IDs of those left
 */
export async function unfinishedAfter({ query }, timeoutMs, settledMs = Infinity) {
	const deadline = Date.now() + timeoutMs;
	let last = '';
	for (let since = Date.now(); ; await pause(500)) {
		const left = (await query(UNFINISHED)).map(({ id }) => Number(id));
		if (left.join() !== last) since = Date.now();
		last = left.join();
		if (left.length === 0 || Date.now() > deadline || Date.now() - since > settledMs) return left;
	}
}

/**
 * Whether every node ran without an error. The status does not say it: n8n keeps the error "cancelled" of an execution
 * that was stopped before its first node, and shows its retry as failed (`retry` in its execution.service).
 * @param {QueueExecution} execution
 */
export const ranThrough = ({ data }) =>
	[TRIGGER_NAME, 'Call', 'Answers', 'Analysis'].every(
		(name) => data.resultData.runData[name]?.at(-1)?.executionStatus === 'success',
	);

/**
 * Waits until each call has an execution that succeeded.
 * @param {import('./services.mjs').Services} services
 * @param {string[]} sessionIds
 * @param {number} timeoutMs
 * @returns {Promise<string[]>} the calls left without one when the time is up
 */
export async function notRunAfter({ query }, sessionIds, timeoutMs) {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const run = new Set((await query(SUCCESSFUL)).map(({ sessionId }) => sessionId));
		const left = sessionIds.filter((sessionId) => !run.has(sessionId));
		if (left.length === 0 || Date.now() > deadline) return left;
		await pause(500);
	}
}
