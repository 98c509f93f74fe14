import { z } from 'zod/v4';

import { DOCUMENTED, type DocumentedFields, type FieldType } from './documented';
import type { Issue } from './events';
import { isObject } from './values';

/** How many elements are read before their issues are looked at. */
const ELEMENTS_AT_ONCE = 100;

/** A list in parts, each with the place at which it begins; what is no list, as it is. */
function partsOf(value: unknown): Array<[number, unknown]> {
	if (!Array.isArray(value)) return [[0, value]];

	const total = Math.ceil(value.length / ELEMENTS_AT_ONCE);
	return Array.from({ length: total }, (_, part) => {
		const start = part * ELEMENTS_AT_ONCE;
		return [start, value.slice(start, start + ELEMENTS_AT_ONCE)];
	});
}

/**
 * A list that is read only as far as the first elements that are wrong: an issue costs zod many times what an
 * element costs that is right, and a list of 20,000 can have 100,000 of them.
 */
function listOf(element: z.ZodType): z.ZodType {
	const list = z.array(element);
	return z.unknown().superRefine((value, context) => {
		for (const [start, part] of partsOf(value)) {
			const { error } = list.safeParse(part);
			if (error === undefined) continue;

			for (const { path, message } of error.issues) {
				const [index, ...rest] = path;
				const place = typeof index === 'number' ? [start + index, ...rest] : path;
				context.addIssue({ code: 'custom', path: place, message });
			}
			return;
		}
	});
}

const PLAIN = {
	sessionId: z.string().refine((text) => text.trim() !== '', 'Expected text that is not blank'),
	taskId: z.int(),
	text: z.string(),
	integer: z.int(),
	flag: z.boolean(),
	variables: z.custom(isObject, 'Invalid input: expected object'),
};

function schemaOf(type: FieldType): z.ZodType {
	if (typeof type === 'string') return PLAIN[type];
	if ('words' in type) return z.enum(type.words);
	return 'list' in type ? listOf(objectOf(type.list)) : objectOf(type.group);
}

const objectOf = (fields: DocumentedFields) =>
	z.object(Object.fromEntries(Object.entries(fields).map(([name, type]) => [name, schemaOf(type)])));

/** Made once, when n8n loads the node. */
const SCHEMAS = Object.fromEntries(
	Object.entries(DOCUMENTED).map(([shape, fields]) => [shape, objectOf(fields)]),
) as Record<keyof typeof DOCUMENTED, ReturnType<typeof objectOf>>;

/** Where `event_data` is not exactly what VoiceFox documents: nowhere, or some of the places that come first. */
export function strictIssues(eventData: unknown, shape: keyof typeof SCHEMAS): Issue[] {
	const issues = SCHEMAS[shape].safeParse(eventData).error?.issues ?? [];
	return issues.map(({ path, message }) => ({ path: ['event_data', ...path].join('.'), message }));
}
