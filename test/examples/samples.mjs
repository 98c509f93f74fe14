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
const taskEnd = await sampleEvent('task-end');

/** A made-up call of somebody who wants a room. @type {any} */
export const prospect = sampleCalls({ kind: 'inbound', count: 1, seed: 5, language: 'en' })[0]?.event;

/** A call whose analysis says that the customer is unhappy: the first of these made-up ones. */
const unhappy = sampleCalls({ kind: 'inbound', count: 20, seed: 5, language: 'en' })
	.map(({ event }) => event)
	.find(({ event_data }) =>
		event_data.conversation_analysis.some(({ result = '' }) => result === 'Negative'),
	);

/** A call of somebody who names an allergy: the first of these made-up ones. */
const allergic = sampleCalls({ kind: 'inbound', count: 20, seed: 5, language: 'en' })
	.map(({ event }) => event)
	.find(({ event_data }) =>
		event_data.collect_targets.some(
			({ question = '', result = '' }) => question.includes('allergies') && result !== '',
		),
	);

/** @param {string} number the last digits @param {string} time @param {string | null} answer null: missed */
const callOfTask = (number, time, answer) => ({
	sessionId: `task-${number}-${time}`,
	taskId: taskEnd.event_data.task_id,
	startAt: `2026-11-20 ${time}`,
	answerAt: answer === null ? '' : `2026-11-20 ${time}`,
	endAt: `2026-11-20 ${time}`,
	caller: '+12025550100',
	callee: `+1202555${number}`,
	direction: 'outbound',
	duration: 60,
	billsec: answer === null ? 0 : 45,
	recordFile: '',
	assistantVids: [2117],
	collect: [
		{
			vid: 2117,
			items: [{ question: 'Would you order again?', answer: answer ?? '', hit: Boolean(answer) }],
		},
	],
});

/** The calls of the task in VoiceFox's log: who answered, who never did, and who did not say whether to order again. */
export const callsOfTask = [
	callOfTask('0171', '14:01:00', 'Yes'),
	callOfTask('0172', '14:02:00', null),
	callOfTask('0172', '15:02:00', null),
	callOfTask('0173', '14:03:00', null),
	callOfTask('0173', '15:03:00', ''),
	callOfTask('0174', '14:04:00', ''),
	callOfTask('0174', '15:04:00', 'No'),
];

const [english] = sampleCalls({ kind: 'outbound', count: 1, seed: 1, language: 'en', answers: 3 });

/** The event that the test of each example sends. @type {Record<string, any>} */
export const sampleOf = {
	'row-per-call-google-sheets': outbound,
	'hit-answers-to-slack': outbound,
	'missed-calls-to-slack': await sampleEvent('missed-call'),
	'lead-into-pipedrive': prospect,
	'call-summary-into-pipedrive': inbound,
	'survey-results-google-sheets': taskEnd,
	'who-still-needs-a-call': taskEnd,
	'low-mood-alert-telegram': unhappy,
	'calls-into-a-data-table': english?.event,
	'one-workflow-for-everything': allergic,
	'line-message': prospect,
	'lark-feishu-message': prospect,
	'wecom-message': prospect,
	'dingtalk-message': prospect,
	'kintone-record': prospect,
};

/** The event whose items are pinned to the trigger of each example, also of those that are tried elsewhere. @type {Record<string, any>} */
export const pinnedSampleOf = {
	...sampleOf,
	'archive-recordings': inbound,
	'without-duplicates': inbound,
	'hand-calls-to-other-workflows': inbound,
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
