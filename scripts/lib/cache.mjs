// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const MARKER = 'ready.json';
const RENAME_ATTEMPTS = 30;

/** The folder that keeps Node 24, n8n and the demo between starts. */
export function cacheFolder() {
	return join(process.env.XDG_CACHE_HOME || platformCacheFolder(), 'n8n-nodes-voicefox');
}

function platformCacheFolder() {
	if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
	if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
	return join(homedir(), '.cache');
}

/**
 * A folder of the cache, filled once. It appears under its name only when it is complete, so that a broken install is
 * never used and two scripts can fill it at the same time.
 * @param {string} name
 * @param {(folder: string) => Promise<Record<string, string>>} fill fills an empty folder; gives the versions in it
 * @returns {Promise<string>} its path
 */
export async function filledFolder(name, fill) {
	const folder = join(cacheFolder(), name);
	if (isReady(folder)) return folder;
	await removeAbandoned(name);
	const draft = `${folder}.tmp-${process.pid}`;
	await mkdir(draft, { recursive: true });
	try {
		const versions = await fill(draft);
		await writeFile(join(draft, MARKER), JSON.stringify({ versions, installedAt: new Date() }, null, '\t'));
		await publish(draft, folder);
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
	return folder;
}

/** @param {string} folder */
const isReady = (folder) => existsSync(join(folder, MARKER));

/**
 * @param {string} draft
 * @param {string} folder
 */
async function publish(draft, folder) {
	if (isReady(folder)) return;
	await rm(folder, { recursive: true, force: true });
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await rename(draft, folder);
		} catch (error) {
			// Another script was faster.
			if (isReady(folder)) return;
			// Windows refuses while a virus scanner still reads one of the many new files.
			if (process.platform !== 'win32' || attempt === RENAME_ATTEMPTS) throw error;
			await pause(2000);
		}
	}
}

/**
 * Removes what scripts left behind that were killed while they filled the folder.
 * @param {string} name
 */
async function removeAbandoned(name) {
	const prefix = `${name}.tmp-`;
	const entries = await readdir(cacheFolder()).catch(() => []);
	const abandoned = entries.filter(
		(entry) => entry.startsWith(prefix) && !isAlive(Number(entry.slice(prefix.length))),
	);
	await Promise.all(
		abandoned.map((entry) => rm(join(cacheFolder(), entry), { recursive: true, force: true })),
	);
}

/** @param {number} pid */
export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
	}
}
