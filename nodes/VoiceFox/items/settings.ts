import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod/v4';

import { ANALYSIS_EVENTS, choicesOf } from '../voicefox/events';
import { idsIn } from '../voicefox/ids';
import { phoneDigits, phoneNumbersIn } from '../voicefox/phoneNumbers';
import { comparable } from '../voicefox/values';
import { choice, collection, forEvents, setting, type ValuesOf } from './setting';

const CALL_EVENTS = choicesOf('analysis', 'call', 'other');

const textOrNumber = z.union([z.string(), z.number()]);

/** A list as the user types it, or as an expression gives it. */
const list = z.union([textOrNumber, z.array(textOrNumber)]);

/** An entry that is not an ID is the ID of nothing, so that a list of such entries lets nothing pass. */
const idList = list.transform((value) => {
	const { ids, unreadable } = idsIn(value);
	return new Set([...ids, ...unreadable]);
});

const phoneNumberList = list.transform((value) => new Set(phoneNumbersIn(value).map(phoneDigits)));

/** A list with an entry per question, or (from an expression) one text with a question per line. */
const questionList = z
	.union([z.string().transform((lines) => lines.split(/\r?\n/)), z.array(z.string())])
	.transform((questions) => [
		...new Map(
			questions
				.map((question) => [comparable(question), question.trim()] as const)
				.filter(([compared]) => compared !== ''),
		),
	])
	.transform((entries) => entries.map(([compared, typed]) => ({ compared, typed })));

const output = choice({
	displayName: 'Output',
	name: 'output',
	description: 'How the parts of a call leave this node',
	builderHint: {
		propertyHint:
			"separate: three outputs, index 0 Call (one item), 1 Answers (one item per question: question, hit, result, message), 2 Analysis (one item per topic: title, result); items of 1 and 2 also carry the call's fields (session_id, caller_number, callee_number, direction, billsec, record_url, extra). row: one output, one flat item per call with a column per question and per topic; use it for spreadsheets, databases and Data Tables, with automatic mapping. perCall: one output, one nested item with the call's fields, answers (object: question text to result), analysis (object: title to result), collect_targets and conversation_analysis. list: one output, all items, field type is call, collect_target or conversation_analysis.",
	},
	options: [
		{
			name: 'Separate Outputs',
			value: 'separate',
			description:
				'Three outputs: the call, one item per collected answer, one item per conversation analysis',
		},
		{
			name: 'One Row per Call',
			value: 'row',
			description:
				'One flat item with a column per question and topic, ready for a table, a spreadsheet or a database',
		},
		{
			name: 'One Item per Call',
			value: 'perCall',
			description: 'One item with everything in it: the call, and its answers and analysis in lists',
		},
		{
			name: 'One List',
			value: 'list',
			description: "One output with all items, told apart by their field 'type'",
		},
	],
});

/** The text of a field in a list, where a number will do as well. */
const text = z.union([z.string(), z.number().transform(String)]).transform((value) => value.trim());

const columnList = z
	.object({ values: z.array(z.object({ field: text.default(''), column: text.default('') })).default([]) })
	.transform(({ values }) => values.filter(({ field }) => field !== ''));

/**
 * The columns of 'One Row per Call'.
 *
 * @param displayOptions when the node shows them
 */
export const columnsSetting = (displayOptions: IDisplayOptions) =>
	setting(
		{
			displayName: 'Columns',
			name: 'columns',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Column',
			default: {},
			displayOptions,
			description: 'The columns of the row, in this order. If you add none, the row has every column.',
			options: [
				{
					displayName: 'Column',
					name: 'values',
					values: [
						{
							displayName: 'Field or Question',
							name: 'field',
							type: 'string',
							default: '',
							placeholder: 'e.g. How many guests',
							description:
								'What goes into the column: a field such as session_id, a question, or a topic. Part of its text is enough.',
						},
						{
							displayName: 'Column Name',
							name: 'column',
							type: 'string',
							default: '',
							placeholder: 'e.g. guests',
							description:
								"What the column is called in your table. Left empty, it keeps its own name. n8n's Data Table takes letters from A to Z, digits and _ only.",
						},
					],
				},
			],
		},
		columnList,
	);

const hitStatus = choice({
	displayName: 'Hit Status',
	name: 'hitStatus',
	description: 'Which collected answers to pass on. VoiceFox marks a question as hit when it got an answer.',
	options: [
		{ name: 'All Questions', value: 'all', description: 'Questions with and without an answer' },
		{ name: 'Hit Only', value: 'hit', description: 'Only questions that were hit' },
		{ name: 'Not Hit Only', value: 'notHit', description: 'Only questions that were not hit' },
	],
});

const answered = choice(
	{
		displayName: 'Answered or Missed',
		name: 'answered',
		description: "Whether the call was answered, judged by its talk time ('billsec')",
		options: [
			{ name: 'Answered Calls', value: 'answered', description: 'The talk time is above 0' },
			{ name: 'Missed Calls', value: 'missed', description: 'The talk time is 0 or missing' },
			{ name: 'Any', value: 'any', description: 'Calls with and without talk time' },
		],
	},
	'any',
);

const assistantIds = setting(
	{
		displayName: 'Assistant IDs',
		name: 'assistantIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 318, 402',
		description: 'Comma-separated list; only calls in which one of these assistants took part',
	},
	idList,
);

const direction = choice({
	displayName: 'Direction',
	name: 'direction',
	description: 'Who called whom',
	options: [
		{ name: 'Any', value: 'any', description: 'Calls in both directions' },
		{ name: 'Inbound', value: 'inbound', description: 'Calls that somebody made to you' },
		{ name: 'Outbound', value: 'outbound', description: 'Calls that VoiceFox made for you' },
	],
});

const minimumTalkTime = setting(
	{
		displayName: 'Minimum Talk Time',
		name: 'minimumTalkTime',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			"The shortest talk time a call may have, as VoiceFox sends it in 'billsec' (presumably seconds)",
	},
	z.number(),
);

const questions = setting(
	{
		displayName: 'Only These Questions',
		name: 'questions',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Question' },
		default: [],
		placeholder: 'e.g. How many guests',
		description:
			"A question's text, a part of it, or its 'question_uuid'. Answers to all other questions are left out; calls never are.",
	},
	questionList,
);

const phoneNumbers = setting(
	{
		displayName: 'Phone Numbers',
		name: 'phoneNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. +12025550143, +12025550167',
		description:
			'Comma-separated list; only calls from or to one of these numbers. Only the digits are compared.',
	},
	phoneNumberList,
);

const callHits = choice({
	displayName: 'Start Workflow When',
	name: 'callHits',
	description: 'How many of the questions must be hit. Looks at analyzed calls only.',
	options: [
		{ name: 'Any Call Is Analyzed', value: 'any', description: 'No matter how many were hit' },
		{ name: 'At Least One Question Was Hit', value: 'atLeastOne', description: 'One or more were hit' },
		{
			name: 'Every Question Was Hit',
			value: 'every',
			description: 'All of them, and the call has at least one',
		},
		{ name: 'No Question Was Hit', value: 'none', description: 'None, or the call has no questions' },
	],
});

const taskIds = setting(
	{
		displayName: 'Task IDs',
		name: 'taskIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9021, 9022',
		description: 'Comma-separated list; only events of these outbound tasks',
	},
	idList,
);

const FILTERS = [
	forEvents(CALL_EVENTS, answered),
	forEvents(CALL_EVENTS, assistantIds),
	forEvents(CALL_EVENTS, direction),
	forEvents(CALL_EVENTS, minimumTalkTime),
	forEvents(ANALYSIS_EVENTS, questions),
	forEvents(CALL_EVENTS, phoneNumbers),
	forEvents(ANALYSIS_EVENTS, callHits),
	taskIds,
] as const;

const filters = collection(
	{
		displayName: 'Filters',
		name: 'filters',
		placeholder: 'Add Filter',
		description: 'Calls that do not pass do not start the workflow',
	},
	FILTERS,
);

/** The zones that 'Time Zone' offers. Apart, so that the label can be ours: n8n's linter wants "… Name or ID" for IDs. */
const timeZoneList: INodeProperties['typeOptions'] = { loadOptionsMethod: 'getTimeZones' };

/** The zone of VoiceFox's times; empty leaves them as they are. */
export const timeZoneSetting = setting(
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'options',
		typeOptions: timeZoneList,
		default: '',
		description:
			"The zone of the times that VoiceFox sends. When set, 'start_at' and the other times get its offset, e.g. 2026-11-20T10:15:02.000+09:00. Leave empty to keep them as sent.",
	},
	z.string().transform((zone) => zone.trim()),
);

/** What every node that gives calls lets the user set. */
export const ITEM_SETTINGS = [
	output,
	columnsSetting({ show: { output: ['row'] } }),
	forEvents(ANALYSIS_EVENTS, hitStatus),
	filters,
] as const;

/** The values of these settings. */
export type ItemSettings = ValuesOf<typeof ITEM_SETTINGS>;
export type Filters = ItemSettings['filters'];
export type HitStatus = ItemSettings['hitStatus'];
export type OutputForm = ItemSettings['output'];
export type ColumnChoice = ItemSettings['columns'][number];
export type QuestionEntry = Filters['questions'][number];

/** The label of a filter in the editor, e.g. "Answered or Missed". */
export const filterLabel = (name: keyof Filters): string =>
	FILTERS.find(({ property }) => property.name === name)?.property.displayName ?? name;

/** The label of a filter's value in the editor, e.g. "Missed Calls" for `missed`. */
export function filterValueLabel(name: keyof Filters, value: string): string {
	const options = FILTERS.find(({ property }) => property.name === name)?.property.options ?? [];
	return options.find((option) => 'value' in option && option.value === value)?.name ?? value;
}
