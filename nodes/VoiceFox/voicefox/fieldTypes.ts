import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';

import { isExact, isObject, isPresent, textToNumber } from './values';

/** How strictly each documented type is read. `strict` is the document, `tolerant` what a Go server may send. */
export interface FieldTypes {
	/** A non-empty string that names a call. */
	identifier: z.ZodType<string>;
	/** An integer that may not be missing. */
	number: z.ZodType<number>;
	text: z.ZodType<string | null | undefined>;
	integer: z.ZodType<number | null | undefined>;
	flag: z.ZodType<boolean | null | undefined>;
	/** One of a few words. */
	choice: (words: readonly [string, ...string[]]) => z.ZodType<string | null | undefined>;
	list: <T>(element: z.ZodType<T>) => z.ZodType<T[]>;
	group: <T>(fields: z.ZodType<T>) => z.ZodType<T | null | undefined>;
	/** An object with free keys and values; a call log of the REST API has none. */
	variables: z.ZodType<IDataObject | undefined>;
}

const object = z.custom<IDataObject>(isObject, 'Invalid input: expected object');

const numberToText = (value: unknown) =>
	typeof value === 'number' && isExact(value) ? String(value) : value;

const emptyToNull = (value: unknown) => (value === '' ? null : value);

const FLAGS = new Map<unknown, boolean>([
	['true', true],
	['1', true],
	[1, true],
	['false', false],
	['0', false],
	[0, false],
]);

const toFlag = (value: unknown) => FLAGS.get(value) ?? emptyToNull(value);
const toNumber = (value: unknown) => textToNumber(emptyToNull(value));

const absentToList = (value: unknown) => (isPresent(value) ? value : []);
const absentToVariables = (value: unknown) =>
	!isPresent(value) || (Array.isArray(value) && value.length === 0) ? {} : value;

const exactNumber = z
	.number()
	.refine(isExact, 'Too large to be exact (the largest exact integer is 2^53 - 1)');

const filledText = z.string().refine((text) => text !== '', 'Expected non-empty text');

/** How many elements are read before their issues are looked at. */
const ELEMENTS_AT_ONCE = 100;

/**
 * A list that is read only as far as the first elements that are wrong: an issue costs zod many times what an
 * element costs that is right, and a list of 20,000 can have 100,000 of them.
 */
function listOf<T>(element: z.ZodType<T>): z.ZodType<T[]> {
	const list = z.array(element);
	return z.unknown().transform((value, context) => {
		const read: T[][] = [];
		for (const [start, part] of partsOf(value)) {
			const { success, data, error } = list.safeParse(part);
			if (!success) {
				for (const { path, message } of error.issues) {
					const [index, ...rest] = path;
					const place = typeof index === 'number' ? [start + index, ...rest] : path;
					context.addIssue({ code: 'custom', path: place, message });
				}
				return z.NEVER;
			}
			read.push(data);
		}
		return read.length === 1 ? read[0]! : read.flat();
	});
}

/**
 * The same as a plain question, whose answer is that the list matches or that it does not: zod then makes no
 * messages for issues that nobody reads.
 */
function exactListOf<T>(element: z.ZodType<T>): z.ZodType<T[]> {
	const matching = z.union([z.array(element), z.unknown()]);
	return z.custom<T[]>(
		(value) => Array.isArray(value) && partsOf(value).every(([, part]) => matching.parse(part) !== part),
	);
}

/** A value in parts, each with the place at which it begins; what is no list, or a short one, as it is. */
function partsOf(value: unknown): Array<[number, unknown]> {
	if (!Array.isArray(value) || value.length <= ELEMENTS_AT_ONCE) return [[0, value]];

	const total = Math.ceil(value.length / ELEMENTS_AT_ONCE);
	return Array.from({ length: total }, (_, part) => {
		const start = part * ELEMENTS_AT_ONCE;
		return [start, value.slice(start, start + ELEMENTS_AT_ONCE)];
	});
}

const tolerantText = z.preprocess(numberToText, z.string().nullish());

export const tolerant: FieldTypes = {
	identifier: z.preprocess(numberToText, filledText),
	number: z.preprocess(toNumber, exactNumber),
	text: tolerantText,
	integer: z.preprocess(toNumber, exactNumber.nullish()),
	flag: z.preprocess(toFlag, z.boolean().nullish()),
	choice: () => tolerantText,
	list: (element) => z.preprocess(absentToList, listOf(element)),
	group: (fields) => z.preprocess(emptyToNull, fields.nullish()),
	variables: z.preprocess(absentToVariables, object),
};

export const strict: FieldTypes = {
	identifier: filledText,
	number: z.int(),
	text: z.string(),
	integer: z.int(),
	flag: z.boolean(),
	choice: (words) => z.enum(words),
	list: listOf,
	group: (fields) => fields,
	variables: object,
};

/** What is right by `strict`, for a look at whether something is: it has no good issues. */
export const exact: FieldTypes = { ...strict, list: exactListOf };
