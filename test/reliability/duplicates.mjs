// @ts-check
// What docs/reference.md says about duplicates, sentence by sentence, on a real n8n with SQLite.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { listenForTestEvent } from '../../scripts/lib/rest.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { breakInserts, countsPerSecond, lockedDatabase, mend, slowInserts } from './support/database.mjs';
import { sendAndLeave } from './support/early-leaver.mjs';
import {
	ACCEPTED,
	callEnded,
	changed,
	counted,
	executionsAddedBy,
	newCall,
	reversed,
	times,
} from './support/events.mjs';
import { freshN8n, TRIGGER_NAME, triggerOn } from './support/instance.mjs';
import { amount, promise, secondsSince } from './support/report.mjs';

const n8n = await freshN8n();
const everyEvent = { triggerOn: ['callin.collect', 'task.call.collect', 'callin.hangup'] };
const trigger = await triggerOn(n8n, everyEvent);

await promise('the same event ten times is one execution and ten times 200 {}', async () => {
	const event = newCall();
	const added = await executionsAddedBy(trigger, async () => {
		for (let repeat = 0; repeat < 10; repeat++) assert.equal(await trigger.answerTo(event), ACCEPTED);
	});
	assert.equal(added, 1);
});

await promise('50 duplicates at once are one execution and 50 times 200 {}', async () => {
	const event = newCall();
	const added = await executionsAddedBy(trigger, async () => {
		const answers = await Promise.all(times(50, () => trigger.answerTo(event)));
		assert.deepEqual(counted(answers), { [ACCEPTED]: 50 });
	});
	assert.equal(added, 1);
});

/** The same event, its recording's address signed anew. @param {any} event @param {string} signature */
function signed(event, signature) {
	const [address] = event.event_data.record_url.split('?');
	return changed(event, { record_url: `${address}?sign=${signature}` });
}

await promise('another signature in record_url, or another order of keys, is still a duplicate', async () => {
	const event = newCall();
	const duplicates = [event, signed(event, 'another'), reversed(event)];
	assert.notEqual(JSON.stringify(reversed(event)), JSON.stringify(event));
	const added = await executionsAddedBy(trigger, async () => {
		for (const repeat of duplicates) assert.equal(await trigger.answerTo(repeat), ACCEPTED);
	});
	assert.equal(added, 1);
});

await promise('a changed analysis of the same call is no duplicate', async () => {
	const event = newCall();
	const [first, ...others] = event.event_data.collect_targets;
	const again = changed(event, { collect_targets: [{ ...first, result: 'changed' }, ...others] });
	const added = await executionsAddedBy(trigger, async () => {
		for (const each of [event, again]) assert.equal(await trigger.answerTo(each), ACCEPTED);
	});
	assert.equal(added, 2);
});

await promise('another event of the same call is no duplicate, even with the same data', async () => {
	const event = newCall();
	const { session_id } = event.event_data;
	const events = [event, { ...event, event_name: 'task.call.collect' }, changed(callEnded, { session_id })];
	const added = await executionsAddedBy(trigger, async () => {
		for (const each of events) assert.equal(await trigger.answerTo(each), ACCEPTED);
	});
	assert.equal(added, 3);
});

for (const table of /** @type {const} */ (['execution_entity', 'execution_data'])) {
	await promise(`when the INSERT into ${table} fails, nobody gets 200, and the repeat is taken`, async () => {
		const event = newCall();
		breakInserts(n8n.userFolder, table);
		const failed = [await trigger.answerTo(event)];
		failed.push(...(await Promise.all(times(5, () => trigger.answerTo(event)))));
		assert.ok(
			failed.every((answer) => answer.startsWith('500 ')),
			String(failed),
		);
		mend(n8n.userFolder);
		const added = await executionsAddedBy(trigger, async () => {
			for (let repeat = 0; repeat < 3; repeat++) assert.equal(await trigger.answerTo(event), ACCEPTED);
		});
		assert.equal(added, 1);
		return `${failed.length} answers of n8n's 500 while it failed`;
	});
}

await promise('when storing the first fails, one of the duplicates that wait for it is taken', async () => {
	const event = newCall();
	const doomed = signed(event, 'DOOMED');
	breakInserts(n8n.userFolder, 'execution_data', `NEW.data LIKE '%DOOMED%'`);
	const added = await executionsAddedBy(trigger, async () => {
		// The lock holds the first while the duplicates arrive (n8n's SQLite waits for one second).
		const unlock = lockedDatabase(n8n.userFolder);
		const first = trigger.answerTo(doomed);
		await pause(200);
		const duplicates = times(5, () => trigger.answerTo(event));
		await pause(400);
		unlock();
		assert.match(await first, /^500 /);
		assert.deepEqual(counted(await Promise.all(duplicates)), { [ACCEPTED]: 5 });
	});
	mend(n8n.userFolder);
	assert.equal(added, 1);
});

await promise('a sender that hangs up early and repeats gets exactly one execution', async () => {
	const rounds = amount({ full: 100, short: 20 });
	const added = await executionsAddedBy(trigger, async () => {
		for (let round = 0; round < rounds; round++) {
			const event = newCall();
			await sendAndLeave(trigger.url, event, trigger.headers, round % 20);
			assert.equal(await trigger.answerTo(event), ACCEPTED);
		}
	});
	assert.equal(added, rounds);
	return `${rounds} calls, the sender gone after 0 to 19 ms`;
});

await promise('also when n8n was still waiting for its database as the sender left', async () => {
	const rounds = amount({ full: 20, short: 5 });
	const added = await executionsAddedBy(trigger, async () => {
		for (let round = 0; round < rounds; round++) {
			const event = newCall();
			const unlock = lockedDatabase(n8n.userFolder);
			await sendAndLeave(trigger.url, event, trigger.headers, 150);
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
	breakInserts(n8n.userFolder, 'execution_data');
	const unlock = lockedDatabase(n8n.userFolder);
	await sendAndLeave(trigger.url, event, trigger.headers, 150);
	unlock();
	await pause(500);
	mend(n8n.userFolder);
	const added = await executionsAddedBy(trigger, async () =>
		assert.equal(await trigger.answerTo(event), ACCEPTED),
	);
	assert.equal(added, 1);
});

const slowPromise =
	'while the first takes longer than 10 s to store, duplicates get 503, and the repeat after it 200';
await promise(slowPromise, async () => {
	for (let counts = countsPerSecond() * 16, attempt = 1; ; attempt++) {
		const { stored, waited, duplicates } = await slowDelivery(n8n, trigger, Math.round(counts));
		// Other programs on this machine make it slower or faster; then it must be tried again.
		if (stored < 12 && attempt < 4) {
			counts *= 20 / stored;
			continue;
		}
		for (const { status, text, headers } of duplicates) {
			assert.equal(`${status} ${text}`, '503 {"error":"Unavailable"}');
			assert.equal(headers.get('retry-after'), '5');
		}
		assert.ok(waited > 10 && waited < stored, `duplicates waited ${waited} s, the first ${stored} s`);
		return `first stored after ${stored.toFixed(1)} s, duplicates answered after ${waited.toFixed(1)} s`;
	}
});

await promise('test runs are never dropped, and do not make an event a duplicate', async () => {
	const event = newCall();
	const testRun = async () => {
		await listenForTestEvent(n8n.rest, trigger.workflowId, TRIGGER_NAME);
		const { status, text } = await send(trigger.testUrl, event, trigger.headers);
		assert.equal(`${status} ${text}`, ACCEPTED);
	};
	const added = await executionsAddedBy(trigger, async () => {
		for (let run = 0; run < 3; run++) await testRun();
		assert.equal(await trigger.answerTo(event), ACCEPTED);
		assert.equal(await trigger.answerTo(event), ACCEPTED);
		await testRun();
	});
	assert.equal(added, 5, '4 test runs and 1 of the published workflow');
});

await promise('two triggers do not take each other’s events for duplicates', async () => {
	const other = await triggerOn(n8n, everyEvent);
	const event = newCall();
	for (const each of [trigger, other]) {
		const added = await executionsAddedBy(each, async () =>
			assert.equal(await each.answerTo(event), ACCEPTED),
		);
		assert.equal(added, 1);
	}
});

await promise('with Ignore Duplicates off, every duplicate is an execution', async () => {
	const off = await triggerOn(n8n, { options: { ignoreDuplicates: false } });
	const event = newCall();
	const added = await executionsAddedBy(off, async () => {
		for (let repeat = 0; repeat < 3; repeat++) assert.equal(await off.answerTo(event), ACCEPTED);
	});
	assert.equal(added, 3);
});

await n8n.remove();

/**
 * Sends an event that n8n is slow to store and duplicates of it meanwhile; it and a later repeat get 200 and one execution.
 * @param {import('./support/instance.mjs').Instance} n8n
 * @param {import('./support/instance.mjs').Trigger} trigger
 * @param {number} counts how slow
 */
async function slowDelivery({ userFolder }, trigger, counts) {
	const event = newCall();
	const before = await trigger.executions();
	slowInserts(userFolder, 'SLOW', counts);
	const started = performance.now();
	const slow = signed(event, 'SLOW');
	const first = trigger.answerTo(slow).then((answer) => ({ answer, stored: secondsSince(started) }));
	await pause(300);
	const duplicates = await Promise.all(times(3, () => send(trigger.url, event, trigger.headers)));
	const waited = secondsSince(started);
	const { answer, stored } = await first;
	mend(userFolder);
	assert.equal(answer, ACCEPTED);
	assert.equal(await trigger.answerTo(event), ACCEPTED);
	assert.equal(await trigger.executions(), before + 1);
	return { stored, waited, duplicates };
}
