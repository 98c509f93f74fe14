// @ts-check
import { readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runCommand } from './commands.mjs';
import { Fault, lastLines } from './faults.mjs';
import { installedN8n } from './n8n-install.mjs';
import { n8nEnvironment } from './n8n-environment.mjs';
import { freePort, isFree } from './ports.mjs';
import { endGroup, hasEnded, startGroup } from './process-groups.mjs';

const START_TIMEOUT_MS = 180_000;
const endWithParent = new URL('./end-with-parent.mjs', import.meta.url).href;

/**
 * @typedef {object} RunningN8n
 * @property {string} url its address, without a slash at the end
 * @property {number} port
 * @property {number} pid its process
 * @property {string} userFolder
 * @property {string} logFile everything it has printed
 * @property {() => string} log the same, as text
 * @property {() => boolean} hasEnded
 * @property {Promise<void>} ended settles when its process has ended
 * @property {() => Promise<void>} stop ends it with all its children
 * @property {() => Promise<void>} kill the same without any warning (kill -9), as a crash would
 */

/**
 * Starts n8n and waits until it answers. Faults: port taken, n8n ends or does not answer in 3 minutes.
 * @param {object} options
 * @param {string} options.userFolder N8N_USER_FOLDER: its database, settings and community packages
 * @param {number} [options.port] default: a free one
 * @param {string} [options.version]
 * @param {string[]} [options.command] default `start`; `worker` and `webhook` are n8n's others
 * @param {Record<string, string>} [options.env] added to n8n's environment
 * @returns {Promise<RunningN8n>}
 */
export async function startN8n({ userFolder, port, version, command = ['start'], env = {} }) {
	const n8n = await installedN8n(version);
	const chosenPort = port ?? (await freePort());
	if (!(await isFree(chosenPort))) throw portTakenFault(chosenPort);
	await mkdir(userFolder, { recursive: true });
	const environment = n8nEnvironment({
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(chosenPort),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...env,
	});
	const logFile = join(userFolder, `n8n-${command[0]}.log`);
	// Into a file, not through a pipe to here: n8n spins when its output's reader has died.
	const log = await open(logFile, 'w');
	const child = startGroup(n8n.node, ['--import', endWithParent, n8n.script, ...command], {
		cwd: userFolder,
		env: environment,
		stdio: ['ignore', log.fd, log.fd, 'ipc'],
	});
	await log.close();
	const running = {
		url: `http://127.0.0.1:${chosenPort}`,
		port: chosenPort,
		pid: Number(child.pid),
		userFolder,
		logFile,
		log: () => readFileSync(logFile, 'utf8'),
		hasEnded: () => hasEnded(child),
		ended: new Promise((/** @type {(value: void) => void} */ resolve) => child.once('exit', () => resolve())),
		stop: () => endGroup(child),
		kill: () => endGroup(child, 'SIGKILL'),
	};
	// A worker has no editor: whoever starts one knows what to wait for.
	if (command[0] !== 'worker') await untilReady(running);
	return running;
}

/**
 * Runs one of n8n's command line tools (`import:workflow` and so on) on a user folder; a failure is a fault.
 * @param {string[]} args
 * @param {{ userFolder: string, version?: string, env?: Record<string, string> }} options
 * @returns {Promise<string>} what it printed
 */
export async function runN8nTool(args, { userFolder, version, env = {} }) {
	const n8n = await installedN8n(version);
	await mkdir(userFolder, { recursive: true });
	const environment = n8nEnvironment({ N8N_USER_FOLDER: userFolder, ...env });
	const { exitCode, output } = await runCommand(n8n.node, [n8n.script, ...args], {
		cwd: userFolder,
		env: environment,
	});
	if (exitCode !== 0) throw new Fault(`n8n ${args[0]} failed:\n${lastLines(output, 15)}`);
	return output;
}

/** @param {number} port */
export const portTakenFault = (port) =>
	new Fault(
		`Port ${port} is taken by another program: choose another one with \`npm start -- --port ${port + 2}\` or N8N_PORT.`,
	);

/** @param {RunningN8n} n8n */
async function untilReady(n8n) {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!n8n.hasEnded() && Date.now() < deadline) {
		if (await answersOk(`${n8n.url}/healthz/readiness`)) return;
		await pause(200);
	}
	const what = n8n.hasEnded() ? 'n8n ended while it was starting' : 'n8n did not answer within 3 minutes';
	await n8n.stop();
	throw new Fault(`${what}. The end of its log (${n8n.logFile}):\n${lastLines(n8n.log(), 25)}`);
}

/** @param {string} url */
async function answersOk(url) {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
	} catch {
		return false;
	}
}
