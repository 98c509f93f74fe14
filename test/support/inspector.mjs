// @ts-check
import CDP from 'chrome-remote-interface';
import { Fault } from '../../scripts/lib/faults.mjs';

/** Makes n8n open an inspector at a free port of this machine; one that nobody is connected to costs nothing. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

/**
 * Connects to the inspector of an n8n that was started with `INSPECTED`.
 * @param {import('./n8n.mjs').TestN8n} n8n
 * @returns {Promise<CDP.Client>}
 */
export async function inspectorOf(n8n) {
	// The first one is n8n's own; its task runner inherits the option and opens another.
	const address = /Debugger listening on (ws:\S+)/.exec(n8n.log())?.[1];
	if (!address) throw new Fault(`n8n opened no inspector. Its log: ${n8n.logFile}`);
	return await CDP({ target: address, local: true });
}

/**
 * What a process's memory holds after garbage collection.
 * @param {CDP.Client} inspector
 * @returns {Promise<{ heapUsed: number, rss: number, external: number }>} bytes
 */
export async function memoryAfterCollection({ HeapProfiler, Runtime }) {
	// Twice, because finalizers of the first one free more.
	await HeapProfiler.collectGarbage();
	await HeapProfiler.collectGarbage();
	const { result } = await Runtime.evaluate({ expression: 'process.memoryUsage()', returnByValue: true });
	return result.value;
}
