// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
	analysisItems,
	answerItems,
	callFields,
	callItem,
	changed,
	inbound,
	missedCall,
	outbound,
	taskEnd,
} from './support/events.mjs';
import { authorized, linesLoggedDuring } from './support/instance.mjs';
import { publishedTrigger } from './support/trigger.mjs';

const ENDED = ['callin.hangup', 'task.end'];

describe('Include Raw Event', async () => {
	it('adds the event as received to the call', async () => {
		const trigger = await publishedTrigger({ parameters: { options: { includeRawEvent: true } } });
		const expected = [[{ ...callItem(inbound), raw: inbound }], answerItems(inbound), analysisItems(inbound)];
		assert.deepEqual(await trigger.outputsFor(inbound), expected);
	});

	it('in a list, adds it to the first item', async () => {
		const parameters = { output: 'list', options: { includeRawEvent: true } };
		const [items] = await (await publishedTrigger({ parameters })).outputsFor(inbound);
		assert.deepEqual(
			items?.map(({ raw }) => raw),
			[inbound, ...(items ?? []).slice(1).map(() => undefined)],
		);
	});

	it('in a row, adds it as JSON text', async () => {
		const parameters = { output: 'row', options: { includeRawEvent: true } };
		const [items] = await (await publishedTrigger({ parameters })).outputsFor(inbound);
		assert.equal(items?.[0].raw, JSON.stringify(inbound));
	});
});

describe('Pass On What Is Not Processed', async () => {
	const notProcessed = ['invalid', 'notSelected', 'filtered', 'duplicate'];
	const parameters = {
		filters: { minimumTalkTime: inbound.event_data.billsec },
		options: { notProcessed, ignoreDuplicates: true },
	};
	const trigger = await publishedTrigger({ parameters });

	/** @param {string | object} event @param {Record<string, string>} [headers] */
	async function passedOn(event, headers) {
		const outputs = await trigger.outputsFor(event, headers);
		assert.deepEqual(outputs.slice(0, 3), [[], [], []]);
		assert.deepEqual([outputs.length, outputs[3]?.length], [4, 1]);
		return outputs[3]?.[0];
	}
	const { session_id, task_id } = inbound.event_data;
	const ofInbound = { event_name: 'callin.collect', session_id, task_id };

	it('an event that is processed puts nothing on the output Not Processed', async () => {
		const outputs = await trigger.outputsFor(inbound);
		assert.deepEqual(outputs, [[callItem(inbound)], answerItems(inbound), analysisItems(inbound)]);
	});

	it('a duplicate comes out of it, with its reason', async () => {
		const reason = 'The event is a duplicate: this trigger has already accepted the very same one';
		assert.deepEqual(await passedOn(inbound), { reason, kind: 'duplicate', ...ofInbound, payload: inbound });
	});

	it('so does an event that is not valid, with its issues', async () => {
		const event = changed(inbound, { session_id: '' });
		const { issues, reason, ...item } = await passedOn(event);
		assert.deepEqual(item, { kind: 'invalid', ...ofInbound, session_id: null, payload: event });
		assert.equal(issues[0].path, 'event_data.session_id');
		assert.match(reason, /^The payload is not what VoiceFox sends: event_data\.session_id: /);
	});

	it('unreadable JSON, as its text', async () => {
		const text = '{"event_name":';
		const { issues, reason, ...item } = await passedOn(text, { 'content-type': 'text/plain' });
		const nothing = { event_name: null, session_id: null, task_id: null };
		assert.deepEqual(item, { kind: 'invalid', ...nothing, payload: text });
		assert.equal(issues[0].path, '');
	});

	it('an event that is not selected', async () => {
		const item = await passedOn(taskEnd);
		const { task_id } = taskEnd.event_data;
		const reason = `The event "Task Finished (Outbound)" is not selected in 'Trigger On'`;
		const expected = { event_name: 'task.end', session_id: null, task_id, payload: taskEnd };
		assert.deepEqual(item, { reason, kind: 'notSelected', ...expected });
	});

	it('an event that a filter refuses', async () => {
		const event = changed(inbound, { billsec: 3 });
		const reason = 'The event does not pass the filter Minimum Talk Time: 3 is below 152';
		assert.deepEqual(await passedOn(event), { reason, kind: 'filtered', ...ofInbound, payload: event });
	});

	it('a stranger is refused all the same', async () => {
		assert.equal((await trigger.answerWithoutExecution({}, {})).status, 401);
	});

	it('with one output, Not Processed is the second; what is not chosen is answered as ever', async () => {
		const options = { notProcessed: ['invalid'] };
		const rows = await publishedTrigger({ parameters: { output: 'row', options } });
		const outputs = await rows.outputsFor({ event_name: '' });
		assert.deepEqual(outputs[0], []);
		assert.deepEqual(outputs[1]?.[0].payload, { event_name: '' });
		await rows.ignores(taskEnd);
	});
});

describe('Time Zone', async () => {
	const inTokyo = { triggerOn: ['callin.collect', ...ENDED], options: { timeZone: 'Asia/Tokyo' } };

	it('times get the offset of the zone, in every item', async () => {
		const trigger = await publishedTrigger({ parameters: inTokyo });
		const tokyo = changed(inbound, {
			start_at: '2026-11-20T10:15:02.000+09:00',
			answer_at: '2026-11-20T10:15:07.000+09:00',
			end_at: '2026-11-20T10:17:39.000+09:00',
		});
		const expected = [[callItem(tokyo)], answerItems(tokyo), analysisItems(tokyo)];
		assert.deepEqual(await trigger.outputsFor(inbound), expected);

		const [calls] = await trigger.outputsFor(missedCall);
		assert.equal(calls?.[0].answer_at, '', 'an empty time stays empty');
		const [tasks, results] = await trigger.outputsFor(taskEnd);
		assert.equal(tasks?.[0].task_start_at, '2026-11-20T14:00:00.000+09:00');
		assert.equal(results?.[0].task_start_at, '2026-11-20T14:00:00.000+09:00');
	});

	it('an unknown zone leaves times as they are and is logged', async () => {
		const trigger = await publishedTrigger({ parameters: { options: { timeZone: 'Asia/Atlantis' } } });
		const lines = await linesLoggedDuring(async () => {
			const [calls] = await trigger.outputsFor(inbound);
			assert.deepEqual(calls, [callItem(inbound)]);
		});
		assert.equal(lines.length, 1, lines.join('\n'));
		assert.match(lines[0] ?? '', /zone/i);
	});
});

describe('Validation: strict', async () => {
	const parameters = {
		triggerOn: ['callin.collect', 'task.call.collect', ...ENDED, 'other'],
		options: { validation: 'strict' },
	};
	const trigger = await publishedTrigger({ parameters });

	it('takes what the document describes, and fields beyond it', async () => {
		await trigger.outputsFor(outbound);
		await trigger.outputsFor(taskEnd);
		const [calls] = await trigger.outputsFor(changed(inbound, { added_later: 1 }));
		assert.equal(calls?.[0].added_later, 1);
	});

	it('takes any other event by its envelope', async () => {
		await trigger.outputsFor({ event_name: 'ping', event_data: null });
	});

	const invalid = {
		'a missing field': [changed(inbound, { ring_time: undefined }), 'event_data.ring_time'],
		'null instead of a list': [missedCall, 'event_data.assistant_infos'],
		'a number instead of a text': [changed(inbound, { caller: 1 }), 'event_data.caller'],
		'an unknown direction': [changed(inbound, { direction: 'sideways' }), 'event_data.direction'],
		'an unknown hangup side': [changed(inbound, { hangup_side: 'assistant' }), 'event_data.hangup_side'],
	};
	for (const [what, [event, path]] of Object.entries(invalid)) {
		it(`refuses ${what}`, async () => {
			const { status, json } = await trigger.answerWithoutExecution(event, authorized);
			assert.equal(status, 400);
			assert.equal(json.issues[0].path, path);
		});
	}
});

describe('Validation: tolerant', async () => {
	const trigger = await publishedTrigger({ parameters: { triggerOn: ['callin.hangup'] } });

	it('converts what can be converted without loss', async () => {
		const event = changed(missedCall, { caller: 12025550188, billsec: '12', answer_at: null });
		const item = {
			...callFields(missedCall),
			caller_number: '12025550188',
			billsec: 12,
			answer_at: null,
			assistant_infos: [],
			extra: {},
		};
		assert.deepEqual(await trigger.outputsFor(event), [[item], [], []]);
	});
});
