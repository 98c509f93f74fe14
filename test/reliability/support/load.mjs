// @ts-check
import { setTimeout as pause } from 'node:timers/promises';
import { send } from '../../../scripts/lib/webhook.mjs';
import { eventOf } from '../../support/voicefox-events.mjs';

/** What stands for an answer when the connection was closed without one. */
export const CLOSED = 'closed connection';
/** The answer that promises an execution. */
export const ACCEPTED = '200 {}';
/** What n8n answers to everything while it starts, and what a sender takes for a delivery. */
export const STARTING_UP = '200 n8n is starting up. Please wait';
const PAUSE_AFTER_CLOSED_MS = 500;

/**
 * @param {string} url
 * @param {object} event
 * @param {Record<string, string>} headers
 * @returns {Promise<string>} the answer, such as `200 {}`
 */
export async function answerTo(url, event, headers) {
	try {
		const { status, text } = await send(url, event, headers);
		return `${status} ${text}`;
	} catch {
		return CLOSED;
	}
}

/**
 * Repeats an event every half second, as a sender would, until it is accepted.
 * @param {string} url
 * @param {object} event
 * @param {Record<string, string>} headers
 * @param {number} deadline ms since 1970
 * @returns {Promise<string>} the last answer
 */
export async function repeated(url, event, headers, deadline) {
	for (;;) {
		const answer = await answerTo(url, event, headers);
		if (answer === ACCEPTED || Date.now() > deadline) return answer;
		await pause(500);
	}
}

/**
 * Sends events, each of another call, from several senders at once: until `stop`, or until all are sent.
 * @typedef {ReturnType<typeof startLoad>} Load
 * @param {object} options
 * @param {string[]} options.urls taken in turn
 * @param {Record<string, string>} options.headers
 * @param {string} options.prefix what the calls' session IDs begin with
 * @param {number} options.senders
 * @param {number} [options.events] how many; default: no end
 * @param {boolean} [options.repeats] each event until its status is 200, whatever the body says; default: sent once
 * @param {number} [options.pauseMs] after an answer that is repeated; default: none
 */
export function startLoad({
	urls,
	headers,
	prefix,
	senders,
	events = Infinity,
	repeats = false,
	pauseMs = 0,
}) {
	/** Session ID → its last answer. @type {Map<string, string>} */
	const answers = new Map();
	/** All answers. @type {string[]} */
	const given = [];
	let sent = 0;
	let stopped = false;

	/** @param {number} place */
	async function deliver(place) {
		const sessionId = `${prefix}-${place}`;
		for (;;) {
			const answer = await answerTo(urls[place % urls.length] ?? '', eventOf(sessionId), headers);
			answers.set(sessionId, answer);
			given.push(kindOf(answer));
			if (!repeats && answer === CLOSED) await pause(PAUSE_AFTER_CLOSED_MS);
			if (!repeats || stopped || answer.startsWith('200 ')) return;
			if (pauseMs > 0) await pause(pauseMs);
		}
	}

	const sender = async () => {
		while (!stopped && sent < events) await deliver(sent++);
	};
	const done = Promise.all(Array.from({ length: senders }, sender)).then(() => {});
	/** @param {(answer: string) => boolean} isWanted */
	const sessionsAnswered = (isWanted) =>
		[...answers].filter(([, answer]) => isWanted(answer)).map(([sessionId]) => sessionId);
	return {
		given,
		done,
		accepted: () => sessionsAnswered((answer) => answer === ACCEPTED),
		/** Answered with status 200, but not by the trigger. */
		misled: () => sessionsAnswered((answer) => answer.startsWith('200 ') && answer !== ACCEPTED),
		/** All answers in words, such as `3 × 200 {}, 1 × closed connection`. */
		summary: () => tally(given),
		/** Sends no more and waits for what is under way. */
		stop: async () => {
			stopped = true;
			await done;
		},
	};
}

/** What stands for an answer in figures. @param {string} answer */
function kindOf(answer) {
	if (/<html/i.test(answer)) return `${answer.slice(0, 3)} as a page`;
	return answer.length > 70 ? `${answer.slice(0, 70)}…` : answer;
}

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
