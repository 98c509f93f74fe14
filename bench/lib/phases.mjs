// @ts-check
import { quantile } from 'simple-statistics';
import { newestExecution, untilFinished } from './database.mjs';
import { inspectorOf } from './inspector.mjs';
import { eventBodies, sendSteadily } from './load.mjs';
import { summarize } from './profile.mjs';
import { batch, cpuOf, targetOf } from './rounds.mjs';

const SAMPLING_MICROSECONDS = 500;

/**
 * Where n8n's main thread spends its time while it handles events.
 * @param {import('./instance.mjs').Instance} instance
 * @param {import('./contestants.mjs').Contestant} contestant
 * @param {{ answers: number, events: number }} load
 */
export async function profileOf(instance, contestant, { answers, events }) {
	const inspector = await inspectorOf(instance.n8n);
	try {
		const { Profiler } = inspector;
		await Profiler.enable();
		await Profiler.setSamplingInterval({ interval: SAMPLING_MICROSECONDS });
		await Profiler.start();
		await batch(instance, { contestant: contestant.name, answers }, events);
		const { profile } = await Profiler.stop();
		return { contestant: contestant.name, answers, events, ...summarize(profile) };
	} finally {
		await inspector.close();
	}
}

/**
 * @typedef {object} SteadyRate
 * @property {string} contestant
 * @property {number} perSecond events sent
 * @property {number} p50 of the senders' waits, ms
 * @property {number} p99
 * @property {number} cpu share of one core that n8n and its task runner needed
 * @property {number} behind ms after the last answer until the last execution had ended
 */

/**
 * What a steady rate of events costs.
 * @param {import('./instance.mjs').Instance} instance
 * @param {import('./contestants.mjs').Contestant} contestant
 * @param {{ answers: number, perSecond: number, seconds: number }} load
 * @returns {Promise<SteadyRate>}
 */
export async function steadyRate(instance, contestant, { answers, perSecond, seconds }) {
	const before = await newestExecution(instance.database);
	const cpuBefore = cpuOf(instance);
	const start = performance.now();
	const { waits } = await sendSteadily(targetOf(instance, contestant), eventBodies(answers), {
		perSecond,
		seconds,
	});
	const answered = performance.now();
	await untilFinished(instance.database, before);
	const end = performance.now();
	return {
		contestant: contestant.name,
		perSecond,
		p50: quantile(waits, 0.5),
		p99: quantile(waits, 0.99),
		cpu: (cpuOf(instance) - cpuBefore) / (end - start),
		behind: end - answered,
	};
}
