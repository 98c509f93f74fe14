// @ts-check
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { startLoad, tally } from '../reliability/support/load.mjs';
import { grouped, promise } from '../reliability/support/report.mjs';

const SENDERS = 16;
const KILL_AFTER = 0.3;
const WORKER_DOWN_MS = 3000;

/**
 * @typedef {object} Setup
 * @property {import('./services.mjs').Services} services
 * @property {import('./cluster.mjs').Cluster} cluster
 * @property {import('./queue.test.mjs').QueueTrigger} trigger
 */

/**
 * Sends events through both webhook processors, kills a worker (kill -9) in the middle, and starts it again.
 * @param {Setup} setup
 * @param {{ prefix: string, events: number, workerEnv?: Record<string, string> }} options prefix: what session IDs
 * begin with; workerEnv: for the worker that is started again
 * @returns {Promise<{ accepted: string[], interrupted: Set<number> }>} session IDs, and the executions whose jobs the
 * worker had taken
 */
export async function loadWithDyingWorker({ services, cluster, trigger }, { prefix, events, workerEnv }) {
	/** @type {string[]} */
	let accepted = [];
	/** @type {Set<number>} */
	let interrupted = new Set();

	await promise(
		'every event through the two webhook processors is answered 200 while a worker dies',
		async () => {
			const load = startLoad({ ...trigger, prefix, senders: SENDERS, events });
			const started = Date.now();
			let seconds = 0;
			const loading = load.done.then(() => (seconds = (Date.now() - started) / 1000));
			while (load.accepted().length < events * KILL_AFTER) await pause(20);
			interrupted = await killedWorkersJobs(services, cluster);
			cluster.workers[1] = await cluster.startWorker('worker-2', workerEnv);
			await loading;
			accepted = load.accepted();
			assert.equal(accepted.length, events, `answers: ${tally(load.answers.values())}`);
			const rate = `${grouped(events)} in ${seconds.toFixed(0)} s, ${(events / seconds).toFixed(1)} a second`;
			return `${rate}; the worker had taken ${interrupted.size} executions when it died`;
		},
	);
	return { accepted, interrupted };
}

/**
 * @param {import('./services.mjs').Services} services
 * @param {import('./cluster.mjs').Cluster} cluster
 * @returns {Promise<Set<number>>} the executions that the killed worker had taken
 */
async function killedWorkersJobs({ jobsUnderWay }, { workers }) {
	await workers[1]?.kill();
	const atDeath = await jobsUnderWay();
	/** @type {Set<string | null>} */
	const alive = new Set();
	let now = atDeath;
	const deadline = Date.now() + WORKER_DOWN_MS;
	while (Date.now() < deadline) {
		await pause(100);
		now = await jobsUnderWay();
		for (const [id, token] of now) if (!atDeath.has(id) && token !== null) alive.add(token);
	}
	assert.equal(alive.size, 1, 'one worker goes on');
	const isLeft = (/** @type {number} */ id) => now.has(id) && !alive.has(now.get(id) ?? null);
	return new Set([...atDeath.keys()].filter(isLeft));
}
