// @ts-check
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { lockDemo, prepareDemo, refuseSecondDemo, resetDemo, usualDemoFolder } from './demo-folder.mjs';
import { howToGoOn, outputTable, receivedByBranches } from './demo-report.mjs';
import { executionAfter, newestExecutionId } from './executions.mjs';
import { Fault, runScript, usageFault } from './faults.mjs';
import { ensureDependencies } from './install.mjs';
import { installedN8n } from './n8n-install.mjs';
import { portTakenFault, startN8n } from './n8n.mjs';
import { isFree } from './ports.mjs';
import { onStopExitWith } from './process-groups.mjs';
import { step } from './progress.mjs';
import { installPackage, packedProject, removeTarball, sampleEvent } from './project.mjs';
import { restOf, sessionCookie } from './rest.mjs';
import { productionUrl, send, untilRegistered } from './webhook.mjs';

const USAGE = `Usage: npm start [-- options]
  --once         stop after the table (for continuous integration)
  --port <port>  the editor's port (default: N8N_PORT or 5678; 0 takes any free one)
  --folder <dir> where the demo's n8n keeps its data between starts (default: a folder in your cache)
  --reset        begin with a new demo: a new n8n database, login and secret`;
const DEFAULT_PORT = 5678;
const SAMPLES = ['inbound-analysis', 'outbound-analysis'];

/** What `npm start` does: the package in a real n8n with a demo workflow, two calls sent through it, the result shown. */
export const runDemo = () =>
	runScript(async () => {
		const options = readOptions();
		await refuseSecondDemo(options.folder);
		await refuseTakenPort(options.port);
		await ensureDependencies();
		await installedN8n();
		if (options.reset) await resetDemo(options.folder);
		const demo = await step('Preparing the demo', () => prepareDemo(options.folder));
		await installProject(demo.userFolder);
		const n8n = await step('Starting n8n', () =>
			startN8n({ userFolder: demo.userFolder, port: options.port }),
		);
		await lockDemo(options.folder, n8n.url);
		const isComplete = await showTwoCalls(n8n, demo);
		if (options.once) return isComplete ? 0 : 1;
		onStopExitWith(() => 0);
		console.log(howToGoOn(n8n, demo));
		await n8n.ended;
		throw new Fault(`n8n ended by itself. Its log: ${n8n.logFile}`);
	});

function readOptions() {
	const { once, port, folder, reset, help } = parsedFlags();
	if (help) {
		console.log(USAGE);
		process.exit(0);
	}
	const wanted = port ?? process.env.N8N_PORT ?? String(DEFAULT_PORT);
	if (!/^\d{1,5}$/.test(wanted) || Number(wanted) > 65535)
		throw usageFault(`"${wanted}" is no port.\n${USAGE}`);
	return {
		once,
		reset,
		port: Number(wanted) || undefined,
		folder: folder ? resolve(folder) : usualDemoFolder(),
	};
}

function parsedFlags() {
	try {
		const flag = /** @type {const} */ ({ type: 'boolean', default: false });
		const text = /** @type {const} */ ({ type: 'string' });
		return parseArgs({ options: { once: flag, reset: flag, help: flag, port: text, folder: text } }).values;
	} catch (error) {
		throw usageFault(`${/** @type {Error} */ (error).message}\n${USAGE}`);
	}
}

/** @param {number | undefined} port */
async function refuseTakenPort(port) {
	if (port !== undefined && !(await isFree(port))) throw portTakenFault(port);
}

/** @param {string} userFolder */
async function installProject(userFolder) {
	const tarball = await packedProject();
	try {
		await installPackage(tarball, userFolder);
	} finally {
		await removeTarball(tarball);
	}
}

/**
 * Sends the two samples to the demo workflow and prints what its branches received.
 * @param {import('./n8n.mjs').RunningN8n} n8n
 * @param {import('./demo-folder.mjs').Demo} demo
 * @returns {Promise<boolean>} whether every branch received what the samples hold
 */
async function showTwoCalls(n8n, demo) {
	const url = productionUrl(n8n.url, demo.webhookId);
	if (!(await step('Waiting for the webhook', () => untilRegistered(url)))) throw notPublishedFault(n8n);
	const rest = restOf(n8n.url, await sessionCookie(n8n.url, demo.owner));
	const received = [];
	for (const name of SAMPLES) {
		const event = await sampleEvent(name);
		const earlier = await newestExecutionId(rest, demo.workflowId);
		const { status, text } = await send(url, event, { authorization: `Bearer ${demo.token}` });
		if (status !== 200) throw new Fault(`n8n answered ${status} to the sample ${name}: ${text}`);
		const execution = await executionAfter(rest, demo.workflowId, earlier);
		received.push(...receivedByBranches(event, demo.workflow, execution));
	}
	console.log(outputTable(received));
	return received.every(({ expected, items }) => items.length === expected);
}

/** @param {import('./n8n.mjs').RunningN8n} n8n */
const notPublishedFault = (n8n) =>
	new Fault(
		`The demo workflow in ${n8n.userFolder} takes no events: it was changed or unpublished, or the package did not load
(n8n's log: ${n8n.logFile}). Begin with a new demo: npm start -- --reset`,
	);
