// @ts-check
import { sampleEvent } from '../../../scripts/lib/project.mjs';

export const inbound = await sampleEvent('inbound-analysis');
export const outbound = await sampleEvent('outbound-analysis');
export const callEnded = await sampleEvent('call-ended');
export const missedCall = await sampleEvent('missed-call');
export const taskEnd = await sampleEvent('task-end');

/**
 * A sample with other values in its `event_data`.
 * @param {any} event
 * @param {object} changes
 */
export const changed = (event, changes) => ({ ...event, event_data: { ...event.event_data, ...changes } });

/**
 * The call's fields as every item of an analysis event carries them: `event_name`, then `event_data` without its lists and
 * with names that n8n's expressions accept.
 * @param {any} event
 */
export function callFields({ event_name, event_data }) {
	const { collect_targets, conversation_analysis, ...fields } = event_data;
	return { event_name, ...renamed(fields) };
}

/**
 * Fields under names that n8n's expressions accept.
 * @param {object} fields
 */
export const renamed = (fields) =>
	Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name === 'caller' || name === 'callee' ? `${name}_number` : name,
			value,
		]),
	);

/**
 * The item of the output Call.
 * @param {any} event
 */
export function callItem(event) {
	const answers = event.event_data.collect_targets;
	const hits = answers.filter((/** @type {{ hit: boolean }} */ { hit }) => hit);
	return { ...callFields(event), answers_total: answers.length, answers_hit: hits.length };
}

/**
 * The items of the output Answers.
 * @param {any} event
 * @returns {any[]}
 */
export const answerItems = (event) =>
	event.event_data.collect_targets.map((/** @type {object} */ answer) => ({
		...answer,
		...callFields(event),
	}));

/**
 * The items of the output Analysis.
 * @param {any} event
 * @returns {any[]}
 */
export const analysisItems = (event) =>
	event.event_data.conversation_analysis.map((/** @type {object} */ topic) => ({
		...topic,
		...callFields(event),
	}));
