// @ts-check
import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../scripts/lib/ports.mjs';
import { assertStored, byCall } from '../reliability/support/evidence.mjs';
import { TRIGGER_NAME } from '../reliability/support/instance.mjs';
import { answerTo, CLOSED } from '../reliability/support/load.mjs';
import { promise } from '../reliability/support/report.mjs';
import { queueExecutions, unfinishedAfter } from './evidence.mjs';
import { ranThrough, retryAll } from './retries.mjs';

const WAIT_MS = 60_000;

/**
 * A webhook processor stores an execution, then queues its job in Redis, then answers. Here nothing reaches Redis any more,
 * and the processor dies (kill -9) before the second step.
 * @param {import('./load.mjs').Setup} setup
 * @param {string} prefix what the call's session ID begins with
 */
export async function checkUnqueued({ services, cluster, trigger }, prefix) {
	const sessionId = `${prefix}-0`;
	await promise('its sender is not answered 200', async () => {
		const way = await wayTo(services.redis);
		const processor = await cluster.main.startProcess('webhook', {
			name: 'webhook-3',
			env: {
				QUEUE_BULL_REDIS_HOST: '127.0.0.1',
				QUEUE_BULL_REDIS_PORT: String(way.port),
				// Finds the workflow without Redis.
				N8N_CACHE_BACKEND: 'memory',
			},
		});
		const { pathname } = new URL(trigger.urls[0] ?? '');
		way.cut();
		const answer = answerTo(processor.url + pathname, sessionId, trigger.headers);
		const stored = await untilStored('new');
		await processor.kill();
		way.close();
		assert.deepEqual({ stored, answer: await answer }, { stored: ['new'], answer: CLOSED });
	});

	await promise('n8n shows its execution as "crashed" once main starts again, with its items', async () => {
		await cluster.main.stop();
		await cluster.main.start();
		assert.deepEqual(await untilStored('crashed'), ['crashed']);
		const { first } = await queueExecutions(services, prefix);
		assertStored(byCall(first, TRIGGER_NAME), [sessionId], TRIGGER_NAME);
	});

	await promise('a retry from the execution list runs it to its end, with all its items', async () => {
		const { first } = await queueExecutions(services, prefix);
		await retryAll(first, trigger.rest);
		assert.deepEqual(await unfinishedAfter(services, WAIT_MS), [], 'has not ended');
		const { retries } = await queueExecutions(services, prefix);
		assert.deepEqual(retries.map(ranThrough), [true]);
		assertStored(byCall(retries, TRIGGER_NAME), [sessionId], TRIGGER_NAME);
	});

	/**
	 * Waits for an execution of the call in this state.
	 * @param {string} state
	 * @returns {Promise<string[]>} the states of all it has
	 */
	async function untilStored(state) {
		const deadline = Date.now() + WAIT_MS;
		for (;;) {
			const states = (await queueExecutions(services, prefix)).first.map(({ status }) => status);
			if (states.includes(state) || Date.now() > deadline) return states;
			await pause(200);
		}
	}
}

/**
 * A way to a service that can be cut: nothing reaches the service any more, and nobody is told.
 * @param {{ host: string, port: number }} service
 */
async function wayTo({ host, port }) {
	let isCut = false;
	const server = createServer((near) => {
		const far = connect(port, host);
		near.on('data', (data) => isCut || far.write(data));
		far.on('data', (data) => near.write(data));
		for (const [one, other] of [
			[near, far],
			[far, near],
		]) {
			one?.on('error', () => {});
			one?.on('close', () => other?.destroy());
		}
	});
	const ownPort = await freePort();
	await new Promise((resolve) => server.listen(ownPort, '127.0.0.1', () => resolve(undefined)));
	return {
		port: ownPort,
		cut: () => {
			isCut = true;
		},
		close: () => server.close(),
	};
}
