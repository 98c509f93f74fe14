// @ts-check
import { DateTime } from 'luxon';
import { randomFrom } from '../../test/support/random.mjs';
import { sourceModule } from './sources.mjs';

/** @typedef {{ event_name: string, event_data: Record<string, any> }} SampleEvent */
/** @typedef {() => number} Random from 0 up to 1 */

/** @type {typeof import('../../nodes/VoiceFox/actions/sample/sampleEvent.js')} */
const { sampleEvent } = sourceModule('nodes/VoiceFox/actions/sample/sampleEvent');
/** @type {typeof import('../../nodes/VoiceFox/actions/sample/sampleQuestions.js')} */
const { PHRASES, sampleQuestions } = sourceModule('nodes/VoiceFox/actions/sample/sampleQuestions');

const SAMPLE_LANGUAGES = /** @type {(keyof typeof PHRASES)[]} */ (Object.keys(PHRASES));

/** Those of Send Sample. */
const SAMPLE_KINDS = /** @type {const} */ (['inbound', 'outbound', 'missed', 'ended', 'taskFinished']);

/** What kinds of events there are to send; `mixed` takes turns. */
export const KINDS = ['mixed', ...SAMPLE_KINDS, 'survey'];

export const LANGUAGES = SAMPLE_LANGUAGES;

const MIX = ['inbound', 'outbound', 'missed', 'survey'];

/**
 * Made-up events in the form that VoiceFox documents, from the package's own generator. The same seed gives the same events.
 * @param {{ kind: string, count: number, seed: number, language?: string | undefined, answers?: number | undefined }} wanted
 * kind: one of `KINDS`; `survey` is an outbound call with all questions in Japanese, Chinese and English. language:
 * default any. answers: default 2 to 5, for `survey` all
 * @returns {{ kind: string, event: SampleEvent }[]}
 */
export function sampleCalls({ kind, count, seed, language, answers }) {
	const random = randomFrom(seed);
	return Array.from({ length: count }, (_, place) => {
		const its = kind === 'mixed' ? /** @type {string} */ (MIX[place % MIX.length]) : kind;
		return { kind: its, event: eventOf(its, random, language, answers) };
	});
}

/**
 * @param {string} kind
 * @param {Random} random
 * @param {string} [language]
 * @param {number} [answers]
 * @returns {SampleEvent}
 */
function eventOf(kind, random, language, answers) {
	// All drawn each time, so that one option does not change what the others of a seed are.
	const drawn = { language: random(), answers: random(), moment: random() };
	const spoken = languageOf(
		language ?? SAMPLE_LANGUAGES[Math.floor(drawn.language * SAMPLE_LANGUAGES.length)],
	);
	const survey = Object.values(PHRASES).flatMap(({ questions }) => questions);
	const usual = sampleQuestions(spoken, answers ?? 2 + Math.floor(drawn.answers * 4));
	const questions = kind === 'survey' ? survey.slice(0, answers) : usual;
	const its = SAMPLE_KINDS.find((known) => known === kind) ?? 'outbound';
	// A day that is always the same one, from 9 to 18 o'clock.
	const now = DateTime.utc(2026, 11, 20, 9).plus({ seconds: Math.floor(drawn.moment * 9 * 3600) });
	return sampleEvent({ kind: its, language: spoken, questions }, { random, now });
}

/** @param {string} [text] */
function languageOf(text) {
	const language = SAMPLE_LANGUAGES.find((known) => known === text);
	if (language === undefined) throw new Error(`There is no language "${text}"`);
	return language;
}
