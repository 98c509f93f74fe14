// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { send } from '../../scripts/lib/webhook.mjs';
import { answerItems, callItem, changed, inbound } from './support/events.mjs';
import { authorized } from './support/instance.mjs';
import { publishedTrigger } from './support/trigger.mjs';

const MEGABYTE = 1024 * 1024;

describe('large and many events', async () => {
	const trigger = await publishedTrigger();

	it('300 answers in one event are 300 items', async () => {
		const [answer] = inbound.event_data.collect_targets;
		const targets = Array.from({ length: 300 }, (_, place) => ({ ...answer, question: `Question ${place}` }));
		const event = changed(inbound, { collect_targets: targets });
		const [calls, answers] = await trigger.outputsFor(event);
		assert.deepEqual(calls, [callItem(event)]);
		assert.deepEqual(answers, answerItems(event));
	});

	it('a body of 5 MB is taken whole', async () => {
		const event = changed(inbound, {
			collect_targets: [],
			extra: { notes: 'あ'.repeat((5 * MEGABYTE) / 3) },
		});
		assert.ok(Buffer.byteLength(JSON.stringify(event)) >= 5 * MEGABYTE);
		const [calls] = await trigger.outputsFor(event);
		assert.deepEqual(calls, [callItem(event)]);
	});

	it('20 events at the same time are 20 executions', async () => {
		const events = Array.from({ length: 20 }, (_, place) =>
			changed(inbound, { session_id: `call-${place}` }),
		);
		const answers = await Promise.all(events.map((event) => send(trigger.url, event, authorized)));
		assert.deepEqual(
			answers.map(({ status, text }) => `${status} ${text}`),
			events.map(() => '200 {}'),
		);
		trigger.accepted += events.length;
		await trigger.hasOnlyItsAcceptedExecutions();
	});
});
