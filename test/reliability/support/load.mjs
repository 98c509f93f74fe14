// @ts-check
import { setTimeout as pause } from 'node:timers/promises';
import { sampleEvent } from '../../../scripts/lib/project.mjs';
import { send } from '../../../scripts/lib/webhook.mjs';

const inbound = await sampleEvent('inbound-analysis');

/** What stands for an answer when the connection was closed without one. */
export const CLOSED = 'closed connection';
const PAUSE_AFTER_CLOSED_MS = 500;
/** The answer that promises an execution. */
export const ACCEPTED = '200 {}';

/**
 * The sample event as one of another call.
 * @param {string} sessionId
 */
export const eventOf = (sessionId) => ({
	...inbound,
	event_data: { ...inbound.event_data, session_id: sessionId },
});

/**
 * @param {string} url
 * @param {string} sessionId
 * @param {Record<string, string>} headers
 * @returns {Promise<string>} the answer, such as `200 {}`
 */
export async function answerTo(url, sessionId, headers) {
	try {
		const { status, text } = await send(url, eventOf(sessionId), headers);
		return `${status} ${text}`;
	} catch {
		return CLOSED;
	}
}

/**
 * Repeats an event every half second, as a sender would, until it is accepted.
 * @param {string} url
 * @param {string} sessionId
 * @param {Record<string, string>} headers
 * @param {number} deadline ms since 1970
 * @returns {Promise<string>} the last answer
 */
export async function repeated(url, sessionId, headers, deadline) {
	for (;;) {
		const answer = await answerTo(url, sessionId, headers);
		if (answer === ACCEPTED || Date.now() > deadline) return answer;
		await pause(500);
	}
}

/**
 * Sends events, each of another call, from several senders at once: until `stop`, or until all are sent.
 * @param {object} options
 * @param {string[]} options.urls taken in turn
 * @param {Record<string, string>} options.headers
 * @param {string} options.prefix what the calls' session IDs begin with
 * @param {number} options.senders
 * @param {number} [options.events] how many; default: no end
 */
export function startLoad({ urls, headers, prefix, senders, events = Infinity }) {
	/** Session ID → answer. @type {Map<string, string>} */
	const answers = new Map();
	let sent = 0;
	let stopped = false;

	async function sendUntilStopped() {
		while (!stopped && sent < events) {
			const place = sent++;
			const sessionId = `${prefix}-${place}`;
			const answer = await answerTo(urls[place % urls.length] ?? '', sessionId, headers);
			answers.set(sessionId, answer);
			if (answer === CLOSED) await pause(PAUSE_AFTER_CLOSED_MS);
		}
	}

	const done = Promise.all(Array.from({ length: senders }, sendUntilStopped)).then(() => {});
	return {
		answers,
		done,
		accepted: () => sessionsAnswered(answers, (answer) => answer === ACCEPTED),
		notAccepted: () => sessionsAnswered(answers, (answer) => answer !== ACCEPTED),
		/** Sends no more and waits for what is under way. */
		stop: async () => {
			stopped = true;
			await done;
		},
	};
}

/**
 * @param {Map<string, string>} answers
 * @param {(answer: string) => boolean} isWanted
 */
const sessionsAnswered = (answers, isWanted) =>
	[...answers].filter(([, answer]) => isWanted(answer)).map(([sessionId]) => sessionId);

/**
 * How often each value occurs, as `3 × a, 1 × b`.
 * @param {Iterable<string>} values
 */
export function tally(values) {
	/** @type {Map<string, number>} */
	const counts = new Map();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].map(([value, count]) => `${count} × ${value}`).join(', ') || 'none';
}
