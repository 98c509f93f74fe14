// @ts-check
// What the documents say about duplicates where only a real n8n can show it: at once, when storing fails or takes long, and
// when the sender hangs up. What counts as a duplicate is in test/unit/trigger.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { listenForTestEvent } from '../support/editor.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { changed, eventOf } from '../support/voicefox-events.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { TRIGGER_NAME } from '../support/workflows.mjs';
import { breakInserts, countsPerSecond, lockedDatabase, mend, slowInserts } from './support/database.mjs';
import { ACCEPTED, answerTo, tally } from './support/load.mjs';
import { amount, promise, secondsSince } from './support/report.mjs';
import { triggerOn } from './support/trigger.mjs';

const n8n = await startTestN8n();
const { userFolder } = n8n;
const trigger = await triggerOn(n8n);
const newCall = () => eventOf(randomUUID());
const signed = (/** @type {any} */ event, /** @type {string} */ signature) =>
	changed(event, { record_url: `https://record.example/a.mp3?sign=${signature}` });

/** Sends an event several times at once. @param {any} event @param {number} times */
const atOnce = (event, times) => Promise.all(Array.from({ length: times }, () => trigger.answerTo(event)));

await promise('50 duplicates at once are one execution and 50 times 200 {}', async () => {
	const added = await trigger.addedBy(async () =>
		assert.equal(tally(await atOnce(newCall(), 50)), `50 × ${ACCEPTED}`),
	);
	assert.equal(added, 1);
});

for (const table of /** @type {const} */ (['execution_entity', 'execution_data'])) {
	await promise(`when the INSERT into ${table} fails, nobody gets 200, and the repeat is taken`, async () => {
		const event = newCall();
		breakInserts(userFolder, table);
		const failed = [await trigger.answerTo(event), ...(await atOnce(event, 5))];
		for (const answer of failed) assert.match(answer, /^500 /);
		mend(userFolder);
		const added = await trigger.addedBy(async () => {
			for (let repeat = 0; repeat < 3; repeat++) assert.equal(await trigger.answerTo(event), ACCEPTED);
		});
		assert.equal(added, 1);
	});
}

await promise('when storing the first fails, one of the duplicates that wait for it is taken', async () => {
	const event = signed(newCall(), 'LATER');
	breakInserts(userFolder, 'execution_data', `NEW.data LIKE '%DOOMED%'`);
	const added = await trigger.addedBy(async () => {
		// The lock holds the first while the duplicates arrive (n8n's SQLite waits for one second).
		const unlock = lockedDatabase(userFolder);
		const first = trigger.answerTo(signed(event, 'DOOMED'));
		await pause(200);
		const duplicates = atOnce(event, 5);
		await pause(400);
		unlock();
		assert.match(await first, /^500 /);
		assert.equal(tally(await duplicates), `5 × ${ACCEPTED}`);
	});
	mend(userFolder);
	assert.equal(added, 1);
});

/**
 * Sends a whole request and hangs up without waiting for the answer.
 * @param {object} event
 * @param {number} patience ms between the request and hanging up
 */
async function sendAndLeave(event, patience) {
	const headers = { ...trigger.headers, 'content-type': 'application/json' };
	const leaving = request(trigger.url, { method: 'POST', headers, agent: false }).on('error', () => {});
	await new Promise((resolve) => leaving.end(JSON.stringify(event), () => resolve(undefined)));
	await pause(patience);
	leaving.destroy();
}

await promise('a sender that hangs up early and repeats gets exactly one execution', async () => {
	const rounds = amount({ full: 100, short: 20 });
	const added = await trigger.addedBy(async () => {
		for (let round = 0; round < rounds; round++) {
			const event = newCall();
			await sendAndLeave(event, round % 20);
			assert.equal(await trigger.answerTo(event), ACCEPTED);
		}
	});
	assert.equal(added, rounds);
	return `${rounds} calls, the sender gone after 0 to 19 ms`;
});

await promise('also when n8n was still waiting for its database as the sender left', async () => {
	const rounds = amount({ full: 20, short: 5 });
	const added = await trigger.addedBy(async () => {
		for (let round = 0; round < rounds; round++) {
			const event = newCall();
			const unlock = lockedDatabase(userFolder);
			await sendAndLeave(event, 150);
			const repeat = trigger.answerTo(event);
			await pause(150);
			unlock();
			assert.equal(await repeat, ACCEPTED);
		}
	});
	assert.equal(added, rounds);
	return `${rounds} calls`;
});

await promise('a sender that hangs up, and whose delivery then fails, can repeat it', async () => {
	const event = newCall();
	breakInserts(userFolder, 'execution_data');
	const unlock = lockedDatabase(userFolder);
	await sendAndLeave(event, 150);
	unlock();
	await pause(500);
	mend(userFolder);
	assert.equal(await trigger.addedBy(() => trigger.answerTo(event)), 1);
});

await promise(
	'while the first takes longer than 10 s to store, duplicates get 503, and the repeat after it 200',
	async () => {
		for (let counts = countsPerSecond() * 16, attempt = 1; ; attempt++) {
			const event = newCall();
			const before = await trigger.executions();
			slowInserts(userFolder, 'SLOW', Math.round(counts));
			const started = performance.now();
			const first = trigger.answerTo(signed(event, 'SLOW')).then((answer) => [answer, secondsSince(started)]);
			await pause(300);
			const duplicate = signed(event, 'LATER');
			const duplicates = Array.from({ length: 3 }, () => send(trigger.url, duplicate, trigger.headers));
			const answers = await Promise.all(duplicates);
			const waited = secondsSince(started);
			const [answer, stored] = /** @type {[string, number]} */ (await first);
			mend(userFolder);
			assert.deepEqual([answer, await trigger.answerTo(duplicate)], [ACCEPTED, ACCEPTED]);
			assert.equal(await trigger.executions(), before + 1);
			// Other programs on this machine make it slower or faster; then it must be tried again.
			if (stored < 12 && attempt < 4) {
				counts *= 20 / stored;
				continue;
			}
			for (const { status, json, headers } of answers)
				assert.deepEqual([status, json, headers.get('retry-after')], [503, { error: 'Unavailable' }, '5']);
			assert.ok(waited > 10 && waited < stored, `duplicates waited ${waited} s, the first ${stored} s`);
			return `first stored after ${stored.toFixed(1)} s, duplicates answered after ${waited.toFixed(1)} s`;
		}
	},
);

await promise(
	'test runs are never dropped, and do not make an event a duplicate, also of another trigger',
	async () => {
		const event = newCall();
		const testRun = async () => {
			await listenForTestEvent(n8n.rest, trigger.workflowId, TRIGGER_NAME);
			assert.equal(await answerTo(trigger.testUrl, event, trigger.headers), ACCEPTED);
		};
		const added = await trigger.addedBy(async () => {
			for (let run = 0; run < 2; run++) await testRun();
			for (let live = 0; live < 2; live++) assert.equal(await trigger.answerTo(event), ACCEPTED);
			await testRun();
		});
		assert.equal(added, 4, '3 test runs and 1 of the published workflow');
		const other = await triggerOn(n8n);
		assert.equal(await other.addedBy(() => other.answerTo(event)), 1);
	},
);

await n8n.remove();
