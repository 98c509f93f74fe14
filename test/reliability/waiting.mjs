// @ts-check
// What waiting costs: n8n holds its answers back while its limit of concurrent executions is reached.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { inspectorOf, memoryAfterCollection } from '../../bench/lib/inspector.mjs';
import { Fault } from '../../scripts/lib/faults.mjs';
import { publishWorkflow } from '../../scripts/lib/rest.mjs';
import { productionUrl, untilRegistered } from '../../scripts/lib/webhook.mjs';
import { freshN8n } from './support/instance.mjs';
import { eventOf } from './support/load.mjs';
import { amount, grouped, promise } from './support/report.mjs';
import { slowWorkflow } from './support/workflows.mjs';

const EVENTS = amount({ full: 400, short: 100 });
const SECONDS = amount({ full: 60, short: 10 });
/** What a heap may differ by without anybody's doing. Before, 100 waiting events took 6 MB in 10 s. */
const NOISE_BYTES = 2e6;
/** No execution ends while this is measured; n8n's Wait holds its place for up to 65 s. */
const EXECUTION_SECONDS = 60;

/** The same workflow behind n8n's own Webhook node. @param {ReturnType<typeof slowWorkflow>} workflow @param {string} webhookId */
function withPlainWebhook(workflow, webhookId) {
	const [{ name, id, position }, ...others] = /** @type {[any, ...any[]]} */ (workflow.nodes);
	const parameters = { httpMethod: 'POST', path: `${webhookId}/webhook`, options: {} };
	const webhook = {
		name,
		id,
		position,
		parameters,
		webhookId,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
	};
	return { ...workflow, name: `plain ${webhookId}`, nodes: [webhook, ...others] };
}

/**
 * Sends events that n8n does not answer. Every second sender leaves, as one does whose time is over.
 * @param {string} url
 * @param {Record<string, string>} headers
 * @param {() => Promise<number>} stored how many executions there are
 */
async function waitingEvents(url, headers, stored) {
	const senders = Array.from({ length: EVENTS }, () => new AbortController());
	const before = await stored();
	for (const [index, { signal }] of senders.entries()) {
		const body = JSON.stringify(eventOf(`${url} ${index}`));
		const request = {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body,
			signal,
		};
		fetch(url, request).catch(() => {});
	}
	for (const deadline = Date.now() + 300_000; (await stored()) < before + EVENTS; await pause(500)) {
		if (Date.now() > deadline)
			throw new Fault(`n8n stored ${(await stored()) - before} of ${EVENTS} events.`);
	}
	senders.forEach((sender, index) => index % 2 && sender.abort());
	return () => senders.forEach((sender) => sender.abort());
}

const n8n = await freshN8n({
	N8N_CONCURRENCY_PRODUCTION_LIMIT: '1',
	NODE_OPTIONS: '--inspect=127.0.0.1:0',
});
const inspector = await inspectorOf(n8n);
const [plainId, ourId] = [randomUUID(), randomUUID()];
const workflow = slowWorkflow(ourId, n8n.credential, EXECUTION_SECONDS);
const plainWorkflowId = await publishWorkflow(n8n.rest, withPlainWebhook(workflow, plainId));
const ourWorkflowId = await publishWorkflow(n8n.rest, workflow);
assert.ok(await untilRegistered(productionUrl(n8n.url, ourId)));

/** @param {string} webhookId @param {string} workflowId */
async function growthOf(webhookId, workflowId) {
	const headers = { authorization: `Bearer ${n8n.token}` };
	const stored = () => n8n.executionCount(workflowId);
	const leave = await waitingEvents(productionUrl(n8n.url, webhookId), headers, stored);
	await pause(2000);
	const before = (await memoryAfterCollection(inspector)).heapUsed;
	await pause(SECONDS * 1000);
	const after = (await memoryAfterCollection(inspector)).heapUsed;
	return { bytes: after - before, leave };
}

await promise(
	`${EVENTS} events that wait ${SECONDS} s cost as little as at n8n's own Webhook node`,
	async () => {
		const plain = await growthOf(plainId, plainWorkflowId);
		const ours = await growthOf(ourId, ourWorkflowId);
		plain.leave();
		ours.leave();
		const figures = `the heap grew by ${grouped(ours.bytes / 1000)} kB, there by ${grouped(plain.bytes / 1000)} kB`;
		assert.ok(ours.bytes < Math.max(plain.bytes, 0) + NOISE_BYTES, figures);
		return figures;
	},
);

await inspector.close();
await n8n.kill();
await n8n.remove();
