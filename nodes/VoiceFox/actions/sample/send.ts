import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { assistant } from '../../api/assistants';
import { causesOf } from '../../api/download';
import { fail } from '../../api/errors';
import { sampleEvent, SAMPLE_KINDS, type SampleEvent, type SampleKind } from '../../voicefox/sampleEvent';
import {
	repeatedUpTo,
	SAMPLE_LANGUAGES,
	sampleQuestions,
	type SampleLanguage,
	type SampleQuestion,
} from '../../voicefox/sampleQuestions';
import { assistantIdParameter } from '../assistant/get';
import { toLinkedItems, type Operation } from '../operation';
import { collectionOf, numberIdOf } from '../parameters';
import { meaningOf, unansweredSentence, type TriggerAnswer } from './answers';
import { triggerUrlIn } from './triggerUrl';

const CREDENTIAL = 'voiceFoxWebhookApi';

/** n8n answers when the execution is stored; seconds. */
const ANSWER_TIMEOUT = 30;

const DEFAULT_ANSWERS = 4;
const MOST_ANSWERS = 1000;

/** A shorter token could be a part of any text. */
const LEAST_HIDDEN = 8;

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

/** One of these texts, which a saved workflow or an expression may not give. */
function choiceIn<T extends string>(choices: readonly T[], value: unknown, label: string): T {
	const choice = choices.find((candidate) => candidate === value);
	return choice ?? fail(`'${label}' must be one of: ${choices.join(', ')}`);
}

/** How many answers the user asks for; undefined: as many as usual. */
function answersWanted(value: unknown): number | undefined {
	if (value === undefined) return undefined;
	const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MOST_ANSWERS)
		return count;
	return fail(`'Number of Answers' must be a whole number from 0 to ${MOST_ANSWERS}`);
}

const listIn = (value: unknown): IDataObject[] => (Array.isArray(value) ? (value as IDataObject[]) : []);

/** The questions of an assistant: GET /openapi/assistants/{id} has them in `collect`. */
function questionsIn({ collect }: IDataObject): SampleQuestion[] {
	return listIn(collect)
		.map((asked) => ({
			question: typeof asked?.question === 'string' ? asked.question : '',
			answers: listIn(asked?.answers).map(String),
		}))
		.filter(({ question }) => question.trim() !== '');
}

async function assistantSubject(context: IExecuteFunctions, itemIndex: number, wanted: number | undefined) {
	const id = numberIdOf(context.getNodeParameter('assistantId', itemIndex, ''), 'Assistant ID');
	const sent = await assistant(context, id);
	const own = questionsIn(sent);
	if (own.length === 0) {
		fail(
			`The assistant with ID ${id} asks no questions. Choose another one, or set 'Questions' to 'Samples'`,
		);
	}
	return {
		questions: repeatedUpTo(own, wanted ?? own.length),
		assistant: { assistant_id: Number(id), assistant_vid: Number(sent.versionId) || 1 },
	};
}

/** The made-up event that the node's parameters describe, as of now. */
async function eventFor(context: IExecuteFunctions, itemIndex: number): Promise<SampleEvent> {
	const kind: SampleKind = choiceIn(SAMPLE_KINDS, context.getNodeParameter('kind', itemIndex), 'Event');
	const spoken = context.getNodeParameter('language', itemIndex);
	const language: SampleLanguage = choiceIn(SAMPLE_LANGUAGES, spoken, 'Language');
	// n8n has no value for a parameter that the editor hides.
	const from = context.getNodeParameter('questions', itemIndex, 'samples');
	const wanted = answersWanted(collectionOf(context, 'options', itemIndex).answers);
	const asked =
		choiceIn(['samples', 'assistant'], from, 'Questions') === 'assistant'
			? await assistantSubject(context, itemIndex, wanted)
			: { questions: sampleQuestions(language, wanted ?? DEFAULT_ANSWERS) };
	const now = DateTime.now().setZone(context.getTimezone());
	return sampleEvent({ kind, language, ...asked }, { random: Math.random, now });
}

/**
 * The token as a header carries it: its UTF-8 bytes, which the HTTP client writes one by one.
 *
 * @throws ProblemError when it is blank or no header can carry it; the token is not repeated
 */
function headerOf(token: unknown): string {
	const typed = typeof token === 'string' ? token.trim() : '';
	if (typed === '') {
		fail(
			"'Authorization Token' of the credential is blank. Open the credential, and enter the value from VoiceFox's webhook page",
		);
	}
	if (/\p{Cc}/u.test(typed)) {
		fail(
			"'Authorization Token' of the credential holds a line break, which no request can carry. Copy the value again, as one line",
		);
	}
	return Buffer.from(typed, 'utf8').toString('latin1');
}

/** The same answer without the token, should whoever gave it repeat what was sent. */
function withoutToken(body: unknown, header: string): unknown {
	const token = header.replace(/^bearer\s+/i, '');
	if (token.length < LEAST_HIDDEN || body === undefined) return body;
	const hidden = (_name: string, value: unknown) =>
		typeof value === 'string' ? value.replaceAll(token, '***') : value;
	return JSON.parse(JSON.stringify(body), hidden);
}

/** Why n8n got no answer. Its own error holds the request with the token in it, so it is not passed on. */
function failUnanswered(error: unknown): never {
	const causes = causesOf(error);
	const blocked = causes.find(({ name }) => name?.startsWith('Ssrf'));
	if (blocked) {
		fail(
			"n8n's protection against internal addresses keeps it from calling its own URL. Whoever runs n8n can allow that address",
			blocked.description,
		);
	}
	const code = causes.find((cause) => typeof cause.code === 'string')?.code;
	fail(unansweredSentence(code, ANSWER_TIMEOUT), code === undefined ? undefined : `Code ${code}`);
}

/** Sends the event the way VoiceFox does. */
async function post(
	context: IExecuteFunctions,
	url: string,
	event: SampleEvent,
	header: string,
): Promise<TriggerAnswer> {
	try {
		const { statusCode, body } = (await context.helpers.httpRequest({
			method: 'POST',
			url,
			headers: { Authorization: header },
			body: event,
			json: true,
			timeout: ANSWER_TIMEOUT * 1000,
			abortSignal: context.getExecutionCancelSignal(),
			// The token would go along to wherever a redirect leads.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as TriggerAnswer;
		return { statusCode, body: withoutToken(body, header) };
	} catch (error) {
		return failUnanswered(error);
	}
}

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
