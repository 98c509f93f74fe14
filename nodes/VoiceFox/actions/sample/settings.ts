import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';

import { choice, collection, decimalToNumber, setting, shownAs, type ValuesOf } from '../../settings/define';
import { timeZone } from '../../settings/timeZone';
import { EVENT_LABELS } from '../../voicefox/events';
import { assistantId as assistant } from '../assistant/get';
import { settingsFor } from '../operation';

/** As many answers as a call has unless the user wants another number. */
export const DEFAULT_ANSWERS = 4;

const MOST_ANSWERS = 1000;

const kind = choice({
	displayName: 'Event',
	name: 'kind',
	description: "What the event tells. The trigger takes it when it is selected in its 'Trigger On'.",
	options: [
		{
			name: EVENT_LABELS['callin.collect'],
			value: 'inbound',
			description: 'A call that somebody made to you, with answers and analysis',
		},
		{
			name: EVENT_LABELS['task.call.collect'],
			value: 'outbound',
			description: 'A call that VoiceFox made for you, with answers and analysis',
		},
		{
			name: EVENT_LABELS['callin.hangup'],
			value: 'ended',
			description: 'A call that somebody made to you is over; it has no answers yet',
		},
		{
			name: 'Call Missed (Inbound)',
			value: 'missed',
			description: 'The same event for a call that was not answered',
		},
		{
			name: EVENT_LABELS['task.end'],
			value: 'taskFinished',
			description: 'All calls of an outbound task are done; with the totals of each question',
		},
	],
});

const language = choice({
	displayName: 'Language',
	name: 'language',
	description: 'What the made-up questions, answers and topics are written in',
	options: [
		{ name: 'English', value: 'en' },
		{ name: 'Japanese', value: 'ja' },
		{ name: 'Chinese', value: 'zh' },
	],
});

const questions = shownAs(
	choice({
		displayName: 'Questions',
		name: 'questions',
		description: 'Which questions were asked in the call',
		options: [
			{ name: 'Samples', value: 'samples', description: 'Made-up questions' },
			{
				name: "An Assistant's",
				value: 'assistant',
				description: 'The questions of one of your assistants, answered with one of their fixed answers',
			},
		],
	}),
	{ displayOptions: { hide: { kind: ['missed', 'ended'] } } },
);

const assistantId = shownAs(assistant, {
	displayOptions: { show: { questions: ['assistant'] }, hide: { kind: ['missed', 'ended'] } },
	description:
		"The assistant whose questions to send: from the list of those in the last two days' calls, or by its number",
});

const isCount = (value: unknown) =>
	value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_ANSWERS);

/** How many questions the event has; null for as many as usual. */
const answers = setting(
	{
		displayName: 'Number of Answers',
		name: 'answers',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: MOST_ANSWERS, numberPrecision: 0 },
		default: DEFAULT_ANSWERS,
		description: `How many questions the event has. By default ${DEFAULT_ANSWERS}, or all that the assistant has. If you ask for more than exist, they repeat with a number: '(2)'.`,
	},
	z.preprocess(
		decimalToNumber,
		z.custom<number | null>(isCount, `must be a whole number from 0 to ${MOST_ANSWERS}`),
	),
	null,
);

const options = collection({ displayName: 'Options', name: 'options', placeholder: 'Add Option' }, [
	answers,
	shownAs(timeZone, {
		displayName: 'Time Zone',
		description: "The zone that the sample's times are in; by default the workflow's",
	}),
] as const);

const ALWAYS_READ = [kind, language, questions, options] as const;

/** What the user sets of a made-up event, in the order of the editor. */
export const SAMPLE_SETTINGS = [kind, language, questions, assistantId, options] as const;

export type SampleSettings = ValuesOf<typeof ALWAYS_READ>;

export type SampleKind = SampleSettings['kind'];
export type SampleLanguage = SampleSettings['language'];

/** @throws ProblemError when one of them cannot be read */
export const sampleSettings = (context: IExecuteFunctions, itemIndex: number): SampleSettings =>
	settingsFor(ALWAYS_READ, context, itemIndex);

/** @throws ProblemError when it is not the ID of an assistant */
export const assistantIdOf = (context: IExecuteFunctions, itemIndex: number): string =>
	settingsFor([assistantId] as const, context, itemIndex).assistantId;
