import type { IDisplayOptions, INodeProperties, INodePropertyTypeOptions } from 'n8n-workflow';

import { EVENT_CHOICES, type EventChoice } from '../voicefox/validation';
import { EVENT_TEXTS } from '../voicefox/events';
import { ANALYSIS_EVENTS } from './settings';

/** Shown only when one of these events is selected; `/` is the node's own level, seen from inside a collection. */
const shownFor = (events: EventChoice[]): IDisplayOptions => ({ show: { '/triggerOn': events } });

const CALL_EVENTS = EVENT_CHOICES.filter((event) => event !== 'task.end');
const DOCUMENTED_EVENTS: EventChoice[] = [...ANALYSIS_EVENTS, 'callin.hangup', 'task.end'];

const triggerOn: INodeProperties = {
	displayName: 'Trigger On',
	name: 'triggerOn',
	type: 'multiOptions',
	required: true,
	default: ['callin.collect', 'task.call.collect'],
	options: EVENT_CHOICES.map((value) => ({ ...EVENT_TEXTS[value], value })),
};

const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'separate',
	description: 'How the parts of a call leave this node',
	builderHint: {
		propertyHint:
			"separate: three outputs, index 0 Call (one item), 1 Collected Answers (one item per question: question, hit, result, message), 2 Conversation Analysis (one item per topic: title, result); items of 1 and 2 also carry the call's fields (session_id, caller_number, callee_number, direction, billsec, record_url, extra; expressions cannot read the fields caller and callee). perCall: one output, one item with the call's fields, answers (object: question text to result), analysis (object: title to result), collect_targets and conversation_analysis; use it for spreadsheets and CRMs. list: one output, all items, field type is call, collect_target or conversation_analysis.",
	},
	options: [
		{
			name: 'Separate Outputs',
			value: 'separate',
			description:
				'Three outputs: the call, one item per collected answer, one item per conversation analysis',
		},
		{
			name: 'One Item per Call',
			value: 'perCall',
			description: 'One output with everything in one item: a column per question, best for a spreadsheet',
		},
		{
			name: 'One List',
			value: 'list',
			description: "One output with all items, told apart by their field 'type'",
		},
	],
};

const hitStatus: INodeProperties = {
	displayName: 'Hit Status',
	name: 'hitStatus',
	type: 'options',
	default: 'all',
	displayOptions: shownFor(ANALYSIS_EVENTS),
	description: 'Which collected answers to pass on. VoiceFox marks a question as hit when it got an answer.',
	options: [
		{ name: 'All Questions', value: 'all', description: 'Questions with and without an answer' },
		{ name: 'Hit Only', value: 'hit', description: 'Only questions that were hit' },
		{ name: 'Not Hit Only', value: 'notHit', description: 'Only questions that were not hit' },
	],
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'An event that does not pass is confirmed to VoiceFox and starts nothing',
	options: [
		{
			displayName: 'Answered Calls Only',
			name: 'answeredOnly',
			type: 'boolean',
			default: false,
			displayOptions: shownFor(CALL_EVENTS),
			description: 'Whether to skip calls in which nobody talked',
		},
		{
			displayName: 'Assistant IDs',
			name: 'assistantIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 318, 402',
			displayOptions: shownFor(CALL_EVENTS),
			description: 'Comma-separated list; only calls in which one of these assistants took part',
		},
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			default: 'any',
			displayOptions: shownFor(CALL_EVENTS),
			description: 'Who called whom',
			options: [
				{ name: 'Any', value: 'any', description: 'Calls in both directions' },
				{ name: 'Inbound', value: 'inbound', description: 'Calls that somebody made to you' },
				{ name: 'Outbound', value: 'outbound', description: 'Calls that VoiceFox made for you' },
			],
		},
		{
			displayName: 'Minimum Talk Time',
			name: 'minimumTalkTime',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			displayOptions: shownFor(CALL_EVENTS),
			description:
				"Shortest time between answer and end ('billsec', presumably seconds, as sent by VoiceFox)",
		},
		{
			displayName: 'Only These Questions',
			name: 'questions',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Question' },
			default: [],
			placeholder: 'e.g. How many guests will come?',
			displayOptions: shownFor(ANALYSIS_EVENTS),
			description:
				"The whole text of a question or its 'question_uuid'. Leaves out the answers to all others; never leaves out a call.",
		},
		{
			displayName: 'Start Workflow When',
			name: 'callHits',
			type: 'options',
			default: 'any',
			displayOptions: shownFor(ANALYSIS_EVENTS),
			description: 'How many of the questions must be hit. Looks at analyzed calls only.',
			options: [
				{ name: 'Any Call Is Analyzed', value: 'any', description: 'No matter how many were hit' },
				{ name: 'At Least One Question Was Hit', value: 'atLeastOne', description: 'One or more were hit' },
				{ name: 'Every Question Was Hit', value: 'every', description: 'And there is at least one question' },
				{ name: 'No Question Was Hit', value: 'none', description: 'Or there is no question' },
			],
		},
		{
			displayName: 'Task IDs',
			name: 'taskIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 9021, 9022',
			description: 'Comma-separated list; only events of these outbound tasks',
		},
	],
};

/** Stands apart so that the label can be the contract's: n8n's linter wants "… Name or ID" for IDs loaded from a service. */
const timeZoneList: INodePropertyTypeOptions = { loadOptionsMethod: 'getTimeZones' };

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Ignore Duplicates',
			name: 'ignoreDuplicates',
			type: 'boolean',
			default: true,
			description: 'Whether to start only once when VoiceFox sends the very same event again within a day',
		},
		{
			displayName: 'Include Raw Event',
			name: 'includeRawEvent',
			type: 'boolean',
			default: false,
			description: "Whether to add the event as VoiceFox sent it, in the field 'raw' of the first output",
		},
		{
			displayName: 'Invalid Payloads',
			name: 'invalidPayloads',
			type: 'options',
			default: 'reject',
			description: 'What to do with a request that does not look like a VoiceFox event',
			options: [
				{ name: 'Reject', value: 'reject', description: 'Answer 400 and start nothing' },
				{
					name: 'Pass On to Output "Invalid"',
					value: 'emit',
					description: 'Answer 200 and start the workflow on an output of its own, so that nothing is lost',
				},
			],
		},
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'options',
			typeOptions: timeZoneList,
			default: '',
			description:
				"The zone of the times that VoiceFox sends. With it, 'start_at' and the other times get its offset, e.g. 2026-11-20T10:15:02.000+09:00. Empty leaves them as sent.",
		},
		{
			displayName: 'Validation',
			name: 'validation',
			type: 'options',
			default: 'tolerant',
			displayOptions: shownFor(DOCUMENTED_EVENTS),
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
		},
	],
};

/** What the user can set, in the order of the editor. Names and values are fixed: saved workflows use them. */
export const triggerParameters: INodeProperties[] = [triggerOn, output, hitStatus, filters, options];
