// @ts-check
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../../scripts/lib/commands.mjs';
import { projectFolder } from '../../scripts/lib/install.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { example, sampleOf } from '../examples/samples.mjs';
import { expectedOf } from '../examples/expected.mjs';
import { picture } from './browser.mjs';
import * as editor from './editor.mjs';
import { guideSteps } from './guide-steps.mjs';

const EXAMPLE = 'row-per-call-google-sheets';
const SHEET = 'https://docs.google.com/spreadsheets/d/1VoiceFoxGuideSpreadsheet000000000000000000/edit';

/** @typedef {import('./editor.test.mjs').World} World */
/** @typedef {{ token: string, testUrl: string, productionUrl: string }} Notes what the reader copies on the way */

/**
 * What each step of the guide that happens in n8n makes the reader do, and what must be seen then.
 * @type {Record<string, (world: World, notes: Notes) => Promise<void>>}
 */
const ACTIONS = {
	'new-workflow': async ({ page, n8n }) => {
		await editor.openNewWorkflow(page, n8n.url);
		await editor.openNodeList(page);
	},

	'add-trigger': async ({ page }) => {
		await (await editor.searchNodes(page, 'voicefox')).filter({ hasText: /^VoiceFox$/ }).click();
		await page.getByText('On call analyzed (inbound)').click();
		await page.getByTestId('ndv').waitFor();
	},

	'add-outbound': async ({ page }) => {
		await editor.choose(page, 'triggerOn', 'Outbound Call Analyzed');
	},

	credential: async ({ page }, notes) => {
		await page.getByRole('button', { name: 'Connect to VoiceFox Webhook' }).click();
		const token = page.getByTestId('parameter-input-authorizationToken').locator('input');
		await token.waitFor();
		await picture(page, 'credential');
		await token.fill(notes.token);
		await page.getByTestId('credential-save-button').click();
		await page.getByTestId('node-credentials-select').waitFor();
		await page.getByText('Let VoiceFox send its calls here').waitFor();
	},

	listen: async ({ page }, notes) => {
		notes.testUrl = await editor.webhookUrl(page, 'Test URL');
		await picture(page, 'trigger');
		await page.getByTestId('trigger-execute-button').click();
		await page.getByText('Listening for test event').waitFor();
	},

	'send-sample': async (_, { testUrl, token }) => {
		const args = [
			join('scripts', 'send.mjs'),
			'--url',
			testUrl,
			'--token',
			token,
			'--kind',
			'inbound',
			'--seed',
			'7',
		];
		const { exitCode, output } = await runCommand(process.execPath, args, { cwd: projectFolder });
		assert.equal(exitCode, 0, output);
		assert.match(output, /1 of 1 answered with 200/);
	},

	'see-items': async ({ page }) => {
		await page.getByTestId('branches').waitFor();
		const branches = await page.getByTestId('branches').innerText();
		assert.match(
			branches,
			/^Call Branch \(1 item\)\s+Collected Answers Branch \(\d items\)\s+Conversation Analysis/,
		);
		await page.getByTestId('node-hint').filter({ hasText: 'caller_number' }).waitFor();
		await page.setViewportSize({ width: 1640, height: 800 });
		await picture(page, 'outputs');
		await page.setViewportSize({ width: 1280, height: 800 });
		await page.getByText(/^Collected Answers Branch/).click();
		await page.getByTestId('ndv-data-container').getByText('question_uuid').waitFor();
	},

	'paste-example': async ({ page, n8n }) => {
		await editor.openNewWorkflow(page, n8n.url);
		await editor.pasteOnCanvas(page, JSON.stringify(await example(EXAMPLE)));
		await page.locator('[data-test-id=canvas-node][data-node-name="Add Row"]').waitFor();
		await page.getByText('Call Analyzed', { exact: true }).waitFor();
		await page.getByTestId('zoom-to-fit').click();
		await picture(page, 'spreadsheet-workflow');
	},

	'choose-sheet': async ({ page }) => {
		await editor.openNode(page, 'Add Row');
		await editor.chooseCredential(page, 'googleSheetsOAuth2Api');
		await page.getByTestId('rlc-input').nth(0).fill(SHEET);
		// n8n empties the field of the sheet when the document changes.
		await page.getByTestId('rlc-input').nth(0).press('Tab');
		await page.getByTestId('rlc-input').nth(1).fill('Calls');
		await page.getByTestId('rlc-input').nth(1).press('Tab');
		await editor.closeNode(page);
	},

	'execute-sample': async ({ page, standIn }) => {
		standIn.reset();
		await page.getByTestId('execute-workflow-button').click();
		await page.getByText('Workflow executed successfully').first().waitFor();
		expectedOf[EXAMPLE]?.(standIn, {});
		assert.ok(standIn.requests().every(({ path }) => path.includes('1VoiceFoxGuideSpreadsheet')));
	},

	'same-credential': async ({ page }, notes) => {
		await editor.openNode(page, 'VoiceFox Trigger');
		await editor.chooseCredential(page, 'VoiceFox Webhook account');
		notes.productionUrl = await editor.webhookUrl(page, 'Production URL');
		assert.match(notes.productionUrl, /\/webhook\/[\da-f-]{36}\/webhook$/);
		await editor.closeNode(page);
	},

	publish: async ({ page }) => {
		assert.match(await editor.publish(page), /VoiceFox can now start this workflow/);
		await picture(page, 'published');
		await page.getByRole('button', { name: 'Got it' }).click();
	},

	'see-execution': async ({ page, standIn }, { productionUrl, token }) => {
		// What VoiceFox does after the call that the reader makes.
		standIn.reset();
		const answer = await send(productionUrl, sampleOf[EXAMPLE], { authorization: `Bearer ${token}` });
		assert.deepEqual([answer.status, answer.text], [200, '{}']);
		await page.getByTestId('radio-button-executions').click();
		// The sample that was tried by hand is in the list, too; the newest is on top and shown beside it.
		await page.getByTestId('current-executions-list').getByText('Succeeded').nth(1).waitFor();
		await page.getByTestId('execution-preview-label').getByText('Succeeded').waitFor();
		await editor.previewOf(page, 'Add Row');
		await picture(page, 'executions');
		expectedOf[EXAMPLE]?.(standIn, {});
	},
};

/** @param {World} world */
export function guideTests(world) {
	const steps = guideSteps();
	const notes = { token: randomBytes(24).toString('base64url'), testUrl: '', productionUrl: '' };

	test('has a test for every step, in its order', () => {
		assert.deepEqual(
			steps.map(({ number }) => number),
			steps.map((_, place) => place + 1),
		);
		assert.deepEqual(
			steps.filter(({ byHand }) => !byHand).map(({ name }) => name),
			Object.keys(ACTIONS),
		);
	});

	for (const { number, name, byHand } of steps) {
		if (byHand) continue;
		test(`step ${number}: ${name}`, async (context) => {
			await ACTIONS[name]?.(world, notes);
			if (name !== 'see-items') return;
			const seconds = ((performance.now() - world.installedAt) / 1000).toFixed(1);
			context.diagnostic(`${steps.length} steps; ${seconds} s from install to the first items on screen`);
		});
	}
}
