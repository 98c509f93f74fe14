import type { IDataObject } from 'n8n-workflow';

import { DOCUMENTED } from './documented';
import { eventRow, type EventShape, type InvalidPayload, type Issue, type SentEvent } from './events';
import { sizeProblem } from './size';
import { strictIssues } from './strict';
import { readTolerantly } from './tolerant';
import { isObject } from './values';

export const VALIDATION_MODES = ['tolerant', 'strict'] as const;
export type ValidationMode = (typeof VALIDATION_MODES)[number];

const MAX_ISSUES = 20;

/** What is sure of an event's data. Any other field may be missing, null, or hold what VoiceFox does not document. */
export type Call = IDataObject & { session_id: string; assistant_infos: IDataObject[] };
export type Analysis = Call & { collect_targets: CollectTarget[]; conversation_analysis: Topic[] };
export type Task = IDataObject & { task_id: string | number; task_overview: TaskQuestion[] };
export type CollectTarget = IDataObject;
export type Topic = IDataObject;
export type TaskQuestion = IDataObject & { results: IDataObject[] };

/** A validated event. `data` is `event_data` with the documented fields converted and all others as sent. */
export type VoiceFoxEvent = {
	valid: true;
	name: string;
	envelope: IDataObject;
	received: IDataObject;
	/** Where a documented field holds a value of another type, passed on as sent; at most 20 places, dotted. */
	asSent: string[];
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
 * @param mode `strict` is the document; `tolerant` refuses only what cannot be used at all
 * @param shape what is documented of the data; by the event's name unless given
 * @returns the event, or at most 20 issues that say where the payload differs (never its values)
 */
export function readEvent(
	sent: SentEvent,
	mode: ValidationMode,
	shape: EventShape = eventRow(sent.eventName).shape,
): VoiceFoxEvent | InvalidPayload {
	const { eventName: name, eventData, envelope, received } = sent;
	const problem = sizeProblem(sent);
	if (problem !== null) return invalid(received, [{ path: 'event_data', message: problem }]);

	const event = { valid: true, kind: shape, name, envelope, received } as const;
	if (shape === 'other') {
		return { ...event, asSent: [], data: undocumentedData(eventData) } as VoiceFoxEvent;
	}
	if (!isObject(eventData)) {
		return invalid(received, [{ path: 'event_data', message: 'Expected an object' }]);
	}
	const { issues, ...read } = READERS[mode](eventData, shape);
	return issues.length > 0 ? invalid(received, issues) : ({ ...event, ...read } as VoiceFoxEvent);
}

type Reader = (eventData: IDataObject, shape: keyof typeof DOCUMENTED) => ReturnType<typeof readTolerantly>;

const READERS: Record<ValidationMode, Reader> = {
	tolerant: (eventData, shape) => readTolerantly(eventData, DOCUMENTED[shape]),
	strict: (eventData, shape) => ({ data: eventData, issues: strictIssues(eventData, shape), asSent: [] }),
};

const invalid = (payload: IDataObject, issues: Issue[]): InvalidPayload => ({
	valid: false,
	issues: issues.slice(0, MAX_ISSUES),
	payload,
});

function undocumentedData(eventData: unknown): IDataObject {
	if (isObject(eventData)) return eventData;
	return eventData === undefined || eventData === null
		? {}
		: { event_data: eventData as IDataObject[string] };
}
