import type { IDataObject } from 'n8n-workflow';

import type { InvalidPayload } from './events';
import { has, joined } from './fields';
import { readEvent, type VoiceFoxEvent } from './validation';
import { isObject, jsonText, textIn } from './values';

/** A call's fields: the API's name and the event's, in the event's order. */
const CALL_NAMES = {
	sessionId: 'session_id',
	taskId: 'task_id',
	taskItemId: 'task_item_id',
	callee: 'callee',
	caller: 'caller',
	startAt: 'start_at',
	answerAt: 'answer_at',
	endAt: 'end_at',
	duration: 'duration',
	billsec: 'billsec',
	direction: 'direction',
	ringTime: 'ring_time',
	hangupSide: 'hangup_side',
	hangupReason: 'hangup_reason',
	recordFile: 'record_url',
	assistant: 'assistant_infos',
};

const ANSWER_NAMES = { question: 'question', hit: 'hit', answer: 'result', message: 'message' };

const ASSISTANT_NAMES = { id: 'assistant_id', vid: 'assistant_vid' };

const CAMEL_CASE = /^[a-z][a-z0-9]*([A-Z][A-Za-z0-9]*)+$/;

const toSnakeCase = (name: string) =>
	CAMEL_CASE.test(name)
		? name
				.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
				.replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
				.toLowerCase()
		: name;

/** Other fields in the spelling of the events; a name whose new spelling is taken stays as it is. */
function inSnakeCase(fields: IDataObject): IDataObject {
	const taken = new Set(Object.keys(fields));
	const renamed = Object.entries(fields).map(([name, value]) => {
		const wanted = toSnakeCase(name);
		const free = taken.has(wanted) ? name : wanted;
		taken.add(free);
		return [free, value] as const;
	});
	// Unlike an assignment, fromEntries makes a field called `__proto__` a field like any other.
	return Object.fromEntries(renamed);
}

/**
 * The API's fields under the events' names: the known ones first and in their order, then all others in
 * snake_case (`callerAttribute` becomes `caller_attribute`), with their values untouched.
 */
function renamed(fields: IDataObject, names: Record<string, string>): IDataObject {
	const known = Object.entries(names).filter(([name]) => has(fields)(name));
	const isKnown = has(names);
	const others = Object.entries(fields).filter(([name]) => !isKnown(name));
	return joined(
		Object.fromEntries(known.map(([name, eventName]) => [eventName, fields[name]])),
		inSnakeCase(Object.fromEntries(others)),
		'voicefox_',
	);
}

/** Go writes an empty list as null. What is not a list stays in one, so that validation refuses it. */
function listOf(value: unknown): unknown[] {
	if (value === undefined || value === null || value === '') return [];
	return Array.isArray(value) ? value : [value];
}

/** The answers, which the API groups by the assistant's version, as the events' flat list. */
function collectTargets(collect: unknown): unknown[] {
	return listOf(collect).flatMap((group) => {
		if (!isObject(group)) return [group];

		const { vid, items } = group;
		const version = vid === undefined || vid === null ? {} : { assistant_vid: vid };
		return listOf(items).map((answer) =>
			isObject(answer) ? joined(renamed(answer, ANSWER_NAMES), version, 'group_') : answer,
		);
	});
}

const versionsIn = (collect: unknown) =>
	listOf(collect).map((group) => (isObject(group) ? group.vid : undefined));

/** What tells versions apart: 2045 and "2045" are one. */
const versionKey = (vid: unknown) => textIn(vid) || jsonText(vid);

/** The assistants by ID where the API names them, then the versions of which it gives nothing but the version. */
function assistantInfos(assistant: unknown, versions: unknown[]): unknown[] {
	const named = listOf(assistant).map((info) => (isObject(info) ? renamed(info, ASSISTANT_NAMES) : info));
	const namedVersions = new Set(named.filter(isObject).map((info) => versionKey(info.assistant_vid)));

	const others = versions.filter(
		(vid) => vid !== undefined && vid !== null && !namedVersions.has(versionKey(vid)),
	);
	const unnamed = new Map(others.map((vid) => [versionKey(vid), { assistant_vid: vid }]));
	return [...named, ...unnamed.values()];
}

/** The event that reports such a call; the task decides where the direction is missing (inbound calls have none). */
function eventNameOf({ direction, taskId }: IDataObject): 'callin.collect' | 'task.call.collect' {
	const isOutbound = direction === 'outbound' || (direction !== 'inbound' && Number(textIn(taskId)) > 0);
	return isOutbound ? 'task.call.collect' : 'callin.collect';
}

/** The call's fields, without answers. */
function callFields({ assistant, assistantVids, collect, ...call }: IDataObject): IDataObject {
	const assistants = assistantInfos(assistant, [...listOf(assistantVids), ...versionsIn(collect)]);
	return renamed({ ...call, assistant: assistants as IDataObject[] }, CALL_NAMES);
}

/** Reads the fields as those of an event of this shape, with the events' tolerance. */
function read(
	shape: 'analysis' | 'call',
	fields: IDataObject,
	log: IDataObject,
): VoiceFoxEvent | InvalidPayload {
	const eventName = eventNameOf(log);
	const event = readEvent(
		{ valid: true, eventName, eventData: fields, envelope: {}, received: log },
		'tolerant',
		shape,
	);
	if (!event.valid) return event;

	// The tolerance gives an event without variables an empty `extra`; here nobody knows whether there were any.
	const { extra, ...data } = event.data;
	return {
		...event,
		source: 'call_log',
		data: has(fields)('extra') ? { ...data, extra } : data,
	} as VoiceFoxEvent;
}

/**
 * A call log of GET /openapi/call_logs/{sessionID} as the event that reports this call's analysis.
 *
 * What the API does not have is not made up: `conversation_analysis` is empty, `extra` and `question_uuid` are
 * absent, and an assistant known by its version only has no `assistant_id`. What the API has beyond the events is
 * passed on in snake_case, values untouched; an answer's version stands beside it as `assistant_vid`.
 *
 * @param log the call log as VoiceFox sends it
 * @param listed the same call's entry in the list, when it was read: it names the assistants by ID
 * @returns the event, named by the call's direction, or at most 20 issues that say what could not be read
 */
export function eventOfCallLog(log: IDataObject, listed: IDataObject = {}): VoiceFoxEvent | InvalidPayload {
	const whole = { ...listed, ...log };
	const lists: IDataObject = {
		collect_targets: collectTargets(whole.collect) as IDataObject[],
		conversation_analysis: [],
	};
	return read('analysis', { ...lists, ...callFields(whole) }, log);
}

/**
 * An entry of GET /openapi/calllog as an event of a call whose answers are not known: without answers, so that
 * nobody counts them. Otherwise like `eventOfCallLog`.
 *
 * @param entry the entry as VoiceFox sends it
 */
export function eventOfListedCall(entry: IDataObject): VoiceFoxEvent | InvalidPayload {
	return read('call', callFields(entry), entry);
}
