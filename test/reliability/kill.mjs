// @ts-check
// n8n killed (kill -9) at random moments under load that goes on while it is started again: whatever the trigger answered
// 200 is in the database. What n8n itself answered 200 while it started is counted; only a proxy can prevent it.
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../scripts/lib/faults.mjs';
import { storedExecutions } from '../../scripts/lib/executions.mjs';
import { publishWorkflow } from '../../scripts/lib/rest.mjs';
import { untilRegistered } from '../../scripts/lib/webhook.mjs';
import { randomFrom } from '../../scripts/lib/random.mjs';
import { assertStored, byCall } from './support/evidence.mjs';
import { freshN8n, TRIGGER_NAME, triggerAt } from './support/instance.mjs';
import { ACCEPTED, tally } from './support/load.mjs';
import { amount, grouped, promise } from './support/report.mjs';
import { startRestless, STARTING_UP } from './support/restless.mjs';
import { slowWorkflow } from './support/workflows.mjs';

const KILLS = amount({ full: 20, short: 3 });
const SENDERS = 12;
const LATEST_KILL_MS = 3000;
const ACCEPTED_AGAIN_MS = 60_000;
const seed = Number(process.env.RELIABILITY_SEED ?? randomInt(2 ** 31));
const random = randomFrom(seed);

const n8n = await freshN8n();
const webhookId = randomUUID();
const workflowId = await publishWorkflow(n8n.rest, slowWorkflow(webhookId, n8n.credential));
const trigger = triggerAt(n8n, workflowId, webhookId);
await registered(trigger.url);
/** Events answered 200 by the trigger, of all rounds. @type {string[]} */
const accepted = [];
/** Events answered 200 by an n8n that was starting. @type {string[]} */
const misled = [];

/** @param {number} round */
async function killUnderLoad(round) {
	const options = { url: trigger.url, headers: trigger.headers, prefix: `kill-${round}` };
	const load = startRestless({ ...options, senders: SENDERS });
	const moment = random() * LATEST_KILL_MS;
	const before = await killedAndStarted(load, moment).finally(() => load.stop());

	accepted.push(...load.accepted());
	misled.push(...load.misled());
	const promises = [...load.answers.keys()].filter((answer) => answer.startsWith('200 '));
	assert.deepEqual(
		promises.filter((answer) => answer !== ACCEPTED && answer !== STARTING_UP),
		[],
	);
	const calls = await storedCalls();
	assertStored(calls, accepted, TRIGGER_NAME);
	const [told, lost] = [load.misled(), without(calls, load.misled())];
	return `after ${Math.round(moment)} ms; ${load.accepted().length} answered 200 {}, ${before} of them before; ${told.length} answered 200 as text while n8n started, ${lost.length} of them have no execution`;
}

/**
 * @param {import('./support/restless.mjs').Restless} load
 * @param {number} moment ms after the first answers
 * @returns {Promise<number>} events accepted before the kill
 */
async function killedAndStarted(load, moment) {
	await acceptedAtLeast(load, SENDERS);
	await pause(moment);
	await n8n.kill();
	const before = load.accepted().length;
	await n8n.start();
	await acceptedAtLeast(load, before + SENDERS);
	return before;
}

const storedCalls = async () => byCall(await storedExecutions(n8n.userFolder, workflowId), TRIGGER_NAME);

console.log(`  ${KILLS} kills, ${SENDERS} senders at once, random moments from RELIABILITY_SEED=${seed}`);
for (let round = 1; round <= KILLS; round++) {
	await promise(`kill ${round}: nothing that the trigger answered 200 is lost`, () => killUnderLoad(round));
}
await promise('in the end each of these events has its execution with all its items', async () => {
	await n8n.stop();
	const executions = await storedExecutions(n8n.userFolder, workflowId);
	const calls = byCall(executions, TRIGGER_NAME);
	assertStored(calls, accepted, TRIGGER_NAME);
	assert.deepEqual(calls.get('') ?? [], [], 'executions that hold no event');
	const twice = [...calls.values()].filter(({ length }) => length > 1).length;
	return [
		`${grouped(accepted.length)} events in ${grouped(executions.length)} executions`,
		`${twice} had been stored when a kill cut their answer off, so they ran twice`,
		`without a proxy ${misled.length} more were answered 200 as text while n8n started, and ${without(calls, misled).length} of them are lost`,
		`states: ${tally(executions.map(({ status }) => status))}`,
	].join('; ');
});
await n8n.remove();

/** @param {import('./support/evidence.mjs').ExecutionsByCall} calls @param {string[]} sessionIds */
function without(calls, sessionIds) {
	return sessionIds.filter((sessionId) => !calls.has(sessionId));
}

/** @param {import('./support/restless.mjs').Restless} load @param {number} events */
async function acceptedAtLeast(load, events) {
	const deadline = Date.now() + ACCEPTED_AGAIN_MS;
	while (load.accepted().length < events) {
		if (Date.now() > deadline) throw new Fault(`Events are no longer accepted: ${load.summary()}`);
		await pause(5);
	}
}

/** @param {string} url */
async function registered(url) {
	if (!(await untilRegistered(url, 60_000))) throw new Fault(`n8n does not register ${url}`);
}
