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
});

describe('Invalid Payloads: emit', async () => {
	const trigger = await publishedTrigger({ parameters: { options: { invalidPayloads: 'emit' } } });

	it('an event that is not valid is answered 200 and comes out of the output Invalid', async () => {
		const event = changed(inbound, { session_id: '' });
		const outputs = await trigger.outputsFor(event);
		assert.deepEqual(outputs.slice(0, 3), [[], [], []]);
		const [item, ...others] = outputs[3] ?? [];
		assert.deepEqual(others, []);
		assert.deepEqual(Object.keys(item), ['error', 'issues', 'payload']);
		assert.equal(item.issues[0].path, 'event_data.session_id');
		assert.deepEqual(item.payload, event);
	});

	it('unreadable JSON comes out as its text', async () => {
		const outputs = await trigger.outputsFor('{"event_name":', { 'content-type': 'text/plain' });
		assert.deepEqual(outputs.slice(0, 3), [[], [], []]);
		assert.equal(outputs[3]?.[0].issues[0].path, '');
		assert.equal(outputs[3]?.[0].payload, '{"event_name":');
	});

	it('a valid event takes its usual way', async () => {
		const outputs = await trigger.outputsFor(inbound);
		assert.deepEqual(outputs, [[callItem(inbound)], answerItems(inbound), analysisItems(inbound), []]);
	});

	it('a stranger is refused all the same', async () => {
		assert.equal((await trigger.answerWithoutExecution({}, {})).status, 401);
	});

	it('with one output, Invalid is the second', async () => {
		const parameters = { output: 'list', options: { invalidPayloads: 'emit' } };
		const list = await publishedTrigger({ parameters });
		const outputs = await list.outputsFor({ event_name: '' });
		assert.deepEqual(outputs[0], []);
		assert.deepEqual(outputs[1]?.[0].payload, { event_name: '' });
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
			caller: '12025550188',
			caller_number: '12025550188',
			billsec: 12,
			answer_at: null,
			assistant_infos: [],
			extra: {},
		};
		assert.deepEqual(await trigger.outputsFor(event), [[item], [], []]);
	});
});
