// @ts-check
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Whether nobody listens on this port.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function isFree(port) {
	return new Promise((resolve) => {
		// Whoever connects meanwhile, such as a proxy that looks for n8n, is sent away: `close` waits for all of them.
		const server = createServer((socket) => socket.destroy());
		server.once('error', () => resolve(false));
		server.listen({ port, host: HOST, exclusive: true }, () => server.close(() => resolve(true)));
	});
}

/**
 * A port that is free now, below those that systems give to outgoing connections (Linux: from 32768): one of these could take
 * it while the n8n that it belongs to is down.
 * @returns {Promise<number>}
 */
export async function freePort() {
	for (;;) {
		const port = randomInt(20_000, 32_000);
		if (await isFree(port)) return port;
	}
}
