import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { withUsableNumbers } from '../voicefox/phoneNumbers';
import type { InvalidPayload } from '../trigger/delivery';
import type { Analysis, CollectTarget, Task, TaskQuestion, Topic, VoiceFoxEvent } from '../voicefox/validation';
import { columnKeys, givingWay, isPresent, joined, picked } from '../voicefox/fields';
import { answersByHit, answersToQuestions, countHits } from './filters';
import { OUTPUT_NAMES } from './outputs';
import { partRecords } from './parts';
import type { TriggerSettings } from './settings';
import { withZonedTimes } from '../voicefox/times';

type EventOf<Kind extends VoiceFoxEvent['kind']> = Extract<VoiceFoxEvent, { kind: Kind }>;

/**
 * Splits an event into the items of each output.
 *
 * @param event a validated event
 * @param settings the form, which answers, the time zone, whether to add the event as received
 * @returns one list of items per output of the node, see contract section 3.2
 */
export function toItems(event: VoiceFoxEvent, settings: TriggerSettings): INodeExecutionData[][] {
	const records = toRecords(event, settings);
	return toOutputs(settings.output === 'list' ? [records.flat()] : records, settings);
}

/** The outputs for a payload that is not valid: one item on the last, "Invalid", and none on the others. */
export function toInvalidItem({ issues, payload }: InvalidPayload, settings: TriggerSettings) {
	const outputs = toOutputs([], settings);
	outputs[outputs.length - 1] = [{ json: { error: 'Invalid payload', issues, payload } as IDataObject }];
	return outputs;
}

function toOutputs(records: IDataObject[][], { output, options }: TriggerSettings): INodeExecutionData[][] {
	const total = OUTPUT_NAMES[output].length + (options.invalidPayloads === 'emit' ? 1 : 0);
	return Array.from({ length: total }, (_, index) => (records[index] ?? []).map((json) => ({ json })));
}

function toRecords(event: VoiceFoxEvent, settings: TriggerSettings): IDataObject[][] {
	switch (event.kind) {
		case 'analysis':
			return analysisRecords(event, settings);
		case 'task':
			return taskRecords(event, settings);
		default:
			return [[headRecord(event, callType(event), fieldsOf(event, settings), settings)]];
	}
}

const callType = ({ kind, data }: EventOf<'call' | 'other'>) =>
	kind === 'call' || isPresent(data.session_id) ? 'call' : 'event';

/**
 * All fields of the event: `event_data`, then the ones beside it, then its phone numbers once more; times in
 * the user's zone.
 */
const fieldsOf = <Data extends IDataObject>(
	{ data, envelope }: { data: Data; envelope: IDataObject },
	{ options }: TriggerSettings,
) => withUsableNumbers(withZonedTimes(joined(data, envelope, 'envelope_'), options.timeZone)) as Data;

/** The form `list` has everything on one output, told apart by `type`. */
const typed = (type: string, { output }: TriggerSettings): IDataObject => (output === 'list' ? { type } : {});

/** The first output's record: the event's fields between the ones that this package adds. */
function headRecord(
	event: VoiceFoxEvent,
	type: string,
	fields: IDataObject,
	settings: TriggerSettings,
	added: IDataObject = {},
): IDataObject {
	const before = { ...typed(type, settings), event_name: event.name };
	const after = settings.options.includeRawEvent ? { ...added, raw: event.received } : added;
	return { ...before, ...givingWay(fields, { ...before, ...after }, 'voicefox_'), ...after };
}

function analysisRecords(event: EventOf<'analysis'>, settings: TriggerSettings): IDataObject[][] {
	const {
		collect_targets: sentAnswers,
		conversation_analysis: topics,
		...call
	} = fieldsOf<Analysis>(event, settings);
	const asked = answersToQuestions(sentAnswers, settings.filters.questions);
	const answers = answersByHit(asked, settings.hitStatus);
	const counters = { answers_total: asked.length, answers_hit: countHits(asked) };

	if (settings.output === 'perCall') {
		const columns = {
			...counters,
			answers: answerColumns(sentAnswers, answers),
			analysis: topicColumns(topics),
			collect_targets: answers,
			conversation_analysis: topics,
		};
		return [[headRecord(event, 'call', call, settings, columns)]];
	}
	return [
		[headRecord(event, 'call', call, settings, counters)],
		partRecords(answers, typed('collect_target', settings), event.name, call),
		partRecords(topics, typed('conversation_analysis', settings), event.name, call),
	];
}

/** Keys are given over the whole list as sent, so that a filter does not move a question to another column. */
function answerColumns(sent: CollectTarget[], emitted: CollectTarget[]): IDataObject {
	const keys = columnKeys(
		sent.map(({ question }) => question),
		'Question',
	);
	const columns: IDataObject = {};
	let next = 0;
	sent.forEach((answer, index) => {
		if (answer !== emitted[next]) return;
		columns[keys[index]!] = answer.result ?? null;
		next++;
	});
	return columns;
}

function topicColumns(topics: Topic[]): IDataObject {
	const keys = columnKeys(
		topics.map(({ title }) => title),
		'Topic',
	);
	return Object.fromEntries(topics.map(({ result }, index) => [keys[index], result ?? null]));
}

function taskRecords(event: EventOf<'task'>, settings: TriggerSettings): IDataObject[][] {
	const { task_overview: questions, ...task } = fieldsOf<Task>(event, settings);
	if (settings.output === 'perCall') {
		return [[headRecord(event, 'task', task, settings, { task_overview: questions })]];
	}
	const results = questions.flatMap(resultRecords);
	return [
		[headRecord(event, 'task', task, settings)],
		partRecords(
			results,
			typed('task_result', settings),
			event.name,
			picked(task, ['task_id', 'task_start_at']),
		),
	];
}

const RESULT_ORDER = ['question', 'option', 'question_total', 'result', 'total', 'percent'];

/** A record per result of a task's question, with the question's own fields. */
function resultRecords({ results, total, ...question }: TaskQuestion): IDataObject[] {
	const added = { question_total: total ?? null };
	const asked = { ...givingWay(question, added, 'voicefox_'), ...added };
	return results.map((sent) => {
		const result = givingWay(sent, added, 'voicefox_');
		const record = { ...givingWay(asked, result, 'question_'), ...result };
		return { ...picked(record, RESULT_ORDER), ...record };
	});
}
