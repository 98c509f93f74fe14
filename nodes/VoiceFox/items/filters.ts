import type { IDataObject } from 'n8n-workflow';

import { idText } from '../voicefox/ids';
import { phoneDigits } from '../voicefox/phoneNumbers';
import type { VoiceFoxEvent } from '../voicefox/validation';
import { isObject, isPresent, jsonText, textToNumber } from '../voicefox/values';
import { askedAnswers, countHits } from './questions';
import { filterLabel, filterValueLabel, type Filters } from './settings';

/** A value in a sentence may be as long as this. */
const LONGEST_VALUE = 80;

/** Tells why a filter refuses, with its value and the call's; null when the call passes. */
type Filter = (filters: Filters, event: VoiceFoxEvent) => string | null;

const short = (text: string) => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text);
const inWords = (value: unknown) => (isPresent(value) ? short(jsonText(value) ?? typeof value) : 'none');
const list = (ids: Iterable<string>) => short([...ids].join(', '));

/** Call events: the analyses, both documented call events, and undocumented ones that name a call. */
function isCallEvent({ kind, name, data }: VoiceFoxEvent): boolean {
	if (kind === 'other') return name === 'callin.transfer' || isPresent(data.session_id);
	return kind !== 'task';
}

/** How long the call was connected, "as sent by VoiceFox"; undocumented events may send anything. */
function talkTime(data: IDataObject): number {
	const seconds = textToNumber(data.billsec);
	return typeof seconds === 'number' ? seconds : 0;
}

function assistantIdsOf(data: IDataObject): string[] {
	const assistants = Array.isArray(data.assistant_infos) ? data.assistant_infos : [];
	return assistants.filter(isObject).map((assistant) => idText(assistant.assistant_id));
}

const callHits: Filter = ({ callHits: wanted, questions }, event) => {
	if (wanted === 'any' || event.kind !== 'analysis') return null;

	const { answers } = askedAnswers(event.data.collect_targets, questions);
	const hits = countHits(answers);
	const passes = {
		atLeastOne: hits > 0,
		every: answers.length > 0 && hits === answers.length,
		none: hits === 0,
	};
	return passes[wanted]
		? null
		: `"${filterValueLabel('callHits', wanted)}" is chosen, and ${hits} of ${answers.length} questions were hit`;
};

const taskIds: Filter = ({ taskIds: wanted }, { data }) => {
	const id = (data as IDataObject).task_id;
	if (wanted.size === 0 || !isPresent(id) || wanted.has(idText(id))) return null;
	return `${inWords(id)} is not in the list ${list(wanted)}`;
};

/** Makes a filter one of calls only. */
const ofCalls =
	(refusal: (filters: Filters, data: IDataObject) => string | null): Filter =>
	(filters, event) =>
		isCallEvent(event) ? refusal(filters, event.data) : null;

const direction = ofCalls(({ direction: wanted }, data) =>
	wanted === 'any' || data.direction === wanted
		? null
		: `"${filterValueLabel('direction', wanted)}" is chosen, and the call's direction is ${inWords(data.direction)}`,
);

const answered = ofCalls(({ answered: wanted }, data) =>
	wanted === 'any' || (wanted === 'answered') === talkTime(data) > 0
		? null
		: `"${filterValueLabel('answered', wanted)}" is chosen, and the call's talk time is ${talkTime(data)}`,
);

const minimumTalkTime = ofCalls(({ minimumTalkTime: least }, data) =>
	least <= 0 || talkTime(data) >= least ? null : `${talkTime(data)} is below ${least}`,
);

/** Says neither number: they are nobody's business but the call's. */
const phoneNumbers = ofCalls(({ phoneNumbers: wanted }, { caller, callee }) => {
	if (wanted.size === 0) return null;
	const numbers = [phoneDigits(caller), phoneDigits(callee)].filter((digits) => digits !== '');
	if (numbers.some((digits) => wanted.has(digits))) return null;
	return `neither of the call's numbers is in the list (of ${wanted.size})`;
});

const assistantIds = ofCalls(({ assistantIds: wanted }, data) => {
	if (wanted.size === 0) return null;
	const ids = assistantIdsOf(data);
	if (ids.some((id) => wanted.has(id))) return null;
	return ids.length === 0
		? `the call has no assistant, and the list is ${list(wanted)}`
		: `${list(ids)} is not in the list ${list(wanted)}`;
});

const FILTERS: Partial<Record<keyof Filters, Filter>> = {
	callHits,
	taskIds,
	direction,
	answered,
	minimumTalkTime,
	phoneNumbers,
	assistantIds,
};

/**
 * Tells why an event starts nothing.
 *
 * @param event a valid event of a selected kind
 * @param filters the user's filters; each looks only at the events it applies to
 * @returns the filter that refuses the event by its label in the editor, its value and the call's, e.g.
 *   `Minimum Talk Time: 48 is below 60` (never a phone number or an answer); null when the event passes
 */
export function filterRefusal(event: VoiceFoxEvent, filters: Filters): string | null {
	for (const [name, filter] of Object.entries(FILTERS)) {
		const refusal = filter(filters, event);
		if (refusal !== null) return `${filterLabel(name as keyof Filters)}: ${refusal}`;
	}
	return null;
}
