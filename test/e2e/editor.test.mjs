// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listenForTestEvent } from '../support/editor.mjs';
import { callEnded, inbound, outputsOf } from '../support/voicefox-events.mjs';
import { outputsOf as outputsOfRun } from '../../scripts/lib/executions.mjs';
import { TRIGGER_NAME, TRIGGER_TYPE } from '../support/workflows.mjs';
import { answerTo, draftTrigger, instance, isBefore220, OK, publishedTrigger, rest } from './support.mjs';

/** @param {{ workflowId: string }} workflow */
const listen = ({ workflowId }) => listenForTestEvent(rest, workflowId, TRIGGER_NAME);

describe('publishing', () => {
	for (const [what, setup] of Object.entries({
		'without a credential': { credential: null },
		'without events': { parameters: { triggerOn: [] } },
	})) {
		// An older n8n publishes it; the trigger then answers 503, or ignores every event.
		it(`n8n refuses a trigger ${what}`, { skip: isBefore220 ? 'it does not look' : false }, async () => {
			const { workflowId } = await draftTrigger(setup);
			const { versionId } = await rest('GET', `/workflows/${workflowId}`);
			await assert.rejects(
				rest('POST', `/workflows/${workflowId}/activate`, { versionId }),
				/400|credential/i,
			);
			assert.equal((await rest('GET', `/workflows/${workflowId}`)).active, false);
		});
	}

	it('an unusable secret does not stop a workflow from being published', async () => {
		const credential = await instance.webhookCredential('Bearer');
		const { status } = await (await publishedTrigger({ credential })).refusalOf(inbound, {});
		assert.equal(status, 401);
	});
});

describe('the test of the webhook credential', () => {
	for (const [value, previous, message] of /** @type {[string, string, RegExp?][]} */ ([
		[`Bearer ${instance.token}`, 'n0-credential-h0lds-this-v4lue'],
		['  ', '', /blank/i],
		['Bearer secret', '', /16 characters/],
		[instance.token, 'one-line-of-it\nanother-line', /Previous Authorization Token.*line break/i],
	])) {
		it(message ? `says what is wrong with ${JSON.stringify(value + previous)}` : 'is content', async () => {
			const data = { authorizationToken: value, previousAuthorizationToken: previous };
			// n8n 1.x tests stored ones only, with what is typed now.
			const credentials = { ...instance.credential, type: 'voiceFoxWebhookApi', data };
			const tested = await rest('POST', '/credentials/test', { credentials });
			assert.equal(tested.status, message ? 'Error' : 'OK');
			if (message) assert.match(tested.message, message);
		});
	}
});

it('the node is there as the editor needs it, with its icons', async () => {
	const headers = { cookie: instance.cookie };
	const types = /** @type {any[]} */ (
		await (await fetch(`${instance.url}/types/nodes.json`, { headers })).json()
	);
	const type = types.find(({ name }) => name === TRIGGER_TYPE);
	assert.deepEqual([type.version, type.defaultVersion], [[1, 2], 2]);
	for (const path of Object.values(type.iconUrl))
		assert.match(await (await fetch(`${instance.url}/${path}`, { headers })).text(), /<svg/);
});

describe('the test URL', async () => {
	it('listens until an event starts the workflow; one that is only not selected, or Get Status, ends nothing', async () => {
		const trigger = await draftTrigger();
		assert.equal((await answerTo(trigger.testUrl, inbound)).status, 404, 'nobody listens yet');
		assert.deepEqual(await listen(trigger), { waitingForWebhook: true });
		assert.deepEqual(await answerTo(trigger.testUrl, callEnded), {
			status: 200,
			json: { ignored: `The event "Call Ended (Inbound)" is not selected in 'Trigger On'` },
		});
		const { json } = await answerTo(trigger.testUrl, { event_name: 'n8n.status' });
		assert.equal(typeof json.since, 'string');
		assert.deepEqual(await answerTo(trigger.testUrl, inbound), OK);
		const execution = await trigger.finishedExecution();
		assert.equal(execution.mode, 'manual');
		assert.deepEqual(outputsOfRun(execution, TRIGGER_NAME), outputsOf(inbound));
		assert.equal((await answerTo(trigger.testUrl, inbound)).status, 404, 'it listens no more');
	});

	const refused = { ...inbound, event_data: { ...inbound.event_data, session_id: '' } };
	for (const [
		what,
		{ parameters = {}, body = inbound, headers = undefined, status, reason },
	] of Object.entries({
		'a wrong token': {
			headers: { authorization: 'Bearer something else entirely' },
			status: 401,
			reason: /^The request's Authorization header is not the value in this node's credential/,
		},
		'no token': { headers: {}, status: 401, reason: /^The request has no Authorization header/ },
		'an invalid payload': { body: refused, status: 400, reason: /event_data\.session_id: / },
		'a filter that refuses': {
			parameters: { filters: { minimumTalkTime: 999 } },
			status: 200,
			reason: /Minimum Talk Time: 152 is below 999/,
		},
	})) {
		it(`ends with the reason on the node for ${what}`, async () => {
			const trigger = await draftTrigger({ parameters });
			await listen(trigger);
			const answer = await answerTo(trigger.testUrl, body, headers);
			assert.equal(answer.status, status);
			if (status === 200) assert.match(answer.json.ignored, reason);
			const execution = await trigger.finishedExecution();
			assert.deepEqual(
				[execution.status, execution.data.resultData.lastNodeExecuted],
				['error', TRIGGER_NAME],
			);
			assert.match(execution.data.resultData.error.message, reason);
			assert.equal((await answerTo(trigger.testUrl, inbound)).status, 404, 'it listens no more');
		});
	}

	it('does not begin to listen with a secret or a setting that cannot be used, and says which', async () => {
		const credential = await instance.webhookCredential('Bearer');
		await assert.rejects(
			listen(await draftTrigger({ credential })),
			/'Authorization Token' is only the word/,
		);
		const filters = { minimumTalkTime: '={{ $json.nothing }}' };
		const unreadable = await draftTrigger({ parameters: { filters } });
		await assert.rejects(listen(unreadable), /The setting 'Minimum Talk Time' cannot be read/);
	});
});
