import type { IDisplayOptions, INode, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod/v4';

import type { EventChoice } from '../voicefox/events';

/** What the user set; or which setting cannot be read, by its label, and a sentence that says so. */
export type Reading<T> = { readable: true; value: T } | Unreadable;

export interface Unreadable {
	readable: false;
	label: string;
	problem: string;
}

/** Says that something the user set cannot be used, and what to do. @param what e.g. "The credential" */
export const cannotBeRead = (what: string) =>
	`${what} cannot be read. Open the node and look for what is marked red, or for an expression that comes to nothing`;

/** @param problem what is wrong with it, where that is known: the words that follow its label */
const unreadable = (label: string, problem?: string): Unreadable => ({
	readable: false,
	label,
	problem: problem === undefined ? cannotBeRead(`The setting '${label}'`) : `'${label}' ${problem}`,
});

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

/** The same setting with more, or something else, in the editor: a description, when it is shown. */
export const shownAs = <T extends Setting>(setting: T, property: Partial<INodeProperties>): T => ({
	...setting,
	property: { ...setting.property, ...property, name: setting.property.name },
});

/** The values of some settings by their names. */
export type ValuesOf<Settings extends readonly Setting[]> = {
	[Each in Settings[number] as Each['property']['name']]: Each['unset'];
};

/**
 * A setting whose value a schema checks and converts. Null and undefined are never a value: an expression came to
 * nothing. A message of the schema's own (`refine`, an issue of code "custom") follows the label in the sentence about
 * what is wrong; zod's messages are not for users.
 *
 * @param unset what counts while it is not set, as the schema takes it; the editor's default unless given
 */
export function setting<const Name extends string, Schema extends z.ZodType>(
	property: INodeProperties & { name: Name },
	schema: Schema,
	unset: unknown = property.default,
): Setting<Name, z.output<Schema>> {
	const { displayName } = property;
	return {
		property,
		unset: schema.parse(unset),
		read: (value) => {
			if (value === undefined || value === null) return unreadable(displayName);

			const { success, data, error } = schema.safeParse(value);
			if (success) return { readable: true, value: data };
			return unreadable(displayName, error.issues.find(({ code }) => code === 'custom')?.message);
		},
	};
}

type Shown<Name extends string> = Omit<INodeProperties, 'type' | 'default' | 'options'> & { name: Name };

type Choices<Value extends string> = ReadonlyArray<Omit<INodePropertyOptions, 'value'> & { value: Value }>;

/** A setting with one of a few values; the first is the default. */
export function choice<const Name extends string, const Value extends string>(
	property: Shown<Name> & { options: Choices<Value> },
	unset?: NoInfer<Value>,
): Setting<Name, Value> {
	const values = property.options.map(({ value }) => value);
	const options = [...property.options];
	return setting({ ...property, type: 'options', default: values[0]!, options }, z.enum(values), unset);
}

/**
 * A setting with any of a few values. Values that it does not know (of a later version) don't count; a required one
 * cannot be read when none is left.
 */
export function choices<const Name extends string, const Value extends string>(
	property: Shown<Name> & { default: Value[]; options: Choices<Value> },
): Setting<Name, Value[]> {
	const values = property.options.map(({ value }) => value);
	const options = [...property.options];
	const isKnown = (value: unknown): value is Value => values.some((known) => known === value);
	const schema = z
		.union([z.string().transform((value) => [value]), z.array(z.unknown())])
		.transform((chosen: unknown[]): Value[] => chosen.filter(isKnown))
		.refine((chosen) => !property.required || chosen.length > 0, 'has no value that this version knows');
	return setting({ ...property, type: 'multiOptions', options }, schema);
}

/** The number in a text, e.g. of n8n's variables; all else stays as it is. */
export const decimalToNumber = (value: unknown) =>
	typeof value === 'string' && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;

const flagSchema = z.preprocess(
	(value) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : value),
	z.union([z.boolean(), z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })]),
);

const plainText = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** What a resource locator holds, in whatever mode it was chosen. */
export const locatorValue = (value: unknown) =>
	typeof value === 'object' && value !== null && 'value' in value ? value.value : value;

/** A text as the user typed it, trimmed, or chose it from a list. For settings that hold several. */
export const textSchema = z.preprocess(
	locatorValue,
	plainText.transform((value) => value.trim()),
);

/** Several texts: a list of them, or one. For settings that hold a list. */
export const textsSchema = z.preprocess(
	locatorValue,
	z.union([plainText.transform((value) => [value]), z.array(z.preprocess(locatorValue, plainText))]),
);

/** A text, trimmed; a number or a boolean becomes one. Empty unless the user sets it. */
export const text = <const Name extends string>(
	property: Shown<Name> & { default?: string },
): Setting<Name, string> => setting({ default: '', ...property, type: 'string' }, textSchema, '');

/** A number, as text too. @param least the smallest that can be used; `typeOptions.minValue` binds the editor only */
export const number = <const Name extends string>(
	property: Shown<Name> & { default: number },
	least = -Infinity,
): Setting<Name, number> =>
	setting(
		{ ...property, type: 'number' },
		z.preprocess(
			decimalToNumber,
			z.number().refine((value) => value >= least, `must be a number, ${least} or more`),
		),
	);

/** On or off; "true", "0" and the like count, as in VoiceFox's events. */
export const flag = <const Name extends string>(
	property: Shown<Name> & { default: boolean },
): Setting<Name, boolean> => setting({ ...property, type: 'boolean' }, flagSchema);

/** A time: whatever an expression or n8n's calendar gives. Read by who knows the zone that it is in. */
export const time = <const Name extends string>(
	property: Shown<Name>,
	isReadable: (value: unknown) => boolean = () => true,
): Setting<Name, unknown> =>
	setting(
		{ ...property, type: 'dateTime', default: '' },
		z.unknown().refine((value) => value === '' || isReadable(value), 'is not a time that can be read'),
	);

/** How a resource locator looks: whose list it offers, and what is typed in its place. */
interface Locator {
	/** The node's method for the list (`methods.listSearch`). */
	searchListMethod: string;
	/** How else the value is given; the default. */
	typed: { displayName: 'By Text' | 'By ID'; name: 'text' | 'id'; placeholder: string };
}

/** What the editor shows of a value that is chosen from a list or typed. Typed text is the default. */
export const locatorProperty = <const Name extends string>(
	property: Shown<Name> & { default?: INodeProperties['default'] },
	{ searchListMethod, typed }: Locator,
): INodeProperties & { name: Name } => ({
	default: { mode: typed.name, value: '' },
	...property,
	type: 'resourceLocator',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod, searchable: true },
		},
		{ ...typed, type: 'string' },
	],
});

/** A value that is chosen from a list or typed, as text; a workflow file may have the plain text. */
export const locator = <const Name extends string>(
	property: Parameters<typeof locatorProperty<Name>>[0],
	look: Locator,
): Setting<Name, string> => setting(locatorProperty(property, look), textSchema, '');

/** A collection of settings, each of which the user may add. The editor shows them by label, as n8n's linter wants it. */
export function collection<const Name extends string, const Settings extends readonly Setting[]>(
	property: Shown<Name>,
	settings: Settings,
): Setting<Name, ValuesOf<Settings>> {
	const unset = Object.fromEntries(settings.map((each) => [each.property.name, each.unset]));
	const entries = [...settings].sort(({ property: one }, { property: other }) =>
		one.displayName.localeCompare(other.displayName, 'en'),
	);

	function read(added: unknown): Reading<Record<string, unknown>> {
		if (typeof added !== 'object' || added === null) return unreadable(property.displayName);
		return readSettings(settings, (name) => ownValue(added, name));
	}
	return {
		property: {
			...property,
			type: 'collection',
			default: {},
			options: entries.map((each) => each.property),
		},
		unset: unset as ValuesOf<Settings>,
		entries,
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
 * expression returns nothing.
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
		return unreadable((culprit?.property ?? property).displayName);
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
