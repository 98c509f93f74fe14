import { DateTime } from 'luxon';

import { readDelivery } from '../../../nodes/VoiceFox/trigger/delivery';
import { sampleEvent, type SampleSubject } from '../../../nodes/VoiceFox/actions/sample/sampleEvent';
import { repeatedUpTo, sampleQuestions } from '../../../nodes/VoiceFox/actions/sample/sampleQuestions';
import { readEvent } from '../../../nodes/VoiceFox/voicefox/validation';

const SAMPLE_KINDS = ['inbound', 'outbound', 'missed', 'ended', 'taskFinished'] as const;
const SAMPLE_LANGUAGES = ['en', 'ja', 'zh'] as const;

const now = DateTime.fromISO('2026-11-20T10:17:39', { zone: 'Asia/Tokyo' });

/** Chance that gives these values in turn, again and again. */
const chanceOf = (...values: number[]) => {
	let drawn = 0;
	return () => values[drawn++ % values.length]!;
};
const eventOf = (subject: Partial<SampleSubject>, random = chanceOf(0.3)) =>
	sampleEvent({ kind: 'inbound', language: 'en', questions: [], ...subject }, { random, now });

describe('an event', () => {
	it('has the very fields of the document, and the marks of a sample', () => {
		expect(eventOf({ kind: 'outbound', questions: sampleQuestions('en', 2) }, chanceOf(0.9, 0.1))).toEqual({
			event_name: 'task.call.collect',
			event_data: {
				collect_targets: [
					{
						question: 'How many guests will stay with us?',
						hit: true,
						result: 'A family of five',
						message: '',
						question_uuid: expect.stringMatching(
							/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/,
						),
					},
					{
						question: 'When would you like to arrive?',
						hit: true,
						result: 'Not decided yet',
						message: '',
						question_uuid: expect.any(String),
					},
				],
				conversation_analysis: [
					{ title: 'Guest mood', result: 'Positive' },
					{ title: 'Summary', result: 'The guest wants to book a room for the weekend.' },
				],
				session_id: 'sample-1e1e1e1e-1e1e-4e1e-8e1e-1e1e1e1e1e1e',
				task_id: 9100,
				task_item_id: 778_999,
				callee: '+12025550110',
				caller: '+12025550100',
				start_at: '2026-11-20 10:16:40',
				answer_at: '2026-11-20 10:17:00',
				end_at: '2026-11-20 10:17:39',
				duration: 59,
				billsec: 39,
				direction: 'outbound',
				ring_time: 20,
				hangup_side: 'callee',
				hangup_reason: 'NORMAL_CLEARING',
				record_url: expect.stringMatching(/^https:\/\/recordings\.example\.com\//),
				assistant_infos: [{ assistant_id: 318, assistant_vid: 2045 }],
				extra: { sample: true, name: 'Alex Miller', city: 'Springfield' },
			},
		});
	});

	it.each(SAMPLE_KINDS)(
		'of the kind %s matches the document to the letter, in every language',
		async (kind) => {
			for (const language of SAMPLE_LANGUAGES) {
				const body = sampleEvent(
					{ kind, language, questions: sampleQuestions(language, 9) },
					{ random: Math.random, now },
				);
				const delivery = await readDelivery({ contentType: 'application/json', body });
				expect(delivery.valid && readEvent(delivery, 'strict')).toMatchObject({ valid: true });
			}
		},
	);

	it.each(SAMPLE_KINDS)("of the kind %s holds no phone number that could be somebody's", (kind) => {
		for (let chance = 0; chance < 1; chance += 0.01) {
			const { caller, callee } = eventOf({ kind }, chanceOf(chance)).event_data;
			for (const number of kind === 'taskFinished' ? [] : [caller, callee]) {
				expect(number).toMatch(/^\+120255501\d\d$/);
			}
		}
	});

	it('is the same for the same chance and clock', () => {
		expect(eventOf({}, chanceOf(0.1, 0.7))).toEqual(eventOf({}, chanceOf(0.1, 0.7)));
		expect(eventOf({}, chanceOf(0.1, 0.7))).not.toEqual(eventOf({}, chanceOf(0.2, 0.7)));
	});

	it('of a missed call has no talk time, no recording and nobody who answered', () => {
		expect(eventOf({ kind: 'missed' }).event_data).toMatchObject({
			session_id: expect.stringMatching(/^sample-/),
			answer_at: '',
			billsec: 0,
			end_at: '2026-11-20 10:17:39',
			hangup_reason: 'NO_ANSWER',
			record_url: '',
			assistant_infos: [],
			extra: { sample: true },
		});
	});

	it('of a task marks itself, and its shares add up', () => {
		const { task_overview: overview, sample } = eventOf({
			kind: 'taskFinished',
			questions: [{ question: 'Which size?', answers: ['S', 'M', 'S'] }],
		}).event_data;
		expect([sample, overview]).toEqual([
			true,
			[
				{
					question: 'Which size?',
					total: 8,
					option: true,
					results: [
						{ result: 'S', total: 4, percent: '50.00' },
						{ result: 'M', total: 4, percent: '50.00' },
					],
				},
			],
		]);
	});
});

describe('the questions', () => {
	const uuidsOf = (chance: number) =>
		eventOf({ questions: sampleQuestions('ja', 3) }, chanceOf(chance)).event_data.collect_targets;

	it('keep their UUIDs from event to event', () => {
		const [first, second] = [uuidsOf(0.1), uuidsOf(0.6)].map((answers) =>
			(answers as Array<{ question_uuid: string }>).map(({ question_uuid: uuid }) => uuid),
		);
		expect(first).toEqual(second);
		expect(new Set(first).size).toBe(3);
	});

	it('are answered freely when they have no fixed answers, and not all are answered', () => {
		const questions = ['One?', 'Two?'].map((question) => ({ question, answers: [] }));
		const answers = eventOf({ questions }, chanceOf(0.9)).event_data.collect_targets;
		expect(answers).toEqual([
			expect.objectContaining({ hit: true, result: 'A made-up answer', message: '' }),
			expect.objectContaining({ hit: false, result: '', message: 'The guest did not answer' }),
		]);
	});

	it('come again with a number when more are wanted than there are', () => {
		const questions = ['One?', 'Two?'].map((question) => ({ question, answers: [] }));
		expect(repeatedUpTo(questions, 5).map(({ question }) => question)).toEqual([
			'One?',
			'Two?',
			'One? (2)',
			'Two? (2)',
			'One? (3)',
		]);
		expect(repeatedUpTo([], 5)).toEqual([]);
	});
});
