import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { assistantIdParameter } from '../assistant/get';
import { toLinkedItems, type Operation } from '../operation';
import { meaningOf } from './answers';
import { DEFAULT_ANSWERS, eventFor, MOST_ANSWERS } from './event';
import { headerOf, post } from './post';
import { triggerUrlIn } from './triggerUrl';

const CREDENTIAL = 'voiceFoxWebhookApi';

const description: INodeProperties[] = [
	{
		displayName: 'Trigger URL',
		name: 'url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook-test/…/webhook',
		description:
			'The test URL or the production URL of a VoiceFox Trigger of this n8n. The token is never sent to any other server.',
		hint: 'Copy it from the VoiceFox Trigger. For the test URL, click Execute step there before you run this node.',
	},
	{
		displayName: 'Event',
		name: 'kind',
		type: 'options',
		options: [
			{
				name: 'Call Analyzed (Inbound)',
				value: 'inbound',
				description: 'A call that somebody made to you, with answers and analysis',
			},
			{
				name: 'Call Analyzed (Outbound)',
				value: 'outbound',
				description: 'A call that VoiceFox made for you, with answers and analysis',
			},
			{
				name: 'Call Ended (Inbound)',
				value: 'ended',
				description: 'A call that somebody made to you is over; it has no answers yet',
			},
			{
				name: 'Call Missed (Inbound)',
				value: 'missed',
				description: 'The same event for a call that was not answered',
			},
			{
				name: 'Task Finished (Outbound)',
				value: 'taskFinished',
				description: 'All calls of an outbound task are done; with the totals of each question',
			},
		],
		default: 'inbound',
		description: "What the event tells. The trigger takes it when it is selected in its 'Trigger On'.",
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'options',
		options: [
			{ name: 'Chinese', value: 'zh' },
			{ name: 'English', value: 'en' },
			{ name: 'Japanese', value: 'ja' },
		],
		default: 'en',
		description: 'What the made-up questions, answers and topics are written in',
	},
	{
		displayName: 'Questions',
		name: 'questions',
		type: 'options',
		options: [
			{
				name: "An Assistant's",
				value: 'assistant',
				description: 'The questions of one of your assistants, answered with one of their fixed answers',
			},
			{ name: 'Samples', value: 'samples', description: 'Made-up questions' },
		],
		default: 'samples',
		displayOptions: { hide: { kind: ['missed', 'ended'] } },
		description: 'Which questions were asked in the call',
	},
	{
		...assistantIdParameter,
		displayOptions: { show: { questions: ['assistant'] }, hide: { kind: ['missed', 'ended'] } },
		description:
			"The assistant whose questions to send: from the list of those in the last two days' calls, or by its number",
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Number of Answers',
				name: 'answers',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: MOST_ANSWERS, numberPrecision: 0 },
				default: DEFAULT_ANSWERS,
				description:
					"How many questions the event has. By default 4, or all that the assistant has; beyond those that there are, they come again with a number: '(2)'.",
			},
		],
	},
];

/** Where this n8n can be reached, as n8n tells a node: the editor's address, and the one of its webhooks. */
const ownAddresses = (context: IExecuteFunctions, itemIndex: number) => [
	context.getInstanceBaseUrl(),
	context.evaluateExpression('{{ $execution.resumeUrl }}', itemIndex),
];

/**
 * Sends a made-up event to a trigger of this n8n, with the credential's token.
 *
 * @returns one item: the status, what it means in words, and the event
 * @throws ProblemError when the URL is not of this n8n (nothing is sent then), or the event was not taken
 */
async function execute(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const typed = context.getNodeParameter('url', itemIndex, '');
	const url = triggerUrlIn(typed, ownAddresses(context, itemIndex));
	const { authorizationToken } = await context.getCredentials(CREDENTIAL, itemIndex);
	const header = headerOf(authorizationToken);

	const event = await eventFor(context, itemIndex);
	const answer = await post(context, url, event, header);
	const json = { status: answer.statusCode, answer: meaningOf(answer), event: { ...event } };
	return toLinkedItems([json], itemIndex);
}

/** Sends a made-up event to a VoiceFox Trigger, so that a workflow can be tried without a call. */
export const sendSample: Operation = {
	option: {
		name: 'Send to Trigger',
		value: 'send',
		action: 'Send sample event to trigger',
		description: 'Send a made-up event to a VoiceFox Trigger of this n8n, to try a workflow without a call',
	},
	toolDescription:
		"Send a made-up phone call to a VoiceFox Trigger of this n8n, to try a workflow without a real call. Use it only when the user wants a test. Gives one object: status, answer (what the trigger's answer means), event (what was sent).",
	description,
	execute,
};
