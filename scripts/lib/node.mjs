// @ts-check
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filledFolder } from './cache.mjs';
import { npm } from './commands.mjs';
import { step } from './progress.mjs';

const platform = process.platform === 'win32' ? 'win' : process.platform;
const packageName = `node-${platform}-${process.arch}`;

/**
 * A Node of this major version: the one that runs this when it is of that version, else one from npm, kept in the cache.
 * @param {number} major
 * @returns {Promise<{ binary: string, headers?: string }>} headers: the folder to give node-gyp as `nodedir`
 */
export async function nodeOfMajor(major) {
	if (Number(process.versions.node.split('.')[0]) === major) return withHeaders(process.execPath);
	const folder = await filledFolder(`node-${major}`, (draft) => download(draft, major));
	return withHeaders(
		join(folder, 'node_modules', packageName, 'bin', platform === 'win' ? 'node.exe' : 'node'),
	);
}

/** @param {string} folder @param {number} major */
async function download(folder, major) {
	await writeFile(join(folder, 'package.json'), '{"private":true}');
	const install = ['install', `${packageName}@${major}`, '--ignore-scripts'];
	const task = `Getting Node ${major}`;
	await step(task, () => npm(install, { cwd: folder, task }), 'once, about 10 seconds');
	const manifest = await readFile(join(folder, 'node_modules', packageName, 'package.json'), 'utf8');
	return { node: JSON.parse(manifest).version };
}

/** @param {string} binary */
function withHeaders(binary) {
	const home = dirname(dirname(binary));
	return existsSync(join(home, 'include', 'node', 'node_api.h')) ? { binary, headers: home } : { binary };
}
