// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changed, inbound, missedCall, outbound } from './support/events.mjs';
import { authorized, instance, wrongToken } from './support/instance.mjs';
import { publishedTrigger } from './support/trigger.mjs';

// The test runner sorts files by name, so this one looks at everything that the others have sent.
describe('what n8n keeps', async () => {
	const trigger = await publishedTrigger({ parameters: { filters: { direction: 'outbound' } } });
	const others = await publishedTrigger({ parameters: { filters: { phoneNumbers: '+12025550199' } } });
	const secrets = [instance.token, wrongToken];
	const numbers = [inbound, outbound, missedCall].flatMap(({ event_data: { caller, callee } }) => [
		caller,
		callee,
	]);

	it('its log holds no secret, no header and no phone number', async () => {
		await trigger.ignores(inbound);
		await trigger.ignores(missedCall);
		await others.ignores(outbound);
		await trigger.answerWithoutExecution(outbound, { authorization: `Bearer ${wrongToken}` });
		await trigger.answerWithoutExecution(changed(outbound, { session_id: null }), authorized);
		await trigger.answerWithoutExecution(
			changed(outbound, { assistant_infos: outbound.event_data.caller }),
			authorized,
		);
		const log = instance.log();
		assert.match(log, /VoiceFox Trigger.*401/, 'the log is the one that holds our lines');
		for (const text of [...secrets, ...numbers, ...numbers.map((number) => number.slice(1))]) {
			assert.ok(!log.includes(text), `"${text}" in n8n's log`);
		}
	});

	it('its executions hold no secret and no header', async () => {
		await trigger.outputsFor(outbound);
		const executions = await instance.executions();
		assert.ok(executions.length > 0);
		const text = JSON.stringify(executions);
		for (const secret of [...secrets, 'authorization":'])
			assert.ok(!text.includes(secret), `"${secret}" in an execution`);
	});
});
