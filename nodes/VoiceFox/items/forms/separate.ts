import type { IDataObject } from 'n8n-workflow';

import { givingWay, picked } from '../../voicefox/fields';
import { isObject } from '../../voicefox/values';
import { record, type ElementList, type Parts } from '../parts';
import { endOf, type Form, type FormSettings } from './form';

/** What stands in front of everything else in an item of this type. */
type Lead = (type: string) => IDataObject;

/** An output for the event, and one for each of its lists. */
export const separate: Form<'separate'> = {
	option: {
		name: 'Separate Outputs',
		value: 'separate',
		description:
			'An output each for the call, its collected answers and its analysis, with an item per answer and topic',
	},
	labels: null,
	toItems: (parts, settings) => ({ outputs: outputsOf(parts, settings, () => ({})), warnings: [] }),
};

/**
 * The records of the event and of each of its lists.
 *
 * @param lead what to put in front, by the item's type
 */
export function outputsOf(parts: Parts, settings: FormSettings, lead: Lead): IDataObject[][] {
	const { event, type, fields, counters, lists } = parts;
	const head = record({ ...lead(type), event_name: event.name }, fields, {
		...counters,
		...endOf(parts, settings),
	});
	return [[head], ...lists.map((each) => elementRecords(each, parts, lead))];
}

/**
 * A record per element: its own fields, then the event's on the same level. Where names meet, the added ones win over
 * VoiceFox's (which move to `voicefox_<name>`), and the element's over the event's (`call_<name>`).
 */
function elementRecords({ list, elements }: ElementList, parts: Parts, lead: Lead): IDataObject[] {
	const before = lead(list.type);
	const added = { ...before, event_name: parts.event.name, ...parts.source };
	const event = { event_name: parts.event.name, ...givingWay(parts.repeated, added, 'voicefox_') };
	const emitted = elements.filter(({ isEmitted }) => isEmitted).map(({ fields }) => fields);
	const groups =
		list.inner === undefined
			? [{ shared: {}, own: emitted.map((fields) => givingWay(fields, added, 'voicefox_')) }]
			: emitted.map((fields) => resultsOf(fields, list.inner!, added));
	const leads = list.inner === undefined ? [] : RESULT_ORDER;
	return filledRecords(groups, (fields) => [
		before,
		picked(fields, leads),
		fields,
		givingWay(event, fields, 'call_'),
		parts.source,
	]);
}

/** Elements that have some fields in common, as the results of a task's question do. */
interface Group {
	shared: IDataObject;
	/** What each has of its own; its names win over the shared ones, which move to `question_<name>`. */
	own: IDataObject[];
}

/** So many records are made to be copied, for elements of so many kinds. */
const MOST_TEMPLATES = 50;

/**
 * A record of each element, made of its parts. Elements with the same names get a copy of the first one's record, filled
 * with their own fields, which is much faster than making each field by field. Where each has other names, records are
 * hash tables: V8 would make a class for each of 20,000 elements and each of its 100 fields, and n8n stand still.
 * `{ ...record }` would be quicker for the first four kinds of events that an n8n sees, and four times slower ever after.
 *
 * @param partsOf whose names depend on nothing but the names of the fields
 */
function filledRecords(groups: Group[], partsOf: (fields: IDataObject) => IDataObject[]): IDataObject[] {
	const templates = new Map<string, { record: IDataObject; filledWith: IDataObject }>();
	const kinds = new Map<string, number>();
	return groups.flatMap(({ shared, own }) => {
		const sharedNames = JSON.stringify(Object.keys(shared));
		const kind = kinds.get(sharedNames) ?? kinds.size;
		kinds.set(sharedNames, kind);
		return own.map((fields) => {
			const names = `${kind} ${JSON.stringify(Object.keys(fields))}`;
			const template = templates.get(names);
			if (template?.filledWith === shared) return Object.assign({}, template.record, fields);

			const all = { ...givingWay(shared, fields, 'question_'), ...fields };
			if (template !== undefined) return Object.assign({}, template.record, all);
			if (templates.size === MOST_TEMPLATES)
				return Object.assign(hashTable(), ...partsOf(all)) as IDataObject;
			const record = partsOf(all).reduce((made, part) => ({ ...made, ...part }));
			templates.set(names, { record, filledWith: shared });
			return record;
		});
	});
}

/** An empty object that V8 keeps as a hash table, as it does with every object that was made without a prototype. */
const hashTable = () => Object.setPrototypeOf(Object.create(null), Object.prototype) as IDataObject;

const RESULT_ORDER = ['question', 'option', 'question_total', 'result', 'total', 'percent'];

/** The elements of an element's own list, e.g. the results of a task's question, which share the question's own fields. */
function resultsOf(element: IDataObject, inner: string, added: IDataObject): Group {
	const { [inner]: results, total, ...question } = element;
	const questionTotal = { question_total: total ?? null };
	const taken = { ...added, ...questionTotal };
	return {
		shared: { ...givingWay(question, taken, 'voicefox_'), ...questionTotal },
		own: (Array.isArray(results) ? results : [])
			.filter(isObject)
			.map((result) => givingWay(result, taken, 'voicefox_')),
	};
}
