// @ts-check
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../scripts/lib/faults.mjs';
import { publishWorkflow } from '../../scripts/lib/rest.mjs';
import { packageFolder, startTestN8n } from '../../test/support/n8n.mjs';
import { workflowOf } from './contestants.mjs';
import { preparedDatabase } from './database.mjs';
import { INSPECTED } from './inspector.mjs';
import { post } from './load.mjs';

/** n8n's three ways to evaluate expressions. */
export const ENGINES = {
	default: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false' },
	lazy: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	legacy: { N8N_EXPRESSION_ENGINE: 'legacy', N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'false' },
};

/**
 * @typedef {object} Instance an n8n with all contestants published in it
 * @property {import('../../test/support/n8n.mjs').TestN8n} n8n
 * @property {import('./database.mjs').Database} database
 * @property {number[]} pids its processes, whose CPU time counts
 * @property {Map<string, import('./load.mjs').Target>} targets by the contestant's name
 * @property {boolean} keepsSuccesses whether successful executions are stored
 * @property {() => Promise<void>} remove ends it and removes all it has stored
 */

/**
 * @param {object} options
 * @param {string} options.packageFolder our package, installed
 * @param {keyof ENGINES} options.engine
 * @param {import('./database.mjs').DatabaseKind} options.database
 * @param {import('./contestants.mjs').Contestant[]} options.contestants
 * @param {Buffer} options.sample an event to try them with
 * @param {Record<string, string>} [options.env]
 * @param {(n8n: import('../../test/support/n8n.mjs').TestN8n) => Promise<void>} [options.onStarted] before the contestants
 * are tried: starts what n8n needs beside its main process
 * @returns {Promise<Instance>}
 */
export async function startInstance(options) {
	const { engine, database: kind, contestants, sample, env = {}, onStarted } = options;
	const prepared = await preparedDatabase(kind);
	const n8n = await startTestN8n({
		packageFolder: options.packageFolder,
		env: {
			...ENGINES[engine],
			...prepared.env,
			...INSPECTED,
			// n8n keeps 10,000 executions; deleting would begin in the middle of a measurement.
			EXECUTIONS_DATA_PRUNE: 'false',
			...env,
		},
	});
	const database = prepared.open(n8n.userFolder);
	await onStarted?.(n8n);
	const targets = await publishAll(n8n, contestants);
	for (const target of targets.values()) await untilAccepted(target, sample);
	const remove = async () => {
		await n8n.remove({ keepsFolder: false });
		await database.drop();
	};
	const keepsSuccesses = env.EXECUTIONS_DATA_SAVE_ON_SUCCESS !== 'none';
	return { n8n, pids: [n8n.pid], database, targets, keepsSuccesses, remove };
}

/**
 * Does something with the package, installed from a tarball given by the user or from the project.
 * @template T
 * @param {string | undefined} tarball
 * @param {(packageFolder: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withPackage(tarball, use) {
	const folder = await packageFolder(tarball && resolve(tarball));
	try {
		return await use(folder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * @param {import('../../test/support/n8n.mjs').TestN8n} n8n
 * @param {import('./contestants.mjs').Contestant[]} contestants
 * @returns {Promise<Map<string, import('./load.mjs').Target>>}
 */
async function publishAll(n8n, contestants) {
	const { authorization } = n8n.authorized;
	const credentials = {
		voiceFoxWebhookApi: n8n.credential,
		httpHeaderAuth: await n8n.storedCredential('httpHeaderAuth', {
			name: 'Authorization',
			value: authorization,
		}),
	};
	const targets = new Map();
	for (const contestant of contestants) {
		const { workflow, path } = await workflowOf(contestant, credentials);
		await publishWorkflow(n8n.rest, workflow);
		targets.set(contestant.name, { url: `${n8n.url}/webhook/${path}`, token: n8n.token });
	}
	return targets;
}

/**
 * Waits until an address takes events: n8n registers webhooks a moment after it publishes a workflow.
 * @param {import('./load.mjs').Target} target
 * @param {Buffer} sample
 */
export async function untilAccepted(target, sample) {
	const deadline = Date.now() + 30_000;
	let last = '';
	while (Date.now() < deadline) {
		const { status, text } = await post(target, sample);
		if (status === 200) return;
		last = `${status} ${text}`;
		await pause(200);
	}
	throw new Fault(`${target.url} does not take the sample: ${last}`);
}
