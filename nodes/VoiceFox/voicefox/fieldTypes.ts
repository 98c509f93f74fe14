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

const exactNumber = z.number().refine(isExact, 'Too large to be exact (integers end at 2^53 - 1)');

const filledText = z.string().refine((text) => text !== '', 'Expected a text that is not empty');

const tolerantText = z.preprocess(numberToText, z.string().nullish());

export const tolerant: FieldTypes = {
	identifier: z.preprocess(numberToText, filledText),
	number: z.preprocess(toNumber, exactNumber),
	text: tolerantText,
	integer: z.preprocess(toNumber, exactNumber.nullish()),
	flag: z.preprocess(toFlag, z.boolean().nullish()),
	choice: () => tolerantText,
	list: (element) => z.preprocess(absentToList, z.array(element)),
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
	list: (element) => z.array(element),
	group: (fields) => fields,
	variables: object,
};
