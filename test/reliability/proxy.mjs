// @ts-check
// Caddy and nginx, configured as in docs/proxy, in front of an n8n that is restarted under load: a sender is never told
// 200 for an event that has no execution.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { storedExecutions } from '../../scripts/lib/executions.mjs';
import { Fault } from '../../scripts/lib/faults.mjs';
import { startN8n } from '../../scripts/lib/n8n.mjs';
import { publishWorkflow } from '../../scripts/lib/rest.mjs';
import { send, untilRegistered } from '../../scripts/lib/webhook.mjs';
import { byCall } from './support/evidence.mjs';
import { freshN8n, TRIGGER_NAME, triggerAt } from './support/instance.mjs';
import { answerTo, eventOf, tally } from './support/load.mjs';
import { BLIND, startCaddy, startNginx } from './support/proxies.mjs';
import { amount, promise } from './support/report.mjs';
import { kindOf, STARTING_UP } from './support/restless.mjs';
import { loadThrough, NO_PROXY, promiseNothingLost, startLoads, stopLoads, waysTo } from './support/ways.mjs';
import { slowWorkflow, textWorkflow } from './support/workflows.mjs';

const ROUNDS = amount({ full: 3, short: 1 });
/** What both proxies make of an answer that n8n gave while it started. */
const REPLACED = '503 n8n is not ready';
/** SIGTERM and kill -9. @type {('stop' | 'kill')[]} */
const ENDS = ['stop', 'kill'];

/** @typedef {import('./support/instance.mjs').Instance} Instance */

const n8n = await freshN8n();
const { host, port } = new URL(n8n.url);
const proxies = [await startCaddy('docs/proxy/Caddyfile', { N8N: host }), await startNginx([Number(port)])];
const webhookId = randomUUID();
const workflowId = await publishWorkflow(n8n.rest, slowWorkflow(webhookId, n8n.credential));
const { url, headers } = triggerAt(n8n, workflowId, webhookId);
const ways = waysTo(url, headers, proxies);
for (const way of ways) await registered(way.url);

for (const { name, url: proxyUrl } of proxies) {
	await promise(`${name} leaves every other answer as it is`, () => othersUnchanged(n8n, proxyUrl, url));
}
/** For each execution, how n8n was ended meanwhile. @type {string[]} */
const ended = [];
for (let round = 1; round <= ROUNDS; round++) {
	for (const end of ENDS) {
		const prefix = `${end}-${round}`;
		const loads = await loadThrough(ways, prefix, async () => {
			await n8n[end]();
			await n8n.start();
		});
		const executions = await storedExecutions(n8n.userFolder, workflowId);
		await promiseNothingLost(loads, byCall(executions, TRIGGER_NAME), prefix);
		ended.push(...executions.slice(ended.length).map(() => end));
	}
}
await n8n.stop();
const executions = await storedExecutions(n8n.userFolder, workflowId);
const states = executions.map(({ status }, place) => `${status} (${ended[place]})`);
console.log(`  executions: ${tally(states)}`);
const blind = [
	await startCaddy('docs/proxy/Caddyfile', { N8N: host }, { isBlind: true }),
	await startNginx([Number(port)], { isBlind: true }),
];
await migrateUnderLoad(Number(port), waysTo(url, headers, [...proxies, ...blind]));
await Promise.all([...proxies, ...blind].map((proxy) => proxy.remove()));
await n8n.remove();

/**
 * The moment in which n8n answers 200 as text lasts as long as its database is migrated: here all of it, as on the first
 * start, which is what an upgrade does in part.
 * @param {number} port
 * @param {import('./support/ways.mjs').Way[]} ways
 */
async function migrateUnderLoad(port, ways) {
	const userFolder = await mkdtemp(join(tmpdir(), 'voicefox-migrating-n8n-'));
	const loads = startLoads(ways, 'migration');
	const asking = startAsking(ways[0]?.url ?? '');
	const n8n = await startN8n({ userFolder, port }).finally(() => stopLoads(loads));
	const { notReady, afterReady } = await asking.stop();
	await n8n.stop();
	await rm(userFolder, { recursive: true, force: true });
	await promise('/healthz/readiness does not say 200 as long as n8n answers so', () => {
		assert.ok(notReady > 0, 'it was asked while n8n was starting');
		assert.equal(afterReady.has(STARTING_UP), false);
		return `${notReady} × 503; answers to an event after it said 200: ${tally([...afterReady].map(kindOf))}`;
	});
	for (const { way, load } of loads) {
		const told = load.misled().length;
		if (way.name === NO_PROXY) {
			await promise('while its database is migrated, n8n itself answers 200 as text', () => {
				assert.ok(told > 0, load.summary());
				return load.summary();
			});
			continue;
		}
		await promise(`${way.name} lets none of these through`, () => {
			assert.equal(told, 0, load.summary());
			if (way.name.endsWith(BLIND)) {
				assert.ok(load.answers.has(REPLACED), `nothing to replace: ${load.summary()}`);
			}
			return load.summary();
		});
	}
}

/**
 * Asks n8n again and again whether it is ready, and sends an event whenever it says so.
 * @param {string} url where n8n takes events
 */
function startAsking(url) {
	let notReady = 0;
	/** @type {Set<string>} */
	const afterReady = new Set();
	let stopped = false;

	async function askUntilStopped() {
		while (!stopped) {
			const answer = await fetch(new URL('/healthz/readiness', url)).catch(() => undefined);
			if (answer?.status === 503) notReady++;
			if (answer?.ok) afterReady.add(await answerTo(url, 'ready', {}));
			await pause(5);
		}
	}

	const done = askUntilStopped();
	return {
		/** notReady: how often it said 503; afterReady: the answers to events after it had said 200. */
		stop: async () => {
			stopped = true;
			await done;
			return { notReady, afterReady };
		},
	};
}

/**
 * @param {Instance} n8n
 * @param {string} proxyUrl
 * @param {string} triggerUrl
 */
async function othersUnchanged(n8n, proxyUrl, triggerUrl) {
	const path = `text-${randomUUID()}`;
	await publishWorkflow(n8n.rest, textWorkflow(path));
	const textUrl = `${n8n.url}/webhook/${path}`;
	while ((await send(textUrl, {})).status === 404) await pause(100);
	const throughProxy = (/** @type {string} */ address) => address.replace(n8n.url, proxyUrl);
	const large = { ...eventOf('large'), text: 'x'.repeat(1_500_000) };
	/** @type {[string, object, Record<string, string>][]} */
	const requests = [
		[textUrl, {}, {}],
		[triggerUrl, {}, {}],
		[triggerUrl, {}, { authorization: `Bearer ${n8n.token}` }],
		[triggerUrl, large, {}],
		[`${n8n.url}/healthz`, {}, {}],
	];
	const statuses = [];
	for (const [address, body, headers] of requests) {
		const direct = whatCounts(await send(address, body, headers));
		assert.deepEqual(whatCounts(await send(throughProxy(address), body, headers)), direct, address);
		statuses.push(direct.status);
	}
	assert.deepEqual(statuses, [200, 401, 400, 401, 404]);
	return `${statuses.join(', ')}; the first is a text of another workflow`;
}

/** @param {import('../../scripts/lib/webhook.mjs').Answer} answer */
function whatCounts({ status, text, headers }) {
	return { status, text, type: headers.get('content-type'), challenge: headers.get('www-authenticate') };
}

/** @param {string} url */
async function registered(url) {
	if (!(await untilRegistered(url, 60_000))) throw new Fault(`n8n does not register ${url}`);
}
