// @ts-check
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../../scripts/lib/faults.mjs';
import { assertStored } from './evidence.mjs';
import { startLoad } from './load.mjs';
import { promise } from './report.mjs';

export const NO_PROXY = 'no proxy';
const SENDERS_PER_PROXY = 3;
/** Leaves n8n some of the processor, because a proxy refuses thousands of events a second. */
const PROXY_PAUSE_MS = 5;
/** Events that each way must deliver before a restart, and again after it. */
const EVENTS_AROUND = 5;
const AROUND_MS = 90_000;

/**
 * How events reach n8n.
 * @typedef {{ name: string, url: string, headers: Record<string, string>, senders: number, pauseMs?: number }} Way
 * @typedef {{ way: Way, load: import('./load.mjs').Load }[]} Loads
 */

/**
 * One sender straight to n8n that never pauses, three through each proxy.
 * @param {string} url where n8n takes the events
 * @param {Record<string, string>} headers
 * @param {import('./proxies.mjs').Proxy[]} proxies
 * @returns {Way[]}
 */
export const waysTo = (url, headers, proxies) => [
	{ name: NO_PROXY, url, headers, senders: 1 },
	...proxies.map((proxy) => ({
		name: proxy.name,
		url: proxy.url + new URL(url).pathname,
		headers,
		senders: SENDERS_PER_PROXY,
		pauseMs: PROXY_PAUSE_MS,
	})),
];

/** @param {Way[]} ways @param {string} prefix what the calls' session IDs begin with @returns {Loads} */
export const startLoads = (ways, prefix) =>
	ways.map((way, place) => ({
		way,
		load: startLoad({ ...way, urls: [way.url], prefix: `${prefix}-${place}`, repeats: true }),
	}));

/** @param {Loads} loads */
export const stopLoads = (loads) => Promise.all(loads.map(({ load }) => load.stop()));

/**
 * Events on all ways, before, during and after a restart.
 * @param {Way[]} ways
 * @param {string} prefix
 * @param {() => Promise<void>} restart
 * @returns {Promise<Loads>}
 */
export async function loadThrough(ways, prefix, restart) {
	const loads = startLoads(ways, prefix);
	try {
		await delivered(loads);
		await restart();
		await delivered(loads);
	} finally {
		await stopLoads(loads);
	}
	return loads;
}

/** @param {Loads} loads */
async function delivered(loads) {
	const before = loads.map(({ load }) => load.accepted().length);
	const deadline = Date.now() + AROUND_MS;
	while (loads.some(({ load }, place) => load.accepted().length < Number(before[place]) + EVENTS_AROUND)) {
		if (Date.now() > deadline) {
			const state = loads.map(({ way, load }) => `${way.name}: ${load.summary()}`).join('\n');
			throw new Fault(`Events no longer arrive:\n${state}`);
		}
		await pause(50);
	}
}

/**
 * Fails where an event was answered 200 by the trigger and has no execution, or, through a proxy, was answered 200 by
 * anything else.
 * @param {Loads} loads
 * @param {import('./evidence.mjs').ExecutionsByCall} calls
 * @param {string} what has been done to n8n
 */
export async function promiseNothingLost(loads, calls, what) {
	for (const { way, load } of loads) {
		const wish = way.name === NO_PROXY ? 'no 200 of the trigger is lost' : 'no 200 at all is lost';
		await promise(`${what}, ${way.name}: ${wish}`, () => {
			assertStored(calls, load.accepted());
			if (way.name !== NO_PROXY) assert.equal(load.misled().length, 0, load.summary());
			const lost = load.misled().filter((sessionId) => !calls.has(sessionId)).length;
			return `${load.accepted().length} stored, ${lost} lost; ${load.summary()}`;
		});
	}
}
