import type { IDataObject } from 'n8n-workflow';

import { choice } from '../settings/define';
import { shapeRow, type EventList } from '../voicefox/events';
import { givingWay, joined, picked } from '../voicefox/fields';
import { withZonedTimes } from '../voicefox/times';
import type { VoiceFoxEvent } from '../voicefox/validation';
import { isObject, isPresent, textIn } from '../voicefox/values';
import { draggable, filledTexts } from './names';
import { askedQuestions, type QuestionEntry } from './questions';

/** Which collected answers are emitted. */
export const hitStatus = choice({
	displayName: 'Hit Status',
	name: 'hitStatus',
	description: 'Which collected answers to pass on. VoiceFox marks a question as hit when it got an answer.',
	options: [
		{ name: 'All Questions', value: 'all', description: 'Questions with and without an answer' },
		{ name: 'Hit Only', value: 'hit', description: 'Only questions that were hit' },
		{ name: 'Not Hit Only', value: 'notHit', description: 'Only questions that were not hit' },
	],
});

/** What the parts of an event depend on. */
export interface PartSettings {
	hitStatus: (typeof hitStatus)['unset'];
	filters: { questions: QuestionEntry[] };
	options: { timeZone: string; showTimesIn?: string };
}

/** A setting that fits nothing of an event, though the event is taken. */
export interface Warning {
	/** Lines of one kind share a limit */
	kind: 'question' | 'column';
	/** In words, without what differs from event to event */
	reason: string;
}

/** So much of an entry is repeated. */
const LONGEST_ENTRY = 100;

/** What a user typed, for a sentence on one line. */
export const inQuotes = (entry: string) => JSON.stringify(entry.slice(0, LONGEST_ENTRY));

/** An element of one of the event's lists: an answer, a topic, a task's question. */
export interface Element {
	/** Its own fields, under names that can be dragged. */
	fields: IDataObject;
	/** What VoiceFox calls it, "" where it has no text. */
	text: string;
	/** The text that its key is made of: never blank, and it can be dragged. */
	filled: string;
	/** "" where it has none. */
	id: string;
	isHit: boolean;
	/** 'Only These Questions' leaves it. */
	isAsked: boolean;
	/** 'Hit Status' leaves it, too. */
	isEmitted: boolean;
}

export interface ElementList {
	list: EventList;
	/** All of them, as sent. */
	elements: Element[];
}

/** An event, taken apart once: filters ask of it, and the forms put it together. */
export interface Parts {
	event: VoiceFoxEvent;
	/** Its fields under VoiceFox's own names, those beside `event_data` included. */
	sent: IDataObject;
	/** What its first item says in `type`. */
	type: 'call' | 'task' | 'event';
	/** All of its own fields but the lists: under names that can be dragged, times in the user's zone, leads first. */
	fields: IDataObject;
	/** The names of those that come first. */
	leads: readonly string[];
	/** `extra` under the names that VoiceFox sent, when it is an object. */
	extra: IDataObject | null;
	/** The fields that the elements' items repeat. */
	repeated: IDataObject;
	lists: ElementList[];
	/** How many answers were asked for and hit; none for an event that has no answers. */
	counters: IDataObject;
	/** Where the event is from, when VoiceFox did not send it. */
	source: IDataObject;
	warnings: Warning[];
}

/**
 * Takes an event apart: its fields under names that can be dragged, its times in the user's zone, its lists with what the
 * settings leave of them.
 */
export function toParts(event: VoiceFoxEvent, settings: PartSettings): Parts {
	const shape = shapeRow(event.kind);
	const all = fieldsOf(event, settings);
	const fields = { ...picked(all, shape.leads), ...all };
	const sent: IDataObject = { ...event.envelope, ...event.data };
	for (const { field } of shape.lists) delete fields[field];

	const lists = shape.lists.map((list) => elementsOf(list, all[list.field], settings));
	return {
		event,
		sent,
		type: event.kind === 'other' && !isPresent(sent.session_id) ? 'event' : shape.head.type,
		fields,
		leads: shape.leads,
		extra: isObject(sent.extra) ? sent.extra : null,
		repeated: shape.repeated ? picked(fields, shape.repeated) : fields,
		lists: lists.map(({ list, elements }) => ({ list, elements })),
		counters: Object.assign({}, ...lists.map(countersOf)) as IDataObject,
		source: event.source === undefined ? {} : { source: event.source },
		warnings: lists.flatMap(({ unmatched }) => unmatched.map(questionWarning)),
	};
}

/** All fields of the event: `event_data`, then the ones beside it. */
function fieldsOf({ data, envelope }: VoiceFoxEvent, { options }: PartSettings): IDataObject {
	const fields = joined(draggable<IDataObject>(data), draggable(envelope), 'envelope_');
	return withZonedTimes(fields, options.timeZone, options.showTimesIn);
}

/** The elements of a list that is documented; where an event has none of it, there are none. */
function elementsOf(
	list: EventList,
	sent: unknown,
	{ filters, hitStatus: wanted }: PartSettings,
): ElementList & { unmatched: QuestionEntry[] } {
	const all = Array.isArray(sent) ? (sent as IDataObject[]) : [];
	const filled = filledTexts(
		all.map((fields) => fields[list.text]),
		list.blank,
	);
	const named = all.map((fields, place) => ({
		fields,
		text: textIn(fields[list.text]),
		filled: filled[place]!,
		id: list.id === undefined ? '' : textIn(fields[list.id]),
	}));
	const { places, unmatched } = askedQuestions(named, list.hit === undefined ? [] : filters.questions);
	const elements = named.map((element, place) => {
		const isHit = list.hit !== undefined && element.fields[list.hit] === true;
		const isAsked = places === null || places.has(place);
		const isWanted = list.hit === undefined || wanted === 'all' || isHit === (wanted === 'hit');
		return { ...element, isHit, isAsked, isEmitted: isAsked && isWanted };
	});
	return { list, elements, unmatched };
}

function countersOf({ list, elements }: ElementList): IDataObject {
	if (list.hit === undefined) return {};
	const asked = elements.filter(({ isAsked }) => isAsked);
	return { answers_total: asked.length, answers_hit: asked.filter(({ isHit }) => isHit).length };
}

const questionWarning = ({ typed }: QuestionEntry): Warning => ({
	kind: 'question',
	reason: `an entry in 'Only These Questions' matches no question of a call: ${inQuotes(typed)}`,
});

/** A record: what this package adds wins over VoiceFox's fields of these names, which move to `voicefox_<name>`. */
export const record = (before: IDataObject, fields: IDataObject, after: IDataObject): IDataObject => ({
	...before,
	...givingWay(fields, { ...before, ...after }, 'voicefox_'),
	...after,
});
