// @ts-check
import { randomUUID } from 'node:crypto';

export const TRIGGER_NAME = 'VoiceFox Trigger';
export const TRIGGER_TYPE = 'n8n-nodes-voicefox.voiceFoxTrigger';
export const CALL_LOG_TRIGGER_NAME = 'VoiceFox Call Log Trigger';

/** Every choice of 'Trigger On', typed here and not taken from the node's source. */
export const ALL_EVENTS = [
	'callin.collect',
	'task.call.collect',
	'callin.hangup',
	'callin.transfer',
	'task.end',
	'other',
];

/** @typedef {{ id: string, name: string }} Credential a stored one, as a node refers to it */

/**
 * A node of a workflow.
 * @template {object} T
 * @param {string} name
 * @param {string} type
 * @param {number} typeVersion
 * @param {object} [parameters] the rest keeps its defaults
 * @param {T} [settings] what else n8n stores of it, e.g. `onError`
 */
export const workflowNode = (name, type, typeVersion, parameters = {}, settings) => ({
	parameters,
	id: randomUUID(),
	name,
	type,
	typeVersion,
	position: [0, 0],
	.../** @type {T} */ (settings),
});

/**
 * A VoiceFox Trigger with an address of its own.
 * @param {object} [parameters]
 * @param {{ typeVersion?: number, credential?: Credential | null }} [options] credential: none by default
 */
export const triggerNode = (parameters, { typeVersion = 2, credential = null } = {}) =>
	workflowNode(TRIGGER_NAME, TRIGGER_TYPE, typeVersion, parameters, {
		/** @type {string} */
		webhookId: randomUUID(),
		credentials: credential ? { voiceFoxWebhookApi: credential } : {},
	});

/**
 * A VoiceFox Call Log Trigger.
 * @param {object} parameters
 * @param {Credential} credential a VoiceFox API credential
 */
export const callLogTriggerNode = (parameters, credential) =>
	workflowNode(CALL_LOG_TRIGGER_NAME, 'n8n-nodes-voicefox.voiceFoxCallLogTrigger', 1, parameters, {
		credentials: { voiceFoxApi: credential },
	});

/**
 * Connections from one node's outputs to other nodes.
 * @param {string} from
 * @param {string[][]} outputs by output the names of the nodes that get its items
 */
export const connectionsFrom = (from, outputs) => ({
	[from]: { main: outputs.map((names) => names.map((node) => ({ node, type: 'main', index: 0 }))) },
});
