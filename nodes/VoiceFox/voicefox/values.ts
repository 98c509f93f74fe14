import type { IDataObject } from 'n8n-workflow';

/** Tells an object from a list and from null. */
export const isObject = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects in a list; none in what is no list. */
export const objectsIn = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];

/** Tells whether something was sent at all: VoiceFox (Go) leaves unset values out, or sends null or "". */
export const isPresent = (value: unknown) => value !== undefined && value !== null && value !== '';

/** A number is exact when it is finite and not an integer beyond 2^53 - 1. */
export const isExact = (value: number) =>
	Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

/** Converts only what converts back to the same text: "007" or "1e3" are left as they are. */
export function textToNumber(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const number = Number(value);
	return isExact(number) && String(number) === value ? number : value;
}

/** Tells whether a value is the text of an integer, of any length: one beyond 2^53 - 1 comes as its text. */
export const isIntegerText = (value: unknown): value is string =>
	typeof value === 'string' && /^(0|-?[1-9]\d*)$/.test(value);

/** A text, or a number as one; "" for all else. Events may send anything, even what `String` throws on. */
export const textIn = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The JSON text of a value that was sent; null when it is nested more deeply than the call stack. */
export function jsonText(value: unknown): string | null {
	try {
		return JSON.stringify(value);
	} catch {
		return null;
	}
}

/** So much of a text is compared; normalizing more of it could keep n8n busy for seconds. */
const COMPARED_LENGTH = 1_000;

/**
 * The form in which texts that a user types are compared with VoiceFox's: width, case, outer white space, the kind and
 * length of inner white space (line breaks too) and of quotation marks don't count.
 */
export const comparable = (text: string) =>
	text
		.slice(0, COMPARED_LENGTH)
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[‘’‚‛]/g, "'")
		.replace(/[“”„‟]/g, '"')
		.replace(/\s+/g, ' ')
		.trim();

/**
 * How long a call was connected, in the unit of VoiceFox's `billsec`: 0 for a missed call. What was sent may be anything:
 * `"07"` is a number too, all that is none is 0.
 */
export function talkTime({ billsec }: IDataObject): number {
	const seconds =
		typeof billsec === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(billsec) ? Number(billsec) : billsec;
	return typeof seconds === 'number' ? seconds : 0;
}
