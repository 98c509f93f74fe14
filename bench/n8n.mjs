// @ts-check
// What a workflow with our trigger costs in a real n8n, beside a bare Webhook node and what a user would build instead.
//   npm run bench:n8n -- [--short] [--write] [--render FILE] [--keep FILE] [--only PHASE] [--package FILE]
// --short: a few minutes, fewer rounds. --write: puts the tables into bench/RESULTS.md and docs/performance.md. --keep: also writes the
// figures to a file, from which --render makes the tables again. PGHOST (PGPORT, PGUSER, PGPASSWORD) adds PostgreSQL,
// REDIS_HOST (REDIS_PORT) besides it n8n's queue mode. --only measures the phases
// whose name begins so, and keeps the other figures of --keep's file. --package: a tarball instead of building one.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { readOptions } from '../scripts/lib/arguments.mjs';
import { N8N_VERSION } from '../scripts/lib/n8n-install.mjs';
import { bare, doItYourself, everyForm, usual, usualWithCopies } from './lib/contestants.mjs';
import { hasPostgres } from './lib/database.mjs';
import { hasRedis, startQueueInstance } from './lib/queue.mjs';
import { writeTables } from './lib/document.mjs';
import { startInstance, withPackage } from './lib/instance.mjs';
import { eventBodies } from './lib/load.mjs';
import { runOnNode24 } from './lib/node24.mjs';
import { profileOf, steadyRate } from './lib/phases.mjs';
import { usageOf } from './lib/processes.mjs';
import { compareItems } from './lib/items.mjs';
import { measureRounds } from './lib/rounds.mjs';
import { sectionsOf } from './lib/tables.mjs';

const USUAL_ANSWERS = 20;
const OTHER_SIZES = [1, 300];
const NOT_SAVED = { EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none' };

const everybody = [bare, ...everyForm, ...doItYourself];
const someone = [bare, usual, usualWithCopies, ...doItYourself];
/** Without those of which the usual size says all. */
const most = [
	bare,
	...everyForm.filter(({ name }) => !name.includes('not ignored')),
	...doItYourself.slice(1),
];

/**
 * @typedef {object} Figures everything that was measured
 * @property {{ minutes?: number, [fact: string]: unknown }} machine
 * @property {Phase[]} phases
 * @property {Awaited<ReturnType<typeof profileOf>>[]} profiles
 * @property {Awaited<ReturnType<typeof compareItems>>} stored
 * @property {import('./lib/phases.mjs').SteadyRate[]} rates
 */

/**
 * @typedef {object} Phase one n8n
 * @property {string} name
 * @property {keyof typeof import('./lib/instance.mjs').ENGINES} engine
 * @property {import('./lib/database.mjs').DatabaseKind} database
 * @property {import('./lib/contestants.mjs').Contestant[]} contestants
 * @property {number[]} otherSizes than the usual one
 * @property {import('./lib/contestants.mjs').Contestant[]} contestantsAtOtherSizes
 * @property {number} rounds at most
 * @property {number} minutes no round begins later
 * @property {Record<string, string>} [env]
 * @property {Array<'worker' | 'webhook'>} [processes] queue mode: those beside the main one
 * @property {import('./lib/rounds.mjs').Cell[]} [cells]
 * @property {{ atStart: import('./lib/processes.mjs').Usage, atEnd: import('./lib/processes.mjs').Usage }} [memory]
 */

const USAGE =
	'Usage: npm run bench:n8n -- [--short] [--write] [--keep FILE] [--render FILE] [--only PHASE] [--package FILE]';

const options = readOptions(USAGE, {
	short: { type: 'boolean', default: false },
	write: { type: 'boolean', default: false },
	render: { type: 'string' },
	keep: { type: 'string' },
	only: { type: 'string' },
	package: { type: 'string' },
});

runOnNode24(import.meta.url, async () => {
	const figures = options.render ? JSON.parse(await readFile(options.render, 'utf8')) : await measured();
	for (const [name, tables] of Object.entries(sectionsOf(figures))) {
		console.log(`\n## ${name}\n\n${tables}`);
		if (options.write) await writeTables(name, tables);
	}
});

/** @returns {Promise<Figures>} */
async function measured() {
	const began = Date.now();
	const figures = await earlierFigures();
	const { minutes: minutesBefore = 0 } = figures.machine;
	await withPackage(options.package, async (packageFolder) => {
		for (const phase of plannedPhases()) {
			await measurePhase(phase, packageFolder, figures);
			const minutes = minutesBefore + (Date.now() - began) / 60_000;
			Object.assign(figures.machine, { loadAfter: loadavg()[0], minutes });
			if (options.keep) await writeFile(options.keep, JSON.stringify(figures));
		}
	});
	return figures;
}

/** @returns {Promise<Figures>} with --only those in the file of --keep, of which the phase replaces its own */
async function earlierFigures() {
	if (options.only && options.keep && existsSync(options.keep)) {
		return JSON.parse(await readFile(options.keep, 'utf8'));
	}
	return { machine: machine(), phases: [], profiles: [], rates: [], stored: [] };
}

const machine = () => ({
	n8n: N8N_VERSION,
	node: process.version,
	processor: cpus()[0]?.model,
	cores: cpus().length,
	loadBefore: loadavg()[0],
	date: new Date().toISOString().slice(0, 10),
	short: options.short,
});

/** @returns {Phase[]} */
function plannedPhases() {
	/** @type {Pick<Phase, 'engine' | 'database' | 'contestants' | 'otherSizes' | 'contestantsAtOtherSizes' | 'rounds'>} */
	const usually = {
		engine: 'lazy',
		database: 'sqlite',
		contestants: someone,
		otherSizes: [],
		contestantsAtOtherSizes: [bare, usual],
		rounds: 12,
	};
	const otherSizes = options.short ? [] : OTHER_SIZES;
	/** @type {Phase[]} */
	const always = [
		{
			...usually,
			name: 'main',
			contestants: everybody,
			otherSizes,
			contestantsAtOtherSizes: most,
			rounds: 18,
			minutes: 6,
		},
		// Those that differ by a few percent need many rounds, and may not wait for the slow ones in each.
		{ ...usually, name: 'close', contestants: [bare, ...everyForm], rounds: 120, minutes: 9 },
	];
	/** @type {Phase[]} */
	const settings = [
		{ ...usually, name: 'default', engine: 'default', minutes: 1.5 },
		{ ...usually, name: 'legacy', engine: 'legacy', minutes: 1 },
		{ ...usually, name: 'not saved', contestants: [bare, usual], minutes: 0.7, env: NOT_SAVED },
	];
	const onPostgres = { ...usually, database: /** @type {const} */ ('postgres') };
	/** @type {Phase[]} */
	const postgres = [{ ...onPostgres, name: 'postgres', otherSizes, minutes: 2 }];
	/** @type {Phase[]} */
	const queue = [['worker'], ['worker', 'worker'], ['webhook', 'worker']].map((processes) => ({
		...onPostgres,
		name: `queue: main, ${processes.join(', ')}`,
		contestants: [bare, usual],
		minutes: 0.5,
		processes: /** @type {Phase['processes']} */ (processes),
	}));
	const all = [
		...always,
		...(options.short ? [] : settings),
		...(hasPostgres() ? postgres : []),
		...(hasPostgres() && hasRedis() && !options.short ? queue : []),
	].filter(({ name }) => !options.only || name.startsWith(options.only));
	return options.short ? all.map((phase) => ({ ...phase, rounds: 3 })) : all;
}

/**
 * @param {Phase} phase
 * @param {string} packageFolder
 * @param {Figures} figures gets what was measured
 */
async function measurePhase(phase, packageFolder, figures) {
	const tell = (/** @type {string} */ line) =>
		console.error(
			`${new Date().toISOString().slice(11, 19)} ${phase.name}: ${line} (load ${loadavg()[0]?.toFixed(1)})`,
		);
	tell('starting n8n');
	const sample = eventBodies(USUAL_ANSWERS);
	const instance = await (phase.processes ? startQueueInstance : startInstance)({
		packageFolder,
		sample: sample(),
		...phase,
		processes: phase.processes ?? [],
	});
	try {
		if (!phase.env && !phase.processes && phase.name !== 'close') {
			const sizes = [USUAL_ANSWERS, ...phase.otherSizes];
			const stored = await compareItems(
				instance,
				phase.contestants,
				sizes.map((size) => eventBodies(size)()),
			);
			tell('every contestant gives the same items');
			if (phase.name === 'main') figures.stored = stored;
		}
		const atStart = usageOf(instance.n8n.pid);
		const turn = { size: USUAL_ANSWERS, seconds: options.short ? 0.5 : 0.7, tell };
		const cells = await measureRounds(instance, { ...phase, ...turn });
		figures.phases = figures.phases.filter(({ name }) => name !== phase.name);
		figures.phases.push({ ...phase, cells, memory: { atStart, atEnd: usageOf(instance.n8n.pid) } });
		if (phase.name === 'main') await lookCloser(instance, figures, tell);
	} catch (error) {
		console.error(instance.n8n.log().slice(-2000));
		throw error;
	} finally {
		await instance.remove();
	}
}

/**
 * @param {import('./lib/instance.mjs').Instance} instance
 * @param {Figures} figures
 * @param {(line: string) => void} tell
 */
async function lookCloser(instance, figures, tell) {
	Object.assign(figures, { rates: [], profiles: [] });
	const seconds = options.short ? 4 : 10;
	for (const perSecond of options.short ? [5] : [5, 10, 20]) {
		for (const contestant of [bare, usual]) {
			const load = { answers: USUAL_ANSWERS, perSecond, seconds };
			figures.rates.push(await steadyRate(instance, contestant, load));
		}
		tell(`${perSecond} events per second`);
	}
	const events = options.short ? 40 : 300;
	for (const contestant of [bare, usual, ...doItYourself.slice(1, 2)]) {
		figures.profiles.push(await profileOf(instance, contestant, { answers: USUAL_ANSWERS, events }));
		tell(`profile of ${contestant.name}`);
	}
}
