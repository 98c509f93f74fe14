// @ts-check
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installedN8n } from '../../scripts/lib/n8n-install.mjs';
import { startInstance, untilAccepted } from './instance.mjs';

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
	/** @type {import('../../scripts/lib/n8n.mjs').RunningN8n[]} */
	const added = [];
	const main = await startInstance({
		...options,
		env,
		onStarted: async (n8n) => {
			for (const kind of processes) added.push(await n8n.startProcess(kind));
		},
	});
	const receiver = added[processes.indexOf('webhook')];
	if (receiver) {
		for (const target of main.targets.values()) {
			target.url = target.url.replace(main.n8n.url, receiver.url);
			await untilAccepted(target, options.sample);
		}
	}
	const remove = async () => {
		await main.remove();
		await removeKeys(`*${prefix}*`);
	};
	return { ...main, pids: [...main.pids, ...added.map(({ pid }) => pid)], remove };
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
