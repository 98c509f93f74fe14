// @ts-check
import assert from 'node:assert/strict';
import { assertStored, byCall, triggerItems } from '../reliability/support/evidence.mjs';
import { TRIGGER_NAME } from '../reliability/support/instance.mjs';
import { ACCEPTED, answerTo, tally } from '../reliability/support/load.mjs';
import { promise } from '../reliability/support/report.mjs';
import { noteCalls, queueExecutions, unfinishedAfter } from './evidence.mjs';
import { loadWithDyingWorker } from './load.mjs';
import { checkProxies } from './proxies.mjs';
import { ranThrough, retryAll } from './retries.mjs';
import { checkUnqueued } from './unqueued.mjs';

const PREFIX = 'queue';
const ALL_ENDED_MS = 240_000;
const FAILED = ['error', 'crashed'];
// No search for jobs of dead workers, so nobody ends their executions.
const JOBS_KEPT = { QUEUE_WORKER_STALLED_INTERVAL: '0' };

/**
 * @typedef {import('./load.mjs').Setup} Setup
 * @typedef {import('./evidence.mjs').QueueExecution} QueueExecution
 */

/** @param {Setup & { events: number }} setup */
export async function checkQueueMode(setup) {
	await noteCalls(setup.services, PREFIX);
	console.log("\n  With n8n's own handling of a dead worker");
	await checkDefaults(setup, `${PREFIX}-1`);
	console.log('\n  With QUEUE_WORKER_STALLED_INTERVAL=0');
	await checkKeptJobs(setup, `${PREFIX}-2`);
	console.log('\n  Copies');
	await promise('copies at the two webhook processors start at most one execution each', () =>
		copies(setup, `${PREFIX}-3`),
	);
	console.log('\n  A webhook processor restarted behind a proxy');
	await checkProxies(setup, `${PREFIX}-4`);
	console.log('\n  A webhook processor that dies before it queues what it has stored');
	await checkUnqueued(setup, `${PREFIX}-5`);
}

/** @param {Setup & { events: number }} setup @param {string} prefix */
async function checkDefaults(setup, prefix) {
	const { services, trigger, events } = setup;
	const { accepted, interrupted } = await loadWithDyingWorker(setup, { prefix, events });
	await promise('all executions end', async () => {
		assert.deepEqual(await unfinishedAfter(services, ALL_ENDED_MS), [], 'have not ended');
	});
	const { first } = await queueExecutions(services, prefix);
	await promise('every accepted event has its execution, and one only', async () => {
		assertOneEach(first, accepted);
		return `${tally(first.map(({ status }) => status))}; ${(await kilobytesEach(services)).toFixed(1)} kB of data each`;
	});
	const failed = first.filter(({ status }) => FAILED.includes(status));
	await promise('all succeed, with their items, except those on the worker that died', () => {
		const succeeded = first.filter(({ status }) => status === 'success');
		assertStored(byCall(succeeded, TRIGGER_NAME), sessionsOf(succeeded), TRIGGER_NAME);
		assert.equal(failed.length + succeeded.length, first.length);
		assert.deepEqual(
			idsOf(failed).filter((id) => !interrupted.has(id)),
			[],
			'failed for another reason',
		);
		assert.ok(failed.length > 0, 'the kill hit no execution: run it again');
		return `${failed.length} failed`;
	});
	await promise('n8n takes the retry of each from the execution list', async () => {
		await retryAll(failed, trigger.rest);
		const { retries } = await queueExecutions(services, prefix);
		const kept = failed.filter((execution) => triggerItems(execution, TRIGGER_NAME)).length;
		return `${kept} of ${failed.length} had kept their items; retries with items: ${tally(retries.map(({ status }) => status))}`;
	});
}

/** @param {Setup & { events: number }} setup @param {string} prefix */
async function checkKeptJobs(setup, prefix) {
	const { services, cluster, trigger, events } = setup;
	for (const [place, worker] of cluster.workers.entries()) {
		await worker.stop();
		cluster.workers[place] = await cluster.startWorker(`worker-${place + 1}`, JOBS_KEPT);
	}
	const { accepted, interrupted } = await loadWithDyingWorker(setup, {
		prefix,
		events,
		workerEnv: JOBS_KEPT,
	});
	await promise('all others end, and every event has its execution with its items', async () => {
		assert.deepEqual(await unfinishedAfter(services, ALL_ENDED_MS, interrupted), [], 'have not ended');
		const { first } = await queueExecutions(services, prefix);
		assertOneEach(first, accepted);
		assertStored(byCall(first, TRIGGER_NAME), accepted, TRIGGER_NAME);
		return tally(first.map(({ status }) => status));
	});
	await promise(
		'those on the worker that died are stopped where they had not ended, and retried from the execution list',
		async () => {
			const { first } = await queueExecutions(services, prefix);
			const left = first.filter(({ status }) => status !== 'success');
			assert.ok(left.length > 0, 'the kill hit no execution: run it again');
			const states = tally(left.map(({ status }) => status));
			for (const { id, status } of left) {
				if (!FAILED.includes(status)) await trigger.rest('POST', `/executions/${id}/stop`);
			}
			await retryAll(left, trigger.rest);
			assert.deepEqual(await unfinishedAfter(services, ALL_ENDED_MS), [], 'have not ended');
			const { retries } = await queueExecutions(services, prefix);
			assertStored(byCall(retries, TRIGGER_NAME), sessionsOf(left), TRIGGER_NAME);
			assert.deepEqual(
				retries.filter((retry) => !ranThrough(retry)),
				[],
				'retries that did not run to the end',
			);
			return `they were ${states}; all retries ran to the end with all their items, shown as ${tally(retries.map(({ status }) => status))}`;
		},
	);
}

/** @param {QueueExecution[]} executions @param {string[]} accepted */
function assertOneEach(executions, accepted) {
	assert.deepEqual(sessionsOf(executions).sort(), [...accepted].sort());
}

/** @param {QueueExecution[]} executions */
const sessionsOf = (executions) => executions.map(({ sessionId }) => sessionId);

/** What an execution takes in the database, on average. @param {import('./services.mjs').Services} services */
async function kilobytesEach({ query }) {
	const [{ bytes }] = await query(
		'SELECT avg(length(data) + length("workflowData"::text))::float AS bytes FROM execution_data',
	);
	return bytes / 1000;
}

/** @param {QueueExecution[]} executions */
const idsOf = (executions) => executions.map(({ id }) => Number(id));

/** @param {Setup} setup @param {string} prefix */
async function copies({ services, trigger: { urls, headers } }, prefix) {
	for (let copy = 0; copy < 10; copy++) {
		const url = urls[copy % urls.length] ?? '';
		assert.equal(await answerTo(url, `${prefix}-0`, headers), ACCEPTED);
	}
	assert.deepEqual(await unfinishedAfter(services, ALL_ENDED_MS), [], 'have not ended');
	const { first } = await queueExecutions(services, prefix);
	assert.ok(first.length >= 1 && first.length <= urls.length, `${first.length} executions`);
	return `10 copies in turn: ${first.length} executions`;
}
