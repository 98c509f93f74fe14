// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { credential, instance, isN8n1, rest, storedCredential, wrongToken } from './support/instance.mjs';
import { draftTrigger, publishedTrigger } from './support/trigger.mjs';
import { inbound } from './support/events.mjs';
import { TRIGGER_TYPE } from '../support/workflows.mjs';

/** The node's description as the editor gets it. */
async function triggerType() {
	const headers = { cookie: instance.cookie };
	const types = await (await fetch(`${instance.url}/types/nodes.json`, { headers })).json();
	return types.find((/** @type {{ name: string }} */ { name }) => name === TRIGGER_TYPE);
}

/** @param {string} workflowId */
async function publish(workflowId) {
	const { versionId } = await rest('GET', `/workflows/${workflowId}`);
	return await rest('POST', `/workflows/${workflowId}/activate`, { versionId });
}

/** @param {string} expression `={{ … }}` of a description @param {object} parameters */
const evaluated = (expression, parameters) =>
	JSON.parse(
		runInNewContext(`JSON.stringify(${expression.slice('={{'.length, -'}}'.length)})`, {
			$parameter: parameters,
		}),
	);

// n8n 1.x publishes them; the trigger then answers 503, or ignores every event.
const sinceN8n2 = { skip: isN8n1 ? 'n8n 1.x does not look' : false };

describe('publishing', () => {
	it('n8n refuses a trigger without a credential', sinceN8n2, async () => {
		const trigger = await draftTrigger({ credential: null });
		await assert.rejects(publish(trigger.workflowId), /400|credential/i);
		assert.equal((await rest('GET', `/workflows/${trigger.workflowId}`)).active, false);
	});

	it('n8n refuses a trigger without events', sinceN8n2, async () => {
		const trigger = await draftTrigger({ parameters: { triggerOn: [] } });
		await assert.rejects(publish(trigger.workflowId), /400|Trigger On/i);
		assert.equal((await rest('GET', `/workflows/${trigger.workflowId}`)).active, false);
	});

	it('an unusable secret does not stop a workflow from being published', async () => {
		const credential = await storedCredential({ authorizationToken: 'Bearer' });
		const trigger = await publishedTrigger({ credential });
		assert.equal((await trigger.answerWithoutExecution(inbound, {})).status, 401);
	});
});

describe('the test of the credential', () => {
	/** @param {{ authorizationToken: string, previousAuthorizationToken?: string }} data */
	const testOf = (data) => {
		const all = { previousAuthorizationToken: '', ...data };
		// n8n 1.x tests stored ones only, with what is typed now.
		const credentials = { ...credential, type: 'voiceFoxWebhookApi', data: all };
		return rest('POST', '/credentials/test', { credentials });
	};

	it('is content with a value, with or without Bearer', async () => {
		assert.equal((await testOf({ authorizationToken: instance.token })).status, 'OK');
		const both = { authorizationToken: `Bearer ${instance.token}`, previousAuthorizationToken: wrongToken };
		assert.equal((await testOf(both)).status, 'OK');
	});

	const problems = {
		'a blank value': [{ authorizationToken: '  ' }, /blank/i],
		'only Bearer': [{ authorizationToken: 'Bearer ' }, /Bearer/],
		'a line break': [{ authorizationToken: 'one\ntwo' }, /line break/i],
		'a line break in the previous value': [
			{ authorizationToken: instance.token, previousAuthorizationToken: `${wrongToken}\n` + 'more' },
			/Previous Authorization Token.*line break/i,
		],
		'a value that can be guessed': [{ authorizationToken: 'Bearer secret' }, /16 characters/],
	};
	for (const [what, [data, message]] of Object.entries(problems)) {
		it(`says what is wrong with ${what}`, async () => {
			const result = await testOf(/** @type {{ authorizationToken: string }} */ (data));
			assert.equal(result.status, 'Error');
			assert.match(result.message, /** @type {RegExp} */ (message));
		});
	}
});

describe('the node in the editor', () => {
	it('new triggers get typeVersion 2', async () => {
		const type = await triggerType();
		assert.deepEqual(
			{ version: type.version, defaultVersion: type.defaultVersion },
			{ version: [1, 2], defaultVersion: 2 },
		);
	});

	it('the outputs of each form have short labels', async () => {
		const { outputs } = await triggerType();
		const labels = (/** @type {object} */ parameters) =>
			evaluated(outputs, parameters).map((/** @type {any} */ { displayName }) => displayName);
		assert.deepEqual(labels({ output: 'separate' }), ['Call', 'Answers', 'Analysis']);
		assert.deepEqual(labels({ output: 'row', options: {} }), ['Call']);
		assert.deepEqual(labels({ output: 'list', options: { notProcessed: [] } }), ['Items']);
		const passesOn = { output: 'separate', options: { notProcessed: ['invalid'] } };
		assert.deepEqual(labels(passesOn), ['Call', 'Answers', 'Analysis', 'Not Processed']);
	});

	it("its icons and the credential's are there", async () => {
		const type = await triggerType();
		for (const path of Object.values(type.iconUrl)) {
			const icon = await fetch(`${instance.url}/${path}`, { headers: { cookie: instance.cookie } });
			assert.equal(icon.status, 200);
			assert.match(await icon.text(), /<svg/);
		}
	});
});
