// @ts-check
import { setTimeout as pause } from 'node:timers/promises';
import { ACCEPTED, answerTo } from './load.mjs';

/** What n8n answers to everything while it starts, and what a sender takes for a delivery. */
export const STARTING_UP = '200 n8n is starting up. Please wait';

/**
 * Sends events, each of another call, without stopping for a restart: every sender repeats its event until the status is
 * 200, whatever the body says, and goes on to the next one.
 * @typedef {ReturnType<typeof startRestless>} Restless
 * @param {object} options
 * @param {string} options.url
 * @param {Record<string, string>} options.headers
 * @param {string} options.prefix what the calls' session IDs begin with
 * @param {number} options.senders
 * @param {number} [options.pauseMs] before a repeat; default: none
 */
export function startRestless({ url, headers, prefix, senders, pauseMs = 0 }) {
	/** Kind of answer → how often it came. @type {Map<string, number>} */
	const answers = new Map();
	/** Session ID → the answer of status 200. @type {Map<string, string>} */
	const delivered = new Map();
	let events = 0;
	let stopped = false;

	/** @param {string} sessionId */
	async function deliver(sessionId) {
		while (!stopped) {
			const answer = await answerTo(url, sessionId, headers);
			answers.set(kindOf(answer), (answers.get(kindOf(answer)) ?? 0) + 1);
			if (answer.startsWith('200 ')) {
				delivered.set(sessionId, answer);
				return;
			}
			if (pauseMs > 0) await pause(pauseMs);
		}
	}

	async function sendUntilStopped() {
		while (!stopped) await deliver(`${prefix}-${events++}`);
	}

	const done = Promise.all(Array.from({ length: senders }, sendUntilStopped)).then(() => {});
	/** @param {(answer: string) => boolean} isWanted */
	const sessionsAnswered = (isWanted) =>
		[...delivered].filter(([, answer]) => isWanted(answer)).map(([sessionId]) => sessionId);
	return {
		answers,
		accepted: () => sessionsAnswered((answer) => answer === ACCEPTED),
		/** Answered with status 200, but not by the trigger. */
		misled: () => sessionsAnswered((answer) => answer !== ACCEPTED),
		/** All answers in words, such as `3 × 200 {}, 1 × closed connection`. */
		summary: () => [...answers].map(([kind, count]) => `${count} × ${kind}`).join(', '),
		/** Sends no more and waits for what is under way. */
		stop: async () => {
			stopped = true;
			await done;
		},
	};
}

/** What stands for an answer in figures. @param {string} answer */
export function kindOf(answer) {
	if (/<html/i.test(answer)) return `${answer.slice(0, 3)} as a page`;
	return answer.length > 70 ? `${answer.slice(0, 70)}…` : answer;
}
