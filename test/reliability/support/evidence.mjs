// @ts-check
import assert from 'node:assert/strict';
import { eventOf, outputsOf } from '../../support/voicefox-events.mjs';
import { TRIGGER_NAME } from '../../support/workflows.mjs';

/**
 * @typedef {import('../../../scripts/lib/executions.mjs').Execution} Execution
 * @typedef {Map<string, Execution[]>} ExecutionsByCall session ID → its executions
 */

/**
 * What the trigger gave on its outputs: from the run, or, when that did not come so far, from what it is to begin with.
 * @param {Execution} execution
 * @returns {any[][] | undefined} per output its items' `json`; undefined: the execution holds nothing of it
 */
export function triggerItems({ data }) {
	// A retry runs the node again, behind what n8n noted of the crash.
	const runs = data?.resultData?.runData?.[TRIGGER_NAME] ?? [];
	const waiting = data?.executionData?.nodeExecutionStack?.find(
		(/** @type {any} */ entry) => entry.node.name === TRIGGER_NAME,
	)?.data?.main;
	const ran = runs.map((/** @type {any} */ run) => run.data?.main);
	// After a crash n8n fills the run data of finished nodes with an item that only says so.
	const outputs = [waiting, ...ran].find((main) => main?.[0]?.[0]?.json?.session_id !== undefined);
	return outputs?.map((/** @type {any[] | null} */ items) => (items ?? []).map(({ json }) => json));
}

/** @param {Execution[]} executions @returns {ExecutionsByCall} */
export function byCall(executions) {
	/** @type {ExecutionsByCall} */
	const calls = new Map();
	for (const execution of executions) {
		const sessionId = triggerItems(execution)?.[0]?.[0]?.session_id ?? '';
		calls.set(sessionId, [...(calls.get(sessionId) ?? []), execution]);
	}
	return calls;
}

/**
 * Fails unless each of these calls has an execution that holds every item of its event.
 * @param {ExecutionsByCall} calls
 * @param {string[]} sessionIds
 */
export function assertStored(calls, sessionIds) {
	const lost = sessionIds.filter((sessionId) => !calls.has(sessionId));
	assert.deepEqual(lost, [], 'events answered 200 without an execution that holds them');
	for (const sessionId of sessionIds) {
		for (const execution of calls.get(sessionId) ?? [])
			assert.deepEqual(triggerItems(execution), outputsOf(eventOf(sessionId)), `execution ${execution.id}`);
	}
}
