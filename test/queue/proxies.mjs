// @ts-check
import assert from 'node:assert/strict';
import { byCall } from '../reliability/support/evidence.mjs';
import { startCaddy, startNginx } from '../reliability/support/proxies.mjs';
import { tally } from '../reliability/support/load.mjs';
import { promise } from '../reliability/support/report.mjs';
import { loadThrough, promiseNothingLost, waysTo } from '../reliability/support/ways.mjs';
import { notRunAfter, queueExecutions, unfinishedAfter } from './evidence.mjs';

const ALL_RUN_MS = 240_000;
const REST_ENDED_MS = 10_000;
/** SIGTERM and kill -9. @type {('stop' | 'kill')[]} */
const ENDS = ['stop', 'kill'];

/**
 * Events through Caddy as in docs/queue-mode, through nginx as in docs/proxy, and straight to one webhook processor, while
 * that one is restarted.
 * @param {import('./queue.test.mjs').Setup} setup
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
		const own = `${prefix}-${place}`;
		const loads = await loadThrough(ways, own, () => cluster.restartWebhook(end));
		await promise(`${end}: every accepted event is run to its end`, async () => {
			const accepted = loads.flatMap(({ load }) => load.accepted());
			assert.deepEqual(await notRunAfter(services, accepted, ALL_RUN_MS), [], 'have not been run');
		});
		await promise(
			`${end}: so is everything else, except what was stored and not queued any more`,
			async () => {
				await unfinishedAfter(services, REST_ENDED_MS);
				const { first } = await queueExecutions(services, own);
				const states = first.map(({ status }) => status);
				assert.deepEqual(
					states.filter((status) => status !== 'success' && status !== 'new'),
					[],
				);
				return tally(states);
			},
		);
		const { first } = await queueExecutions(services, own);
		await promiseNothingLost(loads, byCall(first), end);
	}
	await Promise.all(proxies.map((proxy) => proxy.remove()));
}
