// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { send } from '../../scripts/lib/webhook.mjs';
import { changed, inbound, outbound, taskEnd } from './support/events.mjs';
import { authorized, linesLoggedDuring } from './support/instance.mjs';
import { ALL_EVENTS, publishedTrigger } from './support/trigger.mjs';

describe('Ignore Duplicates', async () => {
	const parameters = { triggerOn: ALL_EVENTS, options: { ignoreDuplicates: true } };
	const trigger = await publishedTrigger({ parameters });

	it('a duplicate of an accepted event is answered 200, starts nothing and is one line in the log', async () => {
		await trigger.outputsFor(inbound);
		const lines = await linesLoggedDuring(() => trigger.ignores(inbound));
		assert.equal(lines.length, 1, lines.join('\n'));
		assert.match(lines[0] ?? '', /ignored an event: The event is a duplicate/);
	});

	it('a duplicate may have its link signed anew and its fields in another order', async () => {
		const [link] = inbound.event_data.record_url.split('?');
		await trigger.ignores(changed(inbound, { record_url: `${link}?expires=1&sign=anew` }));
		const { event_name, event_data } = inbound;
		const turned = Object.fromEntries(Object.entries(event_data).reverse());
		await trigger.ignores({ event_data: turned, event_name });
	});

	it('a changed analysis, another call and another event of the same call are no duplicates', async () => {
		await trigger.outputsFor(changed(inbound, { conversation_analysis: [] }));
		await trigger.outputsFor(changed(inbound, { session_id: 'another' }));
		await trigger.outputsFor({ ...inbound, event_name: 'task.call.collect' });
	});

	it('task.end is told apart by its task', async () => {
		await trigger.outputsFor(taskEnd);
		await trigger.ignores(taskEnd);
		await trigger.outputsFor(changed(taskEnd, { task_id: 9022 }));
	});

	it('an undocumented event is never a duplicate', async () => {
		await trigger.outputsFor({ event_name: 'ping', event_data: {} });
		await trigger.outputsFor({ event_name: 'ping', event_data: {} });
	});

	it('a refused event is not remembered', async () => {
		const event = changed(outbound, { session_id: 'refused-once' });
		assert.equal((await trigger.answerWithoutExecution(event, {})).status, 401);
		await trigger.outputsFor(event);
	});

	it('ten duplicates at the same time are one execution', async () => {
		const event = changed(outbound, { session_id: 'ten-at-once' });
		const answers = await Promise.all(Array.from({ length: 10 }, () => send(trigger.url, event, authorized)));
		assert.deepEqual(
			answers.map(({ status, text }) => `${status} ${text}`),
			answers.map(() => '200 {}'),
		);
		trigger.accepted += 1;
		await trigger.hasOnlyItsAcceptedExecutions();
	});

	it('another trigger has not seen the event', async () => {
		await (await publishedTrigger({ parameters })).outputsFor(inbound);
	});

	it('switched off, every duplicate starts the workflow', async () => {
		const open = await publishedTrigger({ parameters: { options: { ignoreDuplicates: false } } });
		await open.outputsFor(inbound);
		await open.outputsFor(inbound);
	});
});
