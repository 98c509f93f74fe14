import { createHash } from 'node:crypto';

import type { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { VOICEFOX_TIME } from '../../voicefox/times';
import { SAMPLE_MARK, sampleSessionId } from '../../protocol/sample';
import { PHRASES, type SampleQuestion } from './sampleQuestions';
import type { SampleKind, SampleLanguage } from './settings';

/** What a made-up event is about. */
export interface SampleSubject {
	kind: SampleKind;
	/** Of everything beside the questions: topics, notes, free answers */
	language: SampleLanguage;
	/** What the assistant asked; a missed call and a call that ended have no answers yet */
	questions: SampleQuestion[];
	/** Default: a made-up one */
	assistant?: { assistant_id: number; assistant_vid: number };
}

/** Where chance and the clock come from, so that the same ones give the same event. */
export interface SampleSource {
	/** From 0 up to 1 */
	random: () => number;
	/** When the call or the task ended, in the zone whose wall clock its times show */
	now: DateTime;
}

export interface SampleEvent {
	event_name: string;
	event_data: IDataObject;
}

const whole = (random: () => number, below: number) => Math.floor(random() * below);
const oneOf = <T>(random: () => number, choices: T[]): T => choices[whole(random, choices.length)]!;
const timeText = (time: DateTime) => time.toFormat(VOICEFOX_TIME);

const asUuid = (hex: string) => hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
const randomHex = (random: () => number) =>
	Array.from({ length: 32 }, () => whole(random, 16).toString(16)).join('');

/** 202-555-0100 to 0199 are set aside for fiction and belong to nobody. */
const fictitiousNumber = (random: () => number) => `+120255501${String(whole(random, 100)).padStart(2, '0')}`;

/** The times of a call that rang and was talked on for so many seconds, and has just ended. */
function timesOf({ now }: SampleSource, ring_time: number, billsec: number) {
	const start = now.minus({ seconds: ring_time + billsec });
	return {
		start_at: timeText(start),
		answer_at: billsec === 0 ? '' : timeText(start.plus({ seconds: ring_time })),
		end_at: timeText(now),
		duration: ring_time + billsec,
		billsec,
		ring_time,
	};
}

/** The fields of every call. Its session ID and `extra` mark it, and no recording can be at its address. */
function callOf({ kind, language, assistant }: SampleSubject, source: SampleSource) {
	const { random } = source;
	const isOutbound = kind === 'outbound';
	const isMissed = kind === 'missed';
	const id = asUuid(randomHex(random));
	const [person, line] = [fictitiousNumber(random), '+12025550100'];
	const ringTime = isMissed ? 10 + whole(random, 30) : 2 + whole(random, 20);
	return {
		session_id: sampleSessionId(id),
		task_id: isOutbound ? 9000 + whole(random, 1000) : 0,
		task_item_id: isOutbound ? 770_000 + whole(random, 9999) : 0,
		callee: isOutbound ? person : line,
		caller: isOutbound ? line : person,
		...timesOf(source, ringTime, isMissed ? 0 : 15 + whole(random, 240)),
		direction: isOutbound ? 'outbound' : 'inbound',
		hangup_side: isOutbound ? 'callee' : 'caller',
		hangup_reason: isMissed ? 'NO_ANSWER' : 'NORMAL_CLEARING',
		record_url: isMissed
			? ''
			: `https://recordings.example.com/${id}.mp3?expires=${Math.floor(source.now.toSeconds()) + 3600}&sign=sample`,
		assistant_infos: isMissed ? [] : [assistant ?? { assistant_id: 318, assistant_vid: 2045 }],
		extra: { ...SAMPLE_MARK, ...(isOutbound ? PHRASES[language].variables : {}) },
	};
}

/** A question keeps its UUID from event to event, as VoiceFox's do. */
const questionUuid = (question: string) => asUuid(createHash('sha256').update(question).digest('hex'));

/** The first question is always answered, so that no event is without an answer. */
function answersOf({ questions, language }: SampleSubject, { random }: SampleSource) {
	const { freeAnswer, unanswered } = PHRASES[language];
	return questions.map(({ question, answers }, place) => {
		const hit = random() < 0.8 || place === 0;
		const result = oneOf(random, answers.length === 0 ? [freeAnswer] : answers);
		return {
			question,
			hit,
			result: hit ? result : '',
			message: hit ? '' : unanswered,
			question_uuid: questionUuid(question),
		};
	});
}

function analysisOf(subject: SampleSubject, source: SampleSource) {
	const mood = source.random() < 0.3 ? 'unhappy' : 'happy';
	return {
		collect_targets: answersOf(subject, source),
		conversation_analysis: PHRASES[subject.language].topics.map((topic) => ({
			title: topic.title,
			result: topic[mood],
		})),
		...callOf(subject, source),
	};
}

/** The totals of one question: how many gave each result. */
function totalsOf({ question, answers }: SampleQuestion, freeAnswer: string, random: () => number) {
	const results = answers.length === 0 ? [freeAnswer] : [...new Set(answers)];
	const totals = results.map(() => 1 + whole(random, 12));
	const total = totals.reduce((sum, count) => sum + count, 0);
	return {
		question,
		total,
		option: answers.length > 0,
		results: results.map((result, place) => ({
			result,
			total: totals[place]!,
			percent: ((totals[place]! / total) * 100).toFixed(2),
		})),
	};
}

/** A task has no `extra`, so its mark is a field of its own. */
function taskOf({ questions, language }: SampleSubject, { random, now }: SampleSource) {
	const overview = questions.map((asked) => totalsOf(asked, PHRASES[language].freeAnswer, random));
	const answered = Math.max(10, ...overview.map(({ total }) => total));
	const unanswered = whole(random, 20);
	return {
		task_id: 9000 + whole(random, 1000),
		task_start_at: timeText(now.minus({ hours: 2 })),
		task_progress: {
			total_num: answered + Math.ceil(unanswered / 2),
			called_num: answered + unanswered,
			called_answered_num: answered,
			called_un_answered_num: unanswered,
			pending_num: 0,
		},
		task_overview: overview,
		...SAMPLE_MARK,
	};
}

/**
 * Makes up an event in the very form that VoiceFox documents, marked as a sample: its `session_id` begins with
 * `sample-`, its `extra` says `sample: true` (a task, which has neither, says it itself). Phone numbers are fictitious.
 *
 * @param source chance and clock; the same ones give the same event
 */
export function sampleEvent(subject: SampleSubject, source: SampleSource): SampleEvent {
	switch (subject.kind) {
		case 'inbound':
			return { event_name: 'callin.collect', event_data: analysisOf(subject, source) };
		case 'outbound':
			return { event_name: 'task.call.collect', event_data: analysisOf(subject, source) };
		case 'missed':
		case 'ended':
			return { event_name: 'callin.hangup', event_data: callOf(subject, source) };
		case 'taskFinished':
			return { event_name: 'task.end', event_data: taskOf(subject, source) };
	}
}
