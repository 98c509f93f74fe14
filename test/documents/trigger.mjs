// @ts-check
// The trigger's own rooms, loaded from their sources: n8n's linter keeps file access out of every .ts, so the test that
// reads the documents is an .mjs, and this is how it gets at the code.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { transformSync } from '@swc/core';

const require = createRequire(import.meta.url);
const swc = /** @type {const} */ ({
	jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
	module: { type: 'commonjs' },
});
require.extensions['.ts'] = (/** @type {any} */ module, /** @type {string} */ file) =>
	module._compile(transformSync(readFileSync(file, 'utf8'), swc).code, file);

const room = (/** @type {string} */ path) => require(`../../nodes/VoiceFox/${path}.ts`);

const { readDelivery } = room('trigger/delivery');
const { readEvent } = room('voicefox/validation');
const { toInvalidItem, toItems } = room('items/items');
const { OUTPUT_NAMES } = room('items/outputs');
const { readSettings } = room('items/settings');

/** The names of the outputs in each form: `{ separate: ['Call', …], … }`. */
export const outputNames = OUTPUT_NAMES;

/** What the user can set: n8n's description of the parameters. */
export const { triggerParameters } = room('items/parameters');

/**
 * What the trigger makes of an event.
 *
 * @param {any} body the event as VoiceFox sends it
 * @param {Record<string, any>} parameters what differs from the defaults
 * @returns {Promise<{ items: Record<string, any>[][], issues: object[] }>} the items of each output; what is invalid
 */
export async function received(body, parameters) {
	const { settings } = readSettings((/** @type {string} */ name) => ({ ...defaults(), ...parameters })[name]);
	const delivery = await readDelivery({ contentType: 'application/json', body });
	const event = delivery.valid ? readEvent(delivery, settings.options.validation) : delivery;
	const outputs = event.valid ? toItems(event, settings) : toInvalidItem(event, settings);
	return {
		items: outputs.map((/** @type {any[]} */ items) => items.map(({ json }) => json)),
		issues: event.valid ? [] : event.issues,
	};
}

const defaults = () =>
	Object.fromEntries(triggerParameters.map((/** @type {any} */ p) => [p.name, p.default]));
