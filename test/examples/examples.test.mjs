// @ts-check
// Each example runs in a real n8n: by hand with the sample that is pinned to it, and live with the event at its URL.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { executionAfter, outputsOf } from '../../scripts/lib/executions.mjs';
import { listenForTestEvent } from '../support/editor.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { triggerNode } from '../support/workflows.mjs';
import { serviceCredentials } from './credentials.mjs';
import { expectedOf } from './expected.mjs';
import { publishExample, startN8nWithStandIn } from './n8n.mjs';
import { example, exampleNames, prospect, sampleOf, TRIGGER } from './samples.mjs';

/** Tested elsewhere: by `npm start` and in the browser, with the action node, with the Call Log Trigger, with restarts. */
const NOT_HERE = [
	'demo-workflow',
	'archive-recordings',
	'without-duplicates',
	'ledger-each-call',
	'ledger-nightly',
	'ledger-catch-up',
	'hand-calls-to-other-workflows',
	'who-called-more-than-once',
];

/** Starts by a click and not with a call, so it has tests of its own below. */
const SENDER = 'send-a-sample-call';
const SENDING_NODE = 'Send a Sample Call';

/** @type {Awaited<ReturnType<typeof startN8nWithStandIn>>} */
let instance;
/** @type {(node: any) => any} */
let withCredential;

before(async () => {
	instance = await startN8nWithStandIn();
	withCredential = await serviceCredentials(instance.n8n, instance.addresses);
});

after(() => instance?.stop());

test('every example is tried', async () => {
	const here = (await exampleNames()).filter((name) => !NOT_HERE.includes(name));
	assert.deepEqual(here.sort(), [...Object.keys(sampleOf), SENDER].sort());
	assert.deepEqual(Object.keys(expectedOf).sort(), Object.keys(sampleOf).sort());
});

for (const [name, event] of Object.entries(sampleOf)) {
	describe(name, () => {
		test('runs by hand, without a call and without a credential for VoiceFox', async () => {
			const workflow = await example(name);
			const { n8n, standIn } = instance;
			const { workflowId } = await n8n.draft({ ...workflow, nodes: workflow.nodes.map(withCredential) });
			standIn.reset();
			await listenForTestEvent(n8n.rest, workflowId, TRIGGER);
			expectedOf[name]?.(standIn, await resultsOf(workflowId, workflow));
		});

		test('runs live, with the event at its production URL', async () => {
			const results = await runLive(name, event);
			expectedOf[name]?.(instance.standIn, results);
		});
	});
}

test('a caller who is not unhappy alerts nobody', async () => {
	const results = await runLive('low-mood-alert-telegram', prospect);
	assert.equal(results[TRIGGER]?.[0]?.mood, 'Positive');
	assert.deepEqual(instance.standIn.requests(), []);
});

/** @param {string} name @param {any} event sent to the example's production URL @returns {Promise<import('./expected.mjs').Results>} */
async function runLive(name, event) {
	const { n8n, standIn } = instance;
	const { workflow, workflowId, url } = await publishExample(n8n, name, withCredential);
	standIn.reset();
	const { status, text } = await send(url, event, n8n.authorized);
	assert.deepEqual({ status, text }, { status: 200, text: '{}' });
	return await resultsOf(workflowId, workflow);
}

describe(SENDER, () => {
	/** As the editor shows a trigger's URLs: with n8n's own name for itself. */
	const shown = (/** @type {string} */ url) => url.replace('//127.0.0.1:', '//localhost:');
	const receiver = () => ({
		name: 'Receiver',
		nodes: [triggerNode({ output: 'perCall' }, { credential: instance.n8n.credential })],
	});

	/** @param {string} url @returns {Promise<string>} the ID of the example, run with the URL pasted and the credential chosen */
	async function runSender(url) {
		const { n8n } = instance;
		const workflow = await example(SENDER);
		const filledIn = (/** @type {any} */ node) => ({
			...node,
			parameters: { ...node.parameters, url },
			credentials: { voiceFoxWebhookApi: n8n.credential },
		});
		const nodes = workflow.nodes.map((/** @type {any} */ node) =>
			node.name === SENDING_NODE ? filledIn(node) : node,
		);
		const { workflowId } = await n8n.draft({ ...workflow, nodes });
		await listenForTestEvent(n8n.rest, workflowId, workflow.nodes[0].name);
		return workflowId;
	}

	/** @param {string} workflowId @param {string} node @returns {Promise<any>} the first item of its only execution */
	async function firstItem(workflowId, node) {
		const execution = await executionAfter(instance.n8n.rest, workflowId, 0);
		assert.equal(execution?.status, 'success', JSON.stringify(execution?.data?.resultData?.error));
		return outputsOf(execution, node)[0]?.[0];
	}

	test("sends a call to a trigger's production URL", async () => {
		const { workflowId, url } = await instance.n8n.publish(receiver());
		const sent = await firstItem(await runSender(shown(url)), SENDING_NODE);
		assert.equal(sent.status, 200);
		assert.match(sent.answer, /^The trigger took the event/);

		const received = await firstItem(workflowId, TRIGGER);
		assert.equal(received.session_id, sent.event.event_data.session_id);
		assert.match(received.session_id, /^sample-/);
	});

	test('sends a call to its test URL while it listens', async () => {
		const { workflowId, testUrl } = await instance.n8n.draft(receiver());
		await listenForTestEvent(instance.n8n.rest, workflowId, TRIGGER);
		const sent = await firstItem(await runSender(shown(testUrl)), SENDING_NODE);
		const received = await firstItem(workflowId, TRIGGER);
		assert.equal(received.session_id, sent.event.event_data.session_id);
	});

	test('says what to do when nobody listens there, and for another address', async () => {
		const { rest, token, url: ownUrl } = instance.n8n;
		const { url, testUrl } = await instance.n8n.draft(receiver());
		for (const [typed, message] of /** @type {[string, RegExp][]} */ ([
			[shown(url), /^No trigger takes events at this URL/],
			[shown(testUrl), /click Execute step in the trigger first/],
			[shown(`${ownUrl}/workflow/xyz`), /is the address of a page of the editor/],
			[url, /leads to http:\/\/127\.0\.0\.1:\d+, which is not an address of this n8n/],
		])) {
			const execution = await executionAfter(rest, await runSender(typed), 0);
			assert.equal(execution?.status, 'error');
			assert.match(execution.data.resultData.error.message, message);
			assert.ok(!JSON.stringify(execution.data.resultData.error).includes(token));
		}
	});
});

/**
 * @param {string} workflowId
 * @param {any} workflow
 * @returns {Promise<import('./expected.mjs').Results>} what the nodes of its only execution gave
 */
async function resultsOf(workflowId, workflow) {
	const execution = await executionAfter(instance.n8n.rest, workflowId, 0);
	assert.equal(execution?.status, 'success', JSON.stringify(execution?.data?.resultData?.error));
	return Object.fromEntries(
		workflow.nodes.map((/** @type {any} */ { name }) => [name, firstOutputOf(execution, name)]),
	);
}

/** @param {any} execution @param {string} name @returns {any[]} the items of all runs of a node on its first output */
const firstOutputOf = (execution, name) =>
	(execution.data.resultData.runData[name] ?? []).flatMap((/** @type {any} */ { data }) =>
		(data?.main?.[0] ?? []).map((/** @type {any} */ { json }) => json),
	);
