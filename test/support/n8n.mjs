// @ts-check
// The one way to start an n8n for a test or a benchmark: a real one, with the packed package installed, its owner signed in
// and a webhook credential stored. test/README.md says how a test gets hold of one.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../scripts/lib/faults.mjs';
import { N8N_VERSION } from '../../scripts/lib/n8n-install.mjs';
import { startN8n } from '../../scripts/lib/n8n.mjs';
import { freePort } from '../../scripts/lib/ports.mjs';
import { installProject } from '../../scripts/lib/project.mjs';
import { restOf, sessionCookie } from '../../scripts/lib/rest.mjs';
import { productionUrl, testUrl, untilRegistered } from '../../scripts/lib/webhook.mjs';
import { countExecutions, executionStates, storedExecutions } from './database.mjs';
import { createCredential, createWorkflow, publishWorkflow } from './editor.mjs';
import { TRIGGER_TYPE } from './workflows.mjs';

const START_TIMEOUT_MS = 120_000;
const NODES = join('.n8n', 'nodes');

/** @typedef {import('../../scripts/lib/n8n.mjs').RunningN8n} RunningN8n */
/** @typedef {import('../../scripts/lib/rest.mjs').Owner} Owner */
/** @typedef {import('./workflows.mjs').Credential} Credential */
/** @typedef {{ name: string, nodes: any[], connections?: object, settings?: object }} Workflow */
/** @typedef {{ workflowId: string, url: string, testUrl: string }} Published url: where its VoiceFox Trigger takes events */

/** What nobody else knows. */
export const randomSecret = () => randomBytes(24).toString('base64url');

/**
 * Builds and packs the project and installs it into a new folder, from which any number of n8n can take it: a test run does
 * this once and hands the folder to its files as TEST_PACKAGE_FOLDER.
 * @param {string} [tarball] default: the project as it is
 * @returns {Promise<string>} the folder; whoever made it removes it
 */
export async function packageFolder(tarball) {
	const folder = await mkdtemp(join(tmpdir(), 'voicefox-package-'));
	await installProject(folder, tarball);
	return folder;
}

/** Where the package's own files are, as they would be published. Faults: this is not part of such a test run. */
export function packageFiles(folder = process.env.TEST_PACKAGE_FOLDER) {
	if (!folder) throw new Fault('Start this as package.json does, e.g. with `npm run test:reliability`.');
	return join(folder, NODES, 'node_modules', 'n8n-nodes-voicefox');
}

/**
 * @typedef {object} Access all that is needed to use a running n8n, as plain data
 * @property {string} version
 * @property {string} url without a slash at the end
 * @property {string} userFolder its database, settings and packages
 * @property {string} logFile everything it has printed
 * @property {Owner} owner
 * @property {string} cookie of the owner's session; empty: not signed in yet
 * @property {string} token what `credential` holds
 * @property {Credential} credential a VoiceFox Webhook API credential
 */

/** A running n8n as its owner uses it. `JSON.stringify` gives its access, with which another process can use it, too. */
export class N8n {
	/** @param {Access} access */
	constructor(access) {
		this.version = access.version;
		this.url = access.url;
		this.userFolder = access.userFolder;
		this.logFile = access.logFile;
		this.owner = access.owner;
		this.cookie = access.cookie;
		this.token = access.token;
		this.credential = access.credential;
	}

	/** @returns {Access} */
	toJSON() {
		const { version, url, userFolder, logFile, owner, cookie, token, credential } = this;
		return { version, url, userFolder, logFile, owner, cookie, token, credential };
	}

	/** The headers with which `credential` lets a request in. */
	get authorized() {
		return { authorization: `Bearer ${this.token}` };
	}

	/** Everything it has printed. */
	log() {
		return readFileSync(this.logFile, 'utf8');
	}

	/** n8n's internal REST interface, as the editor uses it. @type {import('../../scripts/lib/rest.mjs').Rest} */
	rest = (method, path, body) => restOf(this.url, this.cookie)(method, path, body);

	/** Signs the owner in; on a new n8n the owner is set up first. */
	async signIn() {
		this.cookie = await sessionCookie(this.url, this.owner);
	}

	/**
	 * Stores a credential.
	 * @param {string} type
	 * @param {object} data
	 * @param {string} [name]
	 * @returns {Promise<Credential>}
	 */
	async storedCredential(type, data, name = type) {
		return { id: await createCredential(this.rest, { name, type, data }), name };
	}

	/**
	 * Stores a VoiceFox Webhook API credential.
	 * @param {string} authorizationToken
	 * @param {string} [name]
	 */
	webhookCredential(authorizationToken, name = 'VoiceFox') {
		const data = { authorizationToken, previousAuthorizationToken: '' };
		return this.storedCredential('voiceFoxWebhookApi', data, name);
	}

	/**
	 * Publishes a workflow, and waits until its VoiceFox Trigger, if it has one, takes events.
	 * @param {Workflow} workflow
	 * @returns {Promise<Published>}
	 */
	async publish(workflow) {
		const published = this.addressesOf(workflow, await publishWorkflow(this.rest, workflow));
		if (triggerIn(workflow) && !(await untilRegistered(published.url, 60_000)))
			throw new Fault(`n8n does not register ${published.url}`);
		return published;
	}

	/**
	 * Stores a workflow without publishing it: it takes events only at its test URL, while somebody listens.
	 * @param {Workflow} workflow
	 * @returns {Promise<Published>}
	 */
	async draft(workflow) {
		return this.addressesOf(workflow, await createWorkflow(this.rest, workflow));
	}

	/** @param {Workflow} workflow @param {string} workflowId @returns {Published} */
	addressesOf(workflow, workflowId) {
		const webhookId = triggerIn(workflow)?.webhookId ?? '';
		return { workflowId, url: productionUrl(this.url, webhookId), testUrl: testUrl(this.url, webhookId) };
	}

	/**
	 * What it has stored (in SQLite), oldest first.
	 * @param {string} [workflowId] default: of all workflows
	 */
	executions(workflowId) {
		return storedExecutions(this.userFolder, workflowId);
	}

	/** @param {string} workflowId @returns the states of its executions, without what they carried */
	executionStates(workflowId) {
		return executionStates(this.userFolder, workflowId);
	}

	/** @param {string} [workflowId] default: of all workflows */
	executionCount(workflowId) {
		return countExecutions(this.userFolder, workflowId);
	}
}

/** @param {Workflow} workflow */
const triggerIn = ({ nodes }) => nodes.find(({ type }) => type === TRIGGER_TYPE);

/** An n8n of this process's own, to be stopped, killed and started again. */
export class TestN8n extends N8n {
	/** Those beside the main process. @type {RunningN8n[]} */
	#others = [];

	/**
	 * @param {RunningN8n} main
	 * @param {{ folder: string, env: Record<string, string> }} setup of every process of this n8n: what holds their folders,
	 * and their environment
	 * @param {Access} access
	 */
	constructor(main, setup, access) {
		super(access);
		/** The main process. */
		this.main = main;
		this.setup = setup;
	}

	get pid() {
		return this.main.pid;
	}

	hasEnded() {
		return this.main.hasEnded();
	}

	/** Ends the main process. */
	stop() {
		return this.main.stop();
	}

	/** The same without any warning (kill -9), as a crash would. */
	kill() {
		return this.main.kill();
	}

	/** Starts it again, at the same address, as after a crash or an update. */
	async start() {
		const { env } = this.setup;
		const { userFolder, version, main } = this;
		await endCrashPause(userFolder);
		this.main = await startN8n({ userFolder, version, env, port: main.port });
	}

	/**
	 * Starts another process of the same n8n (queue mode), in a folder of its own as in a container.
	 * @param {'worker' | 'webhook'} kind
	 * @param {object} [options]
	 * @param {string} [options.name] of its folder
	 * @param {string[]} [options.args]
	 * @param {Record<string, string>} [options.env] added to that of the main process
	 * @param {number} [options.port] default: a free one
	 * @returns {Promise<RunningN8n>} once it is ready
	 */
	async startProcess(kind, { name = `${kind}-${this.#others.length}`, args = [], env = {}, port } = {}) {
		const userFolder = join(this.setup.folder, name);
		await providePackage(userFolder, this.userFolder);
		await endCrashPause(userFolder);
		const healthPort = await freePort();
		const started = await startN8n({
			userFolder,
			port,
			version: this.version,
			command: [kind, ...args],
			env: {
				...this.setup.env,
				...(kind === 'worker' ? healthCheckAt(healthPort) : {}),
				...env,
			},
		});
		this.#others.push(started);
		if (kind === 'worker') await untilHealthy(started, healthPort);
		return started;
	}

	/**
	 * Ends all its processes and removes all it has stored.
	 * @param {{ keepsFolder?: boolean }} [options] keepsFolder: default: when a test of this process has failed
	 */
	async remove({ keepsFolder = Boolean(process.exitCode) } = {}) {
		await Promise.all([this.main, ...this.#others].map((one) => one.stop()));
		if (keepsFolder) console.log(`  n8n's data and logs stay for a look: ${this.setup.folder}`);
		else await rm(this.setup.folder, { recursive: true, force: true });
	}
}

/**
 * Starts a new n8n.
 * @param {object} [options]
 * @param {string} [options.version] n8n's
 * @param {Record<string, string>} [options.env] added to its environment
 * @param {string} [options.packageFolder] what `packageFolder` gave; default: that of the test run, else packs the project
 * @param {boolean} [options.signsIn] false: it stays as installed, without an owner and without `credential`
 * @returns {Promise<TestN8n>} `remove` ends it
 */
export async function startTestN8n(options = {}) {
	const { version = N8N_VERSION, signsIn = true } = options;
	const folder = await mkdtemp(join(tmpdir(), 'voicefox-n8n-'));
	const userFolder = join(folder, 'main');
	await providePackage(userFolder, options.packageFolder);
	// The same for all its processes; n8n would make one for each user folder.
	const env = { N8N_ENCRYPTION_KEY: randomSecret(), ...options.env };
	const main = await startN8n({ userFolder, version, env });
	const n8n = new TestN8n(
		main,
		{ folder, env },
		{
			version,
			url: main.url,
			userFolder,
			logFile: main.logFile,
			owner: newOwner(),
			cookie: '',
			token: randomSecret(),
			credential: { id: '', name: '' },
		},
	);
	if (signsIn) {
		await n8n.signIn();
		n8n.credential = await n8n.webhookCredential(n8n.token);
	}
	return n8n;
}

/** @param {string} userFolder @param {string} [from] */
async function providePackage(userFolder, from = process.env.TEST_PACKAGE_FOLDER) {
	if (!from) return await installProject(userFolder);
	await mkdir(join(userFolder, '.n8n'), { recursive: true });
	await cp(join(from, NODES), join(userFolder, NODES), { recursive: true });
}

/**
 * After a crash n8n waits 10 s before it does anything, against loops of crashes; the quick form goes without.
 * @param {string} userFolder
 */
async function endCrashPause(userFolder) {
	if (process.env.TEST_SHORT === '1') await rm(join(userFolder, '.n8n', 'crash.journal'), { force: true });
}

/** @returns {Owner} */
const newOwner = () => ({
	email: 'aya@voicefox.example',
	firstName: 'Aya',
	lastName: 'Mori',
	password: `Fox-1-${randomBytes(6).toString('hex')}`,
});

/** @param {number} port */
const healthCheckAt = (port) => ({
	QUEUE_HEALTH_CHECK_ACTIVE: 'true',
	QUEUE_HEALTH_CHECK_PORT: String(port),
	N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
});

/** @param {RunningN8n} worker @param {number} port */
async function untilHealthy(worker, port) {
	const deadline = Date.now() + START_TIMEOUT_MS;
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
