// @ts-check
import { callEnded, changed, inbound } from '../../e2e/support/events.mjs';
import { ALL_EVENTS } from '../../support/workflows.mjs';
import { ACCEPTED } from './load.mjs';

export { ACCEPTED, ALL_EVENTS as everyEvent, callEnded, changed, inbound };

let calls = 0;

/**
 * An analysis event of a call of its own.
 * @param {object} [changes]
 */
export const newCall = (changes = {}) => changed(inbound, { session_id: `call-${++calls}`, ...changes });

/**
 * The same value with all keys in reverse order.
 * @param {any} value
 * @returns {any}
 */
export function reversed(value) {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([name, inner]) => [name, reversed(inner)]),
	);
}

/**
 * @template T
 * @param {number} count
 * @param {(place: number) => T} make
 * @returns {T[]}
 */
export const times = (count, make) => Array.from({ length: count }, (_, place) => make(place));

/**
 * How often each answer was given.
 * @param {(string | number)[]} answers
 */
export function counted(answers) {
	/** @type {Record<string, number>} */
	const counts = {};
	for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
	return counts;
}

/**
 * Counts the executions that something adds.
 * @param {import('./instance.mjs').Trigger} trigger
 * @param {() => Promise<unknown>} action
 */
export async function executionsAddedBy(trigger, action) {
	const before = await trigger.executions();
	await action();
	return (await trigger.executions()) - before;
}
