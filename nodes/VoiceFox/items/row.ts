import type { IDataObject } from 'n8n-workflow';

import { filledTexts, givingWay, has, uniqueKeys } from '../voicefox/fields';
import { idText } from '../voicefox/ids';
import { withUsableNames } from '../voicefox/phoneNumbers';
import type { CollectTarget, TaskQuestion, Topic } from '../voicefox/validation';
import { isObject, isPresent, jsonText } from '../voicefox/values';
import { rowOf, type Column } from './columns';
import { amongThese } from './questions';

/** What a cell of a table can hold. */
type Cell = string | number | boolean | null;

/** A call's fields that come first in its row. */
const CALL_LEADS = ['session_id', 'start_at', 'direction', 'caller_number', 'callee_number', 'billsec'];
const TASK_LEADS = ['task_id', 'task_start_at'];

function cellOf(value: unknown): Cell {
	if (value === undefined || value === null) return null;
	return typeof value === 'object' ? jsonText(value) : (value as Cell);
}

function assistantIds(assistants: unknown): string | null {
	const ids = Array.isArray(assistants)
		? assistants.filter(isObject).map(({ assistant_id: id }) => idText(id))
		: [];
	return ids.filter((id) => id !== '').join(', ') || null;
}

const isListOrNone = (value: unknown) => Array.isArray(value) || !isPresent(value);

/** What some fields of a call are in a row: others' names that win over VoiceFox's, and what takes their place. */
function replacements(fields: IDataObject): Map<string, IDataObject> {
	const replaced = new Map<string, IDataObject>();
	if (has(fields)('assistant_infos') && isListOrNone(fields.assistant_infos)) {
		replaced.set('assistant_infos', { assistant_ids: assistantIds(fields.assistant_infos) });
	}
	if (isObject(fields.extra)) {
		const extra: IDataObject = {};
		for (const key of Object.keys(fields.extra)) extra[`extra_${key}`] = cellOf(fields.extra[key]);
		replaced.set('extra', extra);
	}
	return replaced;
}

const columnOf = (name: string, value: IDataObject[string]): Column => ({ name, value, texts: [] });

const columnsOf = (fields: IDataObject): Column[] =>
	Object.keys(fields).map((name) => columnOf(name, fields[name]));

/** Fields as columns: lists and objects as texts, assistants as their IDs, an object `extra` as a column for each key. */
function flat(fields: IDataObject, added: IDataObject): Column[] {
	const replaced = replacements(fields);
	const ours = Object.assign({ ...added }, ...replaced.values()) as IDataObject;
	const sent = givingWay(fields, ours, 'voicefox_');
	const columns: Column[] = [];
	for (const name of Object.keys(sent)) {
		const others = replaced.get(name);
		if (others === undefined) columns.push(columnOf(name, cellOf(sent[name])));
		else for (const column of columnsOf(others)) columns.push(column);
	}
	return columns;
}

/** The columns of these names, in their order, and all others. */
function splitByName(columns: Column[], names: string[]) {
	const place = ({ name }: Column) => names.indexOf(name);
	return {
		named: columns.filter((column) => place(column) >= 0).sort((one, other) => place(one) - place(other)),
		others: columns.filter((column) => place(column) < 0),
	};
}

/** The answers of a call, for its row. */
export interface RowAnswers {
	sent: CollectTarget[];
	/** Those that the filter 'Only These Questions' leaves; the others have no column. */
	asked: CollectTarget[];
	/** Those that 'Hit Status' leaves, too; the others' columns are empty. */
	emitted: CollectTarget[];
	topics: Topic[];
}

function answerColumns({ sent, asked, emitted, topics }: RowAnswers, taken: string[]): Column[] {
	const questions = filledTexts(
		sent.map(({ question }) => question),
		'Question',
	);
	const titles = filledTexts(
		topics.map(({ title }) => title),
		'Topic',
	);
	const keys = uniqueKeys([...questions, ...titles], taken);
	const isAsked = amongThese(asked, sent);
	const isEmitted = amongThese(emitted, sent);
	const answers = sent.map((answer, index) => ({
		name: keys[index]!,
		value: isEmitted(answer) ? cellOf(answer.result) : null,
		texts: [answer.question ?? ''],
		id: answer.question_uuid ?? '',
		isLeftOut: !isAsked(answer),
	}));
	const analyses = topics.map(({ title, result }, index) => ({
		name: keys[sent.length + index]!,
		value: cellOf(result),
		texts: [title ?? ''],
	}));
	return [...answers, ...analyses];
}

/** The fields that this package adds to a row. */
interface AddedFields {
	/** In front of all */
	before: IDataObject;
	/** Behind the call's first fields */
	counters: IDataObject;
	/** Behind all */
	after: IDataObject;
}

/**
 * The columns of a call's row: first what tells calls apart, then a column per question and topic, then the rest.
 *
 * @param fields all of the call's, but the lists of answers and topics
 * @param answers those of an analysis; undefined for other events
 */
export function callColumns(
	fields: IDataObject,
	{ before, counters, after }: AddedFields,
	answers?: RowAnswers,
): Column[] {
	const added = { ...before, ...counters, ...after };
	const call = flat(fields, added);
	const { named: leads, others } = splitByName(call, CALL_LEADS);
	const taken = [...Object.keys(added), ...call.map(({ name }) => name)];
	return [
		...columnsOf(before),
		...leads,
		...columnsOf(counters),
		...(answers === undefined ? [] : answerColumns(answers, taken)),
		...others,
		...columnsOf(after),
	];
}

/** `満足 12 (66.67 %)`; a missing part is left out. */
function resultText({ result, total, percent }: TaskQuestion['results'][number]): string {
	const sent = (percent ?? '').trim();
	const share = /[%％]$/.test(sent) ? sent.slice(0, -1).trimEnd() : sent;
	return [result, total, share === '' ? null : `(${share} %)`].filter(isPresent).join(' ');
}

const resultsText = ({ results }: TaskQuestion) =>
	results
		.map(resultText)
		.filter((text) => text !== '')
		.join(', ') || null;

/** The columns of a task's row: the task, its progress, a column per question with its results as text, the rest. */
export function taskColumns(
	{ task_progress: progress, ...fields }: IDataObject,
	questions: TaskQuestion[],
	{ before, after }: Omit<AddedFields, 'counters'>,
): Column[] {
	const added = { ...before, ...after };
	const task = flat(fields, added);
	const ours = { ...added, ...rowOf(task, []) };
	const progressed = isObject(progress)
		? flat(givingWay(withUsableNames(progress), ours, 'task_progress_'), added)
		: [];
	const keys = uniqueKeys(
		filledTexts(
			questions.map(({ question }) => question),
			'Question',
		),
		[...Object.keys(ours), ...progressed.map(({ name }) => name)],
	);
	const results = questions.map((question, index) => ({
		name: keys[index]!,
		value: resultsText(question),
		texts: [question.question ?? ''],
	}));
	const { named: leads, others } = splitByName(task, TASK_LEADS);
	return [...columnsOf(before), ...leads, ...progressed, ...results, ...others, ...columnsOf(after)];
}
