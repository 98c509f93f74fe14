// @ts-check
// Calls go on while VoiceFox's REST API is in trouble of every kind, all in one n8n, a workflow for each: every call starts its
// workflow once. What needs a clock that a test can turn, midnight for one, is in test/property/callLog.test.ts.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { amount, promise } from '../reliability/support/report.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { TROUBLES } from './support/troubles.mjs';
import { EVENT_ID, POLL_SECONDS, watchedAccount } from './support/watched.mjs';

const CALL_EVERY_MS = amount({ full: 2000, short: 1000 });
const CALM_MS = amount({ full: 30_000, short: 10_000 });
/** The full form has as many polls as an hour with one each minute. */
const TROUBLE_MS = amount({ full: 60, short: 10 }) * POLL_SECONDS * 1000;
const SETTLE_MINUTES = 0.1;
/** For a second time to show up. */
const TWO_POLLS_MS = 2 * POLL_SECONDS * 1000 + SETTLE_MINUTES * 60_000;
const PATIENCE_MS = 120_000;

const n8n = await startTestN8n({ env: { GENERIC_TIMEZONE: 'UTC', TZ: 'UTC' } });
/** @type {{ trouble: import('./support/troubles.mjs').Trouble, watched: import('./support/watched.mjs').WatchedAccount }[]} */
const cases = [];
for (const trouble of TROUBLES) {
	const options = { settleMinutes: SETTLE_MINUTES, ...trouble.options };
	cases.push({ trouble, watched: await watchedAccount(n8n, trouble.what, { ...trouble, options }) });
}

/** Waits until this holds for all, and no longer than patience lasts. @param {(each: typeof cases[number]) => Promise<boolean>} holds */
async function untilAll(holds) {
	const deadline = Date.now() + PATIENCE_MS;
	while (!(await Promise.all(cases.map(holds))).every(Boolean) && Date.now() < deadline) await pause(1000);
}

/** Lets calls end in all accounts. @param {number} duration in ms */
async function makeCalls(duration) {
	const end = Date.now() + duration;
	while (Date.now() < end) {
		for (const { watched } of cases) watched.account.addCall();
		await pause(CALL_EVERY_MS);
	}
}

await promise('In all these troubles n8n takes the events of the other trigger', async () => {
	await untilAll(({ watched }) => watched.isWatching());
	await makeCalls(CALM_MS);
	for (const { trouble, watched } of cases) await trouble.begin(watched);
	await makeCalls(TROUBLE_MS / 2);
	const answers = await Promise.all(cases.map(({ watched }) => watched.sendEvent()));
	await makeCalls(TROUBLE_MS / 2);
	for (const { trouble, watched } of cases) {
		watched.account.faults.length = 0;
		await trouble.end?.(watched);
	}
	await makeCalls(CALM_MS);
	await untilAll(async ({ watched }) => (await watched.caughtUp()).length >= watched.owed().length);
	await pause(TWO_POLLS_MS);

	const events = await Promise.all(cases.map(({ watched }) => watched.events()));
	const each = (/** @type {unknown} */ value) => cases.map(() => value);
	assert.deepEqual({ answers, events }, { answers: each('{}'), events: each([EVENT_ID]) });
	assert.equal(n8n.hasEnded(), false, 'n8n stays up');
	assert.doesNotMatch(n8n.log(), /No bridge acquired/, 'a poll takes nothing from another that still runs');
});

for (const { trouble, watched } of cases) {
	await promise(`When ${trouble.what}, each call starts the workflow once`, async () => {
		const rows = await watched.caughtUp();
		const ids = rows.map(({ session_id: id }) => id);
		const owed = watched.owed();
		const lost = owed.filter((id) => !ids.includes(id));
		const doubled = ids.filter((id, index) => ids.indexOf(id) !== index);
		const unknown = ids.filter((id) => !owed.includes(id));
		const withoutAnswer = rows.filter(({ answers_total: answers }) => answers !== 1);
		assert.deepEqual(
			{ lost, doubled, unknown, withoutAnswer },
			{ lost: [], doubled: [], unknown: [], withoutAnswer: [] },
		);

		const failures = await watched.failures();
		assert.deepEqual([...new Set(failures)], trouble.says ? [trouble.says] : []);
		return `${owed.length} calls, 0 lost, 0 doubled; ${failures.length} failed executions; ${watched.account.requests()} requests`;
	});
}

await n8n.remove();
await Promise.all(cases.map(({ watched }) => watched.account.close()));
