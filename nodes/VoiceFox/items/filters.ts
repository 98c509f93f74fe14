import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../trigger/delivery';
import { textToNumber } from '../voicefox/fieldTypes';
import type { CollectTarget, VoiceFoxEvent } from '../voicefox/validation';
import { isPresent } from '../voicefox/fields';
import type { Filters, HitStatus } from './settings';

/** The form in which question texts and IDs are compared: width, case and outer white space don't count. */
export const comparable = (text: string) => text.normalize('NFKC').trim().toLowerCase();

const isHit = (answer: CollectTarget) => answer.hit === true;

/**
 * The collected answers that the 'Only These Questions' filter leaves: those whose whole question or
 * `question_uuid` is among `questions` (in their comparable form; an empty set means all).
 */
export function answersToQuestions(
	answers: CollectTarget[],
	questions: ReadonlySet<string>,
): CollectTarget[] {
	if (questions.size === 0) return answers;
	return answers.filter(
		({ question, question_uuid: uuid }) =>
			questions.has(comparable(question ?? '')) || questions.has(comparable(uuid ?? '')),
	);
}

/** The answers that the 'Hit Status' parameter lets through. A missing `hit` counts as not hit. */
export function answersByHit(answers: CollectTarget[], hitStatus: HitStatus): CollectTarget[] {
	if (hitStatus === 'all') return answers;
	return answers.filter((answer) => isHit(answer) === (hitStatus === 'hit'));
}

export const countHits = (answers: CollectTarget[]) => answers.filter(isHit).length;

function passesCallHits(answers: CollectTarget[], callHits: Filters['callHits']): boolean {
	switch (callHits) {
		case 'any':
			return true;
		case 'atLeastOne':
			return answers.some(isHit);
		case 'every':
			return answers.length > 0 && answers.every(isHit);
		case 'none':
			return !answers.some(isHit);
	}
}

/** Call events: the analyses, both documented call events, and undocumented ones that name a call. */
function isCallEvent({ kind, name, data }: VoiceFoxEvent): boolean {
	if (kind === 'other') return name === 'callin.transfer' || isPresent(data.session_id);
	return kind !== 'task';
}

/** Seconds the call was connected, "as sent by VoiceFox"; undocumented events may send anything. */
function talkTime(data: IDataObject): number {
	const seconds = textToNumber(data.billsec);
	return typeof seconds === 'number' ? seconds : 0;
}

/** An ID as the user lists it. Undocumented events may send anything, even what `String` throws on. */
const idText = (id: unknown) => (typeof id === 'string' || typeof id === 'number' ? String(id) : '');

function assistantIds(data: IDataObject): string[] {
	const assistants = Array.isArray(data.assistant_infos) ? data.assistant_infos : [];
	return assistants.filter(isObject).map((assistant) => idText(assistant.assistant_id));
}

/**
 * Tells why an event starts nothing.
 *
 * @param event a valid event of a selected kind
 * @param filters the user's filters; each looks only at the events it applies to
 * @returns the filter that refuses the event, by its label in the editor, or null when it passes
 */
export function refusingFilter(event: VoiceFoxEvent, filters: Filters): string | null {
	const data: IDataObject = event.data;

	if (event.kind === 'analysis') {
		const answers = answersToQuestions(event.data.collect_targets, filters.questions);
		if (!passesCallHits(answers, filters.callHits)) return 'Start Workflow When';
	}
	if (filters.taskIds.size > 0 && isPresent(data.task_id) && !filters.taskIds.has(idText(data.task_id))) {
		return 'Task IDs';
	}
	if (!isCallEvent(event)) return null;

	if (filters.direction !== 'any' && data.direction !== filters.direction) return 'Direction';
	if (filters.answeredOnly && talkTime(data) <= 0) return 'Answered Calls Only';
	if (filters.minimumTalkTime > 0 && talkTime(data) < filters.minimumTalkTime) return 'Minimum Talk Time';
	if (filters.assistantIds.size > 0 && !assistantIds(data).some((id) => filters.assistantIds.has(id))) {
		return 'Assistant IDs';
	}
	return null;
}
