import type { IDisplayOptions, INode, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod/v4';

import type { EventChoice } from '../voicefox/events';

/** What the user set, or the label of the setting that cannot be read. */
export type Reading<T> = { readable: true; value: T } | { readable: false; label: string };

/** A setting in one place: what the editor shows of it, and what comes of it at run time. */
export interface Setting<Name extends string = string, T = unknown> {
	property: INodeProperties & { name: Name };
	/** What counts while the user has not added it, or the editor hides it. */
	unset: T;
	/** Of a value with its expressions resolved. */
	read: (value: unknown) => Reading<T>;
	/** The events it applies to; all unless given. */
	events?: readonly EventChoice[];
	/** A collection's entries. */
	entries?: readonly Setting[];
}

/** The same setting for some events only. */
export const forEvents = <T extends Setting>(events: readonly EventChoice[], setting: T): T => ({
	...setting,
	events,
});

/** The values of some settings by their names. */
export type ValuesOf<Settings extends readonly Setting[]> = {
	[Each in Settings[number] as Each['property']['name']]: Each['unset'];
};

/**
 * A setting whose value a schema checks and converts. Null and undefined are never a value: an expression came to nothing.
 *
 * @param unset what counts while it is not set, as the schema takes it; the editor's default unless given
 */
export function setting<const Name extends string, Schema extends z.ZodType>(
	property: INodeProperties & { name: Name },
	schema: Schema,
	unset: unknown = property.default,
): Setting<Name, z.output<Schema>> {
	const parsedUnset = schema.parse(unset);
	const isDefault = isEmptyObject(property.default) ? isEmptyObject : () => false;
	return {
		property,
		unset: parsedUnset,
		read: (value) => {
			// Most users leave it as it is, and then there is nothing to check again for each event.
			if (isDefault(value)) return { readable: true, value: parsedUnset };

			const parsed = value === null ? undefined : schema.safeParse(value);
			return parsed?.success
				? { readable: true, value: parsed.data }
				: { readable: false, label: property.displayName };
		},
	};
}

const isEmptyObject = (value: unknown) =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

type Choices<Value extends string> = ReadonlyArray<Omit<INodePropertyOptions, 'value'> & { value: Value }>;

/** A setting with one of a few values; the first is the default. */
export function choice<const Name extends string, const Value extends string>(
	property: Omit<INodeProperties, 'type' | 'default' | 'options'> & { name: Name; options: Choices<Value> },
	unset?: NoInfer<Value>,
): Setting<Name, Value> {
	const values = property.options.map(({ value }) => value);
	const options = [...property.options];
	return setting({ ...property, type: 'options', default: values[0]!, options }, z.enum(values), unset);
}

/** A setting with any of a few values. */
export function choices<const Name extends string, const Value extends string>(
	property: Omit<INodeProperties, 'type' | 'default' | 'options'> & {
		name: Name;
		default: Value[];
		options: Choices<Value>;
	},
): Setting<Name, Value[]> {
	const values = property.options.map(({ value }) => value);
	const options = [...property.options];
	return setting({ ...property, type: 'multiOptions', options }, z.array(z.enum(values)));
}

/** A collection of settings, each of which the user may add. */
export function collection<const Name extends string, const Settings extends readonly Setting[]>(
	property: Omit<INodeProperties, 'type' | 'default' | 'options'> & { name: Name },
	settings: Settings,
): Setting<Name, ValuesOf<Settings>> {
	const unset = Object.fromEntries(settings.map((each) => [each.property.name, each.unset]));
	const options = settings.map((each) => each.property);

	function read(added: unknown): Reading<Record<string, unknown>> {
		if (typeof added !== 'object' || added === null) return { readable: false, label: property.displayName };

		if (isEmptyObject(added)) return { readable: true, value: unset };
		return readSettings(settings, (name) => ownValue(added, name));
	}
	return {
		property: { ...property, type: 'collection', default: {}, options },
		unset: unset as ValuesOf<Settings>,
		entries: settings,
		read: read as (value: unknown) => Reading<ValuesOf<Settings>>,
	};
}

/**
 * What the editor shows of settings.
 *
 * @param shownFor when a setting is shown that applies to some events only; left out, all are always shown
 */
export const propertiesOf = (
	settings: readonly Setting[],
	shownFor?: (events: readonly EventChoice[]) => IDisplayOptions,
): INodeProperties[] =>
	settings.map(({ property, events, entries }) => ({
		...property,
		...(events && shownFor ? { displayOptions: shownFor(events) } : {}),
		...(entries ? { options: propertiesOf(entries, shownFor) } : {}),
	}));

/** An own field's value, null where it has none; undefined where there is no such field. */
const ownValue = (fields: object, name: string): unknown =>
	Object.hasOwn(fields, name) ? (fields[name as keyof typeof fields] ?? null) : undefined;

/**
 * Reads what the user set into one typed object.
 *
 * @param valueOf gives a setting's value by its name (a collection's entry by `<collection>.<entry>`), expressions
 *   resolved: undefined when it is not set, null when its expression came to nothing. It may throw (a bad expression)
 * @returns the values, or the label of the first setting that cannot be read
 */
export function readSettings<const Settings extends readonly Setting[]>(
	settings: Settings,
	valueOf: (name: string) => unknown,
): Reading<ValuesOf<Settings>> {
	const values: Record<string, unknown> = {};
	for (const each of settings) {
		const reading = readSetting(each, valueOf);
		if (!reading.readable) return reading;
		values[each.property.name] = reading.value;
	}
	return { readable: true, value: values as ValuesOf<Settings> };
}

/**
 * The same for a node. n8n leaves parameters that the editor hides out of it: they are not set, unlike those whose
 * expression gives nothing.
 *
 * @param node as n8n has stored it
 * @param resolved gives a parameter's value by its name, expressions resolved. It may throw (a bad expression)
 */
export const readNodeSettings = <const Settings extends readonly Setting[]>(
	settings: Settings,
	{ parameters }: Pick<INode, 'parameters'>,
	resolved: (name: string) => unknown,
): Reading<ValuesOf<Settings>> =>
	readSettings(settings, (name) =>
		Object.hasOwn(parameters, name.split('.')[0]!) ? (resolved(name) ?? null) : undefined,
	);

function readSetting(
	{ property, unset, read, entries = [] }: Setting,
	valueOf: (name: string) => unknown,
): Reading<unknown> {
	try {
		const value = valueOf(property.name);
		return value === undefined ? { readable: true, value: unset } : read(value);
	} catch {
		const culprit = entries.find((entry) => throws(() => valueOf(`${property.name}.${entry.property.name}`)));
		return { readable: false, label: (culprit?.property ?? property).displayName };
	}
}

function throws(run: () => unknown): boolean {
	try {
		run();
		return false;
	} catch {
		return true;
	}
}
