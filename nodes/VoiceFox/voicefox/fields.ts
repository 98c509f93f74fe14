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
	const kept = new Set(Object.keys(fields));
	const moved: IDataObject = {};
	for (const name of Object.keys(fields)) {
		let free = name;
		while (isTaken(free) || (free !== name && kept.has(free))) free = prefix + free;
		kept.add(free);
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

/** Those of the named fields that are there, in the order named. */
export const picked = (fields: IDataObject, names: readonly string[]): IDataObject =>
	Object.fromEntries(names.filter(has(fields)).map((name) => [name, fields[name]]));

/** `first`, then the fields of `second`; where both have one name, the second's moves to `<prefix><name>`. */
export function joined(first: IDataObject, second: IDataObject, prefix: string): IDataObject {
	if (Object.keys(second).length === 0) return first;
	if (Object.keys(first).length === 0) return second;
	return { ...first, ...givingWay(second, first, prefix) };
}
