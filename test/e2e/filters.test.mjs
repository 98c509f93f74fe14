// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
	answerItems,
	callEnded,
	changed,
	inbound,
	missedCall,
	outbound,
	taskEnd,
} from './support/events.mjs';
import { linesLoggedDuring } from './support/instance.mjs';
import { ALL_EVENTS, publishedTrigger } from './support/trigger.mjs';

const unknownCall = {
	event_name: 'task.call.hangup',
	event_data: { ...missedCall.event_data, direction: 'outbound' },
};
const unknownEvent = { event_name: 'ping', event_data: {} };

/** @param {any} event @param {boolean[]} hits */
const withHits = (event, hits) =>
	changed(event, {
		collect_targets: hits.map((hit, place) => ({
			...event.event_data.collect_targets[0],
			question: `Q${place}`,
			hit,
		})),
	});

/** @type {{ name: string, parameters: Record<string, any>, passes: Record<string, any>, refuses: Record<string, any> }[]} */
const FILTERS = [
	{
		name: 'Trigger On, by default',
		parameters: {},
		passes: { 'an inbound analysis': inbound, 'an outbound analysis': outbound },
		refuses: {
			'a call that ended': callEnded,
			'a task that ended': taskEnd,
			'an unknown event': unknownEvent,
		},
	},
	{
		name: 'Trigger On: other events only',
		parameters: { triggerOn: ['other'] },
		passes: { 'an unknown call event': unknownCall, 'an unknown event': unknownEvent },
		refuses: { 'an analysis': inbound, 'a call that ended': callEnded, 'a task that ended': taskEnd },
	},
	{
		name: 'Start Workflow When: at least one',
		parameters: { filters: { callHits: 'atLeastOne' } },
		passes: { 'some hits': withHits(inbound, [true, false]) },
		refuses: { 'no hit': withHits(inbound, [false]), 'no answer': withHits(inbound, []) },
	},
	{
		name: 'Start Workflow When: every',
		parameters: { filters: { callHits: 'every' } },
		passes: { 'only hits': withHits(inbound, [true, true]) },
		refuses: { 'one miss': withHits(inbound, [true, false]), 'no answer': withHits(inbound, []) },
	},
	{
		name: 'Start Workflow When: none',
		parameters: { filters: { callHits: 'none' } },
		passes: { 'no hit': withHits(inbound, [false]), 'no answer': withHits(inbound, []) },
		refuses: { 'one hit': withHits(inbound, [true, false]) },
	},
	{
		name: 'Start Workflow When looks at the chosen questions only',
		parameters: { filters: { callHits: 'atLeastOne', questions: ['  q1 '] } },
		passes: { 'a hit there': withHits(inbound, [false, true]) },
		refuses: { 'a hit elsewhere': withHits(inbound, [true, false]) },
	},
	{
		name: 'Direction: inbound',
		parameters: { triggerOn: ALL_EVENTS, filters: { direction: 'inbound' } },
		passes: {
			'an inbound call': inbound,
			'a task that ended': taskEnd,
			'an event that is no call': unknownEvent,
		},
		refuses: { 'an outbound call': outbound, 'an outbound call of another event': unknownCall },
	},
	{
		name: 'Direction: outbound',
		parameters: { triggerOn: ALL_EVENTS, filters: { direction: 'outbound' } },
		passes: { 'an outbound call': outbound },
		refuses: { 'an inbound call': inbound, 'an inbound call that ended': callEnded },
	},
	{
		name: 'Answered or Missed: answered',
		parameters: { triggerOn: ALL_EVENTS, filters: { answered: 'answered' } },
		passes: { 'an answered call': callEnded, 'a task that ended': taskEnd },
		refuses: { 'a missed call': missedCall, 'no talk time': changed(inbound, { billsec: null }) },
	},
	{
		name: 'Answered or Missed: missed',
		parameters: { triggerOn: ALL_EVENTS, filters: { answered: 'missed' } },
		passes: { 'a missed call': missedCall, 'a task that ended': taskEnd },
		refuses: { 'an answered call': callEnded },
	},
	{
		name: 'Phone Numbers',
		parameters: { triggerOn: ALL_EVENTS, filters: { phoneNumbers: '00 1 (202) 555-0167, +12025550143' } },
		passes: {
			'a call to one of them': outbound,
			'a call from one of them': inbound,
			'a task that ended': taskEnd,
		},
		refuses: { 'a call of others': missedCall },
	},
	{
		name: 'Minimum Talk Time',
		parameters: { filters: { minimumTalkTime: inbound.event_data.billsec } },
		passes: { 'exactly as long': inbound },
		refuses: { 'a second shorter': changed(inbound, { billsec: inbound.event_data.billsec - 1 }) },
	},
	{
		name: 'Task IDs',
		parameters: { triggerOn: ALL_EVENTS, filters: { taskIds: `17, ${outbound.event_data.task_id}` } },
		passes: {
			'a call of the task': outbound,
			'the end of the task': taskEnd,
			'an event without a task': changed(inbound, { task_id: null }),
		},
		refuses: { 'a call of another task': changed(outbound, { task_id: 18 }), 'task 0': inbound },
	},
	{
		name: 'Assistant IDs',
		parameters: { triggerOn: ALL_EVENTS, filters: { assistantIds: '318,7' } },
		passes: { 'a call of the assistant': inbound, 'a task that ended': taskEnd },
		refuses: { 'a call of another': outbound, 'a call of none': missedCall },
	},
];

for (const { name, parameters, passes, refuses } of FILTERS) {
	describe(name, async () => {
		const trigger = await publishedTrigger({ parameters });
		for (const [what, event] of Object.entries(passes)) {
			it(`lets ${what} start the workflow`, async () => {
				await trigger.outputsFor(event);
			});
		}
		for (const [what, event] of Object.entries(refuses)) {
			it(`ignores ${what}`, () => trigger.ignores(event));
		}
	});
}

describe('an event that a filter refuses', async () => {
	const { billsec } = inbound.event_data;
	const trigger = await publishedTrigger({ parameters: { filters: { minimumTalkTime: billsec + 1 } } });

	it("is one line in n8n's log with the filter, its value and the call's", async () => {
		const lines = await linesLoggedDuring(() => trigger.ignores(inbound));
		assert.equal(lines.length, 1, lines.join('\n'));
		assert.match(
			lines[0] ?? '',
			/ignored an event: The event does not pass the filter Minimum Talk Time: 152 is below 153/,
		);
	});
});

describe('which answers are emitted', async () => {
	const [first, second, third] = answerItems(outbound);

	/** @param {Record<string, any>} parameters */
	const callAndAnswers = async (parameters) => {
		const [calls, answers] = await (await publishedTrigger({ parameters })).outputsFor(outbound);
		return { total: calls?.[0].answers_total, hit: calls?.[0].answers_hit, answers };
	};

	it('Hit Status "hit" emits the hits, and the counters still count all', async () => {
		assert.deepEqual(await callAndAnswers({ hitStatus: 'hit' }), {
			total: 3,
			hit: 2,
			answers: [first, second],
		});
	});

	it('Hit Status "notHit" emits the others', async () => {
		assert.deepEqual(await callAndAnswers({ hitStatus: 'notHit' }), { total: 3, hit: 2, answers: [third] });
	});

	it('Only These Questions emits and counts these, by text or by UUID', async () => {
		const questions = [` ${first.question} `, third.question_uuid.toUpperCase(), ' '];
		const expected = { total: 2, hit: 1, answers: [first, third] };
		assert.deepEqual(await callAndAnswers({ filters: { questions } }), expected);
	});

	it('Only These Questions takes a part of a question, and names an entry that fits none in the log', async () => {
		const parameters = { filters: { questions: ['ORDER AGAIN', 'no such question'] } };
		const expected = { total: 1, hit: 1, answers: [second] };
		const lines = await linesLoggedDuring(async () => {
			assert.deepEqual(await callAndAnswers(parameters), expected);
		});
		// Waiting for the published trigger is a line, too.
		const about = lines.filter((line) => !line.includes('401'));
		assert.equal(about.length, 1, lines.join('\n'));
		assert.match(
			about[0] ?? '',
			/'Only These Questions' that matches no question of a call: "no such question"/,
		);
	});

	it('Only These Questions may be an expression that gives a question per line', async () => {
		const questions = `={{ ${JSON.stringify(`${first.question}\n${second.question}`)} }}`;
		const expected = { total: 2, hit: 2, answers: [first, second] };
		assert.deepEqual(await callAndAnswers({ filters: { questions } }), expected);
	});

	it('Only These Questions without an entry emits all', async () => {
		const expected = { total: 3, hit: 2, answers: [first, second, third] };
		assert.deepEqual(await callAndAnswers({ filters: { questions: ['', ' '] } }), expected);
	});
});
