// @ts-check
// The database locked or slow, settings unreadable: what the sender is told, and that the repeat works.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../../scripts/lib/webhook.mjs';
import { eventOf } from '../support/voicefox-events.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import {
	countsPerSecond,
	lockedDatabase,
	mend,
	slowInserts,
	unreadableCredential,
} from './support/database.mjs';
import { assertStored } from './support/evidence.mjs';
import { ACCEPTED, answerTo, CLOSED, repeated, tally } from './support/load.mjs';
import { amount, promise } from './support/report.mjs';
import { triggerOn } from './support/trigger.mjs';

const ANSWER_WITHIN_MS = 60_000;
const AT_ONCE = 8;
// n8n's own, when it could not store what the trigger accepted.
const NOT_STORED = /^50[03] \{"(code|message|error)"/;

const n8n = await startTestN8n();
const trigger = await triggerOn(n8n);
let calls = 0;
const newCall = () => `fault-${++calls}`;
const seconds = (/** @type {number} */ ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * Sends several events at once while the database is at fault, and repeats those not accepted once it is mended.
 * @param {() => () => void} breakDatabase gives what mends it
 * @param {(answers: Promise<unknown>[]) => Promise<unknown>} untilMended how long the fault lasts
 */
async function surviving(breakDatabase, untilMended) {
	const { url, headers } = trigger;
	const sessionIds = Array.from({ length: AT_ONCE }, newCall);
	const mendDatabase = breakDatabase();
	const started = Date.now();
	const sending = sessionIds.map((sessionId) => answerTo(url, eventOf(sessionId), headers));
	await untilMended(sending);
	mendDatabase();
	const lasted = Date.now() - started;
	const late = pause(ANSWER_WITHIN_MS, 'no answer within 60 s after the fault', { ref: false });
	const answers = await Promise.all(sending.map((answer) => Promise.race([answer, late])));
	for (const answer of answers)
		assert.ok(answer === ACCEPTED || answer === CLOSED || NOT_STORED.test(answer), answer);
	const deadline = Date.now() + ANSWER_WITHIN_MS;
	const refused = sessionIds.filter((_, place) => answers[place] !== ACCEPTED);
	for (const answer of await Promise.all(refused.map((id) => repeated(url, eventOf(id), headers, deadline))))
		assert.equal(answer, ACCEPTED, 'the repeat is accepted within 60 s');
	const stored = await trigger.calls();
	assertStored(stored, sessionIds);
	const counts = sessionIds.map((sessionId) => `${stored.get(sessionId)?.length} execution(s)`);
	return `answers ${tally(answers)}; the fault lasted ${seconds(lasted)}; after the repeats ${tally(counts)} an event`;
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

/**
 * Shows that a trigger whose settings are unreadable says so, starts nothing, and takes the repeat once it is mended.
 * @param {import('./support/trigger.mjs').Trigger} broken
 * @param {() => Promise<unknown>} mendSettings
 */
async function recovering(broken, mendSettings) {
	const event = eventOf(newCall());
	const { status, json, headers } = await send(broken.url, event, broken.headers);
	assert.deepEqual([status, json, headers.get('retry-after')], [503, { error: 'Unavailable' }, '60']);
	assert.equal(await broken.executions(), 0, 'nothing started');
	await mendSettings();
	const mended = Date.now();
	const answer = await repeated(broken.url, event, broken.headers, mended + ANSWER_WITHIN_MS);
	assert.equal(answer, ACCEPTED, 'the repeat is accepted');
	assertStored(await broken.calls(), [event.event_data.session_id]);
	assert.equal(await broken.executions(), 1);
	return `503, Retry-After 60, no execution; the repeat accepted ${seconds(Date.now() - mended)} after it was mended`;
}

/** Changes a published trigger and publishes it again, as in the editor. @param {string} workflowId @param {object} changes */
async function republish(workflowId, changes) {
	const { nodes, connections, settings, versionId } = await n8n.rest('GET', `/workflows/${workflowId}`);
	const update = { nodes: [{ ...nodes[0], ...changes }], connections, settings, versionId };
	const saved = await n8n.rest('PATCH', `/workflows/${workflowId}`, update);
	await n8n.rest('POST', `/workflows/${workflowId}/activate`, { versionId: saved.versionId });
}

await promise('credential that n8n cannot decrypt', async () => {
	const broken = await triggerOn(n8n);
	const restore = unreadableCredential(n8n.userFolder, n8n.credential.id);
	return await recovering(broken, async () => restore()).finally(restore);
});

await promise('credential deleted, then another one chosen in the node', async () => {
	const doomed = await n8n.webhookCredential(n8n.token, 'Doomed');
	const broken = await triggerOn(n8n, { credential: doomed });
	await n8n.rest('DELETE', `/credentials/${doomed.id}`);
	const credentials = { voiceFoxWebhookApi: n8n.credential };
	return await recovering(broken, () => republish(broken.workflowId, { credentials }));
});

await promise('bad expression in a setting, then corrected', async () => {
	const timeZone = "={{ $('No Such Node').item.json.zone }}";
	const broken = await triggerOn(n8n, { parameters: { options: { timeZone } } });
	return await recovering(broken, () => republish(broken.workflowId, { parameters: {} }));
});

await n8n.remove();
