// @ts-check
// VoiceFox's events as a sender has them, and what a user gets of them by docs/reference.md: written here once more, and not
// taken from the nodes' source.
import { sampleEvent } from '../../scripts/lib/project.mjs';

export const inbound = await sampleEvent('inbound-analysis');
export const outbound = await sampleEvent('outbound-analysis');
export const callEnded = await sampleEvent('call-ended');
export const missedCall = await sampleEvent('missed-call');
export const taskEnd = await sampleEvent('task-end');

const HEAD = ['session_id', 'start_at', 'direction', 'caller_number', 'callee_number', 'billsec'];

/**
 * A sample with other values in its `event_data`.
 * @param {any} event
 * @param {object} changes
 */
export const changed = (event, changes) => ({ ...event, event_data: { ...event.event_data, ...changes } });

/**
 * A sample as one of another call.
 * @param {string} sessionId
 * @param {any} [event]
 */
export const eventOf = (sessionId, event = inbound) => changed(event, { session_id: sessionId });

/**
 * The call's fields as every item of its event carries them.
 * @param {any} event
 * @returns {Record<string, any>}
 */
export function callFields({ event_name, event_data }) {
	const { collect_targets, conversation_analysis, caller, callee, ...others } = event_data;
	const fields = { ...others, caller_number: caller, callee_number: callee };
	const head = HEAD.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]);
	return { event_name, ...Object.fromEntries(head), ...fields };
}

/** The item of the output Call. @param {any} event @returns {Record<string, any>} */
export function callItem(event) {
	const { collect_targets: answers } = event.event_data;
	const hits = answers.filter((/** @type {any} */ { hit }) => hit === true);
	return { ...callFields(event), answers_total: answers.length, answers_hit: hits.length };
}

/** @param {any} event @param {'collect_targets' | 'conversation_analysis'} list @returns {any[]} */
const itemsOf = (event, list) =>
	event.event_data[list].map((/** @type {object} */ each) => ({ ...each, ...callFields(event) }));

/** The items of each output of an analysis, in the form `separate`. @param {any} event @returns {any[][]} */
export const outputsOf = (event) => [
	[callItem(event)],
	itemsOf(event, 'collect_targets'),
	itemsOf(event, 'conversation_analysis'),
];
