import { SIZED_LISTS, type SentEvent } from './events';
import { isObject } from './values';

/**
 * What an event may hold. Each element of a list becomes an item that repeats the call's fields, so a small body
 * could otherwise become items that n8n has no memory for.
 */
export const SIZE = {
	/** Elements of all lists together. */
	elements: 20_000,
	/** The event's own fields, those beside `event_data` included; also the keys of `extra`, and an element's own fields. */
	fields: 1_000,
	/** Objects and lists in each other, `event_data` being the first. */
	levels: 500,
	/** Names and elements at every depth outside the lists. */
	names: 50_000,
	/**
	 * Elements of the lists times names outside, and what a task's question holds times its results: about how many values
	 * the items hold.
	 */
	values: 2_000_000,
};

/** The lists of an event, and all else that it holds. */
interface Parts {
	lists: unknown[][];
	others: unknown[];
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const fieldsIn = (value: unknown) => (isObject(value) ? Object.keys(value).length : 0);

const isSizedList = (name: string, value: unknown): value is unknown[] =>
	Array.isArray(value) && SIZED_LISTS.some(({ field }) => field === name);

function partsOf(eventData: unknown): Parts {
	if (!isObject(eventData)) return { lists: [], others: [eventData] };

	const entries = Object.entries(eventData);
	return {
		lists: entries.filter(([name, value]) => isSizedList(name, value)).map(([, list]) => list as unknown[]),
		others: entries.filter(([name, value]) => !isSizedList(name, value)).map(([, value]) => value),
	};
}

/** The elements of the event's lists, and of the lists in them. */
function* elementsIn(eventData: unknown): Generator<unknown> {
	if (!isObject(eventData)) return;

	for (const { field, inner } of SIZED_LISTS) {
		const list = eventData[field];
		for (const element of Array.isArray(list) ? (list as unknown[]) : []) {
			yield element;
			const own = inner !== undefined && isObject(element) ? element[inner] : null;
			if (Array.isArray(own)) yield* own as unknown[];
		}
	}
}

/** How many elements there are, and how many fields of its own one has at most, no further than there are too many. */
function elementSizes(eventData: unknown): { elements: number; widest: number } {
	let [elements, widest] = [0, 0];
	for (const element of elementsIn(eventData)) {
		if (++elements > SIZE.elements) break;
		widest = Math.max(widest, fieldsIn(element));
	}
	return { elements, widest };
}

/** How many values the results of the questions repeat: each question's own, at every depth, in each of its results. */
function repeatedIn(eventData: unknown): number {
	if (!isObject(eventData)) return 0;

	return SIZED_LISTS.flatMap(({ field, inner }) => {
		const list = eventData[field];
		if (inner === undefined || !Array.isArray(list)) return [];
		return list.filter(isObject).map(({ [inner]: results, ...own }) => {
			const copies = Array.isArray(results) ? results.length : 0;
			return copies === 0 ? 0 : copies * measure([own], SIZE.values).names;
		});
	}).reduce((sum, count) => sum + count, 0);
}

/**
 * Goes through values level by level, since the call stack ends before JSON does, and no further than a bound is passed.
 *
 * @param mostNames where counting ends
 */
function measure(values: unknown[], mostNames: number): { levels: number; names: number } {
	let level = values.filter(isContainer);
	let levels = 0;
	let names = 0;
	while (level.length > 0 && levels < SIZE.levels && names <= mostNames) {
		levels++;
		const next: object[] = [];
		for (const container of level) {
			const held: unknown[] = Array.isArray(container) ? container : Object.values(container);
			names += held.length;
			if (names > mostNames) break;
			for (const value of held) if (isContainer(value)) next.push(value);
		}
		level = next;
	}
	return { levels, names };
}

const grouped = (count: number) => count.toLocaleString('en-US');

const tooMany = (count: number, most: number, what: string) =>
	count > most ? `Too large: it has more than ${grouped(most)} ${what}` : null;

/**
 * Says why an event is too large to become items, before anything is validated or built.
 *
 * @returns a sentence that holds numbers and no value of the event; null when it is not too large
 */
export function sizeProblem({
	eventData,
	envelope,
}: Pick<SentEvent, 'eventData' | 'envelope'>): string | null {
	const fields = fieldsIn(eventData) + fieldsIn(envelope);
	const keys = Math.max(isObject(eventData) ? fieldsIn(eventData.extra) : 0, fieldsIn(envelope.extra));
	const { elements, widest } = elementSizes(eventData);
	const tooWide =
		tooMany(fields, SIZE.fields, 'fields') ??
		tooMany(keys, SIZE.fields, "keys in 'extra'") ??
		tooMany(elements, SIZE.elements, 'elements in its lists') ??
		tooMany(widest, SIZE.fields, 'fields in an element of its lists');
	if (tooWide !== null) return tooWide;

	const { lists, others } = partsOf(eventData);
	const outside = measure([...others, ...Object.values(envelope)], SIZE.names - fields);
	const names = fields + outside.names;
	const inside = measure(lists, Infinity);
	// `event_data` itself is the first level.
	return (
		tooMany(names, SIZE.names, 'names and values outside its lists') ??
		tooMany(1 + Math.max(outside.levels, inside.levels), SIZE.levels, 'levels in each other') ??
		tooMany(
			elements * names + repeatedIn(eventData),
			SIZE.values,
			'values: the elements of its lists times what it holds beside them',
		)
	);
}
