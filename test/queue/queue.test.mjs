// @ts-check
// n8n in queue mode, set up as docs/queue-mode says, loaded while a worker is killed: what becomes of every event.
import assert from 'node:assert/strict';
import { Fault } from '../../scripts/lib/faults.mjs';
import { publishWorkflow } from '../support/editor.mjs';
import { productionUrl, untilRegistered } from '../../scripts/lib/webhook.mjs';
import { assertStored, byCall } from '../reliability/support/evidence.mjs';
import { ACCEPTED, answerTo, startLoad, tally } from '../reliability/support/load.mjs';
import { amount, grouped, promise } from '../reliability/support/report.mjs';
import { slowWorkflow } from '../reliability/support/trigger.mjs';
import { eventOf } from '../support/voicefox-events.mjs';
import { startCluster } from './cluster.mjs';
import { noteCalls, queueExecutions, ranThrough, unfinishedAfter } from './evidence.mjs';
import { checkProxies } from './proxies.mjs';
import { ownServices } from './services.mjs';

const EVENTS = amount({ full: 2000, short: 200 });
const SENDERS = 16;
const KILL_AFTER = 0.3;
/** For so long nothing more has to end, when what is left belongs to a worker that died. */
const SETTLED_MS = 20_000;
const ALL_ENDED_MS = 240_000;

const services = await ownServices();
try {
	// No search for jobs of dead workers: with it, n8n gives them up and loses their items.
	const cluster = await startCluster({ ...services.environment, QUEUE_WORKER_STALLED_INTERVAL: '0' });
	try {
		const setup = { services, cluster, trigger: await publishedTrigger(cluster) };
		await noteCalls(services, 'queue');
		await checkDyingWorker(setup, 'queue-1');
		await promise('duplicates at the two webhook processors start at most one execution each', () =>
			duplicates(setup, 'queue-2'),
		);
		await checkProxies(setup, 'queue-3');
	} finally {
		await cluster.main.remove();
	}
} finally {
	await services.remove();
}

/**
 * @typedef {{ services: import('./services.mjs').Services, cluster: import('./cluster.mjs').Cluster, trigger: Awaited<ReturnType<typeof publishedTrigger>> }} Setup
 * @param {import('./cluster.mjs').Cluster} cluster
 */
async function publishedTrigger({ main, webhooks }) {
	const workflow = slowWorkflow(main.credential);
	await publishWorkflow(main.rest, workflow);
	const urls = webhooks.map(({ url }) => productionUrl(url, workflow.nodes[0].webhookId));
	for (const url of urls) {
		if (!(await untilRegistered(url, 60_000)))
			throw new Fault(`A webhook processor does not take events: ${url}`);
	}
	return { rest: main.rest, urls, headers: main.authorized };
}

/**
 * Events through both webhook processors, while a worker is killed (kill -9) and started again.
 * @param {Setup} setup
 * @param {string} prefix what session IDs begin with
 */
async function checkDyingWorker({ services, cluster, trigger }, prefix) {
	/** @type {string[]} */
	let accepted = [];
	await promise('every event is answered 200 while a worker dies', async () => {
		const load = startLoad({ ...trigger, prefix, senders: SENDERS, events: EVENTS });
		while (load.accepted().length < EVENTS * KILL_AFTER)
			await new Promise((resolve) => setTimeout(resolve, 20));
		await cluster.workers[1]?.kill();
		cluster.workers[1] = await cluster.startWorker('worker-2');
		await load.done;
		accepted = load.accepted();
		assert.equal(accepted.length, EVENTS, load.summary());
		return grouped(accepted.length);
	});

	await promise(
		'each has its execution, one only, with its items, also those on the worker that died',
		async () => {
			await unfinishedAfter(services, ALL_ENDED_MS, SETTLED_MS);
			const { first } = await queueExecutions(services, prefix);
			assert.deepEqual(first.map(({ sessionId }) => sessionId).sort(), [...accepted].sort());
			assertStored(byCall(first), accepted);
			return tally(first.map(({ status }) => status));
		},
	);

	await promise(
		'those are stopped where they had not ended, and retried from the execution list',
		async () => {
			const { first } = await queueExecutions(services, prefix);
			const left = first.filter(({ status }) => status !== 'success');
			assert.ok(left.length > 0, 'the kill hit no execution: run it again');
			const states = tally(left.map(({ status }) => status));
			for (const { id, status } of left) {
				if (!['error', 'crashed'].includes(status)) await trigger.rest('POST', `/executions/${id}/stop`);
				await trigger.rest('POST', `/executions/${id}/retry`, { loadWorkflow: false });
			}
			assert.deepEqual(await unfinishedAfter(services, ALL_ENDED_MS), [], 'have not ended');
			const { retries } = await queueExecutions(services, prefix);
			assertStored(
				byCall(retries),
				left.map(({ sessionId }) => sessionId),
			);
			assert.ok(retries.every(ranThrough), 'retries ran to the end');
			return `they were ${states}; all retries ran to the end with all their items`;
		},
	);
}

/** @param {Setup} setup @param {string} prefix */
async function duplicates({ services, trigger: { urls, headers } }, prefix) {
	for (let copy = 0; copy < 10; copy++)
		assert.equal(await answerTo(urls[copy % 2] ?? '', eventOf(`${prefix}-0`), headers), ACCEPTED);
	assert.deepEqual(await unfinishedAfter(services, ALL_ENDED_MS), [], 'have not ended');
	const { first } = await queueExecutions(services, prefix);
	assert.ok(first.length >= 1 && first.length <= urls.length, `${first.length} executions`);
	return `10 in turn: ${first.length} executions`;
}
