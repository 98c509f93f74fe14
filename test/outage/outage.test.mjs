// @ts-check
// 1,000 calls, each posted once, while n8n is killed, blocked, slow to start, and killed again in the executions that carry
// caught-up calls: in the morning the table holds each of them once.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { inDatabase } from '../../scripts/lib/database.mjs';
import { randomFrom } from '../../scripts/lib/random.mjs';
import { amount, promise } from '../reliability/support/report.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { startAccount } from './support/account.mjs';
import { setUpLedger } from './support/ledger.mjs';

const CALLS = amount({ full: 1000, short: 120 });
const DURATION_MS = amount({ full: 300_000, short: 50_000 });
const OUTAGES = amount({ full: 8, short: 2 });
const KILLS_WHILE_CARRYING = amount({ full: 3, short: 1 });
const SLOW_START_MS = amount({ full: 20_000, short: 5_000 });
const BLOCK_MS = amount({ full: 15_000, short: 5_000 });
/** Two polls, and what an execution takes. */
const CARRYING_WITHIN_MS = 180_000;

const seed = Number(process.env.OUTAGE_SEED ?? randomInt(2 ** 31));
const random = randomFrom(seed);

const account = await startAccount();
const n8n = await startTestN8n();
after(async () => {
	await n8n.remove();
	await account.close();
});
const ledger = await setUpLedger(n8n, account.credential);

async function crash() {
	await n8n.kill();
	await n8n.start();
}

/** As in an upgrade: every path is answered 200 while n8n migrates its database. */
async function startSlowly() {
	await n8n.stop();
	const starting = createServer((_, response) => response.end('n8n is starting up. Please wait'));
	await new Promise((resolve) =>
		starting.listen(Number(new URL(n8n.url).port), '127.0.0.1', () => resolve(0)),
	);
	await pause(SLOW_START_MS);
	starting.closeAllConnections();
	await new Promise((resolve) => starting.close(resolve));
	await n8n.start();
}

async function blockTheWay() {
	account.block(true);
	await pause(BLOCK_MS);
	account.block(false);
}

const KINDS = [crash, startSlowly, blockTheWay];

/** One outage after the other, at random moments, until the calls are over. @param {() => boolean} isOver */
async function breakThings(isOver) {
	const done = [];
	for (let outage = 0; outage < OUTAGES && !isOver(); outage++) {
		await pause((random() * DURATION_MS) / OUTAGES / 2);
		const kind = KINDS[outage % KINDS.length] ?? crash;
		done.push(kind.name);
		await kind();
	}
	return done;
}

/** Whether an execution that carries caught-up calls is under way. */
const isCarrying = () =>
	inDatabase(
		n8n.userFolder,
		(database) =>
			database
				.prepare(`SELECT 1 FROM execution_entity WHERE workflowId = ? AND status IN ('running', 'waiting')`)
				.get(ledger.catchUpId) !== undefined,
		{ readOnly: true },
	);

async function killWhileCarrying() {
	const deadline = Date.now() + CARRYING_WITHIN_MS;
	while (!isCarrying()) {
		if (Date.now() > deadline) return false;
		await pause(200);
	}
	await crash();
	return true;
}

await promise(`${CALLS} calls and ${OUTAGES} outages (seed ${seed}): each call once`, async () => {
	let isOver = false;
	const calls = account
		.makeCalls(CALLS, DURATION_MS, ledger.url, n8n.authorized)
		.finally(() => (isOver = true));
	const outages = await breakThings(() => isOver);
	await calls;

	let kills = 0;
	while (kills < KILLS_WHILE_CARRYING && (await killWhileCarrying())) kills++;

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
		`events: ${account.fates()}`,
		`outages: ${outages.join(', ')}; killed ${kills} times while carrying`,
		`rows by event ${byEvent}, by Call Log Trigger ${byPolls}, by the night ${caughtUp}; 0 lost, 0 doubled`,
		`${account.requests()} requests to the API`,
	].join('\n');
});
