// @ts-check
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @typedef {{ status: number, headers: Headers, text: string, json: any }} Answer json: undefined when the body is none
 */

/**
 * @param {string} n8nUrl
 * @param {string} webhookId
 */
export const productionUrl = (n8nUrl, webhookId) => `${n8nUrl}/webhook/${webhookId}/webhook`;

/**
 * @param {string} n8nUrl
 * @param {string} webhookId
 */
export const testUrl = (n8nUrl, webhookId) => `${n8nUrl}/webhook-test/${webhookId}/webhook`;

/**
 * Sends an event the way VoiceFox does.
 * @param {string} url
 * @param {string | Uint8Array | object} body an object is sent as JSON, text and bytes as they are
 * @param {Record<string, string | undefined>} [headers] added to `Content-Type: application/json`; undefined removes one
 * @returns {Promise<Answer>}
 */
export async function send(url, body, headers = {}) {
	const isRaw = typeof body === 'string' || body instanceof Uint8Array;
	// n8n closes idle connections, sometimes at the moment in which one is used again.
	const all = { connection: 'close', 'content-type': 'application/json', ...headers };
	const sent = Object.entries(all).filter((entry) => /** @type {unknown} */ (entry[1]) !== undefined);
	const answer = await fetch(url, {
		method: 'POST',
		headers: /** @type {[string, string][]} */ (sent),
		// As bytes, because fetch gives a text without a content type one of its own.
		body: isRaw ? Buffer.from(body) : Buffer.from(JSON.stringify(body)),
	});
	const text = await answer.text();
	return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
}

/** @param {string} text */
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * Waits until n8n takes events at this address. Asked with OPTIONS, as a browser would, which n8n answers itself: nothing is
 * refused, and nothing is in the log.
 * @param {string} url
 * @param {number} [timeoutMs]
 * @returns {Promise<boolean>} false: not within the time
 */
export async function untilRegistered(url, timeoutMs = 30_000) {
	const deadline = Date.now() + timeoutMs;
	while (Date.now() < deadline) {
		const question = { method: 'OPTIONS', headers: { origin: 'http://localhost' } };
		const answer = await fetch(url, question).catch(() => undefined);
		if (answer?.headers.get('access-control-allow-methods')?.includes('POST')) return true;
		await pause(200);
	}
	return false;
}
