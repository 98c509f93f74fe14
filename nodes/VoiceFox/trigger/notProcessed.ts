import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { OUTPUT_NAMES } from '../items/outputs';
import { EVENT_LABELS, type EventChoice, type InvalidPayload, type Issue } from '../voicefox/events';
import { isObject, isPresent } from '../voicefox/values';
import type { NotProcessedKind, TriggerSettings } from './settings';

/** The label of the output of its own. */
export const NOT_PROCESSED = 'Not Processed';

/** An authorized request that starts nothing, unless the user wants it passed on. */
export interface LeftOut {
	kind: NotProcessedKind;
	/** A sentence for the user */
	reason: string;
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

export const invalid = ({ issues, payload }: InvalidPayload): LeftOut => ({
	kind: 'invalid',
	reason: `The payload is not what VoiceFox sends: ${issuesInWords(issues)}`,
	payload,
	issues,
});

export const notSelected = (choice: EventChoice, payload: unknown): LeftOut => ({
	kind: 'notSelected',
	reason: `The event "${EVENT_LABELS[choice]}" is not selected in 'Trigger On'`,
	payload,
});

export const filtered = (refusal: string, payload: unknown): LeftOut => ({
	kind: 'filtered',
	reason: `The event does not pass the filter ${refusal}`,
	payload,
});

export const duplicate = (payload: unknown): LeftOut => ({
	kind: 'duplicate',
	reason: 'The event is a duplicate: this trigger has already accepted the very same one',
	payload,
});

const fieldOf = (fields: unknown, name: string): IDataObject[string] => {
	const value = isObject(fields) ? fields[name] : null;
	return isPresent(value) ? value : null;
};

/** The outputs with one item on the last, 'Not Processed', and none on the others. */
export function toNotProcessedItem(
	{ kind, reason, payload, issues }: LeftOut,
	{ output }: TriggerSettings,
): INodeExecutionData[][] {
	const eventName = fieldOf(payload, 'event_name');
	const data = fieldOf(payload, 'event_data');
	const json = {
		reason,
		kind,
		event_name: typeof eventName === 'string' ? eventName : null,
		session_id: fieldOf(data, 'session_id'),
		task_id: fieldOf(data, 'task_id'),
		...(issues ? { issues } : {}),
		payload,
	};
	return [...OUTPUT_NAMES[output].map(() => []), [{ json: json as IDataObject }]];
}
