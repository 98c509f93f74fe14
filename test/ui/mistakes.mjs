// @ts-check
// What a person gets wrong, and what the screen says then. The sentences are typed here as the person must read them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleCalls } from '../../scripts/lib/sample-calls.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { example } from '../examples/samples.mjs';
import { connectionsFrom, TRIGGER_NAME, triggerNode, workflowNode } from '../support/workflows.mjs';
import * as editor from './editor.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {import('playwright-core').Page} Page */

const [call] = sampleCalls({ kind: 'inbound', count: 1, seed: 9, language: 'en', answers: 3 });
const event = call?.event ?? { event_name: '', event_data: {} };
const talkTime = event.event_data.billsec;

const BEHIND = 'Behind It';
const UNREADABLE =
	"The setting 'Minimum Talk Time' cannot be read. Open the node and look for what is marked red, or for an expression that gives nothing.";

/** A secret that cannot work, and what the credential's test says. @type {Record<string, [secret: string, message: string]>} */
const SECRETS = {
	blank: [
		'   ',
		"'Authorization Token' is blank. Enter the Authorization value from the webhook page of the VoiceFox console",
	],
	'only "Bearer"': [
		'Bearer',
		`'Authorization Token' is only the word "Bearer". Enter the value that follows it on the webhook page of the VoiceFox console`,
	],
	'not ASCII': [
		'秘密の合言葉です秘密の合言葉です',
		"'Authorization Token' contains a character that cannot be sent reliably. Use only letters from A to Z, digits and marks such as - and _",
	],
	'too short': [
		'abc123',
		"'Authorization Token' is too short and can be guessed: use at least 16 characters, here and on the webhook page of the VoiceFox console",
	],
};

/**
 * What is refused in a test run.
 * @type {Record<string, { parameters?: object, authorization?: string | undefined, body?: object, status: number, reason: string }>}
 */
const REFUSED = {
	'a wrong token': {
		authorization: 'Bearer something-else-entirely',
		status: 401,
		reason:
			"The request's Authorization header is not the value in this node's credential. Compare 'Authorization Token' in the credential with the Authorization value on the webhook page of the VoiceFox console: every character counts, upper and lower case too.",
	},
	'no token': {
		authorization: undefined,
		status: 401,
		reason:
			"The request has no Authorization header. If it came from VoiceFox, enter a value as Authorization on the webhook page of its console, the same as 'Authorization Token' in this node's credential.",
	},
	'a call that a filter leaves out': {
		parameters: { filters: { minimumTalkTime: 600 } },
		status: 200,
		reason: `The event does not pass the filter Minimum Talk Time: ${talkTime} is below 600`,
	},
};

/** An expression in a filter that cannot be read, so that nothing listens. @type {Record<string, string>} */
const UNREADABLE_EXPRESSIONS = {
	'a broken expression': '={{ $json.call.( }}',
	'an expression that comes to nothing': '={{ $json.minimum }}',
};

/** @param {World} world */
export function mistakeTests(world) {
	/** @param {string} name @param {object} [parameters] @param {boolean} [hasCredential] */
	async function openTrigger(name, parameters = {}, hasCredential = true) {
		const { page, n8n } = world;
		const credential = hasCredential ? await sharedCredential() : null;
		const published = await n8n.draft({
			name,
			nodes: [
				triggerNode(parameters, { credential }),
				{ ...workflowNode(BEHIND, 'n8n-nodes-base.noOp', 1), position: [320, 0] },
			],
			connections: connectionsFrom(TRIGGER_NAME, [[BEHIND]]),
		});
		await editor.openWorkflow(page, n8n.url, published.workflowId);
		await editor.openNode(page, TRIGGER_NAME);
		return published;
	}

	async function sharedCredential() {
		if (!world.n8n.credential.id)
			world.n8n.credential = await world.n8n.webhookCredential(world.n8n.token, 'VoiceFox of the test');
		return world.n8n.credential;
	}

	for (const [what, [secret, message]] of Object.entries(SECRETS)) {
		test(`a secret that is ${what}: the credential's test says so`, async () => {
			const { page } = world;
			await openTrigger(`Secret: ${what}`, {}, false);
			await editor.newCredential(page);
			await page.getByTestId('parameter-input-authorizationToken').locator('input').fill(secret);
			await page.getByTestId('credential-save-button').click();
			await page.getByText('Couldn’t connect with these settings').waitFor();
			await page.getByTestId('editCredential-modal').getByText('More details').click();
			await page.getByTestId('editCredential-modal').getByText(message).waitFor();
		});
	}

	for (const [what, { parameters, body = event, status, reason, ...sent }] of Object.entries(REFUSED)) {
		test(`${what}: the node is red and says why`, async () => {
			const { page, n8n } = world;
			const { testUrl } = await openTrigger(`Refused: ${what}`, parameters);
			await editor.listen(page);
			const authorization = 'authorization' in sent ? sent.authorization : `Bearer ${n8n.token}`;
			assert.equal((await send(testUrl, body, { authorization })).status, status);

			await page.getByTestId('output-panel').getByText(reason, { exact: true }).waitFor();
			await editor.messageOf(page, reason).waitFor();
			assert.ok((await page.getByTestId('node-hint').count()) <= 1);
			await editor.closeNode(page);
			await editor.nodeOnCanvas(page, TRIGGER_NAME).getByTestId('canvas-node-status-mark-error').waitFor();
			assert.equal(
				await editor.nodeOnCanvas(page, BEHIND).getByTestId('canvas-node-status-success').count(),
				0,
			);
		});
	}

	test('an event that is not selected: n8n goes on listening for one that is', async () => {
		const { page, n8n } = world;
		const { testUrl } = await openTrigger('Not selected', { triggerOn: ['callin.collect'] });
		await editor.listen(page);
		const [ended] = sampleCalls({ kind: 'ended', count: 1, seed: 9, language: 'en' });
		const { text } = await send(testUrl, ended?.event ?? {}, n8n.authorized);
		assert.equal(
			text,
			JSON.stringify({
				ignored: `The event "Call Ended (Inbound)" is not selected in 'Trigger On'`,
			}),
		);
		await page.waitForTimeout(1000);
		assert.ok(await page.getByText('Listening for test event').isVisible());

		await send(testUrl, event, n8n.authorized);
		await page.getByTestId('branches').waitFor();
	});

	for (const [what, expression] of Object.entries(UNREADABLE_EXPRESSIONS)) {
		test(`${what}: the setting is named by its label`, async () => {
			const { page, n8n } = world;
			const { testUrl } = await openTrigger(`Setting: ${what}`, { filters: { minimumTalkTime: expression } });
			await page.getByTestId('trigger-execute-button').click();
			await editor.messageOf(page, UNREADABLE).waitFor();
			assert.equal(await page.getByText('Listening for test event').count(), 0);
			assert.equal((await send(testUrl, event, n8n.authorized)).status, 404);
		});
	}

	test('a part of a question: only that question comes out, and the outputs are told apart', async () => {
		const { page, n8n } = world;
		const { testUrl } = await openTrigger('Part of a question', { filters: { questions: ['ORDER again'] } });
		await editor.listen(page);
		await send(testUrl, event, n8n.authorized);
		await page.getByTestId('branches').waitFor();
		assert.match(
			await page.getByTestId('branches').innerText(),
			/^Call Branch \(1 item\)\s+Answers Branch \(1 item\)\s+Analysis Branch \(2 items\)$/,
		);
		await page.getByText(/^Answers Branch/).click();
		await page.getByTestId('ndv-data-container').getByText('Would you order again?').first().waitFor();
		assert.equal(await page.getByTestId('ndv-data-container').getByText('What is your budget?').count(), 0);
		assert.equal(await page.getByTestId('node-hint').count(), 1);
	});

	test('the URL is hidden while n8n listens, so it is copied before; afterwards the test URL is dead', async () => {
		const { page, n8n } = world;
		const { testUrl } = await openTrigger('Test URL', { output: 'row' });
		assert.equal(await editor.copyUrl(page, 'Test URL'), editor.shownUrl(testUrl));
		const url = page.getByTestId('ndv').locator('[class*=webhookUrl], .webhook-url').first();
		assert.ok(await canBeClicked(url));
		await editor.listen(page);
		assert.ok(!(await canBeClicked(url)));

		assert.equal((await send(testUrl, event, n8n.authorized)).status, 200);
		await page.getByTestId('ndv-data-container').getByText('Would you order again?').first().waitFor();
		assert.equal(await page.getByTestId('node-hint').count(), 0);
		await sendSample(editor.shownUrl(testUrl));
		await editor.messageOf(page, 'No trigger takes events at this URL.').waitFor();
		await editor.messageOf(page, 'For its test URL, click Execute step in the trigger first').waitFor();
	});

	test('not published: the sample says so', async () => {
		const { url } = await openTrigger('Not published');
		await sendSample(editor.shownUrl(url));
		await editor.messageOf(world.page, "For its production URL, publish the trigger's workflow.").waitFor();
	});

	/**
	 * Does what the example "Send a sample call" says.
	 * @param {string} url
	 */
	async function sendSample(url) {
		const { page, n8n } = world;
		await editor.openNewWorkflow(page, n8n.url);
		await editor.paste(page, JSON.stringify(await example('send-a-sample-call')));
		await editor.openNode(page, 'Send a Sample Call');
		await editor.chooseCredential(page, (await sharedCredential()).name);
		await page.getByTestId('parameter-input-url').locator('textarea, input').first().click();
		await editor.paste(page, url);
		await editor.closeNode(page);
		await page.getByTestId('execute-workflow-button').click();
	}
}

/** @param {import('playwright-core').Locator} element @returns {Promise<boolean>} false: something lies over it */
const canBeClicked = (element) =>
	element.evaluate((node) => {
		const { x, y, width, height } = node.getBoundingClientRect();
		const top = document.elementFromPoint(x + width / 2, y + height / 2);
		return top !== null && (node.contains(top) || top.contains(node));
	});
