// @ts-check
import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Fault, runScript, usageFault } from '../../scripts/lib/faults.mjs';
import { ensureDependencies } from '../../scripts/lib/install.mjs';
import { step } from '../../scripts/lib/progress.mjs';
import { createCredential, publishWorkflow, restOf, sessionCookie } from '../../scripts/lib/rest.mjs';
import { productionUrl, untilRegistered } from '../../scripts/lib/webhook.mjs';
import { slowWorkflow } from '../reliability/support/workflows.mjs';
import { checkQueueMode } from './checks.mjs';
import { startCluster } from './cluster.mjs';
import { ownServices } from './services.mjs';

const EVENTS = { full: 2000, short: 200 };
// A dead worker's jobs are noticed after n8n's 60 s by default.
const QUICK_STALL = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};
const USAGE = `Usage: npm run test:queue [-- --short]
  --short  ${EVENTS.short} events instead of ${EVENTS.full}, a dead worker noticed sooner (also when CI is true)`;

/** Starts n8n in queue mode, loads it, kills a worker, and says what became of every event. */
export const runQueueTest = () =>
	runScript(async () => {
		const isShort = readOptions();
		await ensureDependencies();
		const services = await ownServices();
		try {
			const settings = { ...services.environment, ...(isShort ? QUICK_STALL : {}) };
			const cluster = await step('Starting n8n in queue mode', () => startCluster(settings));
			try {
				const trigger = await publishedTrigger(cluster);
				await checkQueueMode({ services, cluster, trigger, events: isShort ? EVENTS.short : EVENTS.full });
			} finally {
				const isBroken = process.exitCode !== undefined && process.exitCode !== 0;
				await cluster.remove(isBroken);
				if (isBroken) console.log(`  the logs stay for a look: ${cluster.folder}`);
			}
		} finally {
			await services.remove();
		}
		return Number(process.exitCode ?? 0);
	});

function readOptions() {
	try {
		const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
		return values.short || process.env.CI === 'true';
	} catch (error) {
		throw usageFault(`${/** @type {Error} */ (error).message}\n${USAGE}`);
	}
}

/**
 * @typedef {Awaited<ReturnType<typeof publishedTrigger>>} QueueTrigger
 * @param {import('./cluster.mjs').Cluster} cluster
 */
async function publishedTrigger({ main, webhooks }) {
	const owner = {
		email: 'owner@voicefox.example',
		firstName: 'In',
		lastName: 'Line',
		password: `Fox-1-${randomBytes(6).toString('hex')}`,
	};
	const rest = restOf(main.url, await sessionCookie(main.url, owner));
	const token = randomBytes(24).toString('base64url');
	const data = { authorizationToken: token, previousAuthorizationToken: '' };
	const credential = { name: 'VoiceFox', type: 'voiceFoxWebhookApi', data };
	const id = await createCredential(rest, credential);
	const webhookId = randomUUID();
	const workflowId = await publishWorkflow(rest, slowWorkflow(webhookId, { id, name: credential.name }));
	const urls = webhooks.map(({ url }) => productionUrl(url, webhookId));
	for (const url of urls) {
		if (!(await untilRegistered(url, 60_000)))
			throw new Fault(`A webhook processor does not take events: ${url}`);
	}
	return { rest, workflowId, urls, headers: { authorization: `Bearer ${token}` } };
}
