// @ts-check
// `npm start`: the package in a real n8n with a demo workflow, two calls sent through it, the result shown.
import { resolve } from 'node:path';
import { readOptions } from './lib/arguments.mjs';
import { lockDemo, prepareDemo, refuseSecondDemo, resetDemo, usualDemoFolder } from './lib/demo-folder.mjs';
import { howToGoOn, outputLine, receivedByBranches, rowTable } from './lib/demo-report.mjs';
import { demoTable } from './lib/demo-table.mjs';
import { executionAfter, newestExecutionId } from './lib/executions.mjs';
import { Fault, runScript, usageFault } from './lib/faults.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { installedN8n } from './lib/n8n-install.mjs';
import { portTakenFault, startN8n } from './lib/n8n.mjs';
import { isFree } from './lib/ports.mjs';
import { onStopExitWith } from './lib/process-groups.mjs';
import { step } from './lib/progress.mjs';
import { installProject } from './lib/project.mjs';
import { restOf, sessionCookie } from './lib/rest.mjs';
import { productionUrl, send, untilRegistered } from './lib/webhook.mjs';

const USAGE = `Usage: npm start [-- options]
  --once         stop after the first calls (for continuous integration)
  --port <port>  the editor's port (default: N8N_PORT or 5678; 0 takes any free one)
  --folder <dir> where the demo's n8n keeps its data between starts (default: a folder in your cache)
  --reset        begin with a new demo: a new n8n database, login and secret
  --catch-up     shows instead how calls that end while n8n is stopped get into the table (4 minutes)`;
const DEFAULT_PORT = 5678;
/** One inbound, one outbound; the same at each start, so that they stay two rows of the table. */
const CALLS = { kind: 'mixed', count: 2, seed: 12, language: 'en', answers: 3 };

runScript(async () => {
	const options = demoOptions();
	if (options.catchUp) return await catchUp();
	await refuseSecondDemo(options.folder);
	await refuseTakenPort(options.port);
	await ensureDependencies();
	await installedN8n();
	if (options.reset) await resetDemo(options.folder);
	const demo = await step('Preparing the demo', () => prepareDemo(options.folder));
	await installProject(demo.userFolder);
	const n8n = await step('Starting n8n', () => startN8n({ userFolder: demo.userFolder, port: options.port }));
	await lockDemo(options.folder, n8n.url);
	const rest = restOf(n8n.url, await sessionCookie(n8n.url, demo.owner));
	const table = await demoTable(rest, demo.workflow);
	const isComplete = await showTwoCalls(n8n, demo, rest, table);
	if (options.once) return isComplete ? 0 : 1;
	onStopExitWith(() => 0);
	console.log(howToGoOn(n8n, demo, table));
	await n8n.ended;
	throw new Fault(`n8n ended by itself. Its log: ${n8n.logFile}`);
});

async function catchUp() {
	await ensureDependencies();
	await installedN8n();
	// Loaded late, because it compiles the package's sources with what `ensureDependencies` installs.
	const { showCatchUp } = await import('./lib/catch-up.mjs');
	return await showCatchUp();
}

function demoOptions() {
	const {
		once,
		port,
		folder,
		reset,
		'catch-up': catchUp,
	} = readOptions(USAGE, {
		'catch-up': { type: 'boolean', default: false },
		once: { type: 'boolean', default: false },
		reset: { type: 'boolean', default: false },
		port: { type: 'string', default: process.env.N8N_PORT ?? String(DEFAULT_PORT) },
		folder: { type: 'string' },
	});
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw usageFault(`"${port}" is no port.\n${USAGE}`);
	return {
		once,
		reset,
		catchUp,
		port: Number(port) || undefined,
		folder: folder ? resolve(folder) : usualDemoFolder(),
	};
}

/** @param {number | undefined} port */
async function refuseTakenPort(port) {
	if (port !== undefined && !(await isFree(port))) throw portTakenFault(port);
}

/**
 * Sends two calls to both triggers of the demo workflow, and prints the rows and the items that came of them.
 * @param {import('./lib/n8n.mjs').RunningN8n} n8n
 * @param {import('./lib/demo-folder.mjs').Demo} demo
 * @param {import('./lib/rest.mjs').Rest} rest
 * @param {Awaited<ReturnType<typeof demoTable>>} table
 * @returns {Promise<boolean>} whether all that the calls hold has arrived
 */
async function showTwoCalls(n8n, demo, rest, table) {
	// Loaded late, because it compiles the package's sources with what `ensureDependencies` installs.
	const { sampleCalls } = await import('./lib/sample-calls.mjs');
	const events = sampleCalls(CALLS).map(({ event }) => event);
	const received = [];
	for (const event of events) {
		await runOf(n8n, demo, rest, demo.rowWebhookId, event);
		received.push(receivedByBranches(event, await runOf(n8n, demo, rest, demo.outputsWebhookId, event)));
	}
	const rows = await table.rows();
	console.log(`\n  The data table "${table.name}" holds:\n\n${rowTable(rows)}\n`);
	console.log(
		`  The three outputs gave:\n\n${received.map((line) => `    ${outputLine(line)}`).join('\n')}\n`,
	);
	const ids = events.map(({ event_data }) => event_data.session_id);
	return (
		ids.every((id) => rows.some(({ session_id }) => session_id === id)) &&
		received.flat().every(({ items, expected }) => items === expected)
	);
}

/**
 * Sends an event to a trigger of the demo workflow.
 * @param {import('./lib/n8n.mjs').RunningN8n} n8n
 * @param {import('./lib/demo-folder.mjs').Demo} demo
 * @param {import('./lib/rest.mjs').Rest} rest
 * @param {string} webhookId
 * @param {object} event
 * @returns {Promise<import('./lib/executions.mjs').Execution | undefined>} its execution
 */
async function runOf(n8n, demo, rest, webhookId, event) {
	const url = productionUrl(n8n.url, webhookId);
	if (!(await untilRegistered(url))) throw notPublishedFault(n8n);
	const earlier = await newestExecutionId(rest, demo.workflowId);
	const { status, text } = await send(url, event, { authorization: `Bearer ${demo.token}` });
	if (status !== 200) throw new Fault(`n8n answered ${status} to a made-up call: ${text}`);
	return await executionAfter(rest, demo.workflowId, earlier);
}

/** @param {import('./lib/n8n.mjs').RunningN8n} n8n */
const notPublishedFault = (n8n) =>
	new Fault(
		`The demo workflow in ${n8n.userFolder} takes no events: it was changed or unpublished, or the package did not load
(n8n's log: ${n8n.logFile}). Begin with a new demo: npm start -- --reset`,
	);
