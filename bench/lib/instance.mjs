// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../scripts/lib/faults.mjs';
import { startN8n } from '../../scripts/lib/n8n.mjs';
import { installPackage, packedProject, removeTarball } from '../../scripts/lib/project.mjs';
import { createCredential, publishWorkflow, restOf, sessionCookie } from '../../scripts/lib/rest.mjs';
import { workflowOf } from './contestants.mjs';
import { newDatabase } from './database.mjs';
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
 * @property {import('../../scripts/lib/n8n.mjs').RunningN8n} n8n
 * @property {import('./database.mjs').Database} database
 * @property {number[]} pids its processes, whose CPU time counts
 * @property {Map<string, import('./load.mjs').Target>} targets by the contestant's name
 * @property {string} userFolder
 * @property {Record<string, string>} env what another process of the same n8n needs
 * @property {() => Promise<void>} remove ends it and removes all it has stored
 */

/**
 * @param {object} options
 * @param {string} options.tarball our package
 * @param {keyof ENGINES} options.engine
 * @param {import('./database.mjs').DatabaseKind} options.database
 * @param {import('./contestants.mjs').Contestant[]} options.contestants
 * @param {Buffer} options.sample an event to try them with
 * @param {Record<string, string>} [options.env]
 * @param {(env: Record<string, string>) => Promise<void>} [options.onStarted] before the contestants are tried: starts
 * what n8n needs beside itself
 * @returns {Promise<Instance>}
 */
export async function startInstance(options) {
	const { tarball, engine, database: kind, contestants, sample, env = {}, onStarted } = options;
	const userFolder = await newUserFolder(tarball);
	const database = await newDatabase(kind, userFolder);
	const environment = {
		...ENGINES[engine],
		...database.env,
		...INSPECTED,
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		// n8n keeps 10,000 executions; deleting would begin in the middle of a measurement.
		EXECUTIONS_DATA_PRUNE: 'false',
		...env,
	};
	const n8n = await startN8n({ userFolder, env: environment });
	await onStarted?.(environment);
	const targets = await publishAll(n8n.url, contestants);
	for (const target of targets.values()) await untilAccepted(target, sample);
	const remove = async () => {
		await n8n.stop();
		await database.drop();
		await rm(userFolder, { recursive: true, force: true });
	};
	return { n8n, pids: [n8n.pid], database, targets, userFolder, env: environment, remove };
}

/**
 * Does something with the package: a tarball given by the user, or the project's, built and packed for this.
 * @template T
 * @param {string | undefined} given its path
 * @param {(tarball: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withPackage(given, use) {
	if (given) return await use(resolve(given));
	const tarball = await packedProject();
	try {
		return await use(tarball);
	} finally {
		await removeTarball(tarball);
	}
}

/**
 * A user folder for an n8n that has our package.
 * @param {string} tarball
 */
export async function newUserFolder(tarball) {
	const userFolder = await mkdtemp(join(tmpdir(), 'voicefox-bench-'));
	await installPackage(tarball, userFolder);
	return userFolder;
}

/**
 * @param {string} url
 * @param {import('./contestants.mjs').Contestant[]} contestants
 * @returns {Promise<Map<string, import('./load.mjs').Target>>}
 */
async function publishAll(url, contestants) {
	const password = `Fox-1-${randomBytes(12).toString('hex')}`;
	const owner = { email: 'bench@voicefox.example', firstName: 'Bench', lastName: 'Mark', password };
	const rest = restOf(url, await sessionCookie(url, owner));
	const token = randomBytes(24).toString('base64url');
	const credentials = {
		voiceFoxWebhookApi: await stored(rest, 'voiceFoxWebhookApi', {
			authorizationToken: token,
			previousAuthorizationToken: '',
		}),
		httpHeaderAuth: await stored(rest, 'httpHeaderAuth', { name: 'Authorization', value: `Bearer ${token}` }),
	};
	const targets = new Map();
	for (const contestant of contestants) {
		const { workflow, path } = await workflowOf(contestant, credentials);
		await publishWorkflow(rest, workflow);
		targets.set(contestant.name, { url: `${url}/webhook/${path}`, token });
	}
	return targets;
}

/**
 * @param {import('../../scripts/lib/rest.mjs').Rest} rest
 * @param {string} type
 * @param {object} data
 */
const stored = async (rest, type, data) => ({
	id: await createCredential(rest, { name: type, type, data }),
	name: type,
});

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
