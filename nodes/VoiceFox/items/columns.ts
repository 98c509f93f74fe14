import type { IDataObject, IDisplayOptions } from 'n8n-workflow';
import { z } from 'zod/v4';

import { locatorProperty, setting, textSchema } from '../settings/define';
import { has } from '../voicefox/fields';
import { comparable, isObject } from '../voicefox/values';
import { draggableText, uniqueKeys } from './names';
import { inQuotes, type Warning } from './parts';

const KINDS = ['question', 'topic', 'extra', 'field'] as const;

/** A column of a row. */
export interface Column {
	name: string;
	value: string | number | boolean | null;
	/** Where a part of its text finds it, the kinds are looked at in this order: question, topic, extra, field. */
	kind: (typeof KINDS)[number];
	/** What VoiceFox calls it, where that is not its name: a question, a topic. */
	texts: string[];
	/** A question's UUID, "" for what has none. */
	id: string;
	/** It is there only to be found: a question that a filter leaves out. */
	isLeftOut?: boolean;
}

/** A column that the user wants: which, and what to call it. */
export interface ColumnChoice {
	field: string;
	/** Empty for the column's own name */
	column: string;
}

/** A text that an entry does not have is empty; one whose expression came to nothing is null, which cannot be read. */
const withBoth = (entry: unknown) =>
	isObject(entry)
		? Object.fromEntries(['field', 'column'].map((name) => [name, has(entry)(name) ? entry[name] : '']))
		: entry;

const columnList = z
	.object({
		values: z.array(z.preprocess(withBoth, z.object({ field: textSchema, column: textSchema }))).default([]),
	})
	.transform(({ values }): ColumnChoice[] => values.filter(({ field }) => field !== ''));

/**
 * The columns of 'One Row per Call'.
 *
 * @param displayOptions when the node shows them
 */
export const columnsSetting = (displayOptions: IDisplayOptions) =>
	setting(
		{
			displayName: 'Columns',
			name: 'columns',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Column',
			default: {},
			displayOptions,
			description: 'The columns of the row, in this order. If you add none, the row has every column.',
			options: [
				{
					displayName: 'Column',
					name: 'values',
					values: [
						locatorProperty(
							{
								displayName: 'Field or Question',
								name: 'field',
								description:
									'What goes into the column: a field such as session_id, a question, or a topic. Part of its text is enough.',
							},
							{
								searchListMethod: 'searchFields',
								typed: { displayName: 'By Text', name: 'text', placeholder: 'e.g. How many guests' },
							},
						),
						{
							displayName: 'Column Name',
							name: 'column',
							type: 'string',
							default: '',
							placeholder: 'e.g. guests',
							description:
								"What the column is called in your table. Left empty, it keeps its own name. n8n's Data Table takes letters from A to Z, digits and _ only.",
						},
					],
				},
			],
		},
		columnList,
	);

/** The columns in the form in which texts are compared. */
type Known = ReadonlyArray<{ column: Column; texts: string[]; id: string }>;

/** The column that a choice means, if any, and whether it could mean another one. */
interface Found {
	column?: Column;
	isAmbiguous?: boolean;
}

/** Whole text first; then the first question, topic, `extra_` column, other column whose text contains it. */
function find(wanted: string, known: Known): Found {
	const whole = known.find(({ texts, id }) => texts.includes(wanted) || id === wanted);
	if (whole !== undefined) return { column: whole.column };

	const parts = known.filter(({ texts }) => texts.some((text) => text.includes(wanted)));
	const columns = KINDS.flatMap((kind) =>
		parts.map(({ column }) => column).filter((each) => each.kind === kind),
	);
	if (columns.length === 0) return {};

	const meant = columns.filter(({ kind }) => kind === 'question' || kind === 'topic');
	return { column: columns[0], isAmbiguous: meant.length > 1 };
}

/**
 * A row of the columns that the user wants, in that order; what the call does not have is null.
 *
 * @param columns all that there are
 * @returns also which choices fit nothing, and which could mean more than one question or topic
 */
export function chosenColumns(
	columns: Column[],
	choices: ColumnChoice[],
): { record: IDataObject; unfit: Warning[]; ambiguous: Warning[] } {
	const known = columns.map((column) => ({
		column,
		texts: [column.name, ...column.texts].map(comparable),
		id: comparable(column.id),
	}));
	const found = choices.map(({ field }) => find(comparable(field), known));
	const names = uniqueKeys(
		choices.map(({ field, column }, place) => draggableText(column || (found[place]?.column?.name ?? field))),
	);
	const warningsOf = (problem: string, isSo: (one: Found) => boolean): Warning[] =>
		choices
			.filter((_, place) => isSo(found[place]!))
			.map(({ field }) => ({
				kind: 'column',
				reason: `an entry in 'Columns' ${problem}: ${inQuotes(field)}`,
			}));
	return {
		record: Object.fromEntries(names.map((name, place) => [name, valueOf(found[place]?.column)])),
		unfit: warningsOf('fits nothing of a call', ({ column }) => column === undefined),
		ambiguous: warningsOf(
			'is a part of more than one question or topic of a call',
			({ isAmbiguous = false }) => isAmbiguous,
		),
	};
}

const valueOf = (column: Column | undefined) =>
	column === undefined || column.isLeftOut ? null : column.value;
