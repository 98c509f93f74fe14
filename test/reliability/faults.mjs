// @ts-check
// The database locked or slow, settings unreadable: what the sender is told, and that the repeat works.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { storedExecutions } from '../../scripts/lib/executions.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import {
	countsPerSecond,
	lockedDatabase,
	mend,
	slowInserts,
	unreadableCredential,
} from './support/database.mjs';
import { assertStored, byCall } from './support/evidence.mjs';
import { freshN8n, TRIGGER_NAME, triggerOn } from './support/instance.mjs';
import { ACCEPTED, answerTo, CLOSED, eventOf, repeated, tally } from './support/load.mjs';
import { amount, promise } from './support/report.mjs';
import { republish } from './support/workflows.mjs';

const ANSWER_WITHIN_MS = 60_000;
const AT_ONCE = 8;
const NO_ANSWER = 'no answer within 60 s after the fault';
// n8n's own, when it could not store what the trigger accepted.
const NOT_STORED = /^50[03] \{"(code|message|error)"/;
const UNAVAILABLE = { status: 503, json: { error: 'Unavailable' }, retryAfter: '60' };

const n8n = await freshN8n();
const trigger = await triggerOn(n8n);
let calls = 0;
const newCalls = (/** @type {number} */ count) => Array.from({ length: count }, () => `fault-${++calls}`);

/**
 * Sends several events at once while the database is at fault, and repeats those not accepted once it is mended.
 * @param {() => () => void} breakDatabase gives what mends it
 * @param {(answers: Promise<unknown>[]) => Promise<unknown>} untilMended how long the fault lasts
 */
async function surviving(breakDatabase, untilMended) {
	const sessionIds = newCalls(AT_ONCE);
	const mendDatabase = breakDatabase();
	const started = Date.now();
	let answered = started;
	const sending = sessionIds.map(async (sessionId) => {
		const answer = await answerTo(trigger.url, sessionId, trigger.headers);
		answered = Date.now();
		return answer;
	});
	await untilMended(sending);
	mendDatabase();
	const mended = Date.now();
	const answers = await Promise.all(sending.map(inTime));
	for (const answer of answers) {
		assert.ok(answer === ACCEPTED || answer === CLOSED || NOT_STORED.test(answer), answer);
	}
	const deadline = mended + ANSWER_WITHIN_MS;
	const refused = sessionIds.filter((_, place) => answers[place] !== ACCEPTED);
	const repeats = await Promise.all(
		refused.map((sessionId) => repeated(trigger.url, sessionId, trigger.headers, deadline)),
	);
	assert.deepEqual(
		repeats.filter((answer) => answer !== ACCEPTED),
		[],
		'the repeat is accepted within 60 s',
	);
	const stored = byCall(await storedExecutions(n8n.userFolder, trigger.workflowId), TRIGGER_NAME);
	assertStored(stored, sessionIds, TRIGGER_NAME);
	const counts = sessionIds.map((sessionId) => `${stored.get(sessionId)?.length} execution(s)`);
	return [
		`answers ${tally(answers)}`,
		`the last one after ${seconds(answered - started)}, the fault was over after ${seconds(mended - started)}`,
		`after the repeats ${tally(counts)} an event`,
	].join('; ');
}

for (const faultSeconds of [1, amount({ full: 45, short: 8 })]) {
	await promise(`database locked for ${faultSeconds} s`, () =>
		surviving(
			() => lockedDatabase(n8n.userFolder),
			() => pause(faultSeconds * 1000),
		),
	);
}

const storing = amount({ full: 4, short: 1.5 });
await promise(`database slow: each execution takes ${storing} s to store, one after another`, () =>
	surviving(
		() => {
			slowInserts(n8n.userFolder, 'session_id', Math.ceil(countsPerSecond() * storing));
			return () => mend(n8n.userFolder);
		},
		(answers) => Promise.all(answers),
	),
);

/** @param {string} url @param {string} sessionId */
async function assertUnavailable(url, sessionId) {
	const { status, json, headers } = await send(url, eventOf(sessionId), trigger.headers);
	assert.deepEqual({ status, json, retryAfter: headers.get('retry-after') }, UNAVAILABLE);
}

/**
 * Shows that a trigger whose settings are unreadable says so, starts nothing, and takes the repeat once it is mended.
 * @param {import('./support/instance.mjs').Trigger} broken
 * @param {() => Promise<unknown>} mendSettings
 */
async function recovering(broken, mendSettings) {
	const [sessionId = ''] = newCalls(1);
	await assertUnavailable(broken.url, sessionId);
	assert.equal(await broken.executions(), 0, 'nothing started');
	await mendSettings();
	const mended = Date.now();
	const answer = await repeated(broken.url, sessionId, trigger.headers, mended + ANSWER_WITHIN_MS);
	assert.equal(answer, ACCEPTED, 'the repeat is accepted');
	const stored = byCall(await storedExecutions(n8n.userFolder, broken.workflowId), TRIGGER_NAME);
	assertStored(stored, [sessionId], TRIGGER_NAME);
	assert.equal(await broken.executions(), 1);
	return `503, Retry-After 60, no execution; the repeat accepted ${seconds(Date.now() - mended)} after it was mended`;
}

await promise('credential that n8n cannot decrypt', async () => {
	const broken = await triggerOn(n8n);
	const restore = unreadableCredential(n8n.userFolder, n8n.credential.id);
	return await recovering(broken, async () => restore()).finally(restore);
});

await promise('credential deleted, then another one chosen in the node', async () => {
	const doomed = await n8n.webhookCredential(n8n.token, 'Doomed');
	const broken = await triggerOn(n8n, {}, { credential: doomed });
	await n8n.rest('DELETE', `/credentials/${doomed.id}`);
	return await recovering(broken, () =>
		republish(n8n.rest, broken.workflowId, (node) => {
			node.credentials = { voiceFoxWebhookApi: n8n.credential };
		}),
	);
});

await promise('bad expression in a setting, then corrected', async () => {
	const bad = { options: { timeZone: "={{ $('No Such Node').item.json.zone }}" } };
	const broken = await triggerOn(n8n, bad);
	return await recovering(broken, () =>
		republish(n8n.rest, broken.workflowId, (node) => {
			node.parameters = {};
		}),
	);
});

await n8n.remove();

/** @param {Promise<string>} answer */
function inTime(answer) {
	return Promise.race([answer, pause(ANSWER_WITHIN_MS, NO_ANSWER, { ref: false })]);
}

/** @param {number} ms */
function seconds(ms) {
	return `${(ms / 1000).toFixed(1)} s`;
}
