import type { IDataObject } from 'n8n-workflow';

import { givingWay, has, setField } from '../voicefox/fields';
import { SIZE } from '../voicefox/size';
import { isObject, textIn } from '../voicefox/values';

/** What people look for in every call gets names of its own, in place of two that n8n's expressions refuse. */
const NUMBERS = new Map([
	['caller', 'caller_number'],
	['callee', 'callee_number'],
]);

/**
 * The names that n8n's expressions refuse: n8n-workflow's `isSafeObjectProperty` of n8n 2.41. A list of our own, since
 * that of older versions is shorter: a column should not change its name with an update of n8n.
 */
export const REFUSED_NAMES: ReadonlySet<string> = new Set([
	'__proto__',
	'prototype',
	'constructor',
	'getPrototypeOf',
	'setPrototypeOf',
	'getOwnPropertyDescriptor',
	'getOwnPropertyDescriptors',
	'defineProperty',
	'defineProperties',
	'mainModule',
	'binding',
	'_linkedBinding',
	'_load',
	'prepareStackTrace',
	'__lookupGetter__',
	'__lookupSetter__',
	'__defineGetter__',
	'__defineSetter__',
	'caller',
	'callee',
	'arguments',
	'getBuiltinModule',
	'dlopen',
	'execve',
	'loadEnvFile',
]);

const LINE_BREAK = /[\r\n\u2028\u2029]/;
const UNUSABLE = /[\r\n\u2028\u2029\\]|\{\{|\}\}/;

/**
 * A name without what n8n's editor writes no usable path to: a line break and the white space around it become one space,
 * `\` becomes `/`, `{{` and `}}` become `{` and `}`.
 */
export const draggableText = (name: string): string =>
	UNUSABLE.test(name)
		? name
				.replace(/\s+/g, (space) => (LINE_BREAK.test(space) ? ' ' : space))
				.replaceAll('\\', '/')
				.replace(/\{{2,}/g, '{')
				.replace(/\}{2,}/g, '}')
		: name;

const isDraggable = (name: string) => !REFUSED_NAMES.has(name) && !UNUSABLE.test(name);

/** `caller` becomes `caller_number`, and `callee` `callee_number`; a field called so already moves to `voicefox_<name>`. */
function withNumbers(fields: IDataObject): IDataObject {
	const added: IDataObject = {};
	for (const [name, usable] of NUMBERS) if (has(fields)(name)) added[usable] = null;
	if (Object.keys(added).length === 0) return fields;

	const renamed: IDataObject = {};
	const others = givingWay(fields, added, 'voicefox_');
	for (const name of Object.keys(others)) setField(renamed, NUMBERS.get(name) ?? name, others[name]);
	return renamed;
}

/** Fields whose own names can be dragged; the very object given when they can already. */
function withDraggableNames(fields: IDataObject): IDataObject {
	const numbered = withNumbers(fields);
	const names = Object.keys(numbered);
	if (names.every(isDraggable)) return numbered;

	const renamed = names.filter((name) => !isDraggable(name));
	const keys = uniqueKeys(renamed.map(draggableText), names.filter(isDraggable));
	const keyOf = new Map(renamed.map((name, index) => [name, keys[index]!]));
	return Object.fromEntries(names.map((name) => [keyOf.get(name) ?? name, numbered[name]]));
}

/**
 * Whatever was sent, with every name in it, at every depth, as one that can be dragged into an expression.
 *
 * @returns the very value given when nothing had to be renamed
 */
export function draggable<T>(value: T, depth = 0): T {
	// No event is nested more deeply; what VoiceFox's API sends is left as it is below.
	if (depth > SIZE.levels) return value;
	if (Array.isArray(value)) {
		const list = value.map((element: unknown) => draggable(element, depth + 1));
		return list.some((element, index) => element !== value[index]) ? (list as T) : value;
	}
	return isObject(value) ? (draggableFields(value, depth) as T) : value;
}

function draggableFields(fields: IDataObject, depth: number): IDataObject {
	const named = withDraggableNames(fields);
	let result = named;
	for (const name of Object.keys(named)) {
		const value = named[name];
		const renamed = typeof value === 'object' && value !== null ? draggable(value, depth + 1) : value;
		if (renamed === value) continue;
		if (result === fields) result = { ...fields };
		result[name] = renamed;
	}
	return result;
}

/** Texts for a table's columns: a blank one, and what is no text, becomes `<blank> <place>`, its place in the list from 1. */
export const filledTexts = (texts: readonly unknown[], blank: string): string[] =>
	texts
		.map(textIn)
		.map((text, index) => (text.trim() === '' ? `${blank} ${index + 1}` : draggableText(text)));

/**
 * Keys for texts that may repeat: a text used already gets the next free "text (2)". A name that n8n's expressions refuse
 * counts as used once: it gets "text (1)".
 *
 * @param taken names that no text may have
 * @returns the key of each text, in order
 */
export function uniqueKeys(texts: readonly string[], taken: Iterable<string> = []): string[] {
	// Each key given so far, with the number that its next duplicate tries first.
	const used = new Map<string, number>();
	for (const name of REFUSED_NAMES) used.set(name, 1);
	for (const name of taken) used.set(name, 2);

	return texts.map((text) => {
		let number = used.get(text);
		if (number === undefined) {
			used.set(text, 2);
			return text;
		}
		while (used.has(`${text} (${number})`)) number++;
		const key = `${text} (${number})`;
		used.set(text, number + 1).set(key, 2);
		return key;
	});
}
