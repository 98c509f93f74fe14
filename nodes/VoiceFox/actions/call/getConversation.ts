import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { conversation } from '../../api/callLogs';
import { isPresent } from '../../voicefox/values';
import { hintAtLeftOut } from '../hints';
import { toLinkedItems, type Operation } from '../operation';
import { collectionOf, sessionIdOf, sessionIdParameter, textOf } from '../parameters';

/** What the two sides of a call are called in the output. */
export interface SpeakerNames {
	assistant: string;
	customer: string;
}

/** What a transcript says of an event that nobody spoke. */
const EVENT_WORDS: Record<string, string> = {
	begin: 'call begins',
	hangup: 'call ends',
	'transfer.connected': 'transferred to a person',
};

function speakerOf(event: unknown, names: SpeakerNames): string | null {
	if (event === 'system.say') return names.assistant;
	if (event === 'customer.say') return names.customer;
	return null;
}

const wordsOf = ({ content }: IDataObject) => (typeof content === 'string' ? content : '');

/**
 * One turn as an item's fields.
 *
 * @param entry an element of GET /openapi/calltrace
 * @param sessionId the call that was asked for, for entries that don't name it
 * @returns `speaker` is null for what nobody said (begin, hangup, transfer); `offset_ms` counts from the start
 */
export function turn(entry: IDataObject, sessionId: string, names: SpeakerNames): IDataObject {
	return {
		speaker: speakerOf(entry.event, names),
		text: wordsOf(entry),
		offset_ms: typeof entry.elapsedMillSeconds === 'number' ? entry.elapsedMillSeconds : null,
		created_at: entry.createdAt ?? null,
		event: entry.event ?? null,
		session_id: isPresent(entry.sessionId) ? entry.sessionId : sessionId,
	};
}

/** `07:05`, from an hour on `1:07:05`. */
function clock(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const twoDigits = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const rest = `${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
	return hours === 0 ? rest : `${hours}:${rest}`;
}

function line({ event, speaker, text, offset_ms: offset }: IDataObject): string | undefined {
	const words = String(text).replace(/\s+/g, ' ').trim();
	if (speaker !== null && words === '') return undefined;

	const start = typeof offset === 'number' ? `[${clock(offset)}] ` : '';
	if (speaker !== null) return `${start}${String(speaker)}: ${words}`;

	const name = EVENT_WORDS[String(event)] ?? String(event ?? 'event');
	return `${start}(${words === '' ? name : `${name}: ${words}`})`;
}

/**
 * The whole conversation as text, a line per turn: `[00:07] Assistant: …`, or `[02:32] (call ends)` for
 * what nobody said. Turns without words are left out.
 */
export function transcript(turns: IDataObject[]): string {
	return turns
		.map(line)
		.filter((text) => text !== undefined)
		.join('\n');
}

const DEFAULT_ASSISTANT = 'Assistant';
const DEFAULT_CUSTOMER = 'Customer';

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
	description,
	async execute(context, itemIndex) {
		const sessionId = sessionIdOf(context, itemIndex);
		const { assistantName, customerName } = collectionOf(context, 'options', itemIndex);
		const names = {
			assistant: textOf(assistantName).trim() || DEFAULT_ASSISTANT,
			customer: textOf(customerName).trim() || DEFAULT_CUSTOMER,
		};
		const { entries, leftOut } = await conversation(context, sessionId);
		hintAtLeftOut(context, leftOut, 'turns');
		const turns = entries.map((entry) => turn(entry, sessionId, names));
		if (context.getNodeParameter('output', itemIndex, DEFAULT_OUTPUT) === 'turns') {
			return toLinkedItems(turns, itemIndex);
		}
		const json = { session_id: sessionId, transcript: transcript(turns), turns_total: turns.length };
		return toLinkedItems([json], itemIndex);
	},
};
