// @ts-check
import { readFile } from 'node:fs/promises';
import { sampleEvent } from './project.mjs';
import { randomFrom } from './random.mjs';

/** @typedef {{ event_name: string, event_data: Record<string, any> }} SampleEvent */
/** @typedef {() => number} Random from 0 up to 1 */
/** @typedef {{ questions: [string, string[]][], topics: [string, Record<'high' | 'low', string>][] }} Language */

const samples = {
	inbound: await sampleEvent('inbound-analysis'),
	outbound: await sampleEvent('outbound-analysis'),
	missed: await sampleEvent('missed-call'),
	ended: await sampleEvent('call-ended'),
	task: await sampleEvent('task-end'),
};

/** @type {Record<string, Language>} */
const languages = JSON.parse(await readFile(new URL('./sample-questions.json', import.meta.url), 'utf8'));

/** What kinds of events there are to send; `mixed` takes turns. */
export const KINDS = ['mixed', 'inbound', 'outbound', 'missed', 'ended', 'survey', 'task'];

const MIX = ['inbound', 'outbound', 'missed', 'survey'];

/**
 * Made-up events in the form that VoiceFox documents. The same seed gives the same events.
 * @param {{ kind: string, count: number, seed: number }} wanted kind: one of `KINDS`; `survey` is an outbound call with
 * 20 questions in Japanese, Chinese and English
 * @returns {{ kind: string, event: SampleEvent }[]}
 */
export function sampleCalls({ kind, count, seed }) {
	const random = randomFrom(seed);
	return Array.from({ length: count }, (_, place) => {
		const its = kind === 'mixed' ? /** @type {string} */ (MIX[place % MIX.length]) : kind;
		return { kind: its, event: eventOf(its, random) };
	});
}

/**
 * @param {string} kind
 * @param {Random} random
 * @returns {SampleEvent}
 */
function eventOf(kind, random) {
	if (kind === 'task') return withData(samples.task, { task_id: 9000 + whole(random, 1000) });
	if (kind === 'missed') return withData(samples.missed, unansweredCall(random));
	if (kind === 'ended') return withData(samples.ended, answeredCall(random));
	const isInbound = kind === 'inbound';
	const mood = random() < 0.3 ? 'low' : 'high';
	const chosen = kind === 'survey' ? Object.values(languages) : [oneOf(random, Object.values(languages))];
	const questions = chosen.flatMap((language) => language.questions);
	const asked = kind === 'survey' ? questions : questions.slice(0, 2 + whole(random, 4));
	return withData(isInbound ? samples.inbound : samples.outbound, {
		collect_targets: asked.map(([question, results]) => answerTo(question, results, random)),
		conversation_analysis: chosen.flatMap(({ topics }) =>
			topics.map(([title, results]) => ({ title, result: results[mood] })),
		),
		...answeredCall(random),
		...(isInbound ? {} : { task_item_id: 770000 + whole(random, 9999) }),
	});
}

/**
 * @param {SampleEvent} sample
 * @param {object} data
 * @returns {SampleEvent}
 */
const withData = (sample, data) => ({ ...sample, event_data: { ...sample.event_data, ...data } });

/**
 * @param {string} question
 * @param {string[]} results
 * @param {Random} random
 */
function answerTo(question, results, random) {
	const hit = random() < 0.8;
	return {
		question,
		hit,
		result: hit ? oneOf(random, results) : '',
		message: '',
		question_uuid: uuid(random),
	};
}

/** @param {Random} random */
function answeredCall(random) {
	const ring_time = 2 + whole(random, 20);
	const billsec = 15 + whole(random, 240);
	const start = startOf(random);
	return {
		...callOf(random),
		start_at: timeText(start),
		answer_at: timeText(start + ring_time),
		end_at: timeText(start + ring_time + billsec),
		duration: ring_time + billsec,
		billsec,
		ring_time,
		record_url: `https://recordings.example.com/${uuid(random)}.mp3?expires=1795255059&sign=6b1f`,
	};
}

/** @param {Random} random */
function unansweredCall(random) {
	const ring_time = 10 + whole(random, 30);
	const start = startOf(random);
	const end_at = timeText(start + ring_time);
	return { ...callOf(random), start_at: timeText(start), end_at, duration: ring_time, ring_time };
}

/** @param {Random} random */
const callOf = (random) => ({
	session_id: uuid(random),
	// 555-01xx is set aside for made-up numbers.
	caller: `+1202555${String(100 + whole(random, 100)).padStart(4, '0')}`,
});

/** @param {Random} random @returns {number} a moment of the samples' day, in seconds */
const startOf = (random) => Date.UTC(2026, 10, 20, 9) / 1000 + whole(random, 9 * 3600);

/** @param {number} seconds */
const timeText = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** @param {Random} random */
function uuid(random) {
	const hex = Array.from({ length: 32 }, () => whole(random, 16).toString(16)).join('');
	return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

/** @param {Random} random @param {number} below */
const whole = (random, below) => Math.floor(random() * below);

/** @template T @param {Random} random @param {T[]} choices @returns {T} */
const oneOf = (random, choices) => /** @type {T} */ (choices[whole(random, choices.length)]);
