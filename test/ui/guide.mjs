// @ts-check
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { sampleCalls } from '../../scripts/lib/sample-calls.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { example } from '../examples/samples.mjs';
import { picture } from './browser.mjs';
import * as editor from './editor.mjs';
import { documentText, stepTests } from './steps.mjs';

const EXAMPLE = 'calls-into-a-data-table';
/** What the guide says of a row, and of a table with her own questions. */
const MOST = { clicks: 15, clicksWithQuestions: 25, fields: 6 };

const guide = documentText('guide.md');

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('playwright-core').Page} Page */

/** The calls that the reader makes: one is answered. */
const [call] = sampleCalls({ kind: 'inbound', count: 1, seed: 9, language: 'en', answers: 6 });
const [missed] = sampleCalls({ kind: 'missed', count: 1, seed: 9, language: 'en' });

/** A part of each of her own questions, and the whole. */
const OWN = { 'which room': 'Which room would you like?', 'hear about us': 'How did you hear about us?' };

/** What the reader has on paper or on the clipboard; what the step with her own questions cost. */
const notes = { token: randomBytes(24).toString('base64url'), url: '', ownClicks: 0 };

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

	'own-questions': async ({ page, gestures }) => {
		const before = gestures.clicks;
		await editor.openNode(page, 'VoiceFox Trigger');
		for (const [place, part] of Object.keys(OWN).entries())
			await editor.typeOver(await editor.columnField(page, `question_${place + 1}`), part);
		// The double click that opens the node is needed without own questions too.
		notes.ownClicks = gestures.clicks - before - 1;
	},

	credential: async ({ page }) => {
		await page.getByRole('button', { name: 'Connect to VoiceFox Webhook' }).click();
		await page.getByTestId('parameter-input-authorizationToken').waitFor();
		await picture(page, 'credential');
		await editor.pasteInto(page, 'authorizationToken', notes.token);
		await editor.saveCredential(page);
		await page.getByText('Send VoiceFox events to this URL').waitFor();
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
		// n8n draws only the columns for which the window has room.
		await tables.setViewportSize({ width: 2300, height: 480 });
		await tables.getByText('Calls from VoiceFox', { exact: true }).click();
		await editor.rowsOf(tables).nth(2).waitFor();
		await picture(tables, 'table');
		const [sample, ...calls] = await editor.shownRows(tables);
		const { nodes, pinData } = await example(EXAMPLE);
		assert.deepEqual(
			sample?.slice(0, 9),
			Object.values(pinData[nodes[0].name][0].json).slice(0, 9).map(String),
		);
		assert.deepEqual(
			calls.map((texts) => texts.slice(0, 7)),
			[call, missed].map(expectedRow),
		);
		assert.deepEqual(calls[0]?.slice(7, 9), Object.values(OWN).map(answerTo));
		await tables.close();
	},
};

/**
 * What VoiceFox reported of a call, as the row should begin.
 * @param {any} report
 */
const expectedRow = ({ event: { event_name, event_data: data } }) =>
	[event_name, data.session_id, data.start_at, data.direction, data.caller, data.callee, data.billsec].map(
		String,
	);

/** @param {string} text of a question */
const answerTo = (text) =>
	call?.event.event_data.collect_targets.find((/** @type {any} */ { question }) => question === text).result;

/**
 * What happens elsewhere.
 * @type {Record<string, (world: World) => Promise<void>>}
 */
const BY_HAND = {
	// What VoiceFox does after the calls that the reader makes.
	'make-call': async () => {
		for (const reported of [call, missed]) {
			const answer = await send(notes.url, reported?.event ?? {}, { authorization: `Bearer ${notes.token}` });
			assert.deepEqual([answer.status, answer.text], [200, '{}']);
		}
	},
};

/** @param {World} world */
export function guideTests(world) {
	test('begins on an empty canvas', async () => {
		await editor.openNewWorkflow(world.page, world.n8n.url);
		Object.assign(world.gestures, { clicks: 0, drags: 0, fields: 0 });
	});

	stepTests(world, guide, ACTIONS, BY_HAND);

	test('takes no more clicks and typing than it says, no drag and no terminal', (context) => {
		const { clicks, drags, fields } = world.gestures;
		const withoutQuestions = clicks - notes.ownClicks;
		context.diagnostic(`${withoutQuestions} clicks, with own questions ${clicks} and ${fields} fields`);
		assert.match(guide, /at most 15 clicks to the first call's row, at most 25 and six typed fields/);
		assert.ok(withoutQuestions <= MOST.clicks);
		assert.ok(clicks <= MOST.clicksWithQuestions && fields <= MOST.fields);
		assert.equal(drags, 0);
		assert.doesNotMatch(guide, /```|npm |curl/);
	});

	test('leads to a list of executions with the call that arrived', async () => {
		const { page } = world;
		await page.getByTestId('radio-button-executions').click();
		// The sample that was tried by hand is in the list, too; the newest is on top and shown beside it.
		await page.getByTestId('current-executions-list').getByText('Succeeded').nth(2).waitFor();
		await page.getByTestId('execution-preview-label').getByText('Succeeded').waitFor();
		await editor.previewOf(page, 'Add the Row');
		await picture(page, 'executions');
	});
}
