// @ts-check
import { createServer } from 'node:http';

/**
 * @param {import('node:http').Server} server
 * @param {number} port 0: any free one
 * @returns {Promise<void>}
 */
const listening = (server, port) => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));

/**
 * Starts an HTTP server on a free port of this machine.
 *
 * @param {import('node:http').RequestListener} answer
 * @returns {Promise<{ url: string, openConnections: () => Promise<number>, close: () => Promise<void>, reopen: () => Promise<void> }>}
 *   `close` also ends requests in flight, `reopen` takes requests at the same port again
 */
export async function listen(answer) {
	const server = createServer(answer);
	await listening(server, 0);
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${port}`,
		openConnections: () =>
			new Promise((resolve, reject) =>
				server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
			),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(() => resolve(undefined)));
		},
		reopen: () => listening(server, port),
	};
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {unknown} body
 * @param {Record<string, string>} [headers]
 */
export function sendJson(response, status, body, headers = {}) {
	response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
	response.end(JSON.stringify(body));
}
