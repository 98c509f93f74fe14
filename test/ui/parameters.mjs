// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
	addOption,
	choose,
	closeNode,
	offeredBy,
	openNewWorkflow,
	openNode,
	openNodeList,
	searchNodes,
	workflowIdOf,
} from './editor.mjs';

const EVENTS = [
	'Call Analyzed (Inbound)',
	'Call Analyzed (Outbound)',
	'Call Ended (Inbound)',
	'Call Transferred',
	'Other Event',
	'Task Finished (Outbound)',
];
const CALL_FILTERS = [
	'Answered or Missed',
	'Assistant IDs',
	'Direction',
	'Minimum Talk Time',
	'Phone Numbers',
];
const ANALYSIS_FILTERS = ['Only These Questions', 'Start Workflow When'];

/** @param {import('./world.mjs').World} world */
export function parameterTests(world) {
	const hitStatus = () => world.page.getByTestId('parameter-input-hitStatus');
	const addTrigger = async (/** @type {string} */ entry) => {
		await openNewWorkflow(world.page, world.n8n.url);
		await openNodeList(world.page);
		await (await searchNodes(world.page, 'voicefox')).filter({ hasText: /^VoiceFox$/ }).click();
		await world.page.getByText(entry, { exact: true }).click();
		await world.page.getByTestId('ndv').waitFor();
	};

	test('of an analyzed call are all there', async () => {
		await addTrigger('On call analyzed (outbound)');
		assert.ok(await hitStatus().isVisible());
		const all = [...CALL_FILTERS, ...ANALYSIS_FILTERS, 'Task IDs'].sort();
		assert.deepEqual(await offeredBy(world.page, 'Add Filter'), all);
	});

	test('begin with the events, an analyzed call first', async () => {
		await world.page.getByTestId('parameter-input-triggerOn').click();
		const entries = world.page.locator('.el-select-dropdown:visible .option-headline');
		await entries.first().waitFor();
		assert.deepEqual(await entries.allInnerTexts(), EVENTS);
		await world.page.keyboard.press('Escape');
	});

	test('include the time zone as a list to search in', async () => {
		await addOption(world.page, 'Add Option', "VoiceFox's Time Zone");
		const input = world.page.getByTestId('parameter-input-timeZone');
		const entries = world.page.locator('.el-select-dropdown:visible .el-select-dropdown__item');
		await input.click();
		// n8n closes the list again when the zones arrive after the click.
		await entries
			.nth(2)
			.waitFor({ timeout: 10_000 })
			.catch(() => input.click());
		await entries.nth(2).waitFor();
		const [first, second] = await entries.allInnerTexts();
		assert.equal(first, 'Not Set');
		assert.match(second ?? '', /\(This Workflow's\)$/);
		await world.page.keyboard.type('Tokyo');
		await world.page.locator('.el-select-dropdown__item:visible').getByText('Asia/Tokyo').click();
	});

	/** The labels of the outputs on the canvas, which shows them whole. */
	async function shownLabels() {
		const labels = world.page.getByTestId('canvas-node-output-handle').locator('[class*=outputLabel]');
		const cut = (/** @type {Element[]} */ shown) =>
			shown.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length;
		assert.equal(await labels.evaluateAll(cut), 0);
		return await labels.allInnerTexts();
	}

	test('give each output a label that the canvas shows whole', async () => {
		await closeNode(world.page);
		assert.deepEqual(await shownLabels(), ['Call', 'Answers', 'Analysis']);
	});

	test('are shown on the canvas in short', async () => {
		await openNode(world.page, 'VoiceFox Trigger');
		await choose(world.page, 'output', 'One Item per Call');
		await closeNode(world.page);
		await world.page.getByText('Call Analyzed (Outbound)').waitFor();
	});

	test('are saved under the names and as the documented values', async () => {
		const saved = () => world.rest('GET', `/workflows/${workflowIdOf(world.page)}`);
		await world.page.waitForTimeout(3000);
		const { nodes } = await saved();
		const { triggerOn, output, options } = nodes[0].parameters;
		assert.deepEqual(
			{ triggerOn, output, options },
			{ triggerOn: ['task.call.collect'], output: 'perCall', options: { timeZone: 'Asia/Tokyo' } },
		);
	});

	test('that look at answers or calls are hidden for a finished task', async () => {
		await addTrigger('On task finished (outbound)');
		assert.equal(await hitStatus().count(), 0);
		assert.deepEqual(await offeredBy(world.page, 'Add Filter'), ['Task IDs']);
		await closeNode(world.page);
	});

	test('that look at answers are hidden for a call that has only ended', async () => {
		await addTrigger('On call ended (inbound)');
		assert.equal(await hitStatus().count(), 0);
		assert.deepEqual(await offeredBy(world.page, 'Add Filter'), [...CALL_FILTERS, 'Task IDs']);
		await closeNode(world.page);
		assert.deepEqual(await shownLabels(), ['Call']);
	});

	test('give unprocessed events an output of their own', async () => {
		await openNode(world.page, 'VoiceFox Trigger');
		await addOption(world.page, 'Add Option', 'Output Unprocessed Events');
		await choose(world.page, 'notProcessed', 'Invalid Payloads');
		await closeNode(world.page);
		assert.deepEqual(await shownLabels(), ['Call', 'Unprocessed']);
	});
}
