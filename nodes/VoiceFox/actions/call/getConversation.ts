import type { INodeProperties } from 'n8n-workflow';

import { toLinkedItems, type Operation } from '../operation';
import { collectionOf, sessionIdOf, sessionIdParameter, textOf } from '../parameters';
import { DEFAULT_ASSISTANT, DEFAULT_CUSTOMER, transcript, turnsOf } from './transcript';

const DEFAULT_OUTPUT = 'turns';

const description: INodeProperties[] = [
	sessionIdParameter,
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
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
		default: DEFAULT_OUTPUT,
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Assistant Name',
				name: 'assistantName',
				type: 'string',
				default: DEFAULT_ASSISTANT,
				description: 'What the assistant is called in the output',
			},
			{
				displayName: 'Customer Name',
				name: 'customerName',
				type: 'string',
				default: DEFAULT_CUSTOMER,
				description: 'What the person on the phone is called in the output',
			},
		],
	},
];

/** What was said in a call. */
export const getConversation: Operation = {
	option: {
		name: 'Get Conversation',
		value: 'getConversation',
		action: 'Get conversation of call',
		description: 'Get what assistant and customer said, as an item per turn or as a transcript',
	},
	toolDescription:
		'Get what was said in one VoiceFox phone call, by its session ID. Use it to read, summarize or quote the conversation. With Output set to Transcript it gives one object: session_id, transcript (a line per turn: time, speaker, words), turns_total; otherwise one object per turn: speaker, text, offset_ms, created_at, event, session_id.',
	description,
	async execute(context, itemIndex) {
		const sessionId = sessionIdOf(context, itemIndex);
		const { assistantName, customerName } = collectionOf(context, 'options', itemIndex);
		const names = {
			assistant: textOf(assistantName).trim() || DEFAULT_ASSISTANT,
			customer: textOf(customerName).trim() || DEFAULT_CUSTOMER,
		};
		const turns = await turnsOf(context, sessionId, names);
		if (context.getNodeParameter('output', itemIndex, DEFAULT_OUTPUT) === 'turns') {
			return toLinkedItems(turns, itemIndex);
		}
		const json = { session_id: sessionId, transcript: transcript(turns), turns_total: turns.length };
		return toLinkedItems([json], itemIndex);
	},
};
