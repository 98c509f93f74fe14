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
const ASKING = 'Ask It';
const NOT_SELECTED = `The event "Call Ended (Inbound)" is not selected in 'Trigger On'`;
const UNREADABLE =
	"The setting 'Minimum Talk Time' cannot be read. Open the node and look for what is marked red, or for an expression that comes to nothing";

/** What the credential's test says of a secret that can be guessed. */
const TOO_SHORT =
	"'Authorization Token' is too short and can be guessed: use at least 16 characters, here and on the webhook page of the VoiceFox console";

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
				{ ...workflowNode(BEHIND, 'n8n-nodes-base.set', 3.4), position: [320, 0] },
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

	test("a secret that can be guessed: the credential's test says so", async () => {
		const { page } = world;
		await openTrigger('Secret', {}, false);
		await editor.newCredential(page, 'VoiceFox Webhook');
		await page.getByTestId('parameter-input-authorizationToken').locator('input').fill('abc123');
		await page.getByTestId('credential-save-button').click();
		await page.getByText('Couldn’t connect with these settings').waitFor();
		await page.getByTestId('editCredential-modal').getByText('More details').click();
		await page.getByTestId('editCredential-modal').getByText(TOO_SHORT).waitFor();
	});

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
				ignored: NOT_SELECTED,
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
		const { testUrl } = await openTrigger('Part of a question', { filters: { questions: ['GUESTS will'] } });
		await editor.listen(page);
		await send(testUrl, event, n8n.authorized);
		await page.getByTestId('branches').waitFor();
		assert.match(
			await page.getByTestId('branches').innerText(),
			/^Call Branch \(1 item\)\s+Answers Branch \(1 item\)\s+Analysis Branch \(2 items\)$/,
		);
		await page.getByText(/^Answers Branch/).click();
		await page
			.getByTestId('ndv-data-container')
			.getByText('How many guests will stay with us?')
			.first()
			.waitFor();
		assert.equal(
			await page.getByTestId('ndv-data-container').getByText('When would you like to arrive?').count(),
			0,
		);
		assert.equal(await page.getByTestId('node-hint').count(), 1);
	});

	test('a question with a line break is dragged into a field', async () => {
		const { page, n8n, gestures } = world;
		const { testUrl } = await openTrigger('Drag', { output: 'row' });
		await editor.listen(page);
		const asked = [{ question: 'How many\nguests?', hit: true, result: '4', message: '', question_uuid: '' }];
		const data = { ...event.event_data, collect_targets: asked };
		await send(testUrl, { ...event, event_data: data }, n8n.authorized);
		await page.getByTestId('ndv-data-container').getByText('How many guests?').first().waitFor();
		await editor.closeNode(page);
		await editor.openNode(page, BEHIND);
		const drags = gestures.drags;
		await editor.drag(
			page,
			page.locator('[data-target=mappable][data-name="How many guests?"]'),
			page.getByTestId('assignment-collection-drop-area'),
		);
		const field = page.getByTestId('assignment-collection-assignments').first();
		await field.getByText("{{ $json['How many guests?'] }}").waitFor();
		await field.getByText('4', { exact: true }).waitFor();
		assert.equal(gestures.drags, drags + 1);
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
		await page
			.getByTestId('ndv-data-container')
			.getByText('How many guests will stay with us?')
			.first()
			.waitFor();
		assert.equal(await page.getByTestId('node-hint').count(), 0);
		await sendSample(editor.shownUrl(testUrl));
		await editor.messageOf(page, 'No trigger takes events at this URL.').waitFor();
		await editor.messageOf(page, 'For its test URL, click Execute step in the trigger first').waitFor();
	});

	test('live: Get Status and a sample say what the trigger did, and that VoiceFox cannot reach localhost', async () => {
		const { n8n } = world;
		const published = await n8n.publish({
			name: 'Live',
			nodes: [
				triggerNode(
					{
						output: 'row',
						columns: { values: [{ field: 'parking', column: '' }] },
						filters: { minimumTalkTime: talkTime },
					},
					{ credential: await sharedCredential() },
				),
			],
		});
		await send(published.url, event, { authorization: 'Bearer something-else-entirely' });
		await send(published.url, { ...event, event_data: { ...event.event_data, billsec: 0 } }, n8n.authorized);
		await send(published.url, event, n8n.authorized);

		const url = editor.shownUrl(published.url);
		const reach = `VoiceFox can't reach ${new URL(url).origin}`;
		const sample = await outputOf({ operation: 'sendSample', url, kind: 'missed' });
		assert.ok(sample.includes(`The trigger ignored the event: ${NOT_SELECTED}`), sample);
		assert.ok(sample.includes(reach), sample);
		const status = await outputOf({ operation: 'getStatus', url });
		for (const part of [
			'1 event accepted since',
			'1 request refused: the Authorization value is not the one in the credential',
			"the event does not pass the filter 'Minimum Talk Time'",
			`an entry in 'Columns' fits nothing of a call: "parking"`,
			reach,
		])
			assert.ok(status.includes(part), `${part} is not in: ${status}`);
	});

	/**
	 * Executes the action node on a new canvas.
	 * @param {object} parameters
	 * @returns {Promise<string>} what its panel shows then
	 */
	async function outputOf(parameters) {
		const { page, n8n } = world;
		const credentials = { voiceFoxWebhookApi: await sharedCredential() };
		const { workflowId } = await n8n.draft({
			name: 'Ask the trigger',
			nodes: [
				workflowNode('Start', 'n8n-nodes-base.manualTrigger', 1),
				workflowNode(
					ASKING,
					'n8n-nodes-voicefox.voiceFox',
					1,
					{ resource: 'trigger', ...parameters },
					{ credentials },
				),
			],
			connections: connectionsFrom('Start', [[ASKING]]),
		});
		await editor.openWorkflow(page, n8n.url, workflowId);
		await editor.executeWorkflow(page);
		await editor.openNode(page, ASKING);
		const shown = page.getByTestId('output-panel').getByTestId('ndv-data-container');
		await shown.waitFor();
		return await shown.innerText();
	}

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
