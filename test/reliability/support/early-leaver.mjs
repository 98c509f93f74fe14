// @ts-check
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Sends a whole request and hangs up without waiting for the answer.
 * @param {string} url
 * @param {object} event
 * @param {{ authorization: string }} headers
 * @param {number} patience ms between the request and hanging up
 */
export async function sendAndLeave(url, event, { authorization }, patience) {
	const { hostname, port, pathname } = new URL(url);
	const body = Buffer.from(JSON.stringify(event));
	const head = [
		`POST ${pathname} HTTP/1.1`,
		`Host: ${hostname}:${port}`,
		`Authorization: ${authorization}`,
		'Content-Type: application/json',
		`Content-Length: ${body.length}`,
	];
	const socket = connect({ host: hostname, port: Number(port) });
	socket.on('error', () => {});
	await new Promise((resolve) => socket.once('connect', resolve));
	await new Promise((resolve) =>
		socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]), resolve),
	);
	await pause(patience);
	socket.resetAndDestroy();
}
