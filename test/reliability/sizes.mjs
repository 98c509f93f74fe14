// @ts-check
// What the largest event that is read, and the smallest that is not, cost an n8n with 2 GB of memory.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { hasFinished, storedExecutions } from '../../scripts/lib/executions.mjs';
import { runScript } from '../../scripts/lib/faults.mjs';
import { send } from '../../scripts/lib/webhook.mjs';
import { everyEvent } from './support/events.mjs';
import { freshN8n, triggerOn } from './support/instance.mjs';
import { grouped, promise } from './support/report.mjs';

const HEALTHY_MS = 1000;

/**
 * An analysis of which each answer repeats all fields.
 * @param {number} fields of the call
 * @param {number} answers
 * @param {object} [answer]
 */
function analysisOf(fields, answers, answer = {}) {
	const later = Array.from({ length: fields - 2 }, (_, index) => [`later_${index}`, index]);
	return JSON.stringify({
		event_name: 'callin.collect',
		event_data: {
			session_id: `${fields} × ${answers}`,
			...Object.fromEntries(later),
			collect_targets: Array.from({ length: answers }, () => answer),
		},
	});
}

/** Asks n8n whether it is well, again and again until stopped. @param {string} url */
function startHealthCheck(url) {
	let slowest = 0;
	let stopped = false;
	const done = (async () => {
		while (!stopped) {
			const started = performance.now();
			const { ok } = await fetch(`${url}/healthz`);
			assert.ok(ok);
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

/** @param {() => Promise<string>} work @param {string} url */
async function whileWatched(url, work) {
	const stop = startHealthCheck(url);
	const started = performance.now();
	const answer = await work();
	const answered = performance.now() - started;
	return { answer, answered, stop };
}

const ms = (/** @type {number} */ value) => `${grouped(value)} ms`;

await runScript(async () => {
	const n8n = await freshN8n({ NODE_OPTIONS: '--max-old-space-size=2048' });
	const trigger = await triggerOn(n8n, { ...everyEvent });
	const post = async (/** @type {string} */ body) => {
		const { status, text } = await send(trigger.url, body, trigger.headers);
		return `${status} ${text}`;
	};
	// The first event loads and compiles what later ones find ready.
	await post(analysisOf(10, 10));

	for (const [fields, answers] of process.env.SIZES ? JSON.parse(process.env.SIZES) : [[100, 20_000], [1000, 2000]]) {
		const body = analysisOf(fields, answers);
		await promise(`${fields} fields × ${grouped(answers)} answers (${grouped(body.length / 1000)} kB)`, async () => {
			const before = await trigger.executions();
			const { answer, answered, stop } = await whileWatched(n8n.url, () => post(body));
			let last;
			for (let i = 0; i < 600; i++) {
				await pause(200);
				last = (await storedExecutions(n8n.userFolder, trigger.workflowId)).at(-1);
				if (!last || hasFinished(last)) break;
			}
			const slowest = await stop();
			const added = (await trigger.executions()) - before;
			return `${answer.slice(0, 300)} after ${ms(answered)}, ${added} execution ${last?.status}, slowest healthz ${ms(slowest)}`;
		});
	}
	await n8n.remove();
	return Number(process.exitCode ?? 0);
});
