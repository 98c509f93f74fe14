// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outputsOf } from '../../scripts/lib/executions.mjs';
import { listenForTestEvent } from '../../scripts/lib/rest.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { analysisItems, answerItems, callItem, inbound, missedCall } from './support/events.mjs';
import { authorized, rest, storedCredential } from './support/instance.mjs';
import { draftTrigger } from './support/trigger.mjs';

describe('the test URL', async () => {
	it('answers 404 while nobody listens', async () => {
		const trigger = await draftTrigger();
		assert.equal((await send(trigger.testUrl, inbound, authorized)).status, 404);
	});

	it('listens until an event starts the workflow; what is refused or ignored ends nothing', async () => {
		const trigger = await draftTrigger();
		assert.deepEqual(await listenForTestEvent(rest, trigger.workflowId, trigger.name), {
			waitingForWebhook: true,
		});

		assert.equal((await send(trigger.testUrl, inbound)).status, 401);
		const invalid = await send(trigger.testUrl, { event_name: '' }, authorized);
		assert.equal(invalid.status, 400);
		const ignored = await send(trigger.testUrl, missedCall, authorized);
		assert.equal(ignored.status, 200);
		assert.deepEqual(Object.keys(ignored.json), ['ignored']);
		assert.match(ignored.json.ignored, /\S/);
		assert.equal(await trigger.executionCount(), 0);

		const accepted = await send(trigger.testUrl, inbound, authorized);
		assert.deepEqual({ status: accepted.status, json: accepted.json }, { status: 200, json: {} });
		const execution = await trigger.finishedExecution();
		assert.equal(execution.mode, 'manual');
		const expected = [[callItem(inbound)], answerItems(inbound), analysisItems(inbound)];
		assert.deepEqual(outputsOf(execution, trigger.name), expected);
		assert.equal(await trigger.executionCount(), 1);
		assert.equal((await send(trigger.testUrl, inbound, authorized)).status, 404, 'it listens no more');
	});

	it('does not begin to listen with a secret that authorizes nobody, and says why', async () => {
		const credential = await storedCredential({ authorizationToken: 'Bearer' });
		const trigger = await draftTrigger({ credential });
		await assert.rejects(listenForTestEvent(rest, trigger.workflowId, trigger.name), /authorized/);
		assert.equal((await send(trigger.testUrl, inbound, authorized)).status, 404);
	});
});
