// @ts-check
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { changed, inbound, missedCall, outbound } from '../support/voicefox-events.mjs';
import { instance, publishedTrigger } from './support.mjs';

const WRONG = 'n0-credential-h0lds-this-v4lue-at-all';

// The test runner sorts files by name, so this one looks at everything that the others have sent.
it("n8n's log holds no secret, no header and no phone number, and its executions no secret and no header", async () => {
	const trigger = await publishedTrigger({ parameters: { filters: { direction: 'outbound' } } });
	const others = await publishedTrigger({ parameters: { filters: { phoneNumbers: '+12025550199' } } });
	await trigger.ignores(inbound);
	await others.ignores(outbound);
	await trigger.refusalOf(outbound, { authorization: `Bearer ${WRONG}` });
	await trigger.refusalOf(
		changed(outbound, { session_id: null, assistant_infos: outbound.event_data.caller }),
	);
	await trigger.outputsFor(outbound);

	const log = instance.log();
	assert.match(log, /VoiceFox Trigger.*401/, 'the log is the one that holds our lines');
	const numbers = [inbound, outbound, missedCall].flatMap(({ event_data: { caller, callee } }) => [
		caller,
		callee,
	]);
	for (const text of [instance.token, WRONG, ...numbers.map((number) => number.replace('+', ''))])
		assert.ok(!log.includes(text), `"${text}" in n8n's log`);
	const executions = JSON.stringify(await instance.executions());
	for (const text of [instance.token, WRONG, 'authorization":'])
		assert.ok(!executions.includes(text), `"${text}" in an execution`);
});
