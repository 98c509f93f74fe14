import type { IDisplayOptions } from 'n8n-workflow';

import {
	choice,
	choices,
	collection,
	flag,
	forEvents,
	propertiesOf,
	type ValuesOf,
} from '../settings/define';
import { ITEM_SETTINGS, itemOptions } from '../items/settings';
import { DOCUMENTED_EVENTS, EVENT_LABELS, EVENT_OPTIONS, type EventChoice } from '../voicefox/events';

const triggerOn = choices({
	displayName: 'Trigger On',
	name: 'triggerOn',
	required: true,
	default: ['callin.collect', 'task.call.collect'],
	options: EVENT_OPTIONS,
});

const ignoreDuplicates = flag({
	displayName: 'Ignore Duplicates',
	name: 'ignoreDuplicates',
	default: true,
	description: 'Whether to start only once when VoiceFox sends the very same event again within a day',
});

const includeRawEvent = flag({
	displayName: 'Include Raw Event',
	name: 'includeRawEvent',
	default: false,
	description: "Whether to add the event as VoiceFox sent it, in the field 'raw' of the first output",
});

const notProcessed = choices({
	displayName: 'Output Unprocessed Events',
	name: 'notProcessed',
	default: [],
	description:
		"Starts the workflow with these too, on an extra output 'Unprocessed', each with its reason. Requests with a wrong token are never passed on.",
	options: [
		{
			name: 'Invalid Payloads',
			value: 'invalid',
			description: 'Requests that are not valid VoiceFox events; otherwise they are refused',
		},
		{
			name: 'Events Not Selected',
			value: 'notSelected',
			description: "Events that are not chosen in 'Trigger On'",
		},
		{
			name: 'Filtered-Out Events',
			value: 'filtered',
			description: 'Events that do not pass a filter',
		},
		{
			name: 'Duplicates',
			value: 'duplicate',
			description: 'Events that VoiceFox sends a second time',
		},
	],
});

const validation = choice({
	displayName: 'Validation',
	name: 'validation',
	description: 'How exactly an event must match what VoiceFox documents',
	options: [
		{
			name: 'Tolerant',
			value: 'tolerant',
			description: 'Fields may be missing or empty, numbers may come as text; best for everyday use',
		},
		{
			name: 'Strict',
			value: 'strict',
			description: 'Every documented field must be there with the documented type',
		},
	],
});

const options = collection({ displayName: 'Options', name: 'options', placeholder: 'Add Option' }, [
	ignoreDuplicates,
	includeRawEvent,
	notProcessed,
	...itemOptions(),
	forEvents(DOCUMENTED_EVENTS, validation),
]);

/** Shown only when one of these events is selected; `/` is the node's own level, seen from inside a collection. */
const shownFor = (events: readonly EventChoice[]): IDisplayOptions => ({
	show: { '/triggerOn': [...events] },
});

/** What the user can set, in the order of the editor. Names and values are fixed: saved workflows use them. */
export const TRIGGER_SETTINGS = [triggerOn, ...ITEM_SETTINGS, options] as const;

/** The same as n8n's description of the node's parameters. */
export const triggerParameters = propertiesOf(TRIGGER_SETTINGS, shownFor);

/** What the user set, checked and in the form in which it is used. */
export type TriggerSettings = ValuesOf<typeof TRIGGER_SETTINGS>;

/** What 'Output Unprocessed Events' offers. */
export type NotProcessedKind = TriggerSettings['options']['notProcessed'][number];

/** The node's line on the canvas: the selected events, both directions of an analyzed call as one to fit in. */
export const subtitleExpression = `={{ $parameter.triggerOn
	.filter((event) => event !== "task.call.collect" || !$parameter.triggerOn.includes("callin.collect"))
	.map((event) => event === "callin.collect" && $parameter.triggerOn.includes("task.call.collect")
		? "Call Analyzed" : (${JSON.stringify(EVENT_LABELS)})[event])
	.join(", ") }}`;
