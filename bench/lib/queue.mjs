// @ts-check
import { createRequire } from 'node:module';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../scripts/lib/faults.mjs';
import { installedN8n } from '../../scripts/lib/n8n-install.mjs';
import { startN8n } from '../../scripts/lib/n8n.mjs';
import { newUserFolder, startInstance, untilAccepted } from './instance.mjs';

const READY_TIMEOUT_MS = 90_000;

/** Whether there is a Redis to measure n8n's queue mode with: REDIS_HOST (and REDIS_PORT) name it. */
export const hasRedis = () => Boolean(process.env.REDIS_HOST);

/**
 * An n8n in queue mode: the main process, workers that run the workflows, and webhook processors that take the events
 * (without any, the main process does).
 * @param {Parameters<typeof startInstance>[0] & { processes: Array<'worker' | 'webhook'> }} options
 * @returns {Promise<import('./instance.mjs').Instance>}
 */
export async function startQueueInstance({ processes, ...options }) {
	const { REDIS_HOST = '', REDIS_PORT = '6379' } = process.env;
	const prefix = `voicefox-bench-${process.pid}-${Date.now()}`;
	const env = {
		...options.env,
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: REDIS_HOST,
		QUEUE_BULL_REDIS_PORT: REDIS_PORT,
		QUEUE_BULL_PREFIX: prefix,
	};
	/** @type {Awaited<ReturnType<typeof startProcess>>[]} */
	const added = [];
	const onStarted = async (/** @type {Record<string, string>} */ environment) => {
		for (const kind of processes) added.push(await startProcess(options.tarball, kind, environment));
	};
	const main = await startInstance({ ...options, env, onStarted });
	const receiver = added.find(({ kind }) => kind === 'webhook');
	if (receiver) {
		for (const target of main.targets.values()) {
			target.url = target.url.replace(main.n8n.url, receiver.url);
			await untilAccepted(target, options.sample);
		}
	}
	const remove = async () => {
		await Promise.all(added.map(({ stop }) => stop()));
		await main.remove();
		await removeKeys(`*${prefix}*`);
	};
	return { ...main, pids: [...main.pids, ...added.map(({ pid }) => pid)], remove };
}

/**
 * @param {string} tarball
 * @param {'worker' | 'webhook'} kind
 * @param {Record<string, string>} env the main process's
 */
async function startProcess(tarball, kind, env) {
	const userFolder = await newUserFolder(tarball);
	const started = await startN8n({ userFolder, command: [kind], env });
	if (kind === 'worker') await untilLogged(started, /worker is now ready/);
	const stop = async () => {
		await started.stop();
		await rm(userFolder, { recursive: true, force: true });
	};
	return { kind, url: started.url, pid: started.pid, stop };
}

/**
 * @param {import('../../scripts/lib/n8n.mjs').RunningN8n} n8n
 * @param {RegExp} text
 */
async function untilLogged(n8n, text) {
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (!text.test(n8n.log())) {
		if (n8n.hasEnded() || Date.now() > deadline) throw new Fault(`n8n's worker did not start: ${n8n.log()}`);
		await pause(200);
	}
}

/** @param {string} pattern */
async function removeKeys(pattern) {
	const { modules } = await installedN8n();
	// The client that n8n itself uses.
	const Redis = createRequire(join(modules, 'n8n', 'package.json'))('ioredis');
	const { REDIS_HOST = '', REDIS_PORT = '6379' } = process.env;
	const redis = new Redis({ host: REDIS_HOST, port: Number(REDIS_PORT) });
	const keys = await redis.keys(pattern);
	if (keys.length > 0) await redis.del(keys);
	redis.disconnect();
}
