// @ts-check
// n8n killed (kill -9) at random moments under load that goes on while it is started again: whatever the trigger answered
// 200 is in the database. What n8n itself answered 200 while it started is counted; only a proxy can prevent it.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../scripts/lib/faults.mjs';
import { randomFrom } from '../support/random.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { assertStored } from './support/evidence.mjs';
import { ACCEPTED, startLoad, STARTING_UP, tally } from './support/load.mjs';
import { amount, grouped, promise } from './support/report.mjs';
import { slowWorkflow, triggerOn } from './support/trigger.mjs';

const KILLS = amount({ full: 20, short: 3 });
const SENDERS = 12;
const LATEST_KILL_MS = 3000;
const ACCEPTED_AGAIN_MS = 60_000;
const seed = Number(process.env.RELIABILITY_SEED ?? randomInt(2 ** 31));
const random = randomFrom(seed);

const n8n = await startTestN8n();
const trigger = await triggerOn(n8n, { workflow: slowWorkflow(n8n.credential) });
/** Events answered 200 by the trigger, and by an n8n that was starting. @type {string[]} */
const accepted = [];
/** @type {string[]} */
const misled = [];

/** @param {number} round */
async function killUnderLoad(round) {
	const { url, headers } = trigger;
	const load = startLoad({
		urls: [url],
		headers,
		prefix: `kill-${round}`,
		senders: SENDERS,
		repeats: true,
		pauseMs: 100,
	});
	const moment = random() * LATEST_KILL_MS;
	try {
		await acceptedAtLeast(load, SENDERS);
		await pause(moment);
		await n8n.kill();
		const before = load.accepted().length;
		await n8n.start();
		await acceptedAtLeast(load, before + SENDERS);
	} finally {
		await load.stop();
	}
	accepted.push(...load.accepted());
	misled.push(...load.misled());
	for (const answer of load.given)
		assert.ok([ACCEPTED, STARTING_UP].includes(answer) || !answer.startsWith('200 '), answer);
	assertStored(await trigger.calls(), accepted);
	return `after ${Math.round(moment)} ms; ${load.summary()}`;
}

console.log(`  ${KILLS} kills, ${SENDERS} senders at once, random moments from RELIABILITY_SEED=${seed}`);
for (let round = 1; round <= KILLS; round++) {
	await promise(`kill ${round}: nothing that the trigger answered 200 is lost`, () => killUnderLoad(round));
}
await promise('in the end each of these events has its execution with all its items', async () => {
	await n8n.stop();
	const calls = await trigger.calls();
	assertStored(calls, accepted);
	assert.deepEqual(calls.get('') ?? [], [], 'executions that hold no event');
	const executions = [...calls.values()].flat();
	const lost = misled.filter((sessionId) => !calls.has(sessionId)).length;
	return [
		`${grouped(accepted.length)} events in ${grouped(executions.length)} executions`,
		`${[...calls.values()].filter(({ length }) => length > 1).length} had been stored when a kill cut their answer off, so they ran twice`,
		`without a proxy ${misled.length} more were answered 200 as text while n8n started, and ${lost} of them are lost`,
		`states: ${tally(executions.map(({ status }) => status))}`,
	].join('; ');
});
await n8n.remove();

/** @param {import('./support/load.mjs').Load} load @param {number} events */
async function acceptedAtLeast(load, events) {
	const deadline = Date.now() + ACCEPTED_AGAIN_MS;
	while (load.accepted().length < events) {
		if (Date.now() > deadline) throw new Fault(`Events are no longer accepted: ${load.summary()}`);
		await pause(5);
	}
}
