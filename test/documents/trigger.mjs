// @ts-check
// The trigger itself: n8n's linter keeps file access out of every .ts, so the test that reads the documents is an .mjs.
import { EventEmitter } from 'node:events';
import { sourceModule } from '../../scripts/lib/sources.mjs';

const { VoiceFoxTrigger } = sourceModule('nodes/VoiceFox/VoiceFoxTrigger.node');
const { VoiceFoxWebhookApi } = sourceModule('credentials/VoiceFoxWebhookApi.credentials');
const { outputLabels } = sourceModule('nodes/VoiceFox/items/outputs');
const { FORMS } = sourceModule('nodes/VoiceFox/items/forms/index');
const { UNPROCESSED } = sourceModule('nodes/VoiceFox/trigger/unprocessed');

const trigger = new VoiceFoxTrigger();

/**
 * What can be set, or chosen: a property, or one of its entries.
 * @typedef {{ displayName?: string, name: string, default?: unknown, value?: string, options?: Entry[], values?: Entry[] }} Entry
 */

/** The labels of the outputs in each form, when every event is selected: `{ separate: ['Call', …], … }`. @type {Record<string, string[]>} */
export const outputNames = Object.fromEntries(
	FORMS.map((/** @type {any} */ { option }) => [option.value, outputLabels(option.value)]),
);

/** The name of the output that comes after those when the user wants it. */
export const notProcessedOutput = UNPROCESSED;

/** What the user can set: n8n's description of the parameters. @type {Entry[]} */
export const triggerParameters = trigger.description.properties;

/** The fields of the credential. @type {Entry[]} */
export const credentialFields = new VoiceFoxWebhookApi().properties;

const TOKEN = 'a-long-random-value';

/**
 * What the trigger makes of an event while n8n listens for a test event.
 *
 * @param {unknown} body the event as VoiceFox sends it
 * @param {Record<string, any>} set the parameters that differ from the defaults
 * @param {string} [token] what the sender says as Authorization
 * @returns {Promise<{ items: Record<string, any>[][], status: number, answer: unknown, reason?: string }>} the items of
 *   each output; what the sender gets; and what the node shows to the person who waits
 */
export async function received(body, set, token = TOKEN) {
	let status = 200;
	let written = '';
	const response = Object.assign(new EventEmitter(), {
		writeHead: (/** @type {number} */ code) => ((status = code), response),
		end(/** @type {string} */ text) {
			written = text;
			setImmediate(() => response.emit('finish'));
		},
	});
	const parameters = {
		...Object.fromEntries(triggerParameters.map((each) => [each.name, each.default])),
		...set,
	};
	const context = {
		getCredentials: async () => ({ authorizationToken: TOKEN }),
		getMode: () => 'manual',
		getNode: () => ({ id: '1', name: 'VoiceFox Trigger', parameters }),
		getNodeParameter: (/** @type {string} */ name) => parameters[name],
		getRequestObject: () => ({ headers: { authorization: token }, contentType: 'application/json', body }),
		getResponseObject: () => response,
		getWorkflow: () => ({ id: '1', name: 'Calls' }),
		logger: { info() {}, warn() {} },
	};
	try {
		const { workflowData = [], webhookResponse } = await trigger.webhook.call(context);
		const items = workflowData.map((/** @type {any[]} */ output) => output.map(({ json }) => json));
		return { items, status, answer: webhookResponse };
	} catch (error) {
		if (/** @type {Error} */ (error).name !== 'NodeOperationError') throw error;
		return { items: [], status, answer: JSON.parse(written), reason: /** @type {Error} */ (error).message };
	}
}

/**
 * What is given, without the fields that the example leaves out: it has one called `…` in their place.
 * @param {any} given
 * @param {any} wanted
 */
export function shortened(given, wanted) {
	const names = Object.keys(wanted);
	const place = names.indexOf('…');
	if (place < 0) return given;
	const fields = Object.entries(given);
	const last = names.length - place - 1;
	return Object.fromEntries([
		...fields.slice(0, place),
		['…', wanted['…']],
		...fields.slice(fields.length - last),
	]);
}
