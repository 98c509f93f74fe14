import type { CollectTarget } from '../voicefox/validation';
import { comparable } from '../voicefox/values';
import type { HitStatus, QuestionEntry } from './settings';

const isHit = (answer: CollectTarget) => answer.hit === true;

/** What 'Only These Questions' leaves of a call's answers. */
export interface AskedAnswers {
	answers: CollectTarget[];
	/** The entries that fit no question of the call, as the user typed them. */
	unmatched: string[];
}

/**
 * The collected answers that the filter 'Only These Questions' leaves: an entry means the questions whose whole text or
 * `question_uuid` it is; when the call has none, those whose text contains it.
 *
 * @param entries none means all
 */
export function askedAnswers(answers: CollectTarget[], entries: QuestionEntry[]): AskedAnswers {
	if (entries.length === 0) return { answers, unmatched: [] };

	const texts = answers.map(({ question }) => comparable(question ?? ''));
	const uuids = answers.map(({ question_uuid: uuid }) => comparable(uuid ?? ''));
	const chosen = new Set<number>();
	const unmatched: string[] = [];
	for (const { compared, typed } of entries) {
		const places = placesOf(compared, texts, uuids);
		if (places.length === 0) unmatched.push(typed);
		for (const place of places) chosen.add(place);
	}
	return { answers: answers.filter((_, place) => chosen.has(place)), unmatched };
}

function placesOf(entry: string, texts: string[], uuids: string[]): number[] {
	const all = [...texts.keys()];
	const whole = all.filter((place) => texts[place] === entry || uuids[place] === entry);
	return whole.length > 0 ? whole : all.filter((place) => texts[place]?.includes(entry));
}

/** The answers that the parameter 'Hit Status' lets through. A missing `hit` counts as not hit. */
export function answersByHit(answers: CollectTarget[], hitStatus: HitStatus): CollectTarget[] {
	if (hitStatus === 'all') return answers;
	return answers.filter((answer) => isHit(answer) === (hitStatus === 'hit'));
}

export const countHits = (answers: CollectTarget[]) => answers.filter(isHit).length;

/**
 * Tells which of a call's answers are among these.
 *
 * @param sent all of the call's: the very list when nothing was left out, as in most workflows
 */
export function amongThese(
	answers: CollectTarget[],
	sent: CollectTarget[],
): (answer: CollectTarget) => boolean {
	if (answers === sent) return () => true;

	const these = new Set(answers);
	return (answer) => these.has(answer);
}
