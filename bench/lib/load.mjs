// @ts-check
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '../../scripts/lib/faults.mjs';
import { analysisBody } from '../sample.mjs';

const MAX_SOCKETS = 64;
const ANSWER_TIMEOUT_MS = 60_000;
const [RETRY_MS, GIVE_UP_MS] = [1000, 60_000];
const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });

/** @typedef {{ url: string, token: string }} Target an address that takes events, on this machine */

/**
 * Makes events of one size, each of another call, so that none is a duplicate.
 * @param {number} answers
 * @returns {() => Buffer}
 */
export function eventBodies(answers) {
	const text = analysisBody(answers);
	const { session_id: sample } = JSON.parse(text).event_data;
	const [before, after] = text.split(sample).slice(0, 2);
	if (before === undefined || after === undefined) throw new Error('The sample names its session_id once');
	const rest = text.slice(before.length + sample.length);
	return () => Buffer.from(`${before}${randomUUID()}${rest}`);
}

/**
 * Sends events, a fixed number at a time, each sender waiting for its answer before it sends the next.
 * @param {Target} target
 * @param {Buffer[]} bodies
 * @param {number} senders
 * @returns {Promise<number[]>} each sender's wait in ms
 */
export async function sendAll(target, bodies, senders) {
	const waiting = [...bodies];
	/** @type {number[]} */
	const waits = [];
	const sender = async () => {
		for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
			waits.push(await waitFor(target, body));
		}
	};
	const outcomes = await Promise.allSettled(Array.from({ length: senders }, sender));
	const failed = outcomes.find(({ status }) => status === 'rejected');
	if (failed) throw /** @type {PromiseRejectedResult} */ (failed).reason;
	return waits;
}

/**
 * Sends events at a steady rate, whether or not the earlier ones are answered. A wait begins when the event is due, so
 * a slow answer is not hidden by later events being sent late. An event answered 503 (n8n says so when its database
 * has missed a deadline) is sent again after a second, as its sender would.
 * @param {Target} target
 * @param {() => Buffer} body
 * @param {{ perSecond: number, seconds: number }} rate
 * @returns {Promise<{ waits: number[], sentAgain: number }>} waits: each sender's, in ms
 */
export async function sendSteadily(target, body, { perSecond, seconds }) {
	const start = performance.now();
	const sent = [];
	let sentAgain = 0;
	const onUnavailable = async () => {
		sentAgain += 1;
		await pause(RETRY_MS);
	};
	for (let number = 0; number < perSecond * seconds; number++) {
		const due = start + (number * 1000) / perSecond;
		const early = due - performance.now();
		if (early > 0) await pause(early);
		const answer = waitFor(target, body(), due, onUnavailable);
		// Looked at together below; without this a refusal would end the process before.
		answer.catch(() => undefined);
		sent.push(answer);
	}
	return { waits: await Promise.all(sent), sentAgain };
}

/**
 * @param {Target} target
 * @param {Buffer} body
 * @param {number} [since]
 * @param {() => Promise<void>} [onUnavailable] before a second attempt; without it there is none
 * @returns {Promise<number>} ms until the answer was read
 */
async function waitFor(target, body, since = performance.now(), onUnavailable) {
	const { status, text } = await post(target, body);
	if (status === 503 && onUnavailable && performance.now() - since < GIVE_UP_MS) {
		await onUnavailable();
		return await waitFor(target, body, since, onUnavailable);
	}
	if (status !== 200) throw new Fault(`${target.url} answered ${status}: ${text.slice(0, 200)}`);
	return performance.now() - since;
}

/**
 * @param {Target} target
 * @param {Buffer} body
 * @returns {Promise<{ status: number, text: string }>}
 */
export const post = ({ url, token }, body) =>
	new Promise((resolve, reject) => {
		const headers = {
			authorization: `Bearer ${token}`,
			'content-type': 'application/json',
			'content-length': body.length,
		};
		const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
			let text = '';
			answer.setEncoding('utf8').on('data', (part) => (text += part));
			answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
			answer.once('error', reject);
		});
		sent.once('error', (error) => {
			// The server closed an idle connection at the moment it was used again: nothing was received.
			if (sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET') {
				resolve(post({ url, token }, body));
				return;
			}
			reject(new Fault(`${url} gave no answer: ${error.message}`));
		});
		sent.setTimeout(ANSWER_TIMEOUT_MS, () => sent.destroy(new Error('timed out')));
		sent.end(body);
	});
