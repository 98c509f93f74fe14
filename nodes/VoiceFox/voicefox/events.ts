import type { IDataObject } from 'n8n-workflow';

/** The pages of VoiceFox's documents that say what is in an event: `other` ones have none. */
export type EventShape = 'analysis' | 'call' | 'task' | 'other';

interface EventRow {
	/** `event_name` as VoiceFox sends it; `other` stands for any name that is not in this table. */
	value: string;
	/** The label in the editor. */
	name: string;
	/** The entry in the editor's list of nodes. */
	action: string;
	description: string;
	shape: EventShape;
}

/** What VoiceFox sends, a row per event, in the order of the editor (by label, as n8n's linter wants it). */
const EVENTS = [
	{
		value: 'callin.collect',
		name: 'Call Analyzed (Inbound)',
		action: 'On call analyzed (inbound)',
		description: 'The answers and the analysis of a call that somebody made to you are ready',
		shape: 'analysis',
	},
	{
		value: 'task.call.collect',
		name: 'Call Analyzed (Outbound)',
		action: 'On call analyzed (outbound)',
		description: 'The answers and the analysis of a call that VoiceFox made for you are ready',
		shape: 'analysis',
	},
	{
		value: 'callin.hangup',
		name: 'Call Ended (Inbound)',
		action: 'On call ended (inbound)',
		description: 'A call that somebody made to you is over, answered or not; the answers come later',
		shape: 'call',
	},
	{
		value: 'callin.transfer',
		name: 'Call Transferred',
		action: 'On call transferred',
		description: 'A call was passed on to a third party, e.g. a colleague',
		shape: 'other',
	},
	{
		value: 'other',
		name: 'Other Event',
		action: 'On other event',
		description:
			'Any event that is not in this list, e.g. the end of an outbound call, whose name VoiceFox does not document',
		shape: 'other',
	},
	{
		value: 'task.end',
		name: 'Task Finished (Outbound)',
		action: 'On task finished (outbound)',
		description: 'All calls of an outbound task are done; includes the totals for each question',
		shape: 'task',
	},
] as const satisfies readonly EventRow[];

export type EventChoice = (typeof EVENTS)[number]['value'];

/** Every choice of 'Trigger On', in the order of the editor. */
export const EVENT_CHOICES = EVENTS.map(({ value }) => value);

/** The choices of 'Trigger On' as n8n shows them. */
export const EVENT_OPTIONS = EVENTS.map(({ value, name, action, description }) => ({
	value,
	name,
	action,
	description,
}));

/** The label of each choice in the editor. */
export const EVENT_LABELS = Object.fromEntries(EVENTS.map(({ value, name }) => [value, name])) as Record<
	EventChoice,
	string
>;

/** The choices whose events have one of these shapes. */
export const choicesOf = (...shapes: EventShape[]): EventChoice[] =>
	EVENTS.filter(({ shape }) => shapes.includes(shape)).map(({ value }) => value);

/** The events that bring collected answers. */
export const ANALYSIS_EVENTS = choicesOf('analysis');

/** The choice that an event name falls under. */
export const choiceOf = (eventName: string): EventChoice =>
	EVENT_CHOICES.find((choice) => choice === eventName) ?? 'other';

/** What is documented of an event of that name. */
export const shapeOf = (eventName: string): EventShape =>
	EVENTS.find(({ value }) => value === eventName)?.shape ?? 'other';

/** An event as VoiceFox sent it: of its data nothing is known yet. */
export interface SentEvent {
	valid: true;
	eventName: string;
	/** `event_data` as sent: any JSON value, undefined when missing. */
	eventData: unknown;
	/** The fields beside `event_name` and `event_data`. VoiceFox documents none. */
	envelope: IDataObject;
	/** The whole payload as sent. */
	received: IDataObject;
}

/** Why a payload is not valid. `path` is dotted, "" for the whole; `message` never repeats a value. */
export interface Issue {
	path: string;
	message: string;
}

export interface InvalidPayload {
	valid: false;
	issues: Issue[];
	/** The JSON value, the text when it is not JSON, null when nothing could be read. */
	payload: unknown;
}
