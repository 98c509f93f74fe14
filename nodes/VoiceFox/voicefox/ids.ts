import { isPresent, objectsIn, textIn } from './values';

/** An ID that can be used, or why not. */
export type ReadId = { id: string } | { unusable: 'empty' | 'malformed'; text: string };

/** A list's IDs in the order given, and what in it is not an ID. */
export interface ReadIds {
	ids: string[];
	unreadable: string[];
}

/** No ID is longer; what is longer is neither normalized nor looked at. */
const MAX_LENGTH = 200;

/** How much of a text that is not an ID is shown again. */
const SHOWN_LENGTH = 40;

/** Commas of any width, and white space (the ideographic space included). */
const SEPARATORS = /[\s,，﹐、﹑､]+/;

const isWholeNumber = (entry: unknown): entry is string => typeof entry === 'string' && /^\d+$/.test(entry);

const isIdType = (value: unknown) => ['string', 'number', 'bigint'].includes(typeof value);

/** Full-width digits become plain ones. */
const normalized = (text: string) => (text.length > MAX_LENGTH ? text : text.normalize('NFKC'));

/** An ID as a user lists it, and "" for what is none. */
export const idText = textIn;

/** The IDs in an event's `assistant_infos`; an assistant that is known by its version only has none. */
export const assistantIdsIn = (infos: unknown): string[] =>
	objectsIn(infos)
		.map(({ assistant_id: id }) => idText(id))
		.filter((id) => id !== '');

const shown = (value: unknown) => (isIdType(value) ? String(value).slice(0, SHOWN_LENGTH) : typeof value);

/**
 * Reads the IDs of tasks or assistants as a user or an expression lists them: separated by commas (also `、` and
 * `，`) or white space, with plain or full-width digits, as a number, or as an array of all these.
 *
 * @returns the IDs, none for an empty value; what is not a whole number (null in an array, too) comes back as unreadable,
 *   shortened
 */
export function idsIn(value: unknown): ReadIds {
	const listed = Array.isArray(value) ? (value as unknown[]) : [value].filter(isPresent);
	const entries = listed.flatMap((entry) =>
		isIdType(entry) ? String(entry).split(SEPARATORS).filter(isPresent).map(normalized) : [entry],
	);
	return {
		ids: entries.filter(isWholeNumber),
		unreadable: entries.filter((entry) => !isWholeNumber(entry)).map(shown),
	};
}

/** Half of a surrogate pair, which no URL can hold. */
const HALF_CHARACTER = /\p{Surrogate}/u;

/** A call's ID as text, trimmed. What would lead a URL to another place (`.`, `..`), or cannot stand in one, is malformed. */
export function sessionIdIn(value: unknown): ReadId {
	const id = textIn(value).trim();
	if (id === '') return { unusable: 'empty', text: '' };
	const isLost = id === '.' || id === '..' || HALF_CHARACTER.test(id);
	if (isLost || id.length > MAX_LENGTH) return { unusable: 'malformed', text: shown(id) };

	return { id };
}

/** The ID of one task or assistant: a whole number above 0. */
export function numberIdIn(value: unknown): ReadId {
	const { ids, unreadable } = idsIn(value);
	const [id] = ids;
	if (id === undefined && unreadable.length === 0) return { unusable: 'empty', text: '' };
	if (id === undefined || ids.length + unreadable.length > 1 || !/^[1-9]/.test(id)) {
		return { unusable: 'malformed', text: [...ids, ...unreadable].join(', ').slice(0, SHOWN_LENGTH) };
	}
	return { id };
}
