import type { SentEvent } from './events';
import { isObject } from './values';

/**
 * What an event may hold. Each element of a list becomes an item that repeats the call's fields, so a small body
 * could otherwise become items that n8n has no memory for.
 */
export const SIZE = {
	/** Elements of all lists together. */
	elements: 20_000,
	/** The event's own fields, those beside `event_data` included. */
	fields: 1_000,
	/** Elements times fields: about how many values the items hold. */
	values: 2_000_000,
};

/** The lists whose elements become items or columns; `results` is one inside each question of `task_overview`. */
const LISTS = ['collect_targets', 'conversation_analysis', 'assistant_infos', 'task_overview'] as const;

const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);

const fieldsIn = (value: unknown) => (isObject(value) ? Object.keys(value).length : 0);

function elementsIn(data: unknown): number {
	if (!isObject(data)) return 0;

	let count = 0;
	for (const name of LISTS) count += lengthOf(data[name]);
	// More than enough already: don't look into each question.
	if (count > SIZE.elements || !Array.isArray(data.task_overview)) return count;
	for (const question of data.task_overview) if (isObject(question)) count += lengthOf(question.results);
	return count;
}

const grouped = (count: number) => count.toLocaleString('en-US');

/**
 * Says why an event is too large to become items, before anything is validated or built.
 *
 * @returns a sentence that holds numbers and no value of the event; null when it is not too large
 */
export function sizeProblem({
	eventData,
	envelope,
}: Pick<SentEvent, 'eventData' | 'envelope'>): string | null {
	const elements = elementsIn(eventData);
	const fields = fieldsIn(eventData) + fieldsIn(envelope);
	if (elements > SIZE.elements) {
		return `Too large: its lists have more than ${grouped(SIZE.elements)} elements together`;
	}
	if (fields > SIZE.fields)
		return `Too large: it has ${grouped(fields)} fields, at most ${grouped(SIZE.fields)} are read`;
	if (elements * fields > SIZE.values) {
		return `Too large: its ${grouped(elements)} list elements times its ${grouped(fields)} fields are more than ${grouped(SIZE.values)}`;
	}
	return null;
}
