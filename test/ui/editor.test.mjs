// @ts-check
// n8n's real editor in a real browser: what a person finds, sees and clicks. The guide's steps are taken one by one.
import { after, before, describe } from 'node:test';
import { serviceCredentials } from '../examples/credentials.mjs';
import { startTestN8n } from '../examples/n8n.mjs';
import { restOf, sessionCookie } from '../../scripts/lib/rest.mjs';
import { openBrowser } from './browser.mjs';
import { setUpOwner } from './editor.mjs';
import { exampleTests } from './examples.mjs';
import { guideTests } from './guide.mjs';
import { nodeListTests } from './node-list.mjs';
import { parameterTests } from './parameters.mjs';

/**
 * @typedef {object} World what the tests share; filled before the first
 * @property {import('playwright-core').Page} page
 * @property {Awaited<ReturnType<typeof startTestN8n>>['n8n']} n8n
 * @property {Awaited<ReturnType<typeof startTestN8n>>['standIn']} standIn
 * @property {number} installedAt
 * @property {import('../../scripts/lib/rest.mjs').Rest} rest
 */
const world = /** @type {World} */ ({});

/** @type {(() => Promise<void>)[]} */
const endings = [];

before(async () => {
	const { n8n, owner, standIn, installedAt, stop } = await startTestN8n();
	endings.push(stop);
	const { page, close } = await openBrowser();
	endings.push(close);
	await setUpOwner(page, n8n.url, owner);
	const rest = restOf(n8n.url, await sessionCookie(n8n.url, owner));
	Object.assign(world, { page, n8n, standIn, installedAt, rest });
	await serviceCredentials(rest);
});

after(async () => {
	for (const end of endings.reverse()) await end();
});

describe('the guide', () => guideTests(world));
describe("n8n's list of nodes", () => nodeListTests(world));
describe('the parameters', () => parameterTests(world));
describe('the examples to try', () => exampleTests(world));
