import type { INodeProperties } from 'n8n-workflow';

const displayOptions = { show: { resource: ['call'], operation: ['getAll'] } };

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	displayOptions,
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
			description: 'Only calls of these outbound tasks, comma-separated, at most 10',
		},
	],
};

/** What the user sets for Get Many. */
export const manyCallsFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		displayOptions,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { ...displayOptions.show, returnAll: [false] } },
		description: 'Max number of results to return',
	},
	filters,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions,
		options: [
			{
				displayName: 'Time Zone',
				name: 'timeZone',
				type: 'string',
				default: '',
				placeholder: 'e.g. Asia/Tokyo',
				description:
					"The zone of the VoiceFox account, in which 'Start Time' and 'End Time' are sent. Times without an offset of their own are read as times in this zone. Left empty, it is the workflow's time zone.",
			},
		],
	},
];
