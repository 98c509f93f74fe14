import type { INodePropertyOptions } from 'n8n-workflow';

import { EVENT_CHOICES, type EventChoice } from './validation';

/** What the editor says of each event; `action` is its entry in the list of nodes. */
export const EVENT_TEXTS: Record<EventChoice, Omit<INodePropertyOptions, 'value'>> = {
	'callin.transfer': {
		name: 'Call Transferred',
		action: 'On call transferred',
		description: 'A call was passed on to a third party, e.g. a colleague',
	},
	'callin.collect': {
		name: 'Inbound Call Analyzed',
		action: 'On inbound call analyzed (outbound can be added)',
		description: 'The answers and the analysis of a call that somebody made to you are ready',
	},
	'callin.hangup': {
		name: 'Inbound Call Ended',
		action: 'On inbound call ended',
		description: 'A call that somebody made to you is over, answered or not; the answers come later',
	},
	other: {
		name: 'Other Event',
		action: 'On any other event',
		description:
			'Any event that is not in this list, e.g. the end of an outbound call, whose name VoiceFox does not document',
	},
	'task.call.collect': {
		name: 'Outbound Call Analyzed',
		action: 'On outbound call analyzed (inbound can be added)',
		description: 'The answers and the analysis of a call that VoiceFox made for you are ready',
	},
	'task.end': {
		name: 'Outbound Task Finished',
		action: 'On outbound task finished',
		description: 'All calls of an outbound task are done; brings the totals of each question',
	},
};

/** The label of an event in the editor. */
export const EVENT_LABELS = Object.fromEntries(
	EVENT_CHOICES.map((value) => [value, EVENT_TEXTS[value].name]),
);

/** The node's line on the canvas: the selected events, both directions of an analyzed call as one to fit in. */
export const subtitleExpression = `={{ $parameter.triggerOn
	.filter((event) => event !== "task.call.collect" || !$parameter.triggerOn.includes("callin.collect"))
	.map((event) => event === "callin.collect" && $parameter.triggerOn.includes("task.call.collect")
		? "Call Analyzed" : (${JSON.stringify(EVENT_LABELS)})[event])
	.join(", ") }}`;
