// @ts-check
import { Fault } from '../../scripts/lib/faults.mjs';

/** Makes n8n open an inspector at a free port of this machine; one that nobody is connected to costs nothing. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

/**
 * @typedef {object} Inspector
 * @property {(method: string, parameters?: object) => Promise<any>} call a method of the Chrome DevTools protocol
 * @property {(expression: string) => Promise<any>} evaluate gives the value, which JSON must be able to hold
 * @property {() => Promise<{ heapUsed: number, rss: number, external: number }>} memoryAfterCollection bytes
 * @property {() => void} close
 */

/**
 * Connects to the inspector of an n8n that was started with `INSPECTED`.
 * @param {import('../../scripts/lib/n8n.mjs').RunningN8n} n8n
 * @returns {Promise<Inspector>}
 */
export async function inspectorOf(n8n) {
	// The first one is n8n's own; its task runner inherits the option and opens another.
	const address = /Debugger listening on (ws:\S+)/.exec(n8n.log())?.[1];
	if (!address) throw new Fault(`n8n opened no inspector. Its log: ${n8n.logFile}`);
	const socket = new WebSocket(address);
	await new Promise((resolve, reject) => {
		socket.addEventListener('open', resolve, { once: true });
		socket.addEventListener('error', () => reject(new Fault(`No connection to ${address}`)), { once: true });
	});
	const call = callsOver(socket);
	const evaluate = async (/** @type {string} */ expression) => {
		const answer = await call('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
		if (answer.exceptionDetails) throw new Error(JSON.stringify(answer.exceptionDetails.exception));
		return answer.result.value;
	};
	return {
		call,
		evaluate,
		memoryAfterCollection: async () => {
			// Twice, because finalizers of the first one free more.
			await call('HeapProfiler.collectGarbage');
			await call('HeapProfiler.collectGarbage');
			return await evaluate('process.memoryUsage()');
		},
		close: () => socket.close(),
	};
}

/**
 * @param {WebSocket} socket
 * @returns {Inspector['call']}
 */
function callsOver(socket) {
	/** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
	const open = new Map();
	let last = 0;
	socket.addEventListener('message', ({ data }) => {
		const { id, result, error } = JSON.parse(String(data));
		const waiting = open.get(id);
		open.delete(id);
		if (error) waiting?.reject(new Error(error.message));
		else waiting?.resolve(result);
	});
	return (method, parameters = {}) =>
		new Promise((resolve, reject) => {
			const id = ++last;
			open.set(id, { resolve, reject });
			socket.send(JSON.stringify({ id, method, params: parameters }));
		});
}
