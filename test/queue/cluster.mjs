// @ts-check
import { startTestN8n } from '../support/n8n.mjs';

export const WORKER_CONCURRENCY = 10;

/**
 * n8n in queue mode: main, two webhook processors and two workers, each with a folder of its own, like containers.
 * @typedef {Awaited<ReturnType<typeof startCluster>>} Cluster
 * @param {Record<string, string>} settings for all of them
 */
export async function startCluster(settings) {
	// The database is set up by main, alone.
	const main = await startTestN8n({
		env: {
			EXECUTIONS_MODE: 'queue',
			// Only the webhook processors take events.
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			...settings,
		},
	});
	/** @param {string} name @param {Record<string, string>} [env] */
	const startWorker = (name, env) =>
		main.startProcess('worker', { name, args: [`--concurrency=${WORKER_CONCURRENCY}`], env });
	const [webhooks, workers] = await Promise.all([
		Promise.all(['webhook-1', 'webhook-2'].map((name) => main.startProcess('webhook', { name }))),
		Promise.all(['worker-1', 'worker-2'].map((name) => startWorker(name))),
	]);
	return {
		main,
		webhooks,
		/** The last one is to be killed. */
		workers,
		startWorker,
		/**
		 * Ends the first webhook processor and starts it again at the same address.
		 * @param {'stop' | 'kill'} end with SIGTERM, or with kill -9
		 */
		restartWebhook: async (end) => {
			const [first] = webhooks;
			await first?.[end]();
			webhooks[0] = await main.startProcess('webhook', { name: 'webhook-1', port: first?.port });
		},
	};
}
