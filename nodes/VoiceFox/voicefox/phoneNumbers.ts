import type { IDataObject } from 'n8n-workflow';

import { givingWay, setField } from './fields';

/** n8n's expressions refuse the names `caller` and `callee` (n8n-workflow's list of unsafe properties). */
const USABLE_NAMES = new Map([
	['caller', 'caller_number'],
	['callee', 'callee_number'],
]);

/** Longer than any phone number, with its spaces and brackets. */
const LONGEST_NUMBER = 200;

/**
 * Fields under names that can be dragged into an expression: `caller` becomes `caller_number`, and `callee`
 * `callee_number`, in place. A field that has such a name already moves to `voicefox_<name>`.
 *
 * @param fields an event's, an answer's or a call log's
 * @returns the very object given when there is nothing to rename
 */
export function withUsableNames(fields: IDataObject): IDataObject {
	const added: IDataObject = {};
	for (const [name, usable] of USABLE_NAMES) {
		if (Object.hasOwn(fields, name)) added[usable] = null;
	}
	if (Object.keys(added).length === 0) return fields;

	const others = givingWay(fields, added, 'voicefox_');
	const usable: IDataObject = {};
	for (const name of Object.keys(others)) setField(usable, USABLE_NAMES.get(name) ?? name, others[name]);
	return usable;
}

/** The comma of Chinese and Japanese keyboards counts as one; white space is a part of a number. */
const SEPARATORS = /[\r\n,，﹐、﹑､]+/;

/** Phone numbers as a user lists them: separated by commas or line breaks, as a number, or as a list of these. */
export function phoneNumbersIn(value: string | number | Array<string | number>): string[] {
	if (Array.isArray(value)) return value.flatMap(phoneNumbersIn);
	return String(value)
		.split(SEPARATORS)
		.filter((entry) => entry.trim() !== '');
}

/**
 * The digits by which two phone numbers are compared: width, spaces, `-`, `.`, brackets and a leading `+` or `00`
 * don't count.
 *
 * @returns "" for what is no phone number, e.g. a withheld one
 */
export function phoneDigits(number: unknown): string {
	if (typeof number !== 'string' && typeof number !== 'number') return '';

	const digits = String(number).slice(0, LONGEST_NUMBER).normalize('NFKC').replace(/\D/g, '');
	return digits.replace(/^00/, '');
}
