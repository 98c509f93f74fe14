// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npm } from './commands.mjs';
import { step } from './progress.mjs';

/** The project's top folder. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Makes sure that `node_modules` holds what package-lock.json lists; installs it with `npm ci` otherwise. Gives back
 * at once when nothing is missing. Throws a `Fault` when npm is missing, cannot reach its registry, or fails otherwise.
 *
 * @returns {Promise<void>}
 */
export async function ensureDependencies() {
	if (isInstalled()) return;
	const task = "Installing the project's development packages";
	// Scripts stay off: isolated-vm, which n8n-workflow brings, compiles only on Node 24 and newer, and nothing here
	// needs it compiled. `--include=dev`: under NODE_ENV=production npm would leave out all that is needed here.
	const arguments_ = ['ci', '--ignore-scripts', '--include=dev'];
	await step(task, () => npm(arguments_, { cwd: projectFolder, task }), 'once, some minutes');
}

/** Whether `node_modules` holds every package of package-lock.json in exactly that version. */
function isInstalled() {
	const installed = lockedPackages(join('node_modules', '.package-lock.json'));
	return Object.entries(lockedPackages('package-lock.json')).every(
		([path, { version, integrity, optional }]) =>
			path === '' ||
			optional || // Made for other platforms, mostly.
			(installed[path]?.version === version && installed[path]?.integrity === integrity),
	);
}

/**
 * @param {string} name a lock file, relative to the project's folder
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} empty when there is none
 */
function lockedPackages(name) {
	const file = join(projectFolder, name);
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}
