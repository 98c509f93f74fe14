import type { IDataObject } from 'n8n-workflow';

import { isPresent } from './values';

/**
 * Gives way: returns `fields` with every name that `owner` has too moved to `<prefix><name>` (the prefix
 * again while that is taken as well), so that no field is lost. The order stays.
 *
 * @returns the very object given when no name is taken
 */
export function givingWay(fields: IDataObject, owner: IDataObject, prefix: string): IDataObject {
	if (!Object.keys(owner).some(has(fields))) return fields;

	const isTaken = has(owner);
	const kept = new Set(Object.keys(fields).filter((name) => !isTaken(name)));
	const moved: IDataObject = {};
	for (const name of Object.keys(fields)) {
		let free = name;
		while (isTaken(free) || (free !== name && kept.has(free))) free = prefix + free;
		if (free !== name) kept.add(free);
		setField(moved, free, fields[name]);
	}
	return moved;
}

/**
 * Sets a field of an object, also one called `__proto__`, which an assignment would make its prototype. An object made
 * field by field this way is made faster than by `Object.fromEntries`, which counts where it happens for each event.
 */
export function setField(fields: IDataObject, name: string, value: IDataObject[string]) {
	if (name !== '__proto__') fields[name] = value;
	else Object.defineProperty(fields, name, { value, configurable: true, enumerable: true, writable: true });
}

/** Tells whether `fields` has a field of its own of that name. */
export const has = (fields: IDataObject) => (name: string) => Object.hasOwn(fields, name);

/** Tells whether an object has fields of these names, in this order, and no others. */
export function hasNames(fields: IDataObject, names: string[]): boolean {
	let index = 0;
	for (const name in fields) if (name !== names[index++]) return false;
	return index === names.length;
}

/** Those of the named fields that are there, in the order named. */
export const picked = (fields: IDataObject, names: string[]): IDataObject =>
	Object.fromEntries(names.filter(has(fields)).map((name) => [name, fields[name]]));

/** `first`, then the fields of `second`; where both have one name, the second's moves to `<prefix><name>`. */
export function joined(first: IDataObject, second: IDataObject, prefix: string): IDataObject {
	if (Object.keys(second).length === 0) return first;
	if (Object.keys(first).length === 0) return second;
	return { ...first, ...givingWay(second, first, prefix) };
}

/** Texts for a table's columns: a blank one becomes `<blank> <place>`, its place in the list from 1. */
export const filledTexts = (texts: ReadonlyArray<string | null | undefined>, blank: string): string[] =>
	texts.map((text, index) => (isPresent(text?.trim()) ? text! : `${blank} ${index + 1}`));

/**
 * Keys for texts that may repeat or be called `__proto__`: a text used already gets the next free "text (2)".
 * `__proto__` counts as used once, because n8n drops a field of that name.
 *
 * @param taken names that no text may have
 * @returns the key of each text, in order
 */
export function uniqueKeys(texts: readonly string[], taken: Iterable<string> = []): string[] {
	// Each key given so far, with the number that its next duplicate tries first.
	const used = new Map([['__proto__', 1]]);
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
