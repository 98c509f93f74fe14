// @ts-check
// An account and the published workflow that watches it with both triggers.
import { outputsOf } from '../../../scripts/lib/executions.mjs';
import { sampleEvent } from '../../../scripts/lib/project.mjs';
import { send } from '../../../scripts/lib/webhook.mjs';
import {
	CALL_LOG_TRIGGER_NAME,
	callLogTriggerNode,
	TRIGGER_NAME,
	triggerNode,
} from '../../support/workflows.mjs';
import { startAccount } from './account.mjs';

export const POLL_SECONDS = 5;

/** n8n refuses a poll time that comes more than once a minute, but takes a dozen that come once. */
export const POLL_TIMES = {
	item: Array.from({ length: 60 / POLL_SECONDS }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${index * POLL_SECONDS} * * * * *`,
	})),
};

/** Pages enough for calls to move from one to another. */
const PAST_CALLS = 250;
const event = await sampleEvent('inbound-analysis');

/** @typedef {Awaited<ReturnType<typeof watchedAccount>>} WatchedAccount */

/**
 * @param {import('../../support/n8n.mjs').TestN8n} n8n
 * @param {string} name
 * @param {object} settings
 * @param {string} [settings.zone] the account's
 * @param {object} [settings.options] the Call Log Trigger's
 * @param {object[]} [settings.nodes] more nodes
 * @param {object} [settings.connections]
 */
export async function watchedAccount(n8n, name, { zone, options, nodes = [], connections }) {
	const account = await startAccount({ zone });
	account.addPastCalls(PAST_CALLS, 1);
	const known = new Set(account.sessionIds());
	const credential = await n8n.storedCredential('voiceFoxApi', account.credential, name);
	const { workflowId, url } = await n8n.publish({
		name,
		nodes: [
			triggerNode({ output: 'row' }, { credential: n8n.credential }),
			callLogTriggerNode({ pollTimes: POLL_TIMES, output: 'row', options }, credential),
			...nodes,
		],
		...(connections && { connections }),
	});

	/** The items of a trigger, over all executions. @param {string} trigger @returns {Promise<any[]>} */
	const itemsOf = async (trigger) =>
		(await n8n.executions(workflowId)).flatMap((execution) => outputsOf(execution, trigger)[0] ?? []);
	return {
		account,
		workflowId,
		/** The calls that were not in the log when the workflow was published. */
		owed: () => account.sessionIds().filter((id) => !known.has(id)),
		/** The rows that the Call Log Trigger gave. */
		caughtUp: () => itemsOf(CALL_LOG_TRIGGER_NAME),
		/** Posts an event to the other trigger. @returns {Promise<string>} the answer */
		sendEvent: async () => (await send(url, event, n8n.authorized)).text,
		/** The session IDs of the events that started the workflow. */
		events: async () => (await itemsOf(TRIGGER_NAME)).map(({ session_id: id }) => id),
		/** Whether the calls that were in the log are known. */
		isWatching: async () => (await n8n.executionCount(workflowId)) > 0,
		/** What the failed executions say, one text each. @returns {Promise<string[]>} */
		failures: async () =>
			(await n8n.executions(workflowId))
				.filter(({ status }) => status !== 'success')
				.map(({ status, data }) => data?.resultData?.error?.message ?? status),
		/** Puts the account's new token into n8n's credential, as in the editor. */
		storeToken: () =>
			n8n.rest('PATCH', `/credentials/${credential.id}`, {
				name,
				type: 'voiceFoxApi',
				data: account.credential,
			}),
	};
}

/** The session ID of the event that `sendEvent` posts. */
export const EVENT_ID = String(event.event_data.session_id);
