import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { filledTexts, givingWay, joined, picked, uniqueKeys } from '../voicefox/fields';
import { withUsableNames } from '../voicefox/phoneNumbers';
import { withZonedTimes } from '../voicefox/times';
import type {
	Analysis,
	CollectTarget,
	Task,
	TaskQuestion,
	Topic,
	VoiceFoxEvent,
} from '../voicefox/validation';
import { isPresent, jsonText } from '../voicefox/values';
import { rowOf } from './columns';
import { OUTPUT_NAMES } from './outputs';
import { partRecords } from './parts';
import { amongThese, answersByHit, askedAnswers, countHits } from './questions';
import { callColumns, taskColumns } from './row';
import type { ItemSettings } from './settings';

type EventOf<Kind extends VoiceFoxEvent['kind']> = Extract<VoiceFoxEvent, { kind: Kind }>;

/** What items are made by: which form, which answers, whose time zone, and whether to add the event as received. */
export interface FormSettings extends ItemSettings {
	options: { timeZone: string; includeRawEvent?: boolean };
}

/**
 * Splits an event into the items of each output.
 *
 * @param event a validated event
 * @returns one list of items per output of the form
 */
export function toItems(event: VoiceFoxEvent, settings: FormSettings): INodeExecutionData[][] {
	const records = toRecords(event, settings);
	const outputs = settings.output === 'list' ? [records.flat()] : records;
	return OUTPUT_NAMES[settings.output].map((_, index) => (outputs[index] ?? []).map((json) => ({ json })));
}

function toRecords(event: VoiceFoxEvent, settings: FormSettings): IDataObject[][] {
	switch (event.kind) {
		case 'analysis':
			return analysisRecords(event, settings);
		case 'task':
			return taskRecords(event, settings);
		default:
			return callRecords(event, settings);
	}
}

/** All fields of the event: `event_data`, then the ones beside it; phone numbers renamed, times in the user's zone. */
function fieldsOf<Data extends IDataObject>(
	{ data, envelope }: { data: Data; envelope: IDataObject },
	{ options }: FormSettings,
): Data {
	const fields = joined(withUsableNames(data), withUsableNames(envelope), 'envelope_');
	return withZonedTimes(fields, options.timeZone) as Data;
}

/** The form `list` has everything on one output, told apart by `type`. */
const typed = (type: string, { output }: FormSettings): IDataObject => (output === 'list' ? { type } : {});

/** What stands at the end of every item of a call that VoiceFox did not send itself. */
const sourceOf = ({ source }: VoiceFoxEvent): IDataObject => (source === undefined ? {} : { source });

/** What stands at the end of the first item: the event as received when the user wants it, and the source. */
function endOf(event: VoiceFoxEvent, { output, options }: FormSettings): IDataObject {
	if (!options.includeRawEvent) return sourceOf(event);

	return { raw: output === 'row' ? jsonText(event.received) : event.received, ...sourceOf(event) };
}

/** The first output's record: the event's fields between the ones that this package adds. */
function headRecord(
	event: VoiceFoxEvent,
	type: string,
	fields: IDataObject,
	settings: FormSettings,
	added: IDataObject = {},
): IDataObject {
	const before = { ...typed(type, settings), event_name: event.name };
	const after = { ...added, ...endOf(event, settings) };
	return { ...before, ...givingWay(fields, { ...before, ...after }, 'voicefox_'), ...after };
}

function callRecords(event: EventOf<'call' | 'other'>, settings: FormSettings): IDataObject[][] {
	const fields: IDataObject = fieldsOf(event, settings);
	if (settings.output !== 'row') {
		const type = event.kind === 'call' || isPresent(event.data.session_id) ? 'call' : 'event';
		return [[headRecord(event, type, fields, settings)]];
	}
	const added = { before: { event_name: event.name }, counters: {}, after: endOf(event, settings) };
	return [[rowOf(callColumns(fields, added), settings.columns)]];
}

function analysisRecords(event: EventOf<'analysis'>, settings: FormSettings): IDataObject[][] {
	const {
		collect_targets: sent,
		conversation_analysis: topics,
		...call
	} = fieldsOf<Analysis>(event, settings);
	const { answers: asked } = askedAnswers(sent, settings.filters.questions);
	const emitted = answersByHit(asked, settings.hitStatus);
	const counters = { answers_total: asked.length, answers_hit: countHits(asked) };

	switch (settings.output) {
		case 'row': {
			const added = { before: { event_name: event.name }, counters, after: endOf(event, settings) };
			const answers = { sent, asked, emitted, topics };
			return [[rowOf(callColumns(call, added, answers), settings.columns)]];
		}
		case 'perCall': {
			const columns = {
				...counters,
				answers: answerColumns(sent, emitted),
				analysis: topicColumns(topics),
				collect_targets: emitted,
				conversation_analysis: topics,
			};
			return [[headRecord(event, 'call', call, settings, columns)]];
		}
		default:
			return [
				[headRecord(event, 'call', call, settings, counters)],
				partRecords(emitted, typed('collect_target', settings), event.name, call, sourceOf(event)),
				partRecords(topics, typed('conversation_analysis', settings), event.name, call, sourceOf(event)),
			];
	}
}

/** Keys are given over the whole list as sent, so that a filter does not move a question to another column. */
function answerColumns(sent: CollectTarget[], emitted: CollectTarget[]): IDataObject {
	const texts = sent.map(({ question }) => question);
	const keys = uniqueKeys(filledTexts(texts, 'Question'));
	const isEmitted = amongThese(emitted, sent);
	const columns: IDataObject = {};
	sent.forEach((answer, index) => {
		if (isEmitted(answer)) columns[keys[index]!] = answer.result ?? null;
	});
	return columns;
}

function topicColumns(topics: Topic[]): IDataObject {
	const titles = topics.map(({ title }) => title);
	const keys = uniqueKeys(filledTexts(titles, 'Topic'));
	return Object.fromEntries(topics.map(({ result }, index) => [keys[index], result ?? null]));
}

function taskRecords(event: EventOf<'task'>, settings: FormSettings): IDataObject[][] {
	const { task_overview: questions, ...task } = fieldsOf<Task>(event, settings);
	switch (settings.output) {
		case 'row': {
			const added = { before: { event_name: event.name }, after: endOf(event, settings) };
			return [[rowOf(taskColumns(task, questions, added), settings.columns)]];
		}
		case 'perCall':
			return [[headRecord(event, 'task', task, settings, { task_overview: questions })]];
		default:
			return [
				[headRecord(event, 'task', task, settings)],
				partRecords(
					questions.flatMap(resultRecords),
					typed('task_result', settings),
					event.name,
					picked(task, ['task_id', 'task_start_at']),
					sourceOf(event),
				),
			];
	}
}

const RESULT_ORDER = ['question', 'option', 'question_total', 'result', 'total', 'percent'];

/** A record per result of a task's question, with the question's own fields. */
function resultRecords({ results, total, ...question }: TaskQuestion): IDataObject[] {
	const added = { question_total: total ?? null };
	const asked = { ...givingWay(withUsableNames(question), added, 'voicefox_'), ...added };
	return results.map((sent) => {
		const result = givingWay(withUsableNames(sent), added, 'voicefox_');
		const record = { ...givingWay(asked, result, 'question_'), ...result };
		return { ...picked(record, RESULT_ORDER), ...record };
	});
}
