// @ts-check
// n8n killed (kill -9) at random moments under load: what was answered 200 is in the database afterwards.
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
import { ACCEPTED, CLOSED, repeated, startLoad, tally } from './support/load.mjs';
import { amount, grouped, promise } from './support/report.mjs';
import { slowWorkflow } from './support/workflows.mjs';

const KILLS = amount({ full: 20, short: 3 });
const SENDERS = 12;
const LATEST_KILL_MS = 3000;
const REPEAT_WITHIN_MS = 60_000;
const seed = Number(process.env.RELIABILITY_SEED ?? randomInt(2 ** 31));
const random = randomFrom(seed);

const n8n = await freshN8n();
const webhookId = randomUUID();
const workflowId = await publishWorkflow(n8n.rest, slowWorkflow(webhookId, n8n.credential));
const trigger = triggerAt(n8n, workflowId, webhookId);
/** Events answered 200, of all rounds. @type {string[]} */
const accepted = [];
let cutOff = 0;

/** @param {number} round */
async function killUnderLoad(round) {
	await registered(trigger.url);
	const options = { urls: [trigger.url], headers: trigger.headers, prefix: `kill-${round}` };
	const load = startLoad({ ...options, senders: SENDERS });
	while (load.accepted().length < SENDERS) await pause(5);
	const moment = random() * LATEST_KILL_MS;
	await pause(moment);
	await n8n.kill();
	await load.stop();

	const unanswered = load.notAccepted();
	assert.deepEqual(new Set(load.answers.values()), new Set([ACCEPTED, CLOSED]), 'only these two answers');
	accepted.push(...load.accepted());
	cutOff += unanswered.length;
	await n8n.start();
	await registered(trigger.url);
	assertStored(await storedCalls(), accepted, TRIGGER_NAME);
	await repeatAll(unanswered);
	return `after ${Math.round(moment)} ms; ${load.accepted().length} answered 200, ${unanswered.length} cut off`;
}

/** @param {string[]} sessionIds */
async function repeatAll(sessionIds) {
	const deadline = Date.now() + REPEAT_WITHIN_MS;
	const answers = await Promise.all(
		sessionIds.map((sessionId) => repeated(trigger.url, sessionId, trigger.headers, deadline)),
	);
	assert.deepEqual([...new Set(answers)], [ACCEPTED], 'the repeat of what was cut off is accepted');
	accepted.push(...sessionIds);
}

const storedCalls = async () => byCall(await storedExecutions(n8n.userFolder, workflowId), TRIGGER_NAME);

console.log(`  ${KILLS} kills, ${SENDERS} senders at once, random moments from RELIABILITY_SEED=${seed}`);
for (let round = 1; round <= KILLS; round++) {
	await promise(`kill ${round}: nothing answered 200 is lost, and the repeat of the rest works`, () =>
		killUnderLoad(round),
	);
}
await promise('in the end every event has its execution with all its items', async () => {
	await n8n.stop();
	const executions = await storedExecutions(n8n.userFolder, workflowId);
	const calls = byCall(executions, TRIGGER_NAME);
	assertStored(calls, accepted, TRIGGER_NAME);
	assert.deepEqual(calls.get('') ?? [], [], 'executions that hold no event');
	const twice = [...calls.values()].filter(({ length }) => length > 1).length;
	return [
		`${grouped(accepted.length)} events in ${grouped(executions.length)} executions`,
		`${cutOff} were cut off by a kill and repeated`,
		`${twice} of these had been stored before, so they ran twice`,
		`states: ${tally(executions.map(({ status }) => status))}`,
	].join('; ');
});
await n8n.remove();

/** @param {string} url */
async function registered(url) {
	if (!(await untilRegistered(url, 60_000))) throw new Fault(`n8n does not register ${url}`);
}
