// @ts-check
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../scripts/lib/faults.mjs';
import { startN8n } from '../../scripts/lib/n8n.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { installPackage, packedProject, removeTarball } from '../../scripts/lib/project.mjs';

const WORKER_START_MS = 120_000;
export const WORKER_CONCURRENCY = 10;

/** @typedef {import('../../scripts/lib/n8n.mjs').RunningN8n} RunningN8n */

/**
 * n8n in queue mode: main, two webhook processors and two workers, each with a folder of its own, like containers.
 * @typedef {Awaited<ReturnType<typeof startCluster>>} Cluster
 * @param {Record<string, string>} settings for all of them
 */
export async function startCluster(settings) {
	const folder = await mkdtemp(join(tmpdir(), 'voicefox-queue-'));
	const tarball = await packedProject();
	await installPackage(tarball, join(folder, 'package')).finally(() => removeTarball(tarball));
	const environment = {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('base64url'),
		// Only the webhook processors take events.
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		...settings,
	};

	/** @param {string} name @param {string[]} command @param {Record<string, string>} [env] */
	async function startProcess(name, command, env = {}) {
		const userFolder = join(folder, name);
		await mkdir(join(userFolder, '.n8n'), { recursive: true });
		const nodes = join('.n8n', 'nodes');
		await cp(join(folder, 'package', nodes), join(userFolder, nodes), { recursive: true });
		return await startN8n({ userFolder, command, env: { ...environment, ...env } });
	}

	/** @param {string} name @param {Record<string, string>} [env] */
	async function startWorker(name, env = {}) {
		const port = await freePort();
		const health = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		const command = ['worker', `--concurrency=${WORKER_CONCURRENCY}`];
		const worker = await startProcess(name, command, { ...health, ...env });
		await untilHealthy(worker, port);
		return worker;
	}

	// The database is set up by main, alone.
	const main = await startProcess('main', ['start']);
	const [webhooks, workers] = await Promise.all([
		Promise.all(['webhook-1', 'webhook-2'].map((name) => startProcess(name, ['webhook']))),
		Promise.all(['worker-1', 'worker-2'].map((name) => startWorker(name))),
	]);
	return {
		folder,
		main,
		webhooks,
		/** The last one is to be killed. */
		workers,
		startWorker,
		/** @param {boolean} keepLogs */
		remove: async (keepLogs) => {
			await Promise.all([main, ...webhooks, ...workers].map((n8n) => n8n.stop()));
			if (!keepLogs) await rm(folder, { recursive: true, force: true });
		},
	};
}

/** @param {RunningN8n} worker @param {number} port */
async function untilHealthy(worker, port) {
	const deadline = Date.now() + WORKER_START_MS;
	while (!worker.hasEnded() && Date.now() < deadline) {
		const ok = await fetch(`http://127.0.0.1:${port}/healthz/readiness`).then(
			(answer) => answer.ok,
			() => false,
		);
		if (ok) return;
		await pause(200);
	}
	throw new Fault(`A worker did not start; see its log: ${worker.logFile}`);
}
