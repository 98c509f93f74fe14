// @ts-check
// What a workflow costs in a real n8n: a bare Webhook node, our trigger, and what a user would build instead, side by side.
//   npm run bench:n8n -- [--short] [--write]
// They take turns, in rounds and in a new order each time, and each is compared with the bare Webhook of its round, so that
// whatever else the machine does weighs on all of them alike. Needs Linux (/proc).
import assert from 'node:assert/strict';
import { cpus, loadavg } from 'node:os';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { median, quantile, sampleWithReplacement, shuffle } from 'simple-statistics';
import { inDatabase } from '../test/support/database.mjs';
import { outputsOf } from '../scripts/lib/executions.mjs';
import { Fault } from '../scripts/lib/faults.mjs';
import { N8N_VERSION } from '../scripts/lib/n8n-install.mjs';
import { publishWorkflow } from '../test/support/editor.mjs';
import { send } from '../scripts/lib/webhook.mjs';
import { startTestN8n } from '../test/support/n8n.mjs';
import { BARE, contestantsFor, USUAL } from './lib/contestants.mjs';
import { runOnNode24 } from './lib/node24.mjs';
import { readBenchOptions, show, table } from './lib/results.mjs';
import { analysisOf } from './lib/sample.mjs';

const options = readBenchOptions('npm run bench:n8n');
const ROUNDS = options.short ? 6 : 40;
const EVENTS_IN_A_TURN = 12;
const SENDERS = 4;
const ANSWERS = 20;
const FINISH_MS = 60_000;
/**
 * What a form of ours should reach of the bare Webhook's executions per CPU second. Not with n8n's default, where every
 * community trigger pays for an isolate that n8n's own Webhook node is spared by its name.
 */
const WANTED = 0.95;

/**
 * When n8n gets what evaluates expressions: as soon as there is one to evaluate, or for each execution, which is its default
 * and costs so much that it hides what the workflows differ by.
 * @type {{ name: string, lazy: string, measures: (name: string) => boolean }[]}
 */
const SETTINGS = [
	{ name: 'N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true', lazy: 'true', measures: () => true },
	{ name: "n8n's default", lazy: 'false', measures: (name) => [BARE, USUAL].includes(name) },
];

/** @typedef {import('../test/support/n8n.mjs').TestN8n} TestN8n */
/** @typedef {import('./lib/contestants.mjs').Contestant & { workflowId: string, url: string }} Published */
/** @typedef {{ perSecond: number, cpu: number, waits: number[] }} Turn cpu: ms of an execution */

runOnNode24(import.meta.url, async () => {
	const parts = [];
	for (const setting of options.short ? SETTINGS.slice(0, 1) : SETTINGS)
		parts.push(await measuredWith(setting));
	const machine = `n8n ${N8N_VERSION}, Node ${process.version}, SQLite, ${cpus().length} cores (${cpus()[0]?.model}), load average at the end ${loadavg()[0]?.toFixed(1)}`;
	const how = `${machine}. ${ROUNDS} rounds, ${SENDERS} senders at a time, events with ${ANSWERS} answers. "× bare" is the median of the rounds, in brackets where it lies with a probability of 95 %.`;
	await show('bench:n8n', [how, ...parts].join('\n\n'), options);
});

/** @param {typeof SETTINGS[number]} setting @returns {Promise<string>} markdown */
async function measuredWith({ name, lazy, measures }) {
	const env = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: lazy };
	// n8n keeps 10,000 executions; deleting would begin in the middle of a measurement.
	const n8n = await startTestN8n({ env: { ...env, EXECUTIONS_DATA_PRUNE: 'false' } });
	try {
		const published = await publishedIn(n8n, measures);
		await promiseSameItems(n8n, published);
		/** @type {Map<Published, Turn[]>} */
		const turns = new Map(published.map((each) => [each, []]));
		for (let round = 0; round < ROUNDS; round++) {
			for (const each of shuffle(published)) turns.get(each)?.push(await turnOf(n8n, each));
			if (round % 10 === 0) console.error(`${name}: round ${round + 1} of ${ROUNDS}`);
		}
		return `**${name}**\n\n${resultsOf(n8n, turns, lazy === 'true')}`;
	} finally {
		await n8n.remove({ keepsFolder: false });
	}
}

/** Publishes the wanted ones, and warms them up. @param {TestN8n} n8n @param {(name: string) => boolean} isWanted @returns {Promise<Published[]>} */
async function publishedIn(n8n, isWanted) {
	const all = [];
	for (const contestant of await contestantsFor(n8n)) {
		if (!isWanted(contestant.name)) continue;
		const workflowId = await publishWorkflow(n8n.rest, contestant.workflow);
		const published = { ...contestant, workflowId, url: `${n8n.url}/webhook/${contestant.path}` };
		// n8n registers webhooks a moment after it publishes a workflow.
		for (let tries = 0; (await send(published.url, analysisOf(1), n8n.authorized)).status === 404; tries++) {
			if (tries > 100) throw new Fault(`n8n does not register ${contestant.name}.`);
			await pause(200);
		}
		await untilSucceeded(n8n, published, 1);
		all.push(published);
	}
	for (const each of all) await turnOf(n8n, each);
	return all;
}

/** Those that say where their items come out must give the same ones, else their costs cannot be compared. @param {TestN8n} n8n @param {Published[]} published */
async function promiseSameItems(n8n, published) {
	const event = analysisOf(ANSWERS);
	/** @type {Map<string, object[][]>} */
	const items = new Map();
	for (const each of published) {
		if (!each.branches) continue;
		await send(each.url, event, n8n.authorized);
		await untilSucceeded(n8n, each, 1);
		const execution = (await n8n.executions(each.workflowId)).at(-1);
		assert.ok(execution);
		items.set(
			each.name,
			each.branches.map(([node, output]) => outputsOf(execution, node)[output] ?? []),
		);
	}
	for (const [name, given] of items) assert.deepEqual(given, items.get(USUAL), name);
}

/** How many executions of a workflow have succeeded. @type {Map<string, number>} */
const succeeded = new Map();

/** Waits until so many more executions have succeeded. @param {TestN8n} n8n @param {Published} published @param {number} events */
async function untilSucceeded({ userFolder }, { workflowId, name }, events) {
	const wanted = (succeeded.get(workflowId) ?? 0) + events;
	succeeded.set(workflowId, wanted);
	const sql = `SELECT count(*) AS count FROM execution_entity WHERE workflowId = ? AND status = 'success'`;
	const count = () =>
		inDatabase(userFolder, (database) => Number(database.prepare(sql).get(workflowId)?.count), {
			readOnly: true,
		});
	for (const deadline = Date.now() + FINISH_MS; count() < wanted; await pause(5)) {
		if (Date.now() > deadline) throw new Fault(`${name}: ${count()} of ${wanted} executions have succeeded.`);
	}
}

/** @param {TestN8n} n8n @param {Published} published @returns {Promise<Turn>} */
async function turnOf(n8n, published) {
	const bodies = Array.from({ length: EVENTS_IN_A_TURN }, () => JSON.stringify(analysisOf(ANSWERS)));
	/** @type {number[]} */
	const waits = [];
	const sender = async () => {
		for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
			const sent = performance.now();
			const { status } = await send(published.url, body, n8n.authorized);
			if (status !== 200) throw new Fault(`${published.name} answered ${status}.`);
			waits.push(performance.now() - sent);
		}
	};
	const [started, cpuBefore] = [performance.now(), cpuOf(n8n.pid)];
	await Promise.all(Array.from({ length: SENDERS }, sender));
	await untilSucceeded(n8n, published, EVENTS_IN_A_TURN);
	const seconds = (performance.now() - started) / 1000;
	return {
		perSecond: EVENTS_IN_A_TURN / seconds,
		cpu: (cpuOf(n8n.pid) - cpuBefore) / EVENTS_IN_A_TURN,
		waits,
	};
}

/** What n8n and its task runner, which are one process group, have used of the processor: ms (proc(5), stat). @param {number} group */
function cpuOf(group) {
	let ticks = 0;
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		try {
			const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
			// After the command's name in brackets: the third field and those behind it.
			const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			if (Number(fields[2]) === group) ticks += Number(fields[11]) + Number(fields[12]);
		} catch {
			// It has ended meanwhile.
		}
	}
	return ticks * 10;
}

/** @param {TestN8n} n8n @param {Map<Published, Turn[]>} turns @param {boolean} isWanted @returns {string} markdown */
function resultsOf(n8n, turns, isWanted) {
	const bare = [...turns].find(([{ name }]) => name === BARE)?.[1] ?? [];
	const rows = [...turns].map(([{ name, workflowId }, own]) => {
		const speed = own.map(({ perSecond }, round) => perSecond / (bare[round]?.perSecond ?? NaN));
		const byCpu = own.map(({ cpu }, round) => (bare[round]?.cpu ?? NaN) / cpu);
		const waits = own.flatMap((turn) => turn.waits);
		return [
			name,
			median(own.map(({ perSecond }) => perSecond)).toFixed(1),
			withInterval(speed),
			median(own.map(({ cpu }) => cpu)).toFixed(1),
			withInterval(byCpu),
			...[0.5, 0.99].map((share) => quantile(waits, share).toFixed(0)),
			(storedBytes(n8n, workflowId) / 1000).toFixed(1),
			isWanted && name.startsWith('VoiceFox')
				? median(byCpu) >= WANTED
					? `≥ ${WANTED}`
					: `**< ${WANTED}**`
				: '',
		];
	});
	const waits = ['wait p50, ms', 'wait p99, ms'];
	return table(
		['', 'executions/s', '× bare', 'CPU, ms', '× bare by CPU', ...waits, 'stored, kB', 'wanted'],
		rows,
	);
}

/** @param {number[]} ratios */
function withInterval(ratios) {
	const medians = Array.from({ length: 2000 }, () => median(sampleWithReplacement(ratios, ratios.length)));
	const [low, high] = [0.025, 0.975].map((share) => quantile(medians, share).toFixed(2));
	return `${median(ratios).toFixed(2)} (${low}–${high})`;
}

/** What n8n keeps of one execution, on average. @param {TestN8n} n8n @param {string} workflowId */
const storedBytes = ({ userFolder }, workflowId) =>
	inDatabase(userFolder, (database) => {
		const sql = `SELECT avg(length(CAST(d.data AS BLOB)) + length(CAST(d.workflowData AS BLOB))) AS bytes
			FROM execution_data d JOIN execution_entity e ON e.id = d.executionId WHERE e.workflowId = ?`;
		return Number(database.prepare(sql).get(workflowId)?.bytes);
	});
