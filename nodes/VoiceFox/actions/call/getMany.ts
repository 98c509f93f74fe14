import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { callPages } from '../../api/callLogs';
import { fail } from '../../api/errors';
import { eventOfListedCall } from '../../voicefox/callLog';
import { queryRange, type UnusableRange } from '../../voicefox/queryTimes';
import { isPresent } from '../../voicefox/values';
import { hintAtIncomplete, hintAtLeftOut } from '../hints';
import { toLinkedItems, type Operation } from '../operation';
import { collectionOf, idListOf, textOf, timeZoneOf, timeZoneParameter } from '../parameters';
import { callFormOf, callRecords, formParameters } from './forms';

/** VoiceFox's own limit. */
const MAX_TASK_IDS = 10;

const limitParameter: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	hint: "Without 'Start Time' and 'End Time', VoiceFox returns only today's calls",
	options: [
		{
			displayName: 'Assistant IDs',
			name: 'assistantIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 318, 402',
			description: 'Only calls of these assistants, comma-separated',
		},
		{
			displayName: 'Call Type',
			name: 'callType',
			type: 'options',
			options: [
				{ name: 'Debug Call', value: 'privateTest' },
				{ name: 'Phone Call', value: 'phone' },
			],
			default: 'phone',
			description: 'Whether real calls or debug calls are returned',
		},
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Inbound', value: 'inbound' },
				{ name: 'Outbound', value: 'outbound' },
			],
			default: 'inbound',
		},
		{
			displayName: 'End Time',
			name: 'endTime',
			type: 'dateTime',
			default: '',
			description:
				"The end of the time range. Left empty, VoiceFox takes the end of today. Set 'Start Time' too: otherwise the range starts today.",
		},
		{
			displayName: 'Phone Number',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. +12025550143',
			description: "The caller's or the called number",
		},
		{
			displayName: 'Start Time',
			name: 'startTime',
			type: 'dateTime',
			default: '',
			description: 'The start of the time range. Left empty, VoiceFox takes the start of today.',
		},
		{
			displayName: 'Task IDs',
			name: 'taskIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. 9021, 9022',
			description: `Only calls of these outbound tasks, comma-separated, at most ${MAX_TASK_IDS}`,
		},
	],
};

const description: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	limitParameter,
	...formParameters,
	filters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				...timeZoneParameter,
				description:
					"The zone of the VoiceFox account, in which 'Start Time' and 'End Time' are sent (empty: the workflow's). Times without an offset of their own are read as times in this zone. Unless 'Fields' is 'As VoiceFox Sends Them', the calls' own times get its offset, too.",
			},
		],
	},
];

function failRange({ unusable }: UnusableRange, zone: string): never {
	const sentences: Record<UnusableRange['unusable'], string> = {
		timeZone: `The workflow's time zone "${zone.slice(0, 60)}" is not known. Set 'Time Zone' in the options`,
		startTime: "'Start Time' is not a time that can be read. Use a form such as 2026-11-20 09:00:00",
		endTime: "'End Time' is not a time that can be read. Use a form such as 2026-11-20 09:00:00",
		order: "'Start Time' is after 'End Time'. Swap them",
	};
	return fail(sentences[unusable]);
}

/**
 * The query of GET /openapi/calllog for the node's filters; unset ones are left out.
 *
 * @param zone the IANA zone that VoiceFox's times are in
 * @throws ProblemError when a filter cannot be used
 */
export function callQuery(values: IDataObject, zone: string): IDataObject {
	const { direction, phone, callType } = values;
	const range = queryRange(values, zone);
	if ('unusable' in range) failRange(range, zone);

	const query: IDataObject = {
		...range,
		direction,
		phone: textOf(phone).trim(),
		// Typed as an integer in VoiceFox's documents, but described as a comma list.
		taskId: idListOf(values.taskIds, 'Task IDs', MAX_TASK_IDS).join(','),
		assistantIds: idListOf(values.assistantIds, 'Assistant IDs'),
		description: callType,
	};
	return Object.fromEntries(
		Object.entries(query).filter(
			([, value]) => isPresent(value) && !(Array.isArray(value) && value.length === 0),
		),
	);
}

/** Many calls by time, number, task or assistant. */
export const getManyCalls: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many calls',
		description: 'Get many calls by time, number, task or assistant',
	},
	toolDescription:
		"Find VoiceFox phone calls by time, phone number, direction, outbound task or assistant. Use it when no session ID is known, or to count or list calls. Without Start Time and End Time it gives today's calls only. Gives one flat object per call: event_name, session_id, start_at, direction, caller_number, callee_number, billsec (seconds talked, 0 for a missed call), task_id, record_url, assistant_ids. Answers and transcripts are not in it: use Get call or Get conversation of call with the session_id.",
	description,
	async execute(context, itemIndex) {
		const isUnlimited = context.getNodeParameter('returnAll', itemIndex, false) as boolean;
		const limit = isUnlimited
			? Infinity
			: Number(context.getNodeParameter('limit', itemIndex, limitParameter.default));
		if (!(limit >= 1)) fail("'Limit' must be a number above 0");

		const timeZone = timeZoneOf(collectionOf(context, 'options', itemIndex));
		const form = callFormOf(context, itemIndex, timeZone);
		const query = callQuery(collectionOf(context, 'filters', itemIndex), timeZone || context.getTimezone());
		const items: INodeExecutionData[] = [];
		let leftOut = 0;
		for await (const page of callPages(context, query, Math.floor(limit))) {
			const { records, unreadable } = callRecords(page.calls, form, eventOfListedCall);
			items.push(...toLinkedItems(records, itemIndex));
			leftOut += page.leftOut + unreadable.length;
			if (page.isIncomplete) hintAtIncomplete(context, items.length);
		}
		hintAtLeftOut(context, leftOut, 'call');
		return items;
	},
};
