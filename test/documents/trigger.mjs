// @ts-check
// The trigger's own rooms, loaded from their sources: n8n's linter keeps file access out of every .ts, so the test that
// reads the documents is an .mjs, and this is how it gets at the code.
import { sourceModule as room } from '../../scripts/lib/sources.mjs';

const { readDelivery } = room('trigger/delivery');
const { readSettings } = room('items/setting');
const { toItems } = room('items/items');
const { OUTPUT_NAMES } = room('items/outputs');
const { invalid, toNotProcessedItem } = room('trigger/notProcessed');
const { TRIGGER_SETTINGS, triggerParameters: parameters } = room('trigger/settings');
const { readEvent } = room('voicefox/validation');

/** The names of the outputs in each form: `{ separate: ['Call', …], … }`. */
export const outputNames = OUTPUT_NAMES;

/** What the user can set: n8n's description of the parameters. */
export const triggerParameters = parameters;

/**
 * What the trigger makes of an event.
 *
 * @param {any} body the event as VoiceFox sends it
 * @param {Record<string, any>} set what differs from the defaults
 * @returns {Promise<{ items: Record<string, any>[][], issues: object[] }>} the items of each output; what is invalid
 */
export async function received(body, set) {
	const { value: settings } = readSettings(
		TRIGGER_SETTINGS,
		(/** @type {string} */ name) => ({ ...defaults(), ...set })[name],
	);
	const sent = await readDelivery({ contentType: 'application/json', body });
	const event = sent.valid ? readEvent(sent, settings.options.validation) : sent;
	const outputs = event.valid ? toItems(event, settings) : toNotProcessedItem(invalid(event), settings);
	return {
		items: outputs.map((/** @type {any[]} */ items) => items.map(({ json }) => json)),
		issues: event.valid ? [] : event.issues,
	};
}

const defaults = () => Object.fromEntries(parameters.map((/** @type {any} */ p) => [p.name, p.default]));
