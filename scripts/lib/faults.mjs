// @ts-check
import { endAllGroups, isStopping } from './process-groups.mjs';

/** Something that can be expected to go wrong. Its message is all the user needs: what happened, and how to go on. */
export class Fault extends Error {
	/**
	 * @param {string} message
	 * @param {number} [exitCode]
	 */
	constructor(message, exitCode = 1) {
		super(message);
		this.name = 'Fault';
		this.exitCode = exitCode;
	}
}

/** @param {string} usage how the script is called */
export const usageFault = (usage) => new Fault(usage, 2);

const NETWORK =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/;
const NO_COMPILER =
	/not found: (make|g\+\+|cc|c\+\+)|(g\+\+|clang\+\+|c\+\+|make|cc): (command )?not found|find Python|find any Visual Studio/i;

/**
 * The fault behind what npm printed before it failed.
 * @param {string} output everything npm printed
 * @param {string} task what npm was to do, in words
 */
export function npmFault(output, task) {
	if (/\bENOSPC\b/.test(output)) return diskFullFault();
	if (NO_COMPILER.test(output)) {
		return new Fault(
			"n8n's SQLite needs a C++ compiler here: install make, g++ (or clang) and python3, then start again.",
		);
	}
	if (NETWORK.test(output)) {
		return new Fault(
			`${task} failed, because npm cannot reach its registry: check the network (or the proxy), then start again.`,
		);
	}
	return new Fault(`${task} failed. npm's last words:\n${lastLines(output, 15)}`);
}

export const diskFullFault = () =>
	new Fault('The disk is full: n8n needs about 3 GB. Free some space, then start again.');

/**
 * @param {string} text
 * @param {number} count
 */
export const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');

/**
 * Runs a script. Faults become one sentence and an exit code; whatever was started is ended in every case.
 * @param {() => Promise<number | void>} script gives the exit code (nothing is 0)
 */
export async function runScript(script) {
	try {
		process.exitCode = (await script()) ?? 0;
	} catch (error) {
		// What failed was only being stopped; the signal's own handler ends the process.
		if (isStopping()) return;
		process.exitCode = report(error);
	}
	await endAllGroups();
	process.exit();
}

/** @param {unknown} error */
function report(error) {
	if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return report(diskFullFault());
	if (!(error instanceof Fault)) {
		console.error(error);
		return 1;
	}
	console.error(`\n${error.message}`);
	return error.exitCode;
}
