// @ts-check
import assert from 'node:assert/strict';
import { analysisItems, answerItems, callItem } from '../../e2e/support/events.mjs';
import { eventOf } from './load.mjs';

/**
 * @typedef {import('../../../scripts/lib/executions.mjs').Execution} Execution
 * @typedef {Map<string, Execution[]>} ExecutionsByCall session ID → its executions
 */

/**
 * What the trigger gave on its outputs: from the run, or, when that did not come so far, from what it is to begin with.
 * @param {Execution} execution
 * @param {string} triggerName
 * @returns {any[][] | undefined} per output its items' `json`; undefined: the execution holds nothing of it
 */
export function triggerItems({ data }, triggerName) {
	// A retry runs the node again, behind what n8n noted of the crash.
	const runs = data?.resultData?.runData?.[triggerName] ?? [];
	const waiting = data?.executionData?.nodeExecutionStack?.find(
		(/** @type {any} */ entry) => entry.node.name === triggerName,
	)?.data?.main;
	const ran = runs.map((/** @type {any} */ run) => run.data?.main);
	const outputs = [waiting, ...ran].find(isTriggerOutput);
	return outputs?.map((/** @type {any[] | null} */ items) => (items ?? []).map(({ json }) => json));
}

/** After a crash n8n fills the run data of finished nodes with an item that only says so. @param {any} main */
const isTriggerOutput = (main) => main?.[0]?.[0]?.json?.session_id !== undefined;

/**
 * @param {Execution[]} executions
 * @param {string} triggerName
 * @returns {ExecutionsByCall}
 */
export function byCall(executions, triggerName) {
	/** @type {ExecutionsByCall} */
	const calls = new Map();
	for (const execution of executions) {
		const sessionId = triggerItems(execution, triggerName)?.[0]?.[0]?.session_id ?? '';
		calls.set(sessionId, [...(calls.get(sessionId) ?? []), execution]);
	}
	return calls;
}

/**
 * Fails unless each of these calls has an execution that holds every item of its event.
 * @param {ExecutionsByCall} calls
 * @param {string[]} sessionIds
 * @param {string} triggerName
 */
export function assertStored(calls, sessionIds, triggerName) {
	const lost = sessionIds.filter((sessionId) => !calls.has(sessionId));
	assert.deepEqual(lost, [], 'events answered 200 without an execution that holds them');
	for (const sessionId of sessionIds) {
		const event = eventOf(sessionId);
		const expected = [[callItem(event)], answerItems(event), analysisItems(event)];
		for (const execution of calls.get(sessionId) ?? []) {
			assert.deepEqual(triggerItems(execution, triggerName), expected, `execution ${execution.id}`);
		}
	}
}
