// @ts-check
// Each example runs in a real n8n: by hand with the sample that is pinned to it, and live with the event at its URL.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { executionAfter, outputsOf } from '../../scripts/lib/executions.mjs';
import { listenForTestEvent } from '../../scripts/lib/rest.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { triggerNode } from '../support/workflows.mjs';
import { serviceCredentials } from './credentials.mjs';
import { expectedOf } from './expected.mjs';
import { startN8nWithStandIn } from './n8n.mjs';
import { example, exampleNames, pinnedItems, pinnedSampleOf, sampleOf, TRIGGER } from './samples.mjs';

/** Made and tested elsewhere: by `npm start`, and with the action node. */
const NOT_HERE = ['demo-workflow', 'archive-recordings', 'without-duplicates'];

/** @type {Awaited<ReturnType<typeof startN8nWithStandIn>>} */
let instance;
/** @type {(node: any) => any} */
let withCredential;

before(async () => {
	instance = await startN8nWithStandIn();
	withCredential = await serviceCredentials(instance.n8n);
});

after(() => instance?.stop());

test('every example is tried', async () => {
	const tried = [...Object.keys(sampleOf), ...NOT_HERE].sort();
	assert.deepEqual((await exampleNames()).sort(), tried);
	assert.deepEqual(Object.keys(expectedOf), Object.keys(sampleOf));
});

describe('what is pinned is what the trigger makes of the sample event', () => {
	for (const [name, event] of Object.entries(pinnedSampleOf)) {
		test(name, async () => {
			const workflow = await example(name);
			const items = await pinnedItems(workflow, event);
			assert.deepEqual(workflow.pinData, { [TRIGGER]: items.map((json) => ({ json })) });
			assert.ok(items.length > 0);
		});
	}
});

for (const [name, event] of Object.entries(sampleOf)) {
	describe(name, () => {
		test('holds no credential, and no address that two users would share', async () => {
			const { nodes } = await example(name);
			for (const node of nodes) assert.deepEqual([node.credentials, node.webhookId], [undefined, undefined]);
		});

		test('runs by hand, without a call and without a credential for VoiceFox', async () => {
			const workflow = await example(name);
			const { n8n, standIn } = instance;
			const { workflowId } = await n8n.draft({ ...workflow, nodes: workflow.nodes.map(withCredential) });
			standIn.reset();
			await listenForTestEvent(n8n.rest, workflowId, TRIGGER);
			expectedOf[name]?.(standIn, await resultsOf(workflowId, workflow));
		});

		test('runs live, with the event at its production URL', async () => {
			const { pinData, ...workflow } = await example(name);
			const { n8n, standIn } = instance;
			const { webhookId, credentials } = triggerNode({}, { credential: n8n.credential });
			const nodes = workflow.nodes.map((/** @type {any} */ node) =>
				node.name === TRIGGER ? { ...node, webhookId, credentials } : withCredential(node),
			);
			const { workflowId, url } = await n8n.publish({ ...workflow, nodes });
			standIn.reset();
			const { status, text } = await send(url, event, n8n.authorized);
			assert.deepEqual({ status, text }, { status: 200, text: '{}' });
			expectedOf[name]?.(standIn, await resultsOf(workflowId, workflow));
		});
	});
}

/**
 * @param {string} workflowId
 * @param {any} workflow
 * @returns {Promise<import('./expected.mjs').Results>} what the nodes of its only execution gave
 */
async function resultsOf(workflowId, workflow) {
	const execution = await executionAfter(instance.n8n.rest, workflowId, 0);
	assert.equal(execution?.status, 'success', JSON.stringify(execution?.data?.resultData?.error));
	return Object.fromEntries(
		workflow.nodes.map((/** @type {any} */ { name }) => [name, outputsOf(execution, name)[0] ?? []]),
	);
}
