// @ts-check
// A VoiceFox account: its calls end one after the other, stand in the call log of its REST API, and each is posted once to
// the webhook, never again.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startRestApi } from '../../stand-in/rest-api.mjs';
import { readJson, sampleEvent } from '../../../scripts/lib/project.mjs';

/** VoiceFox's own patience with an answer is not documented. */
const POST_TIMEOUT_MS = 10_000;

/** @typedef {'stored' | 'lost on the way' | 'lost in n8n that starts'} Fate what became of a call's event */

const [template] = await readJson('test/fixtures/rest/call-logs.json');
const event = await sampleEvent('inbound-analysis');

/** VoiceFox's form of a time, in the zone of this account: UTC. @param {number} time in ms */
const timeText = (time) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/**
 * Starts the account's REST API; `close` ends it.
 * @typedef {Awaited<ReturnType<typeof startAccount>>} Account
 */
export async function startAccount() {
	/** @type {import('../../stand-in/rest-api.mjs').World} */
	const world = {
		token: randomUUID(),
		foreignToken: randomUUID(),
		calls: [],
		conversations: {},
		tasks: {},
		assistants: {},
		faults: [],
		signed: () => '',
	};
	let requests = 0;
	const api = await startRestApi(world, () => void requests++);
	/** By session ID. @type {Map<string, Fate>} */
	const fates = new Map();
	/** @type {Promise<void>[]} */
	const posts = [];
	let isBlocked = false;

	/** @param {string} url @param {Record<string, string>} headers */
	function endCall(url, headers) {
		const sessionId = randomUUID();
		const endAt = Date.now();
		const startAt = timeText(endAt - 60_000);
		// The newest first, as in VoiceFox's console.
		world.calls.unshift({ ...template, sessionId, startAt, endAt: timeText(endAt), recordFile: '' });
		const data = { ...event.event_data, session_id: sessionId, start_at: startAt, end_at: timeText(endAt) };
		posts.push(post(url, { ...event, event_data: data }, headers));
	}

	/**
	 * A call that nobody posted.
	 * @param {string} startAt in VoiceFox's form, in whatever zone the account is
	 * @returns {string} its session ID
	 */
	function addCall(startAt) {
		const sessionId = randomUUID();
		world.calls.push({ ...template, sessionId, startAt, recordFile: '' });
		return sessionId;
	}

	/** @param {string} url @param {any} body @param {Record<string, string>} headers */
	async function post(url, body, headers) {
		fates.set(body.event_data.session_id, await fateOf(url, body, headers));
	}

	/** @param {string} url @param {any} body @param {Record<string, string>} headers @returns {Promise<Fate>} */
	async function fateOf(url, body, headers) {
		if (isBlocked) return 'lost on the way';
		try {
			const answer = await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body: JSON.stringify(body),
				signal: AbortSignal.timeout(POST_TIMEOUT_MS),
			});
			const text = await answer.text();
			if (answer.status !== 200) return 'lost on the way';
			return text === '{}' ? 'stored' : 'lost in n8n that starts';
		} catch {
			return 'lost on the way';
		}
	}

	return {
		credential: { apiToken: world.token, region: 'custom', baseUrl: api.url },
		faults: world.faults,
		sessionIds: () => world.calls.map(({ sessionId }) => String(sessionId)),
		requests: () => requests,
		/** @param {boolean} blocks whether the way to n8n is closed */
		block: (blocks) => void (isBlocked = blocks),
		/**
		 * Lets this many calls end, evenly over a time.
		 * @param {number} count
		 * @param {number} duration in ms
		 * @param {string} url the webhook
		 * @param {Record<string, string>} headers
		 */
		async makeCalls(count, duration, url, headers) {
			const begin = Date.now();
			for (let index = 0; index < count; index++) {
				await pause(Math.max(0, begin + (index * duration) / count - Date.now()));
				endCall(url, headers);
			}
			await Promise.all(posts);
		},
		/**
		 * Calls of the last 30 days that nobody posted.
		 * @param {number} count
		 */
		addPastCalls(count) {
			for (let index = 0; index < count; index++)
				addCall(timeText(Date.now() - 3_600_000 - (index * 30 * 86_400_000) / count));
		},
		addCall,
		/** As on an account that nobody has called yet. */
		removeCalls: () => void (world.calls = []),
		/** How many events had each fate, in words. */
		fates() {
			const all = [...fates.values()];
			return [...new Set(all)]
				.map((fate) => `${all.filter((other) => other === fate).length} ${fate}`)
				.join(', ');
		},
		close: api.close,
	};
}
