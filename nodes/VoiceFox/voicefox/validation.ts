import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';

import { shapeOf, type InvalidPayload, type Issue, type SentEvent } from './events';
import { exact, strict, tolerant, type FieldTypes } from './fieldTypes';
import { sizeProblem } from './size';
import { isObject } from './values';

export const VALIDATION_MODES = ['tolerant', 'strict'] as const;
export type ValidationMode = (typeof VALIDATION_MODES)[number];

const MAX_ISSUES = 20;

const callShape = (is: FieldTypes) => ({
	session_id: is.identifier,
	task_id: is.integer,
	task_item_id: is.integer,
	callee: is.text,
	caller: is.text,
	start_at: is.text,
	answer_at: is.text,
	end_at: is.text,
	duration: is.integer,
	billsec: is.integer,
	direction: is.choice(['inbound', 'outbound']),
	ring_time: is.integer,
	hangup_side: is.choice(['caller', 'callee']),
	hangup_reason: is.text,
	record_url: is.text,
	assistant_infos: is.list(z.object({ assistant_id: is.integer, assistant_vid: is.integer })),
	extra: is.variables,
});

const analysisShape = (is: FieldTypes) => ({
	collect_targets: is.list(
		z.object({ question: is.text, hit: is.flag, result: is.text, message: is.text, question_uuid: is.text }),
	),
	conversation_analysis: is.list(z.object({ title: is.text, result: is.text })),
	...callShape(is),
});

const taskShape = (is: FieldTypes) => ({
	task_id: is.number,
	task_start_at: is.text,
	task_progress: is.group(
		z.object({
			total_num: is.integer,
			called_num: is.integer,
			called_answered_num: is.integer,
			called_un_answered_num: is.integer,
			pending_num: is.integer,
		}),
	),
	task_overview: is.list(
		z.object({
			question: is.text,
			total: is.integer,
			option: is.flag,
			results: is.list(z.object({ result: is.text, total: is.integer, percent: is.text })),
		}),
	),
});

const schemasOf = (is: FieldTypes) => ({
	analysis: z.object(analysisShape(is)),
	call: z.object(callShape(is)),
	task: z.object(taskShape(is)),
});

/** Made once, when n8n loads the node. */
const SCHEMAS = { tolerant: schemasOf(tolerant), strict: schemasOf(strict) };

const exactly = schemasOf(exact);

/**
 * The strict schemas, made to give back the very value that went in where it does not match: then zod makes no
 * issues, which would cost more than everything else about an event to convert.
 */
const PLAIN_STRICT = {
	analysis: z.union([exactly.analysis, z.unknown()]),
	call: z.union([exactly.call, z.unknown()]),
	task: z.union([exactly.task, z.unknown()]),
};

/** Tells whether `event_data` is exactly what VoiceFox documents (zod's match is a copy, never the value itself). */
const matchesDocument = (kind: keyof typeof PLAIN_STRICT, eventData: IDataObject) =>
	PLAIN_STRICT[kind].parse(eventData) !== eventData;

export type Call = z.infer<(typeof SCHEMAS)['tolerant']['call']> & IDataObject;
export type Analysis = z.infer<(typeof SCHEMAS)['tolerant']['analysis']> & IDataObject;
export type Task = z.infer<(typeof SCHEMAS)['tolerant']['task']> & IDataObject;
export type CollectTarget = Analysis['collect_targets'][number] & IDataObject;
export type Topic = Analysis['conversation_analysis'][number] & IDataObject;
export type TaskQuestion = Task['task_overview'][number] & IDataObject;

/** A validated event. `data` is `event_data` with the documented fields converted and all others as sent. */
export type VoiceFoxEvent = {
	valid: true;
	name: string;
	envelope: IDataObject;
	received: IDataObject;
	/** Where it is from when VoiceFox did not send it: its items say so. */
	source?: 'call_log';
} & (
	| { kind: 'analysis'; data: Analysis }
	| { kind: 'call'; data: Call }
	| { kind: 'task'; data: Task }
	| { kind: 'other'; data: IDataObject }
);

/**
 * Validates an event's `event_data` and converts its documented fields.
 *
 * `callin.transfer` and events that VoiceFox does not document pass as they are; an `event_data` that is
 * no object then stands under its own name.
 *
 * An event that is too large is invalid before anything else is looked at.
 *
 * @param mode `strict` is the document; `tolerant` also takes what a Go server may send in its place
 * @returns the event, or at most 20 issues that say where the payload differs (never its values)
 */
export function readEvent(sent: SentEvent, mode: ValidationMode): VoiceFoxEvent | InvalidPayload {
	const { eventName: name, eventData, envelope, received } = sent;
	const problem = sizeProblem(sent);
	if (problem !== null) return invalidData(received, problem);

	const kind = shapeOf(name);
	if (kind === 'other') {
		return { valid: true, kind, name, data: undocumentedData(eventData), envelope, received };
	}
	if (!isObject(eventData)) return invalidData(received, 'Invalid input: expected object');

	// What matches the document needs no conversion, and the strict schema is the faster one by far.
	if (matchesDocument(kind, eventData)) {
		return { valid: true, kind, name, data: eventData, envelope, received } as VoiceFoxEvent;
	}

	const result = SCHEMAS[mode][kind].safeParse(eventData);
	if (!result.success) return { valid: false, issues: toIssues(result.error), payload: received };

	const data = withUnknownFields(eventData, result.data);
	return { valid: true, kind, name, data, envelope, received } as VoiceFoxEvent;
}

const invalidData = (payload: IDataObject, message: string): InvalidPayload => ({
	valid: false,
	issues: [{ path: 'event_data', message }],
	payload,
});

function undocumentedData(eventData: unknown): IDataObject {
	if (isObject(eventData)) return eventData;
	return eventData === undefined || eventData === null
		? {}
		: { event_data: eventData as IDataObject[string] };
}

const toIssues = (error: z.ZodError): Issue[] =>
	error.issues.slice(0, MAX_ISSUES).map(({ path, message }) => ({
		path: ['event_data', ...path].join('.'),
		message,
	}));

/**
 * Puts zod's converted values into the value as sent, at every level. zod's own `looseObject` would do it,
 * but makes a field called `__proto__` the prototype of its result (seen on zod 3.25.76).
 *
 * @returns the very value sent wherever nothing was converted, else a copy
 */
function withUnknownFields(sent: unknown, converted: unknown): unknown {
	if (sent === converted) return sent;
	if (Array.isArray(sent) && Array.isArray(converted)) return listWithUnknownFields(sent, converted);
	if (isObject(sent) && isObject(converted)) return objectWithUnknownFields(sent, converted);
	return converted;
}

function listWithUnknownFields(sent: unknown[], converted: unknown[]): unknown[] {
	const list = sent.map((element, index) => withUnknownFields(element, converted[index]));
	return list.some((element, index) => element !== sent[index]) ? list : sent;
}

function objectWithUnknownFields(sent: IDataObject, converted: IDataObject): IDataObject {
	let merged = sent;
	for (const name of Object.keys(converted)) {
		const value = withUnknownFields(sent[name], converted[name]);
		if (value === sent[name]) continue;
		if (merged === sent) merged = { ...sent };
		merged[name] = value as IDataObject[string];
	}
	return merged;
}
