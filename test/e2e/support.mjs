// @ts-check
// The n8n that the files of e2e/ share, and workflows in it.
import assert from 'node:assert/strict';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { hasFinished, outputsOf } from '../../scripts/lib/executions.mjs';
import { Fault } from '../../scripts/lib/faults.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { N8n } from '../support/n8n.mjs';
import { connectionsFrom, TRIGGER_NAME, triggerNode, workflowNode } from '../support/workflows.mjs';

if (!process.env.TEST_N8N)
	throw new Fault('These tests need a running n8n: start them with `npm run test:e2e`.');

export const instance = new N8n(JSON.parse(process.env.TEST_N8N));
export const { rest, authorized } = instance;

const [major = 0, minor = 0] = instance.version.split('.').map(Number);

/** Whether it is older than 2.20, which first has some of what is tested; docs/reliability.md says what differs. */
export const isBefore220 = major < 2 || (major === 2 && minor < 20);

/** Whether it is older than 2.41, of which everything is expected. */
export const isOlder = major < 2 || (major === 2 && minor < 41);

/** Whether n8n's 200 means that the execution is stored. */
const storesFirst = major > 2 || (major === 2 && minor >= 8);

/** What the trigger answers to events that it accepts and to those that it ignores. */
export const OK = { status: 200, json: {} };

/** An address as n8n itself names it. @param {string} url */
export const asNamed = (url) => url.replace('127.0.0.1', 'localhost');

/**
 * Sends something, and gives of the answer what the documents promise.
 * @param {string} url
 * @param {string | Uint8Array | object} body
 * @param {Record<string, string | undefined>} [headers]
 */
export async function answerTo(url, body, headers = authorized) {
	const { status, json } = await send(url, body, headers);
	return { status, json };
}

/** @type {Workflow[]} */
const published = [];

after(async () => {
	// An execution that a refused request had started could appear late.
	await pause(500);
	for (const workflow of published) await workflow.hasOnlyItsExecutions();
});

/**
 * @typedef {object} Setup
 * @property {Record<string, any>} [parameters] the trigger's; the rest keeps its defaults, except that duplicates are not
 * ignored: the tests send the same samples again and again
 * @property {number} [typeVersion]
 * @property {{ id: string, name: string } | null} [credential] null: none
 * @property {any[]} [nodes] behind the trigger, one after the other
 * @property {object} [connections] where they are not
 */

/** A workflow that begins with a VoiceFox Trigger. */
class Workflow {
	started = 0;

	/** @param {import('../support/n8n.mjs').Published} published */
	constructor({ workflowId, url, testUrl }) {
		this.workflowId = workflowId;
		this.url = url;
		this.testUrl = testUrl;
	}

	/**
	 * Sends an event that must start an execution, and waits for its end.
	 * @param {string | Uint8Array | object} body
	 * @param {Record<string, string | undefined>} [headers]
	 */
	async executionOf(body, headers = {}) {
		assert.deepEqual(await answerTo(this.url, body, { ...authorized, ...headers }), OK);
		this.started += 1;
		await this.hasOnlyItsExecutions();
		return await this.finishedExecution();
	}

	/**
	 * The same, of an execution that succeeds.
	 * @param {string | Uint8Array | object} body
	 * @param {Record<string, string | undefined>} [headers]
	 * @param {string} [node] default: the trigger
	 * @returns {Promise<any[][]>} per output its items' `json`
	 */
	async outputsFor(body, headers, node = TRIGGER_NAME) {
		const execution = await this.executionOf(body, headers);
		assert.equal(execution.status, 'success', execution.data?.resultData.error?.message);
		return outputsOf(execution, node);
	}

	/**
	 * Sends something that must not start an execution.
	 * @param {string | Uint8Array | object} body
	 * @param {Record<string, string | undefined>} [headers]
	 */
	async refusalOf(body, headers) {
		const answer = await answerTo(this.url, body, headers);
		await this.hasOnlyItsExecutions();
		return answer;
	}

	/** Sends an event that must be ignored. @param {object} event */
	async ignores(event) {
		assert.deepEqual(await this.refusalOf(event), OK);
	}

	async hasOnlyItsExecutions() {
		const deadline = Date.now() + (storesFirst ? 0 : 20_000);
		while ((await this.executionCount()) < this.started && Date.now() < deadline) await pause(50);
		assert.equal(await this.executionCount(), this.started, `executions of workflow ${this.workflowId}`);
	}

	executionCount() {
		return instance.executionCount(this.workflowId);
	}

	/** The newest execution, once it has finished. */
	async finishedExecution() {
		for (const deadline = Date.now() + 30_000; ; await pause(50)) {
			const execution = (await instance.executions(this.workflowId)).at(-1);
			if (execution && hasFinished(execution)) return execution;
			assert.ok(Date.now() < deadline, 'the execution finishes within 30 seconds');
		}
	}
}

/**
 * A published workflow, ready to take events at its production URL.
 * @param {Setup} [setup]
 */
export async function publishedTrigger(setup = {}) {
	const workflow = new Workflow(await instance.publish(workflowOf(setup)));
	published.push(workflow);
	return workflow;
}

/**
 * One that is not published: it takes events only at its test URL, while somebody listens.
 * @param {Setup} [setup]
 */
export const draftTrigger = async (setup = {}) => new Workflow(await instance.draft(workflowOf(setup)));

/** @param {Setup} setup */
function workflowOf({
	parameters = {},
	nodes = [],
	connections,
	typeVersion,
	credential = instance.credential,
}) {
	const options = { ignoreDuplicates: false, ...parameters.options };
	const trigger = triggerNode({ ...parameters, options }, { typeVersion, credential });
	const names = [TRIGGER_NAME, ...nodes.map(({ name }) => name)];
	const chain = names.slice(1).map((name, place) => connectionsFrom(String(names[place]), [[name]]));
	return {
		name: `e2e ${JSON.stringify(parameters)}`.slice(0, 120),
		nodes: [trigger, ...nodes],
		connections: connections ?? Object.assign({}, ...chain),
		settings: { executionOrder: 'v1' },
	};
}

/**
 * An Edit Fields node.
 * @param {Record<string, string>} values by field: expressions, as the editor writes them when a value is dragged there
 */
export function editFields(values) {
	const assignments = Object.entries(values).map(([name, value]) => ({
		id: name,
		name,
		value,
		type: 'string',
	}));
	const parameters = { assignments: { assignments }, options: {} };
	return workflowNode('Edit Fields', 'n8n-nodes-base.set', 3.4, parameters);
}

/**
 * What the trigger writes into n8n's log while something is done.
 * @param {() => Promise<unknown>} action
 * @returns {Promise<string>} its lines
 */
export async function logOf(action) {
	const before = instance.log().length;
	await action();
	// n8n's output reaches the file a moment later.
	await pause(400);
	const lines = instance.log().slice(before).split('\n');
	return lines.filter((line) => line.includes('VoiceFox Trigger')).join('\n');
}
