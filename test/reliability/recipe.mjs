// @ts-check
// examples/without-duplicates.json: each call once, also across restarts of n8n.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { hasFinished, outputsOf, storedExecutions } from '../../scripts/lib/executions.mjs';
import { readJson } from '../../scripts/lib/project.mjs';
import { publishWorkflow } from '../../scripts/lib/rest.mjs';
import { untilRegistered } from '../../scripts/lib/webhook.mjs';
import { fillHistory, rememberedKeys } from './support/database.mjs';
import { ACCEPTED, changed, newCall, times } from './support/events.mjs';
import { freshN8n, TRIGGER_NAME, triggerAt } from './support/instance.mjs';
import { amount, promise } from './support/report.mjs';

const LAST_NODE = 'Each Call Once';

/** @param {import('./support/instance.mjs').Instance} n8n */
async function publishedExample(n8n) {
	const { id: _, ...workflow } = await readJson('examples/without-duplicates.json');
	const webhookId = randomUUID();
	const trigger = workflow.nodes.find((/** @type {any} */ node) => node.name === TRIGGER_NAME);
	Object.assign(trigger, { webhookId, credentials: { voiceFoxWebhookApi: n8n.credential } });
	return triggerAt(n8n, await publishWorkflow(n8n.rest, workflow), webhookId);
}

/**
 * The calls that reached the workflow's last node, oldest execution first, once all executions have finished.
 * @param {import('./support/instance.mjs').Instance} n8n
 * @param {string} workflowId
 * @returns {Promise<any[]>}
 */
async function callsTaken(n8n, workflowId) {
	const deadline = Date.now() + 60_000;
	for (;;) {
		const executions = await storedExecutions(n8n.userFolder, workflowId);
		if (executions.every(hasFinished)) {
			assert.deepEqual([...new Set(executions.map(({ status }) => status))], ['success']);
			return executions.flatMap((execution) => outputsOf(execution, LAST_NODE).flat());
		}
		assert.ok(Date.now() < deadline, 'all executions finish within a minute');
		await pause(200);
	}
}

const n8n = await freshN8n();
const example = await publishedExample(n8n);
assert.ok(await untilRegistered(example.url), 'n8n registers the example');
/** @param {object} event */
const accepted = async (event) => assert.equal(await example.answerTo(event), ACCEPTED);
const restart = async () => {
	await n8n.stop();
	await n8n.start();
	assert.ok(await untilRegistered(example.url), 'n8n registers the example again');
};
const calls = times(amount({ full: 20, short: 5 }), () => newCall());
const sessions = calls.map(({ event_data: { session_id } }) => session_id);

await promise('each call passes once, and its copies after a restart do not', async () => {
	for (const call of calls) await accepted(call);
	await restart();
	const copies = calls.map((call) =>
		changed(call, { record_url: 'https://record.example/signed-again.mp3' }),
	);
	for (const copy of copies) await accepted(copy);
	assert.equal(await example.executions(), calls.length * 2, 'a new process starts an execution for a copy');
	const taken = await callsTaken(n8n, example.workflowId);
	assert.deepEqual(
		taken.map(({ session_id }) => session_id),
		sessions,
	);
	return `${calls.length} calls, ${copies.length} copies with another record_url`;
});

await promise('a changed analysis of a call passes, after a restart too', async () => {
	await accepted(changed(calls[0], { conversation_analysis: [] }));
	const taken = await callsTaken(n8n, example.workflowId);
	assert.deepEqual(taken.at(-1).conversation_analysis, []);
	assert.equal(taken.length, calls.length + 1);
});

await promise(
	'a call is not lost when the history is full: it passes, and a new history begins',
	async () => {
		fillHistory(n8n.userFolder, 10_000);
		const before = (await callsTaken(n8n, example.workflowId)).length;
		const late = times(3, () => newCall());
		for (const call of late) {
			await accepted(call);
			await callsTaken(n8n, example.workflowId);
		}
		const taken = (await callsTaken(n8n, example.workflowId)).slice(before);
		const expected = late.map(({ event_name, event_data }) => [
			event_name,
			event_data.session_id,
			event_data.caller,
		]);
		assert.deepEqual(
			taken.map(({ event_name, session_id, caller_number }) => [event_name, session_id, caller_number]),
			expected,
		);
		assert.equal(rememberedKeys(n8n.userFolder), 2, 'the first of them only emptied it');
		return 'filled with 10,000';
	},
);

const many = times(amount({ full: 200, short: 30 }), () => newCall());
await promise('calls that arrive at the same moment all pass', async () => {
	const before = (await callsTaken(n8n, example.workflowId)).length;
	const known = rememberedKeys(n8n.userFolder);
	await Promise.all(many.map(accepted));
	const taken = (await callsTaken(n8n, example.workflowId)).slice(before);
	assert.equal(new Set(taken.map(({ session_id }) => session_id)).size, many.length);
	return `${many.length} calls; Remove Duplicates remembers ${rememberedKeys(n8n.userFolder) - known} of them`;
});

await n8n.remove();
