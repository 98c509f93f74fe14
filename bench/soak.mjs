// @ts-check
// Whether n8n with our trigger stays as it is under a steady load: memory after garbage collection, the memory of
// accepted deliveries, and the sender's wait. Fails when one of them grows.
//   npm run bench:soak -- [--minutes 60] [--rate 15] [--short] [--write] [--package FILE]
import { loadavg } from 'node:os';
import { median, quantile } from 'simple-statistics';
import { runOnNode24 } from './lib/node24.mjs';
import { positiveNumber, readOptions } from '../scripts/lib/arguments.mjs';
import { Fault } from '../scripts/lib/faults.mjs';
import { usual } from './lib/contestants.mjs';
import { newestExecution, untilFinished } from './lib/database.mjs';
import { markdownTable, writeTables } from './lib/document.mjs';
import { inspectorOf, memoryAfterCollection } from './lib/inspector.mjs';
import { startInstance, withPackage } from './lib/instance.mjs';
import { eventBodies, sendSteadily } from './lib/load.mjs';
import { targetOf } from './lib/rounds.mjs';

const USAGE = 'Usage: npm run bench:soak -- [--minutes 60] [--rate 15] [--short] [--write] [--package FILE]';
const ANSWERS = 20;
const WINDOWS = 12;
/** Of one trigger, see MEMORY in nodes/VoiceFox/trigger/duplicates.ts. */
const REMEMBERED_AT_MOST = 10_000;
/** What the last third may have more than the second; in the first n8n's own caches and code still settle. */
const ALLOWED = { heap: 1.1, wait: 1.5, waitMs: 15 };

/** Finds the trigger's memory of deliveries in the running n8n, which offers no other way to see its size. */
const DELIVERIES = `(() => {
	const modules = process.getBuiltinModule('module')._cache;
	const path = Object.keys(modules).find((name) => name.endsWith('/VoiceFox/trigger/duplicates.js'));
	return modules[path].exports.AcceptedDeliveries.prototype;
})()`;

/**
 * @typedef {{ sent: number, heapMB: number, rssMB: number, remembered: number, sentAgain: number, p50: number, p99: number }} Window
 */

const options = soakOptions();

runOnNode24(import.meta.url, async () => {
	const body = eventBodies(ANSWERS);
	const instance = await withPackage(options.package, (packageFolder) =>
		startInstance({
			packageFolder,
			engine: 'lazy',
			database: 'sqlite',
			contestants: [usual],
			sample: body(),
		}),
	);
	try {
		const inspector = await inspectorOf(instance.n8n);
		/** @type {Window[]} */
		const windows = [];
		for (let number = 1; number <= WINDOWS; number++) {
			windows.push(await soaked(instance, inspector, body, windows.at(-1)?.sent ?? 1));
			console.error(`${number} of ${WINDOWS} (load ${loadavg()[0]?.toFixed(1)})`, windows.at(-1));
		}
		await inspector.close();
		return report(windows);
	} finally {
		await instance.remove();
	}
});

function soakOptions() {
	const {
		short,
		write,
		minutes,
		rate,
		package: tarball,
	} = readOptions(USAGE, {
		short: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false },
		minutes: { type: 'string' },
		rate: { type: 'string', default: '15' },
		package: { type: 'string' },
	});
	return {
		minutes: positiveNumber(USAGE, 'minutes', minutes ?? (short ? '2' : '60')),
		rate: positiveNumber(USAGE, 'rate', rate),
		write,
		package: tarball,
	};
}

/**
 * One window of the soak.
 * @param {import('./lib/instance.mjs').Instance} instance
 * @param {import('chrome-remote-interface').Client} inspector
 * @param {() => Buffer} body
 * @param {number} sentBefore
 * @returns {Promise<Window>}
 */
async function soaked(instance, inspector, body, sentBefore) {
	const before = await newestExecution(instance.database);
	const seconds = (options.minutes * 60) / WINDOWS;
	const rate = { perSecond: options.rate, seconds };
	const { waits, sentAgain } = await sendSteadily(targetOf(instance, usual), body, rate);
	await untilFinished(instance.database, before);
	const { heapUsed, rss } = await memoryAfterCollection(inspector);
	return {
		sent: sentBefore + waits.length,
		heapMB: heapUsed / 1e6,
		rssMB: rss / 1e6,
		remembered: await rememberedDeliveries(inspector),
		sentAgain,
		p50: quantile(waits, 0.5),
		p99: quantile(waits, 0.99),
	};
}

/** @param {import('chrome-remote-interface').Client} inspector */
async function rememberedDeliveries({ Runtime }) {
	const { result } = await Runtime.evaluate({ expression: DELIVERIES, objectGroup: 'soak' });
	if (!result.objectId) throw new Fault(`The memory of deliveries was not found: ${result.description}`);
	const { objects } = await Runtime.queryObjects({
		prototypeObjectId: result.objectId,
		objectGroup: 'soak',
	});
	const sizes = await Runtime.callFunctionOn({
		objectId: objects.objectId,
		functionDeclaration: 'function () { return this.reduce((sum, { size }) => sum + size, 0); }',
		returnByValue: true,
	});
	await Runtime.releaseObjectGroup({ objectGroup: 'soak' });
	return Number(sizes.result.value);
}

/**
 * @param {Window[]} windows
 * @returns {Promise<number>} the exit code
 */
async function report(windows) {
	const third = WINDOWS / 3;
	const [second, last] = [windows.slice(third, 2 * third), windows.slice(2 * third)];
	const heap = (/** @type {Window[]} */ some) => median(some.map(({ heapMB }) => heapMB));
	// Of the quietest window, because whatever else the machine does lengthens waits too.
	const wait = (/** @type {Window[]} */ some) => Math.min(...some.map(({ p50 }) => p50));
	const remembersAll = windows.every(
		({ sent, remembered }) => remembered === Math.min(sent, REMEMBERED_AT_MOST),
	);
	const checks = [
		{
			what: `heap after collection, last third / second third ≤ ${ALLOWED.heap}`,
			value: heap(last) / heap(second),
			isMet: heap(last) <= heap(second) * ALLOWED.heap,
		},
		{
			what: `sender's wait (median of the quietest window), last third / second third ≤ ${ALLOWED.wait} (or within ${ALLOWED.waitMs} ms)`,
			value: wait(last) / wait(second),
			isMet: wait(last) <= Math.max(wait(second) * ALLOWED.wait, wait(second) + ALLOWED.waitMs),
		},
		{
			what: `deliveries remembered, every one up to ${REMEMBERED_AT_MOST.toLocaleString('en')} and no more`,
			value: windows.at(-1)?.remembered ?? NaN,
			isMet: remembersAll,
		},
	];
	const tables = soakTables(windows, checks);
	console.log(tables);
	if (options.write) await writeTables('soak', tables);
	return checks.every(({ isMet }) => isMet) ? 0 : 1;
}

/**
 * @param {Window[]} windows
 * @param {{ what: string, value: number, isMet: boolean }[]} checks
 */
function soakTables(windows, checks) {
	const heads = [
		'events so far',
		'heap, MB',
		'process, MB',
		'remembered',
		'wait p50, ms',
		'wait p99, ms',
		'sent again after 503',
	];
	const rows = windows.map(({ sent, heapMB, rssMB, remembered, sentAgain, p50, p99 }) => [
		sent.toLocaleString('en'),
		heapMB.toFixed(1),
		rssMB.toFixed(0),
		remembered.toLocaleString('en'),
		p50.toFixed(0),
		p99.toFixed(0),
		sentAgain,
	]);
	const verdicts = checks.map(({ what, value, isMet }) => [
		what,
		Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(2),
		isMet ? 'met' : '**missed**',
	]);
	return `Made by \`npm run bench:soak -- --minutes ${options.minutes} --rate ${options.rate} --write\`: ${options.minutes} minutes at ${options.rate} events per second
with ${ANSWERS} answers each (lazy engine, SQLite), in ${WINDOWS} windows; memory after a forced garbage collection at the end of each.
The machine's load average over the last minute was ${loadavg()[0]?.toFixed(1)} at the end.

${markdownTable(heads, rows)}

${markdownTable(['must hold', 'measured', ''], verdicts)}`;
}
