// @ts-check
import { setTimeout as pause } from 'node:timers/promises';
import { median, shuffle } from 'simple-statistics';
import { Fault } from '../../scripts/lib/faults.mjs';
import { bare } from './contestants.mjs';
import { newestExecution, storedAfter, untilFinished } from './database.mjs';
import { eventBodies, sendAll } from './load.mjs';
import { usageOf } from './processes.mjs';

/** How many senders wait at a time: enough that n8n always has something to do. */
export const SENDERS = 4;
/** With large events two are enough, and more make parts of n8n miss their deadlines. */
const sendersFor = (/** @type {number} */ answers) => (answers > 100 ? 2 : SENDERS);
const ATTEMPTS = 4;
const PAUSE_MS = 5000;
const MOST_IN_A_BATCH = 120;
const leastInABatch = (/** @type {number} */ answers) => (answers > 100 ? 4 : 12);
/** Large events take some contestants seconds. */
const warmUpEvents = (/** @type {number} */ answers) => (answers > 100 ? 4 : 12);
/** The usual size has its turn in every round, the others are only there to show how cost grows. */
const OTHER_SIZES_EVERY = 3;

/**
 * @typedef {object} Cell what one contestant took with events of one size
 * @property {string} contestant
 * @property {number} answers
 * @property {number[]} perSecond executions finished per second, by round
 * @property {number[]} ratios the same divided by the bare Webhook's in the same round
 * @property {number[]} waits of every sender, ms
 * @property {number[]} cpu ms per execution of n8n and its task runner, by round
 * @property {number[]} cpuRatios the bare Webhook's CPU time divided by this one's, in the same round
 * @property {number} bytes stored per execution
 */

/**
 * Measures contestants in rounds: in each, every one has its turn, in a new order.
 * @param {import('./instance.mjs').Instance} instance
 * @param {object} plan
 * @param {import('./contestants.mjs').Contestant[]} plan.contestants with the bare Webhook among them
 * @param {number} plan.size answers per event
 * @param {number[]} plan.otherSizes
 * @param {import('./contestants.mjs').Contestant[]} plan.contestantsAtOtherSizes
 * @param {number} plan.rounds
 * @param {number} plan.minutes no round begins later, but there are always three
 * @param {number} plan.seconds how long a turn should take
 * @param {(line: string) => void} plan.tell
 * @returns {Promise<Cell[]>}
 */
export async function measureRounds(instance, plan) {
	const { size, otherSizes, rounds, tell } = plan;
	const cells = [
		...plan.contestants.map(({ name }) => emptyCell(name, size)),
		...otherSizes.flatMap((answers) =>
			plan.contestantsAtOtherSizes.map(({ name }) => emptyCell(name, answers)),
		),
	];
	const batches = new Map();
	for (const cell of cells) batches.set(cell, await suitableBatch(instance, cell, plan.seconds));
	tell('warmed up');
	const deadline = Date.now() + plan.minutes * 60_000;
	for (let round = 0; round < rounds && (round < 3 || Date.now() < deadline); round++) {
		const sizes = round % OTHER_SIZES_EVERY === 0 ? [size, ...otherSizes] : [size];
		for (const answers of sizes) {
			const turns = shuffle(cells.filter((cell) => cell.answers === answers));
			for (const cell of turns) addTo(cell, await successfulBatch(instance, cell, batches.get(cell)));
			addRatios(turns);
		}
		tell(`round ${round + 1} of at most ${rounds}`);
	}
	return cells;
}

/** @param {Cell[]} turns what was measured in one round */
function addRatios(turns) {
	const reference = turns.find(({ contestant }) => contestant === bare.name);
	const last = (/** @type {number[] | undefined} */ values) => values?.at(-1) ?? NaN;
	for (const cell of turns) {
		cell.ratios.push(last(cell.perSecond) / last(reference?.perSecond));
		cell.cpuRatios.push(last(reference?.cpu) / last(cell.cpu));
	}
}

/**
 * @param {string} contestant
 * @param {number} answers
 * @returns {Cell}
 */
const emptyCell = (contestant, answers) => ({
	contestant,
	answers,
	perSecond: [],
	ratios: [],
	waits: [],
	cpu: [],
	cpuRatios: [],
	bytes: NaN,
});

/**
 * @param {Cell} cell
 * @param {Batch} measured
 */
function addTo(cell, { perSecond, cpu, waits, bytes }) {
	cell.perSecond.push(perSecond);
	cell.cpu.push(cpu);
	cell.waits.push(...waits);
	cell.bytes = bytes;
}

/**
 * Warms a contestant up and says how many events take about the time wanted.
 * @param {import('./instance.mjs').Instance} instance
 * @param {Cell} cell
 * @param {number} seconds
 */
async function suitableBatch(instance, cell, seconds) {
	await successfulBatch(instance, cell, warmUpEvents(cell.answers));
	const { perSecond } = await successfulBatch(instance, cell, warmUpEvents(cell.answers));
	return Math.min(MOST_IN_A_BATCH, Math.max(leastInABatch(cell.answers), Math.round(perSecond * seconds)));
}

/**
 * A batch, tried again when n8n fails under its load: on a busy machine its task runner or its database misses a
 * deadline (an answer of 503, a failed execution). Each such failure is told.
 * @param {import('./instance.mjs').Instance} instance
 * @param {{ contestant: string, answers: number }} cell
 * @param {number} events
 * @returns {Promise<Batch>}
 */
async function successfulBatch(instance, cell, events) {
	for (let attempt = 1; ; attempt++) {
		try {
			return await batch(instance, cell, events);
		} catch (error) {
			if (!(error instanceof Fault) || attempt === ATTEMPTS || instance.n8n.hasEnded()) throw error;
			console.error(`tried again (attempt ${attempt}): ${error.message}`);
			await pause(PAUSE_MS);
		}
	}
}

/** @typedef {{ perSecond: number, cpu: number, waits: number[], bytes: number }} Batch */

/**
 * Sends events and waits until the database says that all their executions have ended.
 * @param {import('./instance.mjs').Instance} instance
 * @param {{ contestant: string, answers: number }} cell
 * @param {number} events
 * @returns {Promise<Batch>}
 */
export async function batch(instance, { contestant, answers }, events) {
	const { database } = instance;
	const body = eventBodies(answers);
	const bodies = Array.from({ length: events }, body);
	const before = await newestExecution(database);
	const cpuBefore = cpuOf(instance);
	const start = performance.now();
	const waits = await sendAll(targetOf(instance, { name: contestant }), bodies, sendersFor(answers));
	await untilFinished(database, before);
	const seconds = (performance.now() - start) / 1000;
	const cpu = (cpuOf(instance) - cpuBefore) / events;
	const { count, succeeded, bytes } = await storedAfter(database, before);
	if (succeeded !== (instance.keepsSuccesses ? events : 0)) {
		throw new Fault(
			`${contestant}: of ${events} events ${count} are stored, ${succeeded} of them successful.`,
		);
	}
	return { perSecond: events / seconds, cpu, waits, bytes };
}

/** @param {import('./instance.mjs').Instance} instance */
export const cpuOf = ({ pids }) => pids.reduce((sum, pid) => sum + usageOf(pid).cpu, 0);

/**
 * @param {import('./instance.mjs').Instance} instance
 * @param {{ name: string }} contestant
 */
export function targetOf({ targets }, { name }) {
	const target = targets.get(name);
	if (!target) throw new Error(`${name} is not published`);
	return target;
}

/**
 * The cell of a contestant with events of one size.
 * @param {Cell[]} cells
 * @param {{ name: string }} contestant
 * @param {number} answers
 */
export function cellOf(cells, { name }, answers) {
	const cell = cells.find((one) => one.contestant === name && one.answers === answers);
	if (!cell) throw new Error(`${name} was not measured with ${answers} answers`);
	return cell;
}

/**
 * How many times as many executions per second (or per second of CPU) one contestant makes as another, by round.
 * @param {Cell} one
 * @param {Cell} other
 * @param {'ratios' | 'cpuRatios'} measure
 */
export const ratiosOf = (one, other, measure) =>
	one[measure].map((ratio, round) => ratio / (other[measure][round] ?? NaN));

/** @param {Cell[]} cells the one with the most executions per second */
export const fastest = (cells) =>
	cells.reduce((best, cell) => (median(cell.ratios) > median(best.ratios) ? cell : best));
