import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { EVENT_LABELS, type EventChoice, type InvalidPayload, type Issue } from '../voicefox/events';
import { isObject, isPresent } from '../voicefox/values';
import type { NotProcessedKind } from './settings';

/** The label of the output of its own. */
export const UNPROCESSED = 'Unprocessed';

/** An authorized request that starts nothing, unless the user wants it passed on. */
export interface Unprocessed {
	kind: NotProcessedKind;
	/** A sentence for the user */
	reason: string;
	/** The same without what differs from event to event, as it is counted */
	cause: string;
	payload: unknown;
	issues?: Issue[];
}

const MAX_REASON_ISSUES = 3;

const inWords = ({ path, message }: Issue) => `${path || 'body'}: ${message}`;

function issuesInWords(issues: Issue[]): string {
	const more = issues.length - MAX_REASON_ISSUES;
	const first = issues.slice(0, MAX_REASON_ISSUES).map(inWords).join('; ');
	return more > 0 ? `${first}; and ${more} more` : first;
}

/** For a body that is not an event, or not a valid one. */
export const invalid = ({ issues, payload }: InvalidPayload): Unprocessed => ({
	kind: 'invalid',
	reason: `The payload is not what VoiceFox sends: ${issuesInWords(issues)}`,
	cause: 'the payload is not what VoiceFox sends',
	payload,
	issues,
});

/** For an event that the user has not chosen. */
export const notSelected = (choice: EventChoice, payload: unknown): Unprocessed => ({
	kind: 'notSelected',
	reason: `The event "${EVENT_LABELS[choice]}" is not selected in 'Trigger On'`,
	cause: `the event "${EVENT_LABELS[choice]}" is not selected in 'Trigger On'`,
	payload,
});

/** For an event that a filter does not let pass. @param refusal begins with the filter's label and a colon */
export const filtered = (refusal: string, payload: unknown): Unprocessed => ({
	kind: 'filtered',
	reason: `The event does not pass the filter ${refusal}`,
	cause: `the event does not pass the filter '${refusal.split(':', 1)[0]}'`,
	payload,
});

/** For an event that was accepted before. */
export const duplicate = (payload: unknown): Unprocessed => ({
	kind: 'duplicate',
	reason: 'The event is a duplicate: this trigger has already accepted the very same one',
	cause: 'the event is a duplicate',
	payload,
});

const fieldOf = (fields: unknown, name: string): IDataObject[string] => {
	const value = isObject(fields) ? fields[name] : null;
	return isPresent(value) ? value : null;
};

/**
 * The outputs with one item on the last, 'Unprocessed', and none on the others.
 *
 * @param outputs how many others there are
 */
export function toUnprocessedItem(
	{ kind, reason, payload, issues }: Unprocessed,
	outputs: number,
): INodeExecutionData[][] {
	const eventName = fieldOf(payload, 'event_name');
	const data = fieldOf(payload, 'event_data');
	const json = {
		reason,
		kind,
		event_name: typeof eventName === 'string' ? eventName : null,
		session_id: fieldOf(data, 'session_id') ?? fieldOf(payload, 'session_id'),
		task_id: fieldOf(data, 'task_id') ?? fieldOf(payload, 'task_id'),
		...(issues ? { issues } : {}),
		payload,
	};
	return [...Array.from({ length: outputs }, () => []), [{ json: json as IDataObject }]];
}
