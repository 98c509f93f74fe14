// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outputsOf } from '../../scripts/lib/executions.mjs';
import { listenForTestEvent } from '../../scripts/lib/rest.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { analysisItems, answerItems, callItem, callEnded, inbound } from './support/events.mjs';
import { authorized, rest, storedCredential } from './support/instance.mjs';
import { draftTrigger } from './support/trigger.mjs';

/** @param {{ workflowId: string, name: string }} trigger */
const listen = (trigger) => listenForTestEvent(rest, trigger.workflowId, trigger.name);

describe('the test URL', async () => {
	it('answers 404 while nobody listens', async () => {
		const trigger = await draftTrigger();
		assert.equal((await send(trigger.testUrl, inbound, authorized)).status, 404);
	});

	it('listens until an event starts the workflow; one that is only not selected ends nothing', async () => {
		const trigger = await draftTrigger();
		assert.deepEqual(await listen(trigger), { waitingForWebhook: true });

		const ignored = await send(trigger.testUrl, callEnded, authorized);
		assert.deepEqual(
			{ status: ignored.status, json: ignored.json },
			{
				status: 200,
				json: { ignored: `The event "Call Ended (Inbound)" is not selected in 'Trigger On'` },
			},
		);
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

	for (const [what, { parameters, body = inbound, headers = authorized, answer, reason }] of Object.entries({
		'a wrong token': {
			headers: { authorization: 'Bearer something else entirely' },
			answer: { status: 401, json: { error: 'Unauthorized' } },
			reason: /^The request's Authorization header is not the value in this node's credential\. Compare/,
		},
		'no token': {
			headers: {},
			answer: { status: 401, json: { error: 'Unauthorized' } },
			reason: /^The request has no Authorization header/,
		},
		'an invalid payload': {
			body: { ...inbound, event_data: { ...inbound.event_data, session_id: '' } },
			answer: {
				status: 400,
				json: {
					error: 'Invalid payload',
					issues: [{ path: 'event_data.session_id', message: 'Expected non-empty text' }],
				},
			},
			reason: /^The payload is not what VoiceFox sends: event_data\.session_id: Expected non-empty/,
		},
		'a filter that refuses': {
			parameters: { filters: { minimumTalkTime: 999 } },
			answer: {
				status: 200,
				json: { ignored: 'The event does not pass the filter Minimum Talk Time: 152 is below 999' },
			},
			reason: /^The event does not pass the filter Minimum Talk Time: 152 is below 999$/,
		},
	})) {
		it(`ends with the reason on the node for ${what}`, async () => {
			const trigger = await draftTrigger({ parameters });
			await listen(trigger);
			const { status, json } = await send(trigger.testUrl, body, headers);
			assert.deepEqual({ status, json }, answer);

			const execution = await trigger.finishedExecution();
			assert.equal(execution.status, 'error');
			assert.match(execution.data.resultData.error.message, reason);
			assert.equal(execution.data.resultData.lastNodeExecuted, trigger.name);
			assert.equal((await send(trigger.testUrl, inbound, authorized)).status, 404, 'it listens no more');
		});
	}

	it('does not begin to listen with a secret that authorizes nobody, and says why', async () => {
		const credential = await storedCredential({ authorizationToken: 'Bearer' });
		const trigger = await draftTrigger({ credential });
		await assert.rejects(listen(trigger), /'Authorization Token' is only the word/);
		assert.equal((await send(trigger.testUrl, inbound, authorized)).status, 404);
	});

	it('does not begin to listen with a setting that cannot be read, and names it', async () => {
		const trigger = await draftTrigger({
			parameters: { filters: { minimumTalkTime: '={{ $json.nothing }}' } },
		});
		await assert.rejects(listen(trigger), /The setting 'Minimum Talk Time' cannot be read/);
	});
});
