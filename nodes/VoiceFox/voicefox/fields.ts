import type { IDataObject } from 'n8n-workflow';

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
	const moved = Object.entries(fields).map(([name, value]) => {
		let free = name;
		while (isTaken(free) || (free !== name && kept.has(free))) free = prefix + free;
		if (free !== name) kept.add(free);
		return [free, value] as const;
	});
	// Unlike an assignment, fromEntries makes a field called `__proto__` a field like any other.
	return Object.fromEntries(moved);
}

/** Tells whether an ID was sent at all; Go leaves unset ones out, or sends null or "". */
export const isPresent = (id: unknown) => id !== undefined && id !== null && id !== '';

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

/**
 * A map from texts that may repeat, be blank or be called `__proto__` to values, for a table's columns.
 *
 * A blank text becomes `<blank> <place>` (its place in the list, from 1), a text used already the next
 * free "text (2)"; `__proto__` counts as used, because n8n drops a field of that name.
 *
 * @returns the key of each text, in order
 */
export function columnKeys(texts: ReadonlyArray<string | null | undefined>, blank: string): string[] {
	// Each key given so far, with the number that its next copy tries first.
	const used = new Map([['__proto__', 1]]);

	return texts.map((text, index) => {
		const wanted = text === null || text === undefined || text.trim() === '' ? `${blank} ${index + 1}` : text;
		let number = used.get(wanted);
		if (number === undefined) {
			used.set(wanted, 2);
			return wanted;
		}
		while (used.has(`${wanted} (${number})`)) number++;
		const key = `${wanted} (${number})`;
		used.set(wanted, number + 1).set(key, 2);
		return key;
	});
}
