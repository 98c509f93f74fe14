// @ts-check
import assert from 'node:assert/strict';
import { byCall } from '../reliability/support/evidence.mjs';
import { TRIGGER_NAME } from '../reliability/support/instance.mjs';
import { startCaddy, startNginx } from '../reliability/support/proxies.mjs';
import { promise } from '../reliability/support/report.mjs';
import { loadThrough, promiseNothingLost, waysTo } from '../reliability/support/ways.mjs';
import { queueExecutions, unfinishedAfter } from './evidence.mjs';

const ALL_ENDED_MS = 240_000;
/** SIGTERM and kill -9. @type {('stop' | 'kill')[]} */
const ENDS = ['stop', 'kill'];

/**
 * Events through Caddy as in docs/queue-mode, through nginx as in docs/proxy, and straight to one webhook processor, while
 * that one is restarted.
 * @param {import('./load.mjs').Setup} setup
 * @param {string} prefix what session IDs begin with
 */
export async function checkProxies({ services, cluster, trigger }, prefix) {
	const addresses = cluster.webhooks.map(({ url }) => new URL(url).host);
	const proxies = [
		await startCaddy('docs/queue-mode/Caddyfile', {
			WEBHOOK_PROCESSORS: addresses.join(' '),
			MAIN: new URL(cluster.main.url).host,
		}),
		await startNginx(cluster.webhooks.map(({ port }) => port)),
	];
	const ways = waysTo(trigger.urls[0] ?? '', trigger.headers, proxies);
	for (const [place, end] of ENDS.entries()) {
		const loads = await loadThrough(ways, `${prefix}-${place}`, () => cluster.restartWebhook(end));
		await promise(`${end}: all executions end`, async () => {
			assert.deepEqual(await unfinishedAfter(services, ALL_ENDED_MS), [], 'have not ended');
		});
		const { first } = await queueExecutions(services, `${prefix}-${place}`);
		await promiseNothingLost(loads, byCall(first, TRIGGER_NAME), end);
	}
	await Promise.all(proxies.map((proxy) => proxy.remove()));
}
