// @ts-check
// n8n's real editor in a real browser: what a person finds, sees and clicks. The guide's steps are taken one by one.
import { after, before, describe } from 'node:test';
import { startTestN8n } from '../support/n8n.mjs';
import { openBrowser } from './browser.mjs';
import { setUpOwner } from './editor.mjs';
import { exampleTests } from './examples.mjs';
import { guideTests } from './guide.mjs';
import { mistakeTests } from './mistakes.mjs';
import { nodeListTests } from './node-list.mjs';
import { otherNodeTests } from './other-nodes.mjs';
import { parameterTests } from './parameters.mjs';

/**
 * @typedef {object} World what the tests share; filled before the first
 * @property {import('playwright-core').Page} page
 * @property {import('./gestures.mjs').Gestures} gestures
 * @property {import('../support/n8n.mjs').TestN8n} n8n
 * @property {import('../../scripts/lib/rest.mjs').Rest} rest
 */
const world = /** @type {World} */ ({});

/** @type {(() => Promise<void>)[]} */
const endings = [];

before(async () => {
	const n8n = await startTestN8n({ signsIn: false });
	endings.push(() => n8n.remove());
	const { page, gestures, close } = await openBrowser();
	endings.push(close);
	await setUpOwner(page, n8n.url, n8n.owner);
	await n8n.signIn();
	Object.assign(world, { page, gestures, n8n, rest: n8n.rest });
});

after(async () => {
	for (const end of endings.reverse()) await end();
});

describe('the guide', () => guideTests(world));
describe("n8n's list of nodes", () => nodeListTests(world));
describe('the parameters', () => parameterTests(world));
describe('what goes wrong', () => mistakeTests(world));
describe('the other nodes', () => otherNodeTests(world));
describe('the examples to try', () => exampleTests(world));
