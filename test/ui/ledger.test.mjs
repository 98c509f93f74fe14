// @ts-check
// The recipe of docs/no-call-lost.md, clicked through in n8n's editor, with calls whose event arrives and calls that are only in
// the call log.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DateTime } from 'luxon';
import { executionAfter } from '../../scripts/lib/executions.mjs';
import { sampleEvent } from '../../scripts/lib/project.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { example } from '../examples/samples.mjs';
import { startAccount } from '../outage/support/account.mjs';
import { randomSecret } from '../support/n8n.mjs';
import { picture } from './browser.mjs';
import * as editor from './editor.mjs';
import { documentText, stepTests } from './steps.mjs';
import { endWorld, startWorld } from './world.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('playwright-core').Page} Page */

/** The account's: not n8n's own one, and one in which midnight is hours away, so that yesterday stays the same day. */
const ZONE = new Date().getUTCHours() < 12 ? 'Asia/Tokyo' : 'America/Denver';
const now = DateTime.now().setZone(ZONE);
const yesterday = now.minus({ days: 1 });

/** VoiceFox's form of a time. @param {DateTime} time */
const timeText = (time) => time.toFormat('yyyy-MM-dd HH:mm:ss');

/** Filled before the first test. */
const world = /** @type {World} */ ({});
/** @type {import('../outage/support/account.mjs').Account} */
let account;

/** What the reader has on paper or on the clipboard. */
const notes = { token: randomSecret(), url: '' };

/** The calls, by what becomes of them; their session IDs are filled in before the first test. */
const calls = {
	arrived: { id: '', startAt: timeText(yesterday.startOf('day').plus({ hours: 10 })) },
	// Only in the call log: the first and the last second of the day, so that yesterday is this day and no other.
	first: { id: '', startAt: timeText(yesterday.startOf('day')) },
	last: { id: '', startAt: timeText(yesterday.endOf('day')) },
	ofToday: { id: '', startAt: timeText(now.minus({ minutes: 5 })) },
};

/** Each call once, in the order in which they came in: session ID and start. */
const expectedRows = () => Object.values(calls).map(({ id, startAt }) => [id, startAt]);

before(async () => {
	Object.assign(world, await startWorld());
	account = await startAccount();
	for (const call of Object.values(calls)) call.id = account.addPastCall(call.startAt);
});

after(async () => {
	await account?.close();
	await endWorld();
});

/** @param {Page} page @param {string} name of the example @param {string} lastNode */
async function pasteOntoNewCanvas(page, name, lastNode) {
	await editor.openNewWorkflow(page, world.n8n.url);
	await editor.paste(page, JSON.stringify(await example(name)));
	await editor.nodeOnCanvas(page, lastNode).waitFor();
}

/** @param {Page} page @param {RegExp} message what n8n says then */
async function publish(page, message) {
	assert.match(await editor.publish(page), message);
	await page.getByRole('button', { name: 'Got it' }).click();
}

/** Runs the open nightly workflow. @param {Page} page @returns {Promise<string>} the receipt, as its node shows it */
async function executeNightly(page) {
	await editor.executeWorkflow(page);
	await editor.openNode(page, 'Morning Receipt');
	const receipt = await page.getByTestId('output-panel').getByText('calls at VoiceFox').innerText();
	await editor.closeNode(page);
	return receipt.trim();
}

/** Opens the table from the open workflow. @param {Page} page @returns {Promise<string[][]>} each row's session ID and start */
async function rowsInTable(page) {
	const opened = page.context().waitForEvent('page');
	await page.getByTestId('sticky').getByRole('link', { name: 'Data tables' }).click();
	const tables = await opened;
	await tables.getByText('VoiceFox Calls', { exact: true }).click();
	await editor
		.rowsOf(tables)
		.nth(Object.keys(calls).length - 1)
		.waitFor();
	await picture(tables, 'ledger-table');
	const rows = await editor.shownRows(tables);
	await tables.close();
	// Between the two stands the event's name.
	return rows.map(([id = '', , start = '']) => [id, start]);
}

/** @type {Record<string, string>} */
const workflowIds = {};

/**
 * What each step that happens in n8n makes the reader do, and what must be seen then.
 * @type {Record<string, (world: World) => Promise<void>>}
 */
const ACTIONS = {
	'paste-each-call': async ({ page }) => {
		await pasteOntoNewCanvas(page, 'ledger-each-call', 'Create the Table');
	},

	'create-table': async ({ page }) => {
		await editor.executeWorkflow(page, 'Click Once');
		await editor.nodeOnCanvas(page, 'Create the Table').getByTestId('canvas-node-status-success').waitFor();
	},

	'connect-webhook': async ({ page }) => {
		await editor.openNode(page, 'VoiceFox Trigger');
		await editor.newCredential(page, 'VoiceFox Webhook');
		await editor.pasteInto(page, 'authorizationToken', notes.token);
		await editor.saveCredential(page);
		notes.url = await editor.copyUrl(page, 'Production URL');
		await editor.closeNode(page);
	},

	'publish-each-call': async ({ page }) => {
		await publish(page, /VoiceFox can now start this workflow/);
		workflowIds.eachCall = editor.workflowIdOf(page);
	},

	'paste-nightly': async ({ page }) => {
		await pasteOntoNewCanvas(page, 'ledger-nightly', 'Morning Receipt');
	},

	'connect-api': async ({ page }) => {
		const { apiToken, baseUrl } = account.credential;
		await editor.openNode(page, 'Calls of Yesterday');
		await editor.newCredential(page, 'VoiceFox');
		await editor.pasteInto(page, 'apiToken', apiToken);
		await editor.choose(page, 'region', 'Custom');
		await editor.pasteInto(page, 'baseUrl', baseUrl);
		await editor.saveCredential(page);
		await editor.messageOf(page, 'Added this credential to 2 other node(s)').waitFor();
		await editor.closeNode(page);
	},

	'time-zone': async ({ page }) => {
		await editor.setTimeZone(page, ZONE);
	},

	'publish-nightly': async ({ page }) => {
		await publish(page, /Your schedule trigger will now trigger executions/);
		workflowIds.nightly = editor.workflowIdOf(page);
	},

	'execute-nightly': async ({ page }) => {
		assert.equal(await executeNightly(page), 'Yesterday: 3 calls at VoiceFox, 3 in your table, 2 caught up');
	},

	'paste-catch-up': async ({ page }) => {
		await pasteOntoNewCanvas(page, 'ledger-catch-up', 'Into the Table');
		await editor.messageOf(page, 'Credentials auto-added').waitFor();
	},

	'fetch-call': async ({ page }) => {
		await editor.openNode(page, 'VoiceFox Call Log Trigger');
		await page.getByTestId('trigger-execute-button').click();
		await page.getByTestId('output-panel').getByText(calls.ofToday.id).waitFor();
		await editor.closeNode(page);
	},

	'execute-catch-up': async ({ page }) => {
		await editor.executeWorkflow(page);
		await editor.nodeOnCanvas(page, 'Into the Table').getByTestId('canvas-node-status-success').waitFor();
	},

	'publish-catch-up': async ({ page }) => {
		await publish(page, /n8n now checks the VoiceFox call log at the poll times/);
		workflowIds.catchUp = editor.workflowIdOf(page);
	},

	'see-rows': async ({ page }) => {
		assert.deepEqual(await rowsInTable(page), expectedRows());
	},
};

/**
 * What happens elsewhere.
 * @type {Record<string, (world: World) => Promise<void>>}
 */
const BY_HAND = {
	// One call of yesterday is reported, the others are not.
	'voicefox-webhook': async ({ rest }) => {
		const event = await sampleEvent('inbound-analysis');
		const data = { ...event.event_data, session_id: calls.arrived.id, start_at: calls.arrived.startAt };
		const authorization = `Bearer ${notes.token}`;
		const answer = await send(notes.url, { ...event, event_data: data }, { authorization });
		assert.deepEqual([answer.status, answer.text], [200, '{}']);
		// Click Once was the first.
		const execution = await executionAfter(rest, workflowIds.eachCall ?? '', 1);
		assert.equal(execution?.status, 'success');
	},
};

describe('the ledger, clicked together', () => {
	stepTests(world, documentText('no-call-lost.md'), ACTIONS, BY_HAND);

	test('needs neither a drag nor a terminal', (context) => {
		context.diagnostic(`${world.gestures.clicks} clicks`);
		assert.equal(world.gestures.drags, 0);
	});

	test('adds no call a second time, however often its workflows run', async () => {
		const { page, n8n } = world;
		await editor.openWorkflow(page, n8n.url, workflowIds.nightly ?? '');
		assert.equal(await executeNightly(page), 'Yesterday: 3 calls at VoiceFox, 3 in your table, 0 caught up');
		await editor.openWorkflow(page, n8n.url, workflowIds.catchUp ?? '');
		await editor.executeWorkflow(page);
		assert.deepEqual(await rowsInTable(page), expectedRows());
	});

	test('says in the receipt when a call could not be read', async () => {
		const id = account.addPastCall(calls.last.startAt);
		account.faults.push({ path: `/openapi/call_logs/${id}`, status: 404 });
		await editor.openWorkflow(world.page, world.n8n.url, workflowIds.nightly ?? '');
		assert.equal(
			await executeNightly(world.page),
			'Yesterday: 4 calls at VoiceFox, 3 in your table, 0 caught up (some could not be read, see the execution)',
		);
	});

	test('has a receipt for a day without calls, too', async () => {
		account.removeCalls();
		await editor.openWorkflow(world.page, world.n8n.url, workflowIds.nightly ?? '');
		assert.equal(
			await executeNightly(world.page),
			'Yesterday: 0 calls at VoiceFox, 0 in your table, 0 caught up',
		);
	});
});
