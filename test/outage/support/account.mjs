// @ts-check
// A VoiceFox account: its calls end one after the other, stand in the call log of its REST API, and each is posted once to
// the webhook, never again.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { shuffle } from 'simple-statistics';
import { startRestApi } from '../../stand-in/rest-api.mjs';
import { readJson, sampleEvent } from '../../../scripts/lib/project.mjs';

/** VoiceFox's own patience with an answer is not documented. */
const POST_TIMEOUT_MS = 10_000;

/** @typedef {'stored' | 'lost on the way' | 'lost in n8n that starts'} Fate what became of a call's event */

const [template] = await readJson('test/fixtures/rest/call-logs.json');
const event = await sampleEvent('inbound-analysis');

const LIST_PATH = '/openapi/calllog';

/** While the log moves, a call comes in with every so many-th request. */
const ARRIVAL_EVERY = 4;

/**
 * Starts the account's REST API; `close` ends it.
 * @typedef {Awaited<ReturnType<typeof startAccount>>} Account
 * @param {{ zone?: string }} [options] zone: of the account's times
 */
export async function startAccount({ zone = 'UTC' } = {}) {
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
	let isMoving = false;
	/** How likely a request is answered 503. */
	let failing = 0;
	const api = await startRestApi(world, ({ url }) => {
		requests++;
		if (Math.random() < failing) world.faults.push({ path: '/openapi/', status: 503, times: 1 });
		if (!isMoving || !url?.startsWith(LIST_PATH)) return;
		world.calls = shuffle(world.calls);
		if (requests % ARRIVAL_EVERY === 0) addCall();
	});
	/** By session ID. @type {Map<string, Fate>} */
	const fates = new Map();
	/** @type {Promise<void>[]} */
	const posts = [];
	let isBlocked = false;

	/** VoiceFox's form of a time: Sweden's. @param {number} time in ms */
	const timeText = (time) => new Date(time).toLocaleString('sv-SE', { timeZone: zone });

	/** A call has ended and stands in the log. */
	function addCall() {
		const sessionId = randomUUID();
		const startAt = timeText(Date.now() - 60_000);
		const call = { ...template, sessionId, startAt, endAt: timeText(Date.now()), recordFile: '' };
		// The newest first, as in VoiceFox's console.
		world.calls.unshift(call);
		return call;
	}

	/** @param {string} url @param {Record<string, string>} headers */
	function endCall(url, headers) {
		const { sessionId, startAt, endAt } = addCall();
		const data = { ...event.event_data, session_id: sessionId, start_at: startAt, end_at: endAt };
		posts.push(post(url, { ...event, event_data: data }, headers));
	}

	/**
	 * A call that nobody posted.
	 * @param {string} startAt in VoiceFox's form, in whatever zone the account is
	 * @returns {string} its session ID
	 */
	function addPastCall(startAt) {
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
		/** What its REST API wants today. */
		get credential() {
			return { apiToken: world.token, region: 'custom', baseUrl: api.url };
		},
		faults: world.faults,
		/** The token is revoked; `credential` has the new one. */
		renewToken: () => void (world.token = randomUUID()),
		/** @param {boolean} moves whether the calls are in another order on each page that is asked for, and more come in meanwhile */
		move: (moves) => void (isMoving = moves),
		/** A call that nobody posts has ended. @returns {string} its session ID */
		addCall: () => addCall().sessionId,
		/** Answers some requests with 503, and counts other calls than it sends. @param {number} share of the requests */
		beOdd: (share) => {
			failing = share;
			world.counted = share > 0 ? (calls) => Math.floor(Math.random() * (calls + 5)) : undefined;
		},
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
		 * Calls of the last days that nobody posted.
		 * @param {number} count
		 * @param {number} [days]
		 */
		addPastCalls(count, days = 30) {
			for (let index = 0; index < count; index++)
				addPastCall(timeText(Date.now() - 3_600_000 - (index * days * 86_400_000) / count));
		},
		addPastCall,
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
		/** After `close`, at the same address. */
		reopen: api.reopen,
	};
}
