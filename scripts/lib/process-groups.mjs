// @ts-check
import { spawn, spawnSync } from 'node:child_process';

const isWindows = process.platform === 'win32';
const GRACE_MS = 8000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {(signal: NodeJS.Signals) => number} */
let exitCodeFor = (signal) => (signal === 'SIGINT' ? 130 : 143);

/**
 * Starts a program as the leader of its own process group, so that it can be ended with all its children. It is ended
 * when this process ends, whatever the reason.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startGroup(command, args, options) {
	watchForTheEnd();
	const child = spawn(command, args, { ...options, detached: !isWindows, windowsHide: true });
	running.add(child);
	child.once('exit', () => running.delete(child));
	child.once('error', () => running.delete(child));
	return child;
}

/**
 * Ends a program and its children: politely, then after 8 seconds by force.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} [signal]
 */
export async function endGroup(child, signal = 'SIGTERM') {
	if (hasEnded(child)) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	signalGroup(child, signal);
	const force = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
	await ended;
	clearTimeout(force);
	// A child of the program may have outlived it.
	signalGroup(child, 'SIGKILL');
}

/** Ends everything that `startGroup` started. */
export const endAllGroups = () => Promise.all([...running].map((child) => endGroup(child)));

/**
 * Says with which code the process ends when somebody stops it (Ctrl-C, SIGTERM).
 * @param {(signal: NodeJS.Signals) => number} exitCode
 */
export const onStopExitWith = (exitCode) => {
	exitCodeFor = exitCode;
};

/** @param {import('node:child_process').ChildProcess} child */
export const hasEnded = (child) =>
	child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
	if (child.pid === undefined) return;
	if (isWindows) {
		if (!hasEnded(child)) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch {
		// ESRCH: nobody of the group is left.
	}
}

let watching = false;
let stopping = false;

/** Whether somebody has stopped this process, so that programs now end without any fault of theirs. */
export const isStopping = () => stopping;

function watchForTheEnd() {
	if (watching) return;
	watching = true;
	// The last resort, for a crash of this process: nothing asynchronous can run any more.
	process.once('exit', () => running.forEach((child) => signalGroup(child, 'SIGKILL')));
	for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => {
			if (stopping) return;
			stopping = true;
			console.error('\nStopping …');
			endAllGroups().then(() => process.exit(exitCodeFor(signal)));
		});
	}
}
