import type { INodeProperties } from 'n8n-workflow';

import { manyCallsFields } from './getMany';

const showFor = (...operations: string[]) => ({ show: { resource: ['call'], operation: operations } });

/** A call's ID; the trigger's items have it under this name. */
const sessionId: INodeProperties = {
	displayName: 'Session ID',
	name: 'sessionId',
	type: 'string',
	default: '={{ $json.session_id }}',
};

const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['call'] } },
	options: [
		{
			name: 'Download Recording',
			value: 'downloadRecording',
			action: 'Download the recording of a call',
			description: 'Get the recording as a file, from its link or, when that has expired, by session ID',
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a call',
			description: 'Get the call log: times, numbers, answers and the recording',
		},
		{
			name: 'Get Conversation',
			value: 'getConversation',
			action: 'Get the conversation of a call',
			description: 'Get what assistant and customer said, as an item per turn or as a transcript',
		},
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many calls',
			description: 'Get many calls by time, number, task or assistant',
		},
	],
	default: 'get',
};

/** The one call of Get and Get Conversation. */
const ofOneCall: INodeProperties[] = [
	{
		...sessionId,
		required: true,
		displayOptions: showFor('get', 'getConversation'),
		description:
			"The call's unique ID: session_id in the items of the VoiceFox Trigger, sessionId in those of Get Many",
	},
];

const ofConversation: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		displayOptions: showFor('getConversation'),
		options: [
			{
				name: 'Item per Turn',
				value: 'turns',
				description: 'An item with speaker, text and time for each turn',
			},
			{
				name: 'Transcript',
				value: 'transcript',
				description: 'One item with the whole conversation as text',
			},
		],
		default: 'turns',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('getConversation'),
		options: [
			{
				displayName: 'Assistant Name',
				name: 'assistantName',
				type: 'string',
				default: 'Assistant',
				description: 'What the assistant is called in the output',
			},
			{
				displayName: 'Customer Name',
				name: 'customerName',
				type: 'string',
				default: 'Customer',
				description: 'What the person on the phone is called in the output',
			},
		],
	},
];

const ofRecording: INodeProperties[] = [
	{
		displayName: 'Recording URL',
		name: 'recordUrl',
		type: 'string',
		default: '={{ $json.record_url }}',
		displayOptions: showFor('downloadRecording'),
		description:
			"The link from the event. It expires: when it is empty or refused, 'Session ID' gives a fresh one.",
	},
	{
		...sessionId,
		displayOptions: showFor('downloadRecording'),
		description: "Used to ask VoiceFox for a fresh link, and in the file's name",
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		displayOptions: showFor('downloadRecording'),
		hint: 'The name of the output field to put the file in',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: showFor('downloadRecording'),
		options: [
			{
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. {{ $json.caller_number }}',
				description:
					"The file's name; without an ending it gets the recording's. Left empty, it is made of date, caller and session ID.",
			},
			{
				displayName: 'Max Size',
				name: 'maxSize',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 200,
				description: 'The largest recording to download, in MB. A larger one is not downloaded.',
			},
			{
				displayName: 'Timeout',
				name: 'timeout',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 120,
				description: 'How long the download may take, in seconds',
			},
		],
	},
];

/** What the user sets for a call: the operation first, then each operation's fields. */
export const callFields: INodeProperties[] = [
	operation,
	...ofOneCall,
	...ofConversation,
	...ofRecording,
	...manyCallsFields,
];
