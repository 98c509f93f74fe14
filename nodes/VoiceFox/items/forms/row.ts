import type { IDataObject } from 'n8n-workflow';

import { ANALYSIS_EVENTS } from '../../voicefox/events';
import { givingWay, has } from '../../voicefox/fields';
import { assistantIdsIn, idText } from '../../voicefox/ids';
import { isZeroTime } from '../../voicefox/times';
import { isObject, isPresent, jsonText, objectsIn } from '../../voicefox/values';
import { chosenColumns, type Column } from '../columns';
import { draggableText, uniqueKeys } from '../names';
import type { Element, ElementList, Parts } from '../parts';
import { endOf, type Form } from './form';

/** One flat item for a table: texts, numbers, booleans and null. */
export const row: Form<'row'> = {
	option: {
		name: 'One Row per Call',
		value: 'row',
		description:
			'One flat item with a column per question and topic, ready for a table, a spreadsheet or a database',
	},
	labels: ['Call'],
	toItems(parts, settings) {
		const columns = columnsOf(parts, endOf(parts, settings));
		if (settings.columns.length === 0) {
			const shown = columns.filter(({ isLeftOut }) => !isLeftOut);
			const record = Object.fromEntries(shown.map(({ name, value }) => [name, value]));
			return { outputs: [[record]], warnings: [] };
		}
		const { record, unfit, ambiguous } = chosenColumns(columns, settings.columns);
		// That a missed call has no such question says nothing about the setting, when analyzed calls come as well.
		const { triggerOn = ANALYSIS_EVENTS } = settings;
		const isWhole =
			parts.event.kind === 'analysis' || !ANALYSIS_EVENTS.some((one) => triggerOn.includes(one));
		return { outputs: [[record]], warnings: isWhole ? [...unfit, ...ambiguous] : ambiguous };
	},
};

/** What a cell of a table can hold. */
type Cell = string | number | boolean | null;

/**
 * A value as a cell: lists and objects as JSON, a blank text and Go's zero time as null, which a column of numbers or times
 * takes, and no NUL, which no database takes.
 */
function cellOf(value: unknown): Cell {
	if (value === undefined || value === null) return null;
	if (typeof value === 'object') return jsonText(value);
	if (typeof value !== 'string') return value as Cell;

	const text = value.replaceAll('\0', '');
	return text.trim() === '' || isZeroTime(text) ? null : text;
}

const fieldColumn = (name: string, value: unknown, kind: Column['kind'] = 'field'): Column => ({
	name,
	kind,
	value: cellOf(value),
	texts: [],
	id: '',
});

const fieldColumns = (fields: IDataObject, kind?: Column['kind']): Column[] =>
	Object.keys(fields).map((name) => fieldColumn(name, fields[name], kind));

const assistantIds = (assistants: unknown): string | null => assistantIdsIn(assistants).join(', ') || null;

const isListOrNone = (value: unknown) => Array.isArray(value) || !isPresent(value);

/** What some fields are in a row: columns whose names win over VoiceFox's, in place of the field. */
function replacementsOf(fields: IDataObject, extra: IDataObject | null): Map<string, Column[]> {
	const replaced = new Map<string, Column[]>();
	if (has(fields)('assistant_infos') && isListOrNone(fields.assistant_infos)) {
		replaced.set('assistant_infos', [fieldColumn('assistant_ids', assistantIds(fields.assistant_infos))]);
	}
	if (extra !== null) {
		const keys = Object.keys(extra);
		const names = uniqueKeys(keys.map((key) => `extra_${draggableText(key)}`));
		replaced.set(
			'extra',
			keys.map((key, index) => fieldColumn(names[index]!, extra[key], 'extra')),
		);
	}
	return replaced;
}

/** Fields as columns: lists and objects as texts, assistants as their IDs, an object `extra` as a column for each key. */
function flat(fields: IDataObject, extra: IDataObject | null, added: IDataObject): Column[] {
	const replaced = replacementsOf(fields, extra);
	const names = [...replaced.values()].flat().map(({ name }) => name);
	const ours = { ...added, ...Object.fromEntries(names.map((name) => [name, null])) };
	const sent = givingWay(fields, ours, 'voicefox_');
	return Object.keys(sent).flatMap((name) => replaced.get(name) ?? [fieldColumn(name, sent[name])]);
}

/** `満足 12 (66.67 %)`; a missing part is left out. */
function resultText({ result, total, percent }: IDataObject): string {
	const sent = idText(percent).trim();
	const share = /[%％]$/.test(sent) ? sent.slice(0, -1).trimEnd() : sent;
	return [cellOf(result), cellOf(total), share === '' ? null : `(${share} %)`].filter(isPresent).join(' ');
}

/** What came of an element, as a cell: of a task's question all of its results. */
function resultOf({ fields }: Element, { list }: ElementList): Cell {
	const value = fields[list.value];
	if (list.inner === undefined) return cellOf(value);

	return cellOf(
		objectsIn(value)
			.map(resultText)
			.filter((text) => text !== '')
			.join(', '),
	);
}

/** A column per element of the lists, in one namespace with each other. @param taken the names of all other columns */
function elementColumns(lists: ElementList[], taken: string[]): Column[] {
	const all = lists.flatMap((each) => each.elements.map((element) => ({ element, each })));
	const keys = uniqueKeys(
		all.map(({ element }) => element.filled),
		taken,
	);
	return all.map(({ element, each }, place) => ({
		name: keys[place]!,
		kind: each.list.kind,
		value: element.isEmitted ? resultOf(element, each) : null,
		texts: [element.text],
		id: element.id,
		isLeftOut: !element.isAsked,
	}));
}

const namesOf = (columns: Column[]) => columns.map(({ name }) => name);

/** All columns of an event: what tells it apart, a column per element of its lists, the rest, and `end`. */
function columnsOf({ event, fields: all, leads, extra, lists, counters }: Parts, end: IDataObject): Column[] {
	const { task_progress: progress, ...fields } = all;
	const isProgress = event.kind === 'task' && (isObject(progress) || !isPresent(progress));
	const before = { event_name: event.name };
	const added = { ...before, ...counters, ...end };
	const sent = flat(isProgress ? fields : all, extra, added);
	const ours = [...Object.keys(added), ...namesOf(sent)];
	const progressed =
		isProgress && isObject(progress)
			? flat(
					givingWay(progress, Object.fromEntries(ours.map((name) => [name, null])), 'task_progress_'),
					null,
					added,
				)
			: [];
	const isLead = ({ name }: Column) => leads.includes(name);
	return [
		...fieldColumns(before),
		...sent.filter(isLead),
		...fieldColumns(counters),
		...progressed,
		...elementColumns(lists, [...ours, ...namesOf(progressed)]),
		...sent.filter((column) => !isLead(column)),
		...fieldColumns(end),
	];
}
