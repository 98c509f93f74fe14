// @ts-check
// The calls of an account, each posted once, while n8n is killed, blocked, slow to start, and killed again in the executions
// that carry caught-up calls: in the morning the ledger holds each of them once.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { randomFrom } from '../../support/random.mjs';
import { amount } from '../../reliability/support/report.mjs';
import { startAccount } from './account.mjs';
import { setUpLedger } from './ledger.mjs';

export const CALLS = amount({ full: 1000, short: 120 });
const DURATION_MS = amount({ full: 300_000, short: 80_000 });
const OUTAGES = amount({ full: 8, short: 2 });
const KILLS_WHILE_CARRYING = amount({ full: 3, short: 1 });
const SLOW_START_MS = amount({ full: 20_000, short: 5_000 });
const BLOCK_MS = amount({ full: 15_000, short: 5_000 });
/** Two polls, and what an execution takes. */
const CARRYING_WITHIN_MS = 180_000;

/**
 * @param {import('../../support/n8n.mjs').TestN8n} n8n
 * @param {(workflowId: string) => boolean | Promise<boolean>} isRunning whether an execution of this workflow is under way
 * @returns {Promise<string>} the figures
 */
export async function proveLedger(n8n, isRunning) {
	const account = await startAccount();
	try {
		return await provenLedger(n8n, account, isRunning);
	} finally {
		await account.close();
	}
}

/**
 * @param {import('../../support/n8n.mjs').TestN8n} n8n
 * @param {import('./account.mjs').Account} account
 * @param {(workflowId: string) => boolean | Promise<boolean>} isRunning
 */
async function provenLedger(n8n, account, isRunning) {
	const seed = Number(process.env.OUTAGE_SEED ?? randomInt(2 ** 31));
	const ledger = await setUpLedger(n8n, account.credential);
	let isOver = false;
	const calls = account
		.makeCalls(CALLS, DURATION_MS, ledger.url, n8n.authorized)
		.finally(() => (isOver = true));
	const outages = await breakThings(n8n, account, randomFrom(seed), () => isOver);
	await calls;

	let kills = 0;
	while (kills < KILLS_WHILE_CARRYING && (await killWhile(n8n, () => isRunning(ledger.catchUpId)))) kills++;

	const before = await ledger.rows();
	const receipt = await ledger.runNightly();
	const rows = await ledger.rows();
	const ids = rows.map(({ id }) => id);
	const lost = account.sessionIds().filter((id) => !ids.includes(id));
	const doubled = ids.filter((id, index) => ids.indexOf(id) !== index);
	assert.deepEqual({ lost, doubled, rows: ids.length }, { lost: [], doubled: [], rows: CALLS });
	const caughtUp = rows.length - before.length;
	assert.equal(
		receipt,
		`Yesterday: ${CALLS} calls at VoiceFox, ${CALLS} in your table, ${caughtUp} caught up`,
	);

	const byEvent = rows.filter(({ source }) => source !== 'call_log').length;
	const byPolls = before.filter(({ source }) => source === 'call_log').length;
	return [
		`seed ${seed}; events: ${account.fates()}`,
		`outages: ${outages.join(', ')}; killed ${kills} times in an execution with caught-up calls`,
		`rows by event ${byEvent}, by the Call Log Trigger ${byPolls}, by the night ${caughtUp}; 0 lost, 0 doubled`,
		`${account.requests()} requests to the API`,
	].join('\n');
}

/** @param {import('../../support/n8n.mjs').TestN8n} n8n */
async function crash(n8n) {
	await n8n.kill();
	await n8n.start();
}

/** As in an upgrade: every path is answered 200 while n8n migrates its database. @param {import('../../support/n8n.mjs').TestN8n} n8n */
async function startSlowly(n8n) {
	await n8n.stop();
	const starting = createServer((_, response) => response.end('n8n is starting up. Please wait'));
	const port = Number(new URL(n8n.url).port);
	await new Promise((resolve) => starting.listen(port, '127.0.0.1', () => resolve(undefined)));
	await pause(SLOW_START_MS);
	starting.closeAllConnections();
	await new Promise((resolve) => starting.close(resolve));
	await n8n.start();
}

/** @param {import('../../support/n8n.mjs').TestN8n} _ @param {import('./account.mjs').Account} account */
async function blockTheWay(_, account) {
	account.block(true);
	await pause(BLOCK_MS);
	account.block(false);
}

const KINDS = [crash, startSlowly, blockTheWay];

/**
 * One outage after the other, at random moments, until the calls are over.
 * @param {import('../../support/n8n.mjs').TestN8n} n8n
 * @param {import('./account.mjs').Account} account
 * @param {() => number} random
 * @param {() => boolean} isOver
 */
async function breakThings(n8n, account, random, isOver) {
	const done = [];
	for (let outage = 0; outage < OUTAGES && !isOver(); outage++) {
		await pause((random() * DURATION_MS) / OUTAGES / 2);
		const kind = KINDS[outage % KINDS.length] ?? crash;
		done.push(kind.name);
		await kind(n8n, account);
	}
	return done;
}

/** @param {import('../../support/n8n.mjs').TestN8n} n8n @param {() => boolean | Promise<boolean>} isCarrying */
async function killWhile(n8n, isCarrying) {
	const deadline = Date.now() + CARRYING_WITHIN_MS;
	while (!(await isCarrying())) {
		if (Date.now() > deadline) return false;
		await pause(200);
	}
	await crash(n8n);
	return true;
}
