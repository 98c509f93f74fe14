// @ts-check
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sampleCalls } from '../../scripts/lib/sample-calls.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { example, sampleOf } from '../examples/samples.mjs';
import { picture } from './browser.mjs';
import * as editor from './editor.mjs';
import { documentText, stepTests } from './steps.mjs';

const EXAMPLE = 'calls-into-a-data-table';
const MOST_CLICKS = 15;

const guide = documentText('guide.md');

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('playwright-core').Page} Page */

/** The call that the reader makes. */
const [call] = sampleCalls({ kind: 'inbound', count: 1, seed: 9, language: 'en', answers: 3 });

/** What the reader has on paper or on the clipboard. */
const notes = { token: randomBytes(24).toString('base64url'), url: '' };

/**
 * What each step of the guide that happens in n8n makes the reader do, and what must be seen then.
 * @type {Record<string, (world: World) => Promise<void>>}
 */
const ACTIONS = {
	'paste-example': async ({ page }) => {
		await editor.paste(page, JSON.stringify(await example(EXAMPLE)));
		await editor.nodeOnCanvas(page, 'Add the Row').waitFor();
	},

	'execute-sample': async ({ page }) => {
		await editor.executeWorkflow(page);
		for (const node of ['Create the Table', 'Add the Row'])
			await editor.nodeOnCanvas(page, node).getByTestId('canvas-node-status-success').waitFor();
	},

	credential: async ({ page }) => {
		await editor.openNode(page, 'VoiceFox Trigger');
		await page.getByRole('button', { name: 'Connect to VoiceFox Webhook' }).click();
		await page.getByTestId('parameter-input-authorizationToken').waitFor();
		await picture(page, 'credential');
		await editor.pasteInto(page, 'authorizationToken', notes.token);
		await editor.saveCredential(page);
		await page.getByText('Let VoiceFox send its calls here').waitFor();
	},

	'copy-url': async ({ page }) => {
		notes.url = await editor.copyUrl(page, 'Production URL');
		assert.match(notes.url, /\/webhook\/[\da-f-]{36}\/webhook$/);
		await picture(page, 'trigger');
	},

	'close-node': async ({ page }) => {
		await editor.closeNode(page);
	},

	publish: async ({ page }) => {
		assert.match(await editor.publish(page), /VoiceFox can now start this workflow/);
		await picture(page, 'published');
		await page.getByRole('button', { name: 'Got it' }).click();
	},

	'see-row': async ({ page }) => {
		const opened = page.context().waitForEvent('page');
		await page.getByTestId('sticky').getByRole('link', { name: 'Data tables' }).click();
		const tables = await opened;
		await tables.getByText('Calls from VoiceFox', { exact: true }).click();
		await editor.rowsOf(tables).nth(1).waitFor();
		await picture(tables, 'table');
		assert.deepEqual(await shownColumns(tables), [
			expectedRow(sampleOf[EXAMPLE].event_data),
			expectedRow(call?.event.event_data),
		]);
		await tables.close();
	},
};

/**
 * What VoiceFox reported of a call, as the row should be.
 * @param {any} data
 */
const expectedRow = ({ start_at, caller, callee, collect_targets }) => [
	start_at,
	caller,
	callee,
	collect_targets.find((/** @type {any} */ { question }) => question === 'Would you order again?').result,
];

/** What the open data table shows of the columns for which a usual window has room. @param {Page} page */
const shownColumns = async (page) => (await editor.shownRows(page)).map((texts) => texts.slice(0, 4));

/**
 * What happens elsewhere.
 * @type {Record<string, (world: World) => Promise<void>>}
 */
const BY_HAND = {
	// What VoiceFox does after the call that the reader makes.
	'make-call': async () => {
		const answer = await send(notes.url, call?.event ?? {}, { authorization: `Bearer ${notes.token}` });
		assert.deepEqual([answer.status, answer.text], [200, '{}']);
	},
};

/** @param {World} world */
export function guideTests(world) {
	test('begins on an empty canvas', async () => {
		await editor.openNewWorkflow(world.page, world.n8n.url);
		Object.assign(world.gestures, { clicks: 0, drags: 0 });
	});

	stepTests(world, guide, ACTIONS, BY_HAND);

	test(`takes as many clicks as it says, at most ${MOST_CLICKS}, no drag and no terminal`, (context) => {
		const { clicks, drags } = world.gestures;
		const saidClicks = Number(/It takes (\d+) clicks in n8n/.exec(guide)?.[1]);
		context.diagnostic(`${clicks} clicks, ${drags} drags`);
		assert.deepEqual({ clicks, drags }, { clicks: saidClicks, drags: 0 });
		assert.ok(clicks <= MOST_CLICKS);
		assert.doesNotMatch(guide, /```|npm |curl/);
	});

	test('leads to a list of executions with the call that arrived', async () => {
		const { page } = world;
		await page.getByTestId('radio-button-executions').click();
		// The sample that was tried by hand is in the list, too; the newest is on top and shown beside it.
		await page.getByTestId('current-executions-list').getByText('Succeeded').nth(1).waitFor();
		await page.getByTestId('execution-preview-label').getByText('Succeeded').waitFor();
		await editor.previewOf(page, 'Add the Row');
		await picture(page, 'executions');
	});
}
