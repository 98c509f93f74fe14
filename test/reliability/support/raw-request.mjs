// @ts-check
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';

/** The status of a request that got no answer in time. */
export const NO_ANSWER = -1;

/**
 * Sends a request with Node's http client and waits for the whole answer.
 * @param {string} url
 * @param {{ headers: Record<string, string | string[]>, body: Buffer, agent?: import('node:http').Agent, timeoutMs?: number }} sent
 * @returns {Promise<{ status: number, text: string }>} status 0: n8n closed the connection; NO_ANSWER
 */
export function answerTo(url, { headers, body, agent, timeoutMs = 20_000 }) {
	return new Promise((resolve) => {
		const options = { method: 'POST', agent, headers: { 'content-length': String(body.length), ...headers } };
		const request = httpRequest(url, options, (response) => {
			let text = '';
			response.setEncoding('utf8').on('data', (part) => (text += part));
			response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
			response.once('error', () => resolve({ status: 0, text }));
		});
		request.setTimeout(timeoutMs, () => {
			resolve({ status: NO_ANSWER, text: '' });
			request.destroy();
		});
		request.once('error', ({ message }) => resolve({ status: 0, text: message }));
		request.end(body);
	});
}

/**
 * Writes bytes to a socket, as no honest HTTP client would.
 * @param {string} url only host and port count
 * @param {string} bytes
 * @param {{ hangUp?: boolean, wanted?: number }} [options] hangUp: says "no more to come" after the bytes; wanted: how many
 * answers to wait for
 * @returns {Promise<{ statuses: number[], closed: boolean }>} the status of each answer; closed: whether n8n closed the
 * connection within 10 seconds
 */
export function answersToBytes(url, bytes, { hangUp = false, wanted = 1 } = {}) {
	const { hostname, port } = new URL(url);
	return new Promise((resolve) => {
		const socket = connect({ host: hostname, port: Number(port) });
		/** @type {number[]} */
		let statuses = [];
		let text = '';
		const end = (/** @type {boolean} */ closed) => {
			clearTimeout(timer);
			socket.destroy();
			resolve({ statuses, closed });
		};
		const timer = setTimeout(() => end(false), 10_000);
		socket.setEncoding('latin1').on('data', (part) => {
			text += part;
			statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
			// One more than wanted would be on its way already.
			if (statuses.length >= wanted) setTimeout(() => end(false), 100);
		});
		socket.once('error', () => end(true));
		socket.once('close', () => end(true));
		socket.write(bytes);
		if (hangUp) socket.end();
	});
}
