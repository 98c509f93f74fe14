// @ts-check
import { TRIGGER_NAME } from '../reliability/support/instance.mjs';

const NODES = [TRIGGER_NAME, 'Call', 'Collected Answers', 'Conversation Analysis'];

/**
 * @typedef {import('./evidence.mjs').QueueExecution} QueueExecution
 * @param {QueueExecution[]} executions
 * @param {import('../../scripts/lib/rest.mjs').Rest} rest
 */
export async function retryAll(executions, rest) {
	for (const { id } of executions) await rest('POST', `/executions/${id}/retry`, { loadWorkflow: false });
}

/**
 * Whether every node ran without an error. The status does not say it: n8n keeps the error "cancelled" of an execution
 * that was stopped before its first node, and shows its retry as failed (`retry` in its execution.service).
 * @param {QueueExecution} execution
 */
export function ranThrough({ data }) {
	const { runData } = data.resultData;
	return NODES.every((name) => runData[name]?.at(-1)?.executionStatus === 'success');
}
