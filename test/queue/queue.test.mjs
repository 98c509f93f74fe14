// @ts-check
// n8n in queue mode, loaded, with a worker killed: what becomes of every event.
import { randomUUID } from 'node:crypto';
import { Fault } from '../../scripts/lib/faults.mjs';
import { publishWorkflow } from '../../scripts/lib/rest.mjs';
import { productionUrl, untilRegistered } from '../../scripts/lib/webhook.mjs';
import { amount, isShort } from '../reliability/support/report.mjs';
import { slowWorkflow } from '../reliability/support/workflows.mjs';
import { checkQueueMode } from './checks.mjs';
import { startCluster } from './cluster.mjs';
import { ownServices } from './services.mjs';

// A dead worker's jobs are noticed after n8n's 60 s by default.
const QUICK_STALL = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

const services = await ownServices();
try {
	const cluster = await startCluster({ ...services.environment, ...(isShort ? QUICK_STALL : {}) });
	try {
		const trigger = await publishedTrigger(cluster);
		await checkQueueMode({ services, cluster, trigger, events: amount({ full: 2000, short: 200 }) });
	} finally {
		await cluster.main.remove();
	}
} finally {
	await services.remove();
}

/**
 * @typedef {Awaited<ReturnType<typeof publishedTrigger>>} QueueTrigger
 * @param {import('./cluster.mjs').Cluster} cluster
 */
async function publishedTrigger({ main, webhooks }) {
	const webhookId = randomUUID();
	const workflowId = await publishWorkflow(main.rest, slowWorkflow(webhookId, main.credential));
	const urls = webhooks.map(({ url }) => productionUrl(url, webhookId));
	for (const url of urls) {
		if (!(await untilRegistered(url, 60_000)))
			throw new Fault(`A webhook processor does not take events: ${url}`);
	}
	return { rest: main.rest, workflowId, urls, headers: main.authorized };
}
