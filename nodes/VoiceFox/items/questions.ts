import { z } from 'zod/v4';

import { comparable } from '../voicefox/values';

/** An entry of 'Only These Questions'. */
export interface QuestionEntry {
	/** In the form in which texts are compared */
	compared: string;
	/** As the user typed it */
	typed: string;
}

/** What a question may be named by. */
export interface Question {
	text: string;
	id: string;
}

/** Which questions of a call the user asks for. */
export interface AskedQuestions {
	/** Their places in the list; null when all are asked for */
	places: ReadonlySet<number> | null;
	/** The entries that fit no question of the call */
	unmatched: QuestionEntry[];
}

/** Entries as they are compared, each once; blank ones don't count. */
export const questionEntries = z.array(z.string()).transform((texts): QuestionEntry[] => {
	const entries = texts.map((text) => ({ compared: comparable(text), typed: text.trim() }));
	return [...new Map(entries.map((entry) => [entry.compared, entry])).values()].filter(
		({ compared }) => compared !== '',
	);
});

/**
 * The questions that the filter 'Only These Questions' leaves: an entry means the questions whose whole text or
 * `question_uuid` it is; when the call has none, those whose text contains it.
 *
 * @param entries none means all
 */
export function askedQuestions(questions: readonly Question[], entries: QuestionEntry[]): AskedQuestions {
	if (entries.length === 0) return { places: null, unmatched: [] };

	const texts = questions.map(({ text }) => comparable(text));
	const ids = questions.map(({ id }) => comparable(id));
	const found = entries.map(({ compared }) => placesOf(compared, texts, ids));
	return {
		places: new Set(found.flat()),
		unmatched: entries.filter((_, index) => found[index]!.length === 0),
	};
}

function placesOf(entry: string, texts: string[], ids: string[]): number[] {
	const all = [...texts.keys()];
	const whole = all.filter((place) => texts[place] === entry || ids[place] === entry);
	return whole.length > 0 ? whole : all.filter((place) => texts[place]!.includes(entry));
}
