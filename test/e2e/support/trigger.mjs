// @ts-check
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { hasFinished, outputsOf } from '../../../scripts/lib/executions.mjs';
import { send } from '../../../scripts/lib/webhook.mjs';
import { ALL_EVENTS, TRIGGER_NAME, triggerNode } from '../../support/workflows.mjs';
import { authorized, credential as sharedCredential, instance, storesFirst } from './instance.mjs';

export { ALL_EVENTS };

/** @type {Trigger[]} */
const published = [];

after(async () => {
	// An execution that a refused request had started could appear late.
	await pause(500);
	for (const trigger of published) await trigger.hasOnlyItsAcceptedExecutions();
});

/**
 * @typedef {object} TriggerSetup
 * @property {{ options?: object, [name: string]: unknown }} [parameters] the node's parameters; the rest keeps its
 * defaults, except that duplicates are not ignored: the tests send the same samples again and again
 * @property {number} [typeVersion]
 * @property {{ id: string, name: string } | null} [credential] null: none
 */

/** A workflow of one VoiceFox Trigger. */
class Trigger {
	accepted = 0;

	/** @param {import('../../support/n8n.mjs').Published} published */
	constructor({ workflowId, url, testUrl }) {
		this.workflowId = workflowId;
		this.url = url;
		this.testUrl = testUrl;
		this.name = TRIGGER_NAME;
	}

	/**
	 * Sends an event that must be accepted, and waits for its execution.
	 * @param {string | Uint8Array | object} event
	 * @param {Record<string, string | undefined>} [headers]
	 * @returns {Promise<any[][]>} per output its items' `json`
	 */
	async outputsFor(event, headers = {}) {
		const { status, text } = await send(this.url, event, { ...authorized, ...headers });
		assert.deepEqual({ status, text }, { status: 200, text: '{}' });
		this.accepted += 1;
		if (!storesFirst) await this.untilStored();
		assert.equal(await this.executionCount(), this.accepted, 'the 200 comes when the execution is stored');
		const execution = await this.finishedExecution();
		assert.equal(execution.status, 'success');
		return outputsOf(execution, TRIGGER_NAME);
	}

	/**
	 * Sends an event that must be ignored: 200 and no execution.
	 * @param {object} event
	 */
	async ignores(event) {
		const { status, text } = await this.answerWithoutExecution(event, authorized);
		assert.deepEqual({ status, text }, { status: 200, text: '{}' });
	}

	/**
	 * Sends a request that must not start an execution.
	 * @param {string | Uint8Array | object} body
	 * @param {Record<string, string | undefined>} headers
	 */
	async answerWithoutExecution(body, headers) {
		const answer = await send(this.url, body, headers);
		assert.equal(await this.executionCount(), this.accepted, 'no execution');
		return answer;
	}

	async hasOnlyItsAcceptedExecutions() {
		if (!storesFirst) await this.untilStored();
		assert.equal(await this.executionCount(), this.accepted, `executions of workflow ${this.workflowId}`);
	}

	executionCount() {
		return instance.executionCount(this.workflowId);
	}

	/** An older n8n answers before it stores the execution. */
	async untilStored() {
		const deadline = Date.now() + 20_000;
		while ((await this.executionCount()) < this.accepted && Date.now() < deadline) await pause(50);
	}

	/** The newest execution, once it has finished. */
	async finishedExecution() {
		const deadline = Date.now() + 20_000;
		for (;;) {
			const execution = (await instance.executions(this.workflowId)).at(-1);
			if (execution && hasFinished(execution)) return execution;
			assert.ok(Date.now() < deadline, 'the execution finishes within 20 seconds');
			await pause(50);
		}
	}
}

/**
 * A published trigger, ready to take events at its production URL.
 * @param {TriggerSetup} [setup]
 */
export async function publishedTrigger(setup = {}) {
	const trigger = new Trigger(await instance.publish(workflowOf(setup)));
	published.push(trigger);
	return trigger;
}

/**
 * A trigger that is not published: it takes events only at its test URL, while somebody listens.
 * @param {TriggerSetup} [setup]
 */
export const draftTrigger = async (setup = {}) => new Trigger(await instance.draft(workflowOf(setup)));

/** @param {TriggerSetup} setup */
function workflowOf({ parameters = {}, typeVersion, credential = sharedCredential }) {
	const options = { ignoreDuplicates: false, ...parameters.options };
	return {
		name: `e2e ${JSON.stringify(parameters)}`.slice(0, 120),
		nodes: [triggerNode({ ...parameters, options }, { typeVersion, credential })],
		settings: { executionOrder: 'v1' },
	};
}
