// @ts-check
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/lib/install.mjs';
import { readJson, sampleEvent } from '../../scripts/lib/project.mjs';
import { sampleCalls } from '../../scripts/lib/sample-calls.mjs';
import { received } from '../documents/trigger.mjs';

export const TRIGGER = 'VoiceFox Trigger';

const inbound = await sampleEvent('inbound-analysis');
const outbound = await sampleEvent('outbound-analysis');

/** A call whose analysis says that the customer is unhappy: the first of these made-up ones. */
const unhappy = sampleCalls({ kind: 'inbound', count: 20, seed: 5, language: 'en' })
	.map(({ event }) => event)
	.find(({ event_data }) =>
		event_data.conversation_analysis.some(({ result = '' }) => result === 'Negative'),
	);

const [english] = sampleCalls({ kind: 'outbound', count: 1, seed: 1, language: 'en', answers: 3 });

/** The event that the test of each example sends. @type {Record<string, any>} */
export const sampleOf = {
	'row-per-call-google-sheets': outbound,
	'hit-answers-to-slack': outbound,
	'lead-into-pipedrive': outbound,
	'survey-results-google-sheets': await sampleEvent('task-end'),
	'low-mood-alert-telegram': unhappy,
	'calls-into-a-data-table': english?.event,
	'try-one-item-per-call': outbound,
	'try-one-list': outbound,
};

/** The event whose items are pinned to the trigger of each example, also of those that are tried elsewhere. @type {Record<string, any>} */
export const pinnedSampleOf = {
	...sampleOf,
	'archive-recordings': inbound,
	'without-duplicates': inbound,
	'demo-workflow': english?.event,
};

/** @param {string} name @returns {Promise<any>} the workflow */
export const example = (name) => readJson(`examples/${name}.json`);

/** The names of all files in examples/. */
export const exampleNames = async () =>
	(await readdir(join(projectFolder, 'examples')))
		.filter((file) => file.endsWith('.json'))
		.map((file) => file.slice(0, -'.json'.length));

/** @param {any} workflow */
export const triggerOf = (workflow) => workflow.nodes.find((/** @type {any} */ { name }) => name === TRIGGER);

/**
 * What the trigger of a workflow makes of an event: the items of its only output.
 * @param {any} workflow
 * @param {any} event
 * @returns {Promise<Record<string, any>[]>}
 */
export async function pinnedItems(workflow, event) {
	const { items } = await received(event, triggerOf(workflow).parameters);
	if (items.length !== 1) throw new Error(`${workflow.name}: n8n pins only nodes with one output`);
	return items[0] ?? [];
}
