// @ts-check
// What waiting costs: n8n holds its answers back while its limit of concurrent executions is reached.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../scripts/lib/faults.mjs';
import { publishWorkflow } from '../support/editor.mjs';
import { eventOf } from '../support/voicefox-events.mjs';
import { inspectorOf, INSPECTED, memoryAfterCollection } from '../support/inspector.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { amount, grouped, promise } from './support/report.mjs';
import { plainWebhook, slowWorkflow, triggerOn } from './support/trigger.mjs';

const EVENTS = amount({ full: 400, short: 100 });
const SECONDS = amount({ full: 60, short: 10 });
/** What a heap may differ by without anybody's doing. */
const NOISE_BYTES = 2e6;
/** No execution ends while this is measured; n8n's Wait holds its place for up to 65 s. */
const EXECUTION_SECONDS = 60;

const n8n = await startTestN8n({ env: { N8N_CONCURRENCY_PRODUCTION_LIMIT: '1', ...INSPECTED } });
const inspector = await inspectorOf(n8n);
const path = randomUUID();
const plain = slowWorkflow(n8n.credential, EXECUTION_SECONDS, plainWebhook(path));
const plainWorkflowId = await publishWorkflow(n8n.rest, plain);
const ours = await triggerOn(n8n, { workflow: slowWorkflow(n8n.credential, EXECUTION_SECONDS) });

/**
 * How n8n's heap grows while events wait. Every second sender leaves, as one does whose time is over.
 * @param {string} url
 * @param {string} workflowId
 * @param {AbortController[]} senders
 */
async function growthOf(url, workflowId, senders) {
	const headers = { 'content-type': 'application/json', ...n8n.authorized };
	for (const [place, { signal }] of senders.entries()) {
		const body = JSON.stringify(eventOf(`${url} ${place}`));
		fetch(url, { method: 'POST', headers, body, signal }).catch(() => {});
	}
	const stored = () => n8n.executionCount(workflowId);
	for (const deadline = Date.now() + 300_000; (await stored()) < senders.length; await pause(500)) {
		if (Date.now() > deadline) throw new Fault(`n8n stored ${await stored()} of ${senders.length} events.`);
	}
	senders.forEach((sender, place) => place % 2 && sender.abort());
	await pause(2000);
	const before = (await memoryAfterCollection(inspector)).heapUsed;
	await pause(SECONDS * 1000);
	return (await memoryAfterCollection(inspector)).heapUsed - before;
}

await promise(
	`${EVENTS} events that wait ${SECONDS} s cost as little as at n8n's own Webhook node`,
	async () => {
		const senders = Array.from({ length: 2 * EVENTS }, () => new AbortController());
		const there = await growthOf(`${n8n.url}/webhook/${path}`, plainWorkflowId, senders.slice(EVENTS));
		const here = await growthOf(ours.url, ours.workflowId, senders.slice(0, EVENTS));
		for (const sender of senders) sender.abort();
		const figures = `the heap grew by ${grouped(here / 1000)} kB, there by ${grouped(there / 1000)} kB`;
		assert.ok(here < Math.max(there, 0) + NOISE_BYTES, figures);
		return figures;
	},
);

await inspector.close();
await n8n.kill();
await n8n.remove();
