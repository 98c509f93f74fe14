import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod/v4';

import {
	choice,
	collection,
	forEvents,
	locatorProperty,
	number,
	setting,
	textsSchema,
	type Setting,
	type ValuesOf,
} from '../settings/define';
import { ANALYSIS_EVENTS, CALL_EVENTS, shapeRow } from '../voicefox/events';
import { assistantIdsIn, idsIn, idText } from '../voicefox/ids';
import { comparablePhone, isSamePhone, phoneNumbersIn } from '../voicefox/phoneNumbers';
import { isPresent, jsonText, talkTime } from '../voicefox/values';
import type { Parts } from './parts';
import { questionEntries } from './questions';

/** A value in a sentence may be as long as this. */
const LONGEST_VALUE = 80;

const short = (text: string) => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text);
const inWords = (value: unknown) => (isPresent(value) ? short(jsonText(value) ?? typeof value) : 'none');
const list = (ids: Iterable<string>) => short([...ids].join(', ').replace(/[\p{Cc}\s]+/gu, ' '));

/** A filter in one place: what the editor shows of it, what checks what the user set, and what it asks of an event. */
interface Filter<Name extends string, T> extends Setting<Name, T> {
	/** Why an event does not pass, with the filter's value and the call's; null when it passes. */
	refusal: (wanted: T, parts: Parts) => string | null;
}

const filter = <const Name extends string, T>(
	of: Setting<Name, T>,
	refusal: Filter<Name, T>['refusal'],
): Filter<Name, T> => ({ ...of, refusal });

/** Call events: the analyses, both documented call events, and undocumented ones that name a call. */
function isCallEvent({ event: { kind, name }, sent }: Parts): boolean {
	if (kind === 'other') return name === 'callin.transfer' || isPresent(sent.session_id);
	return shapeRow(kind).head.type === 'call';
}

/**
 * A filter of calls. What undocumented events hold is not known: one without the filter's field passes.
 *
 * @param fields the filter's, as VoiceFox sends them
 */
const callFilter = <const Name extends string, T>(
	of: Setting<Name, T>,
	fields: string[],
	refusal: (wanted: T, data: IDataObject) => string | null,
): Filter<Name, T> =>
	filter(forEvents(CALL_EVENTS, of), (wanted, parts) => {
		const { event, sent } = parts;
		if (!isCallEvent(parts)) return null;
		if (event.kind === 'other' && !fields.some((name) => isPresent(sent[name]))) return null;
		return refusal(wanted, sent);
	});

/** The label of what the user chose, in quotation marks, e.g. "Missed Calls" for `missed`. */
function chosen({ property }: Setting, value: string): string {
	const option = property.options?.find((each) => 'value' in each && each.value === value);
	return `"${option?.name ?? value}" is chosen`;
}

/** An entry that is not an ID is the ID of nothing, so that a list of such entries lets nothing pass. */
const idList = textsSchema.transform((value) => {
	const { ids, unreadable } = idsIn(value);
	return new Set([...ids, ...unreadable]);
});

/** A list with an entry per question, or (from an expression) one text with a question per line. */
const questionList = z
	.preprocess((value) => (typeof value === 'string' ? value.split(/\r?\n/) : value), textsSchema)
	.pipe(questionEntries);

const hitsSetting = choice({
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

const callHits = filter(forEvents(ANALYSIS_EVENTS, hitsSetting), (wanted, { event, counters }) => {
	if (wanted === 'any' || event.kind !== 'analysis') return null;

	const total = Number(counters.answers_total);
	const hits = Number(counters.answers_hit);
	const passes = { atLeastOne: hits > 0, every: total > 0 && hits === total, none: hits === 0 };
	return passes[wanted] ? null : `${chosen(hitsSetting, wanted)}, and ${hits} of ${total} questions were hit`;
});

const questions = filter(
	forEvents(
		ANALYSIS_EVENTS,
		setting(
			locatorProperty(
				{
					displayName: 'Only These Questions',
					name: 'questions',
					typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Question' },
					description:
						"A question's text, a part of it, or its 'question_uuid'. Answers to all other questions are left out; calls never are.",
				},
				{
					searchListMethod: 'searchQuestions',
					typed: { displayName: 'By Text', name: 'text', placeholder: 'e.g. How many guests' },
				},
			),
			questionList,
			[],
		),
	),
	// It limits the answers, which are a part of the event already: no call is refused for it.
	() => null,
);

const taskIds = filter(
	setting(
		locatorProperty(
			{
				displayName: 'Task IDs',
				name: 'taskIds',
				description: 'Only events of these outbound tasks: one from the list, or several, comma-separated',
			},
			{
				searchListMethod: 'searchTasks',
				typed: { displayName: 'By Text', name: 'text', placeholder: 'e.g. 9021, 9022' },
			},
		),
		idList,
		'',
	),
	(wanted, { sent: { task_id: id } }) => {
		if (wanted.size === 0 || !isPresent(id) || wanted.has(idText(id))) return null;
		return `${inWords(id)} is not in the list ${list(wanted)}`;
	},
);

/** Who called whom. */
export const DIRECTIONS = [
	{ name: 'Inbound', value: 'inbound', description: 'Calls that somebody made to you' },
	{ name: 'Outbound', value: 'outbound', description: 'Calls that VoiceFox made for you' },
] as const;

const directionSetting = choice({
	displayName: 'Direction',
	name: 'direction',
	description: 'Who called whom',
	options: [{ name: 'Any', value: 'any', description: 'Calls in both directions' }, ...DIRECTIONS],
});

const direction = callFilter(directionSetting, ['direction'], (wanted, data) =>
	wanted === 'any' || data.direction === wanted
		? null
		: `${chosen(directionSetting, wanted)}, and the call's direction is ${inWords(data.direction)}`,
);

const answeredSetting = choice(
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

const answered = callFilter(answeredSetting, ['billsec'], (wanted, data) =>
	wanted === 'any' || (wanted === 'answered') === talkTime(data) > 0
		? null
		: `${chosen(answeredSetting, wanted)}, and the call's talk time is ${talkTime(data)}`,
);

const minimumTalkTime = callFilter(
	number({
		displayName: 'Minimum Talk Time',
		name: 'minimumTalkTime',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			"The shortest talk time a call may have, as VoiceFox sends it in 'billsec' (presumably seconds)",
	}),
	['billsec'],
	(least, data) => (least <= 0 || talkTime(data) >= least ? null : `${talkTime(data)} is below ${least}`),
);

/** Says neither number: they are nobody's business but the call's. */
const phoneNumbers = callFilter(
	setting(
		{
			displayName: 'Phone Numbers',
			name: 'phoneNumbers',
			type: 'string',
			default: '',
			placeholder: 'e.g. +12025550143, +12025550167',
			description:
				"Comma-separated list; only calls from or to one of these numbers. Only the digits are compared, and a country code may be missing: 090-1234-5678 is +81 90 1234 5678. A text such as 'anonymous' works too.",
		},
		textsSchema.transform(phoneNumbersIn),
	),
	['caller', 'callee'],
	(wanted, { caller, callee }) => {
		if (wanted.length === 0) return null;
		const numbers = [comparablePhone(caller), comparablePhone(callee)];
		if (numbers.some((one) => wanted.some((other) => isSamePhone(one, other)))) return null;
		return `neither of the call's numbers is in the list (of ${wanted.length})`;
	},
);

const assistantIds = callFilter(
	setting(
		locatorProperty(
			{
				displayName: 'Assistant IDs',
				name: 'assistantIds',
				description:
					'Only calls in which one of these assistants took part: one from the list, or several, comma-separated',
			},
			{
				searchListMethod: 'searchAssistants',
				typed: { displayName: 'By Text', name: 'text', placeholder: 'e.g. 318, 402' },
			},
		),
		idList,
		'',
	),
	['assistant_infos'],
	(wanted, data) => {
		if (wanted.size === 0) return null;
		const ids = assistantIdsIn(data.assistant_infos);
		if (ids.some((id) => wanted.has(id))) return null;
		return ids.length === 0
			? `the call has no assistant, and the list is ${list(wanted)}`
			: `${list(ids)} is not in the list ${list(wanted)}`;
	},
);

/** In the order in which they are asked; the editor shows them by label. */
const FILTERS = [
	callHits,
	questions,
	taskIds,
	direction,
	answered,
	minimumTalkTime,
	phoneNumbers,
	assistantIds,
] as const satisfies ReadonlyArray<Setting & Pick<Filter<string, never>, 'refusal'>>;

/** What the user can set. */
export const filters = collection(
	{
		displayName: 'Filters',
		name: 'filters',
		placeholder: 'Add Filter',
		description: 'Calls that do not pass do not start the workflow',
	},
	FILTERS,
);

export type Filters = ValuesOf<typeof FILTERS>;

/**
 * Tells why an event starts nothing.
 *
 * @param parts of a valid event of a selected kind
 * @param set the user's filters; each looks only at the events it applies to
 * @returns the filter that refuses the event by its label in the editor, its value and the call's, e.g.
 *   `Minimum Talk Time: 48 is below 60` (never a phone number or an answer); null when the event passes
 */
export function filterRefusal(parts: Parts, set: Filters): string | null {
	for (const each of FILTERS as ReadonlyArray<Filter<keyof Filters, unknown>>) {
		const refusal = each.refusal(set[each.property.name], parts);
		if (refusal !== null) return `${each.property.displayName}: ${refusal}`;
	}
	return null;
}
