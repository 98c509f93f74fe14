// @ts-check
import { startTestN8n } from '../support/n8n.mjs';
import { openBrowser } from './browser.mjs';
import { setUpOwner } from './editor.mjs';

/**
 * @typedef {object} World what the tests of a file share
 * @property {import('playwright-core').Page} page
 * @property {import('./gestures.mjs').Gestures} gestures
 * @property {import('../support/n8n.mjs').TestN8n} n8n
 * @property {import('../../scripts/lib/rest.mjs').Rest} rest
 */

/** @type {(() => Promise<void>)[]} */
const endings = [];

/** A new n8n whose owner has just signed in, in a browser. @returns {Promise<World>} `endWorld` ends it */
export async function startWorld() {
	const n8n = await startTestN8n({ signsIn: false });
	endings.push(() => n8n.remove());
	const { page, gestures, close } = await openBrowser();
	endings.push(close);
	await setUpOwner(page, n8n.url, n8n.owner);
	await n8n.signIn();
	return { page, gestures, n8n, rest: n8n.rest };
}

/** Ends what was started, also when it was only a part. */
export async function endWorld() {
	for (const end of endings.reverse()) await end();
}
