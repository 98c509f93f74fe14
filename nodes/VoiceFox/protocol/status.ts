import type { IDataObject } from 'n8n-workflow';

import type { InvalidPayload, SentEvent } from '../voicefox/events';
import { isObject } from '../voicefox/values';

/** The name of the event that asks a trigger for its status. VoiceFox never sends it. */
export const STATUS_EVENT = 'n8n.status';

/** Tells whether a request is no event, but asks for the trigger's status. */
export const asksForStatus = (sent: SentEvent | InvalidPayload) =>
	sent.valid && sent.eventName === STATUS_EVENT;

/** What happened again and again for one reason. */
export interface ReasonCount {
	/** In words, without what differs from event to event */
	reason: string;
	count: number;
	/** ISO 8601 */
	last: string;
}

/** What one n8n process knows of a trigger. */
export interface TriggerStatus {
	/** ISO 8601: since when the counts are kept */
	since: string;
	accepted: number;
	refused: ReasonCount[];
	ignored: ReasonCount[];
	warnings: ReasonCount[];
	/** The trigger's production URL as n8n names it; null when n8n names none */
	url: string | null;
	/** What keeps the trigger from working now; null when nothing is known */
	problem: string | null;
}

const isReasonCount = (value: unknown) =>
	isObject(value) &&
	typeof value.reason === 'string' &&
	typeof value.count === 'number' &&
	typeof value.last === 'string';

const areReasonCounts = (value: unknown) => Array.isArray(value) && value.every(isReasonCount);

/** Tells a trigger's status from whatever else may answer at a URL. */
export const isTriggerStatus = (body: unknown): body is IDataObject & TriggerStatus =>
	isObject(body) &&
	typeof body.since === 'string' &&
	typeof body.accepted === 'number' &&
	areReasonCounts(body.refused) &&
	areReasonCounts(body.ignored) &&
	areReasonCounts(body.warnings);
