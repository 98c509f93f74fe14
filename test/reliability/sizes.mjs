// @ts-check
// What the largest events that are read cost an n8n with 2 GB of memory, in every form, and what those that would become too
// much cost it.
import assert from 'node:assert/strict';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { hasFinished } from '../../scripts/lib/executions.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { inspectorOf, INSPECTED } from '../support/inspector.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { amount, grouped, isShort, promise } from './support/report.mjs';
import { triggerOn } from './support/trigger.mjs';

/** For so long n8n's thread may work without a look at other requests, and its health check take. */
const LONGEST_BUSY_MS = 1000;
/**
 * Other programs on the machine can only make a health check slower, so the best of a few tries counts, and where they want
 * more than the processor has, only n8n's own CPU time.
 */
const TRIES = amount({ full: 3, short: 4 });

/** @param {string} name @param {number} count @returns {Record<string, number>} */
const fields = (name, count) =>
	Object.fromEntries(Array.from({ length: count }, (_, place) => [`${name}_${place}`, place]));

/** @typedef {{ own?: number, answers?: number, keys?: number, extras?: number, others?: number }} Size */

/**
 * An analysis whose answers are empty, so that its items are nothing but what they repeat of the call.
 * @param {Size} size own: fields of the call; keys: of each answer; extras: keys of `extra`;
 * others: elements of a list that is none of VoiceFox's
 */
function analysisOf({ own = 10, answers = 1, keys = 0, extras = 0, others = 0 }) {
	const event_data = {
		session_id: 'large',
		collect_targets: Array.from({ length: answers }, () => fields('key', keys)),
		extra: fields('extra', extras),
		others: Array.from({ length: others }, (_, place) => place),
		...fields('later', own - 4),
	};
	return JSON.stringify({ event_name: 'callin.collect', event_data });
}

/** The end of a task whose results are empty, so that its items are nothing but what they repeat of their question. @param {Size} size */
function taskOf({ keys = 0, answers = 0 }) {
	const results = Array.from({ length: answers }, () => ({}));
	const event_data = { task_id: 1, task_overview: [{ ...fields('key', keys), results }] };
	return JSON.stringify({ event_name: 'task.end', event_data });
}

/** @type {Record<string, () => string>} */
const JUST_BELOW = {
	'20,000 answers × 95 fields': () => analysisOf({ answers: 20_000, own: 90 }),
	'2,000 answers × 990 fields': () => analysisOf({ answers: 2000, own: 980 }),
	'1,900 answers, 1,000 extras': () => analysisOf({ answers: 1900, extras: 1000 }),
	'40,000 elements of another list': () => analysisOf({ answers: 40, others: 40_000 }),
	'1,990 results × 995 fields': () => taskOf({ answers: 1990, keys: 995 }),
};
/** What ended an n8n before there were bounds. @type {Record<string, () => string>} */
const TOO_MUCH = {
	'3,250 answers × 13,000 fields': () => analysisOf({ answers: 3250, own: 13_000 }),
	'1,500 answers × 60,000 extras': () => analysisOf({ answers: 1500, extras: 60_000 }),
	'4,000 results × 990 fields': () => taskOf({ answers: 4000, keys: 990 }),
};

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

const n8n = await startTestN8n({
	env: { NODE_OPTIONS: `${INSPECTED.NODE_OPTIONS} --max-old-space-size=2048` },
});
const inspector = await inspectorOf(n8n);
await inspector.Runtime.evaluate({ expression: WATCH });

/** Asks n8n whether it is well, until stopped; gives the slowest answer (ms). */
function startHealthChecks() {
	let slowest = 0;
	let stopped = false;
	const done = (async () => {
		while (!stopped) {
			const started = performance.now();
			assert.ok((await fetch(`${n8n.url}/healthz`)).ok);
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

/** Sends an event and waits for its execution to end. @param {import('./support/trigger.mjs').Trigger} trigger @param {string} body */
async function handled(trigger, body) {
	const before = await trigger.executions();
	await inspector.Runtime.evaluate({ expression: 'globalThis.longestBusy = 0' });
	const stopHealthChecks = startHealthChecks();
	const { status, json } = await send(trigger.url, body, trigger.headers);
	// Not what it carried: reading that would keep this process from seeing the health checks' answers.
	for (;;) {
		await pause(100);
		const last = (await n8n.executionStates(trigger.workflowId)).at(-1);
		if (!last || hasFinished(last)) break;
	}
	const slowest = await stopHealthChecks();
	const { result } = await inspector.Runtime.evaluate({ expression: 'globalThis.longestBusy' });
	const busy = Number(result.value);
	const words = `busy for at most ${grouped(busy)} ms of CPU time at once, the slowest health check took ${grouped(slowest)} ms`;
	return { status, json, added: (await trigger.executions()) - before, busy, slowest, words };
}

for (const output of ['separate', 'row', 'perCall', 'list']) {
	const parameters = {
		output,
		triggerOn: ['callin.collect', 'task.end'],
		options: { ignoreDuplicates: false },
	};
	const trigger = await triggerOn(n8n, { parameters });
	// The first event loads and compiles what later ones find ready.
	await handled(trigger, analysisOf({}));
	for (const [what, bodyOf] of Object.entries(JUST_BELOW)) {
		await promise(`${what} are accepted (${output})`, async () => {
			for (let tries = 1; ; tries++) {
				const { status, added, busy, slowest, words } = await handled(trigger, bodyOf());
				assert.deepEqual([status, added], [200, 1]);
				const isCrowded = Number(loadavg()[0]) > 2 * cpus().length;
				if (busy < LONGEST_BUSY_MS && (slowest < LONGEST_BUSY_MS || isCrowded)) return words;
				assert.ok(tries < TRIES, words);
			}
		});
	}
	if (isShort && output !== 'row') continue;
	for (const [what, bodyOf] of Object.entries(TOO_MUCH)) {
		await promise(`${what} are refused (${output})`, async () => {
			const { status, json, added, busy, words } = await handled(trigger, bodyOf());
			assert.deepEqual([status, added], [400, 0]);
			assert.match(json.issues[0].message, /^Too large: /);
			assert.ok(busy < LONGEST_BUSY_MS, words);
			return words;
		});
	}
}

await inspector.close();
await n8n.remove();
