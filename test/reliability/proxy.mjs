// @ts-check
// Caddy and nginx, configured as in docs/proxy, in front of an n8n that is restarted under load: a sender is never told
// 200 for an event that has no execution.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startN8n } from '../../scripts/lib/n8n.mjs';
import { publishWorkflow } from '../support/editor.mjs';
import { send, untilRegistered } from '../../scripts/lib/webhook.mjs';
import { eventOf } from '../support/voicefox-events.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { answerTo, STARTING_UP, tally } from './support/load.mjs';
import { startCaddy, startNginx } from './support/proxies.mjs';
import { amount, promise } from './support/report.mjs';
import { plainWebhook, slowWorkflow, triggerOn } from './support/trigger.mjs';
import { loadThrough, NO_PROXY, promiseNothingLost, startLoads, stopLoads, waysTo } from './support/ways.mjs';

const ROUNDS = amount({ full: 3, short: 1 });
/** SIGTERM and kill -9. @type {('stop' | 'kill')[]} */
const ENDS = ['stop', 'kill'];

const n8n = await startTestN8n();
const { host, port } = new URL(n8n.url);
const proxies = [await startCaddy('docs/proxy/Caddyfile', { N8N: host }), await startNginx([Number(port)])];
const trigger = await triggerOn(n8n, { workflow: slowWorkflow(n8n.credential) });
const ways = waysTo(trigger.url, trigger.headers, proxies);
for (const way of ways) assert.ok(await untilRegistered(way.url, 60_000), way.name);

for (const proxy of proxies) {
	await promise(`${proxy.name} leaves every other answer as it is`, () => othersUnchanged(proxy.url));
}
for (let round = 1; round <= ROUNDS; round++) {
	for (const end of ENDS) {
		const loads = await loadThrough(ways, `${end}-${round}`, async () => {
			await n8n[end]();
			await n8n.start();
		});
		await promiseNothingLost(loads, await trigger.calls(), `${end}-${round}`);
	}
}
await n8n.stop();
const states = await n8n.executionStates(trigger.workflowId);
console.log(`  executions: ${tally(states.map(({ status }) => status))}`);
await migrateUnderLoad();
await Promise.all(proxies.map((proxy) => proxy.remove()));
await n8n.remove();

/**
 * The moment in which n8n answers 200 as text lasts as long as its database is migrated: here all of it, as on the first
 * start, which is what an upgrade does in part.
 */
async function migrateUnderLoad() {
	const userFolder = await mkdtemp(join(tmpdir(), 'voicefox-migrating-n8n-'));
	const loads = startLoads(ways, 'migration');
	const asking = startAsking();
	const starting = await startN8n({ userFolder, port: Number(port) }).finally(() => stopLoads(loads));
	const { notReady, afterReady } = await asking.stop();
	await starting.stop();
	await rm(userFolder, { recursive: true, force: true });
	await promise('/healthz/readiness does not say 200 as long as n8n answers so', () => {
		assert.ok(notReady > 0, 'it was asked while n8n was starting');
		assert.ok(!afterReady.includes(STARTING_UP));
		return `${notReady} × 503; answers to an event after it said 200: ${tally(afterReady)}`;
	});
	for (const { way, load } of loads) {
		await promise(`while its database is migrated: what is answered 200 as text, ${way.name}`, () => {
			assert.equal(load.misled().length > 0, way.name === NO_PROXY, load.summary());
			return load.summary();
		});
	}
}

/** Asks n8n again and again whether it is ready, and sends an event whenever it says so. */
function startAsking() {
	let notReady = 0;
	/** @type {string[]} */
	const afterReady = [];
	let stopped = false;
	const done = (async () => {
		for (; !stopped; await pause(5)) {
			const answer = await fetch(new URL('/healthz/readiness', trigger.url)).catch(() => undefined);
			if (answer?.status === 503) notReady++;
			if (answer?.ok) afterReady.push(await answerTo(trigger.url, eventOf('ready'), {}));
		}
	})();
	return {
		/** notReady: how often it said 503; afterReady: the answers to events after it had said 200. */
		stop: async () => {
			stopped = true;
			await done;
			return { notReady, afterReady };
		},
	};
}

/** @param {string} proxyUrl */
async function othersUnchanged(proxyUrl) {
	const path = `text-${randomUUID()}`;
	const nodes = [plainWebhook(path, { responseData: 'taken' })];
	await publishWorkflow(n8n.rest, { name: path, nodes });
	const textUrl = `${n8n.url}/webhook/${path}`;
	while ((await send(textUrl, {})).status === 404) await pause(100);
	const large = { ...eventOf('large'), text: 'x'.repeat(1_500_000) };
	const statuses = [];
	for (const [address, body, headers] of /** @type {[string, object, Record<string, string>?][]} */ ([
		[textUrl, {}],
		[trigger.url, {}],
		[trigger.url, {}, trigger.headers],
		[trigger.url, large],
		[`${n8n.url}/healthz`, {}],
	])) {
		const whatCounts = async (/** @type {string} */ to) => {
			const { status, text, headers: given } = await send(to, body, headers);
			return [status, text, given.get('content-type'), given.get('www-authenticate')];
		};
		const direct = await whatCounts(address);
		assert.deepEqual(await whatCounts(address.replace(n8n.url, proxyUrl)), direct, address);
		statuses.push(direct[0]);
	}
	assert.deepEqual(statuses, [200, 401, 400, 401, 404]);
	return `${statuses.join(', ')}; the first is a text of another workflow`;
}
