import type { IDataObject } from 'n8n-workflow';

import { setField, uniqueKeys } from '../voicefox/fields';
import { comparable } from '../voicefox/values';
import type { ColumnChoice } from './settings';

/** A column of a row. */
export interface Column {
	name: string;
	value: IDataObject[string];
	/** What VoiceFox calls it, where that is not its name: a question, a topic. */
	texts: string[];
	/** A question's UUID. */
	id?: string;
	/** It is there only to be found: a question that a filter leaves out. */
	isLeftOut?: boolean;
}

/** What a user may call each column, in the form in which texts are compared. */
const comparables = (columns: Column[]) =>
	columns.map(({ name, texts, id = '' }) => ({
		texts: [name, ...texts].map(comparable),
		id: comparable(id),
	}));

/**
 * A row of columns.
 *
 * @param choices the columns that the user wants, in order; none means all. What the call does not have is null
 */
export function rowOf(columns: Column[], choices: ColumnChoice[]): IDataObject {
	if (choices.length === 0) {
		const row: IDataObject = {};
		for (const { name, value, isLeftOut } of columns) if (!isLeftOut) setField(row, name, value);
		return row;
	}

	const known = comparables(columns);
	const found = choices.map(({ field }) => {
		const wanted = comparable(field);
		const whole = known.findIndex(({ texts, id }) => texts.includes(wanted) || id === wanted);
		const place =
			whole >= 0 ? whole : known.findIndex(({ texts }) => texts.some((text) => text.includes(wanted)));
		return columns[place];
	});
	const names = uniqueKeys(
		choices.map(({ field, column }, index) => column || (found[index]?.name ?? field)),
	);
	return Object.fromEntries(names.map((name, index) => [name, valueOf(found[index])]));
}

const valueOf = (column: Column | undefined) =>
	column === undefined || column.isLeftOut ? null : column.value;
