// @ts-check
// What the largest events that are read, and small ones that would become too much, cost an n8n with 2 GB of memory.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { inspectorOf } from '../../bench/lib/inspector.mjs';
import { hasFinished } from '../../scripts/lib/executions.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { freshN8n, triggerOn } from './support/instance.mjs';
import { grouped, promise } from './support/report.mjs';

/** For so long n8n may be busy without a look at other requests, and its health check take. */
const LONGEST_BUSY_MS = 1000;

/** Other programs on the machine can only make a health check slower, so the best of a few tries counts. */
const TRIES = 3;

/**
 * An analysis whose answers are empty, so that its items are nothing but what they repeat of the call.
 * @param {number} fields of the call, `session_id` and the list of answers included
 * @param {number} answers
 */
function analysisOf(fields, answers) {
	const later = Array.from({ length: fields - 2 }, (_, index) => [`later_${index}`, index]);
	const event_data = {
		session_id: `${fields} × ${answers}`,
		...Object.fromEntries(later),
		collect_targets: Array.from({ length: answers }, () => ({})),
	};
	return JSON.stringify({ event_name: 'callin.collect', event_data });
}

/**
 * Has n8n note how long its thread worked at most between two turns of its loop: in CPU time, because on a busy machine
 * the time of day says more about the other programs.
 */
const WATCH = `
	globalThis.longestBusy = 0;
	let last = process.threadCpuUsage();
	setInterval(() => {
		const { user, system } = process.threadCpuUsage(last);
		last = process.threadCpuUsage();
		globalThis.longestBusy = Math.max(globalThis.longestBusy, (user + system) / 1000);
	}, 5);
	undefined`;

/** Asks n8n whether it is well, again and again until stopped; gives the slowest answer (ms). @param {string} url */
function startHealthChecks(url) {
	let slowest = 0;
	let stopped = false;
	const done = (async () => {
		while (!stopped) {
			const started = performance.now();
			assert.ok((await fetch(`${url}/healthz`)).ok);
			slowest = Math.max(slowest, performance.now() - started);
			await pause(20);
		}
	})();
	return async () => {
		stopped = true;
		await done;
		return slowest;
	};
}

/** The cases: fields of the call, answers. */
const JUST_BELOW = [
	[100, 20_000],
	[1000, 2000],
];
const TOO_MUCH = [
	[20, 20_001],
	[1001, 1],
	[101, 19_999],
	// What stopped an n8n with 2 GB before there were bounds.
	[13_000, 3250],
	[20, 500_000],
];

const n8n = await freshN8n({ NODE_OPTIONS: '--inspect=127.0.0.1:0 --max-old-space-size=2048' });
const trigger = await triggerOn(n8n, {});
const inspector = await inspectorOf(n8n);
await inspector.Runtime.evaluate({ expression: WATCH });

/** Sends an event and waits for its execution to end. @param {number} fields @param {number} answers */
async function handled(fields, answers) {
	const body = analysisOf(fields, answers);
	const before = await trigger.executions();
	await inspector.Runtime.evaluate({ expression: 'globalThis.longestBusy = 0' });
	const stopHealthChecks = startHealthChecks(n8n.url);
	const { status, json } = await send(trigger.url, body, trigger.headers);
	for (;;) {
		await pause(100);
		// Not what it carried: reading that would keep this process from seeing the health checks' answers.
		const last = (await n8n.executionStates(trigger.workflowId)).at(-1);
		if (!last || hasFinished(last)) break;
	}
	const slowest = await stopHealthChecks();
	const { result } = await inspector.Runtime.evaluate({ expression: 'globalThis.longestBusy' });
	const busy = Number(result.value);
	return { status, json, added: (await trigger.executions()) - before, busy, slowest };
}

/** @param {Awaited<ReturnType<typeof handled>>} handled */
const inWords = ({ busy, slowest }) =>
	`busy for at most ${grouped(busy)} ms of CPU time at once, the slowest health check took ${grouped(slowest)} ms`;

// The first event loads and compiles what later ones find ready.
await handled(10, 10);

for (const [fields = 0, answers = 0] of JUST_BELOW) {
	const kB = grouped(analysisOf(fields, answers).length / 1000);
	await promise(
		`${grouped(answers)} answers × ${grouped(fields)} fields (${kB} kB) are accepted`,
		async () => {
			let slowest = Infinity;
			let words = '';
			for (let tries = 0; tries < TRIES && slowest >= LONGEST_BUSY_MS; tries++) {
				const outcome = await handled(fields, answers);
				words = inWords(outcome);
				assert.deepEqual([outcome.status, outcome.json, outcome.added], [200, {}, 1]);
				assert.ok(outcome.busy < LONGEST_BUSY_MS, words);
				slowest = outcome.slowest;
			}
			assert.ok(slowest < LONGEST_BUSY_MS, words);
			return words;
		},
	);
}

for (const [fields = 0, answers = 0] of TOO_MUCH) {
	const kB = grouped(analysisOf(fields, answers).length / 1000);
	await promise(
		`${grouped(answers)} answers × ${grouped(fields)} fields (${kB} kB) are refused`,
		async () => {
			const outcome = await handled(fields, answers);
			assert.deepEqual([outcome.status, outcome.added], [400, 0]);
			assert.match(outcome.json.issues[0].message, /^Too large: /);
			assert.ok(outcome.busy < LONGEST_BUSY_MS, inWords(outcome));
			return inWords(outcome);
		},
	);
}

await inspector.close();
await n8n.remove();
