import type { IDataObject } from 'n8n-workflow';

/**
 * A list of an event's data. Its elements become items of their own, and in a row columns of their own; what has to be
 * known for that (and for the bounds of an event's size) is said here, and nowhere else by name.
 */
export interface EventList {
	/** Its name in `event_data`. */
	field: string;
	/** The label of the output that its items leave on. */
	output: 'Answers' | 'Analysis' | 'Results';
	/** What its items say in `type`, where all items are in one list. */
	type: string;
	/** An element's field that names it: the text of a question, the title of a topic. */
	text: string;
	/** An element's field that holds what came of it. */
	value: string;
	/** What an element is to whoever looks for it. */
	kind: 'question' | 'topic';
	/** What an element without a text is called; its place in the list follows. */
	blank: string;
	/** The field of 'One Item per Call' with the values by their texts. */
	key?: string;
	/** An element's field that is an ID by which a user may name it, too. */
	id?: string;
	/** An element's field that says whether it was hit: such a list is counted, and limited by what the user asks for. */
	hit?: string;
	/** An element's field that is itself a list: each of its elements becomes an item. */
	inner?: string;
}

const ANSWERS = {
	field: 'collect_targets',
	output: 'Answers',
	type: 'collect_target',
	text: 'question',
	value: 'result',
	kind: 'question',
	blank: 'Question',
	key: 'answers',
	id: 'question_uuid',
	hit: 'hit',
} as const satisfies EventList;

const TOPICS = {
	field: 'conversation_analysis',
	output: 'Analysis',
	type: 'conversation_analysis',
	text: 'title',
	value: 'result',
	kind: 'topic',
	blank: 'Topic',
	key: 'analysis',
} as const satisfies EventList;

const RESULTS = {
	field: 'task_overview',
	output: 'Results',
	type: 'task_result',
	text: 'question',
	value: 'results',
	kind: 'question',
	blank: 'Question',
	inner: 'results',
} as const satisfies EventList;

interface ShapeRow {
	/** The label of the first output, and what its item says in `type`. */
	head: { output: 'Call' | 'Task'; type: 'call' | 'task' };
	/** What people look for: these fields come first, under the names that items have. */
	leads: readonly string[];
	/** The lists whose elements become items. */
	lists: readonly EventList[];
	/** Those of the event's own fields that the elements' items repeat; all unless given. */
	repeated?: readonly string[];
}

const CALL = {
	head: { output: 'Call', type: 'call' },
	leads: ['session_id', 'start_at', 'direction', 'caller_number', 'callee_number', 'billsec'],
	lists: [],
} as const satisfies ShapeRow;

/** What is documented of an event's data, by the page of VoiceFox's documents: of `other` ones nothing is. */
const SHAPES = {
	analysis: { ...CALL, lists: [ANSWERS, TOPICS] },
	call: CALL,
	task: {
		head: { output: 'Task', type: 'task' },
		leads: ['task_id', 'task_start_at'],
		lists: [RESULTS],
		repeated: ['task_id', 'task_start_at'],
	},
	other: CALL,
} as const satisfies Record<string, ShapeRow>;

export type EventShape = keyof typeof SHAPES;

/** What is documented of the data of events of this shape. */
export const shapeRow = (shape: EventShape): ShapeRow => SHAPES[shape];

/** The lists in an event's data that an event may be too large by: its elements become items, or are looked at one by one. */
export const SIZED_LISTS: ReadonlyArray<Pick<EventList, 'field' | 'inner'>> = [
	...Object.values(SHAPES).flatMap(({ lists }): readonly EventList[] => lists),
	{ field: 'assistant_infos' },
];

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

const choicesOf = (isWanted: (shape: EventShape) => boolean): EventChoice[] =>
	EVENTS.filter(({ shape }) => isWanted(shape)).map(({ value }) => value);

/** The events that bring collected answers. */
export const ANALYSIS_EVENTS = choicesOf((shape) => shape === 'analysis');

/** The events whose data VoiceFox documents. */
export const DOCUMENTED_EVENTS = choicesOf((shape) => shape !== 'other');

/** The events that are about one call, as far as anybody knows. */
export const CALL_EVENTS = choicesOf((shape) => SHAPES[shape].head.type === 'call');

/** The row of an event by its name. */
const ROWS: ReadonlyMap<string, (typeof EVENTS)[number]> = new Map(EVENTS.map((row) => [row.value, row]));

const OTHER = ROWS.get('other')!;

/** What is known of an event of that name: the choice that it falls under, and its shape. */
export const eventRow = (eventName: string): { value: EventChoice; shape: EventShape } =>
	ROWS.get(eventName) ?? OTHER;

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
