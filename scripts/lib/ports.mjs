// @ts-check
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
 * A port that is free now.
 * @returns {Promise<number>}
 */
export function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen({ port: 0, host: HOST }, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
}
