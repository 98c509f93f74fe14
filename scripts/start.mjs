// @ts-check
// `npm start`: the package in a real n8n with a demo workflow, two calls sent through it, the result shown.
import { resolve } from 'node:path';
import { readOptions } from './lib/arguments.mjs';
import { lockDemo, ownDemoFolder, prepareDemo, refuseSecondDemo, resetDemo } from './lib/demo-folder.mjs';
import { howToGoOn, whatStays } from './lib/demo-report.mjs';
import { demoTable } from './lib/demo-table.mjs';
import { executionAfter, newestExecutionId, outputsOf } from './lib/executions.mjs';
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
  --folder <dir> where the demo makes the folder in which its n8n keeps its data (default: your cache)
  --reset        begin with a new demo: a new n8n database, login and secret`;
/** One inbound, one outbound; the same at each start, so that they stay two rows of the table. */
const CALLS = { kind: 'mixed', count: 2, seed: 12, language: 'en', answers: 3 };

runScript(async () => {
	const options = demoOptions();
	const folder = await ownDemoFolder(options.place);
	await refuseSecondDemo(folder);
	const { port } = options;
	if (port !== undefined && !(await isFree(port))) throw portTakenFault(port);
	await ensureDependencies();
	await installedN8n();
	if (options.reset) await resetDemo(folder);
	const demo = await step('Preparing the demo', () => prepareDemo(folder));
	await installProject(demo.userFolder);
	const n8n = await step('Starting n8n', () => startN8n({ userFolder: demo.userFolder, port }));
	await lockDemo(folder, n8n.url);
	const rest = restOf(n8n.url, await sessionCookie(n8n.url, demo.owner));
	const table = await demoTable(rest, demo.workflow);
	const isComplete = await showTwoCalls(n8n, demo, rest, table);
	if (options.once) return isComplete ? 0 : 1;
	onStopExitWith(() => {
		console.log(whatStays(folder));
		return 0;
	});
	console.log(howToGoOn(n8n, demo, table));
	await n8n.ended;
	throw new Fault(`n8n ended by itself. Its log: ${n8n.logFile}`);
});

function demoOptions() {
	const { once, port, folder, reset } = readOptions(USAGE, {
		once: { type: 'boolean', default: false },
		reset: { type: 'boolean', default: false },
		port: { type: 'string', default: process.env.N8N_PORT ?? '5678' },
		folder: { type: 'string' },
	});
	if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw usageFault(`"${port}" is not a port.\n${USAGE}`);
	return {
		once,
		reset,
		port: Number(port) || undefined,
		place: folder && resolve(folder),
	};
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
	/** @type {number[][]} */
	const received = [];
	for (const event of events) {
		await runOf(n8n, demo, rest, demo.rowWebhookId, event);
		const execution = await runOf(n8n, demo, rest, demo.outputsWebhookId, event);
		received.push(execution ? outputsOf(execution, demo.outputsTrigger).map(({ length }) => length) : []);
	}
	const rows = await table.rows();
	console.log(`\n  The data table "${table.name}" holds, in its first columns:`);
	console.table(rows, table.columns.slice(0, 5));
	console.log('  Items on the three outputs, Call, Answers and Analysis, for each event:');
	console.table(received);
	return events.every(
		({ event_data: { session_id, collect_targets, conversation_analysis } }, place) =>
			rows.some((row) => row.session_id === session_id) &&
			`${received[place]}` === `1,${collect_targets.length},${conversation_analysis.length}`,
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
	if (!(await untilRegistered(url)))
		throw new Fault(
			`The demo workflow takes no events: it was changed or unpublished, or the package did not load (n8n's log:
${n8n.logFile}). Begin with a new demo: npm start -- --reset`,
		);
	const earlier = await newestExecutionId(rest, demo.workflowId);
	const { status, text } = await send(url, event, { authorization: `Bearer ${demo.token}` });
	if (status !== 200) throw new Fault(`n8n answered ${status} to a made-up call: ${text}`);
	return await executionAfter(rest, demo.workflowId, earlier);
}
