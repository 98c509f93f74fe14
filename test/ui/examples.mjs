// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { example, TRIGGER } from '../examples/samples.mjs';
import { executeWorkflow, nodeOnCanvas, openNewWorkflow, openNode, paste, workflowIdOf } from './editor.mjs';

/** What to look at after the run: a node, and the numbers of items it shows. */
const LAST = { 'try-one-item-per-call': ['Columns', '1 item'], 'try-one-list': ['Answers', '3 items'] };

/** @param {import('./world.mjs').World} world */
export function exampleTests(world) {
	for (const [name, [node = '', items = '']] of Object.entries(LAST)) {
		test(`${name}: paste, execute, look; no credential and no call`, async () => {
			const { page, n8n } = world;
			await openNewWorkflow(page, n8n.url);
			await paste(page, JSON.stringify(await example(name)));
			await nodeOnCanvas(page, node).waitFor();
			await executeWorkflow(page);
			await openNode(page, node);
			await page.getByTestId('output-panel').getByText(items).first().waitFor();
			await page.waitForTimeout(2000);
			const { nodes } = await world.rest('GET', `/workflows/${workflowIdOf(page)}`);
			const pasted = nodes.find((/** @type {any} */ { name: its }) => its === TRIGGER);
			assert.match(pasted.webhookId ?? '', /^[\da-f-]{36}$/, 'n8n gives it an address of its own');
		});
	}
}
