// @ts-check
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filledFolder } from './cache.mjs';
import { npm } from './commands.mjs';
import { nodeOfMajor } from './node.mjs';
import { step } from './progress.mjs';

/** The newest n8n that npm can install completely. */
export const N8N_VERSION = '2.41.1';

/** Those that the documents name, the newest first. */
export const N8N_VERSIONS = [N8N_VERSION, '2.20.12', '2.0.3', '1.123.81', '1.100.1'];

/** n8n 2.41 starts on Node 24 and newer only; older ones run on it, too. */
const NODE_MAJOR = 24;

/** n8n 1.x gets `xlsx` from its maker's server, which many networks refuse; this is the copy on npm that n8n 2.x uses. */
const OVERRIDES = { xlsx: 'npm:@e965/xlsx@0.20.3' };

/**
 * An n8n of this version with its SQLite built, from the cache or (minutes) from npm.
 * @param {string} [version]
 * @returns {Promise<{ version: string, node: string, modules: string, script: string }>} node: the binary to run it
 * with; modules: its node_modules; script: what to run
 */
export async function installedN8n(version = N8N_VERSION) {
	const node = await nodeOfMajor(NODE_MAJOR);
	const folder = await filledFolder(`n8n-${version}`, (draft) => install(draft, version, node));
	const modules = join(folder, 'node_modules');
	return { version, node: node.binary, modules, script: join(modules, 'n8n', 'bin', 'n8n') };
}

/**
 * @param {string} folder
 * @param {string} version
 * @param {{ binary: string, headers?: string }} node
 */
async function install(folder, version, { binary, headers }) {
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, overrides: OVERRIDES }));
	const download = `Getting n8n ${version}`;
	await step(
		download,
		// Scripts stay off: one of n8n's dependencies downloads sources that many networks refuse, and nothing here needs it.
		() =>
			npm(['install', `n8n@${version}`, '--ignore-scripts', '--omit=dev'], {
				cwd: folder,
				task: download,
				node: binary,
			}),
		'once, 3 to 6 minutes, 3 GB',
	);
	const build = "Building n8n's SQLite";
	await step(
		build,
		() =>
			npm(['rebuild', 'sqlite3'], {
				cwd: folder,
				task: build,
				node: binary,
				// A `nodedir` of the user's .npmrc would name the headers of another Node.
				env: headers ? { npm_config_nodedir: headers } : {},
			}),
		'once, about 1 minute',
	);
	const manifest = await readFile(join(folder, 'node_modules', 'n8n', 'package.json'), 'utf8');
	return { n8n: JSON.parse(manifest).version };
}
