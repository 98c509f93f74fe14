// @ts-check
// An npm registry of this machine with versions of this package, and an `npm` that asks it whatever registry it is told: n8n
// asks another one than npm's only with a licence.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { npm } from '../../scripts/lib/commands.mjs';
import { packedInto, unpack } from '../../scripts/lib/project.mjs';
import { listen, sendJson } from '../stand-in/listen.mjs';

export const NAME = 'n8n-nodes-voicefox';

/** The parts of a package of which several versions are published. */
const NODE_FILE = join('dist', 'nodes', 'VoiceFox', 'VoiceFox.node.js');

/**
 * @typedef {object} Version
 * @property {any} manifest
 * @property {Buffer} tarball
 */

/**
 * Starts the registry without any version.
 * @param {string} folder an empty one, for tarballs
 */
export async function startRegistry(folder) {
	/** By number, the oldest first. @type {Map<string, Version>} */
	const versions = new Map();
	const server = await listen((request, response) => {
		const [, name, , file] = (request.url ?? '').split('/').map(decodeURIComponent);
		if (name !== NAME) return sendJson(response, 404, { error: 'not_found' });
		const asked = [...versions.values()].find(({ manifest }) => file === fileOf(manifest));
		if (file) return void response.writeHead(asked ? 200 : 404).end(asked?.tarball);
		sendJson(response, 200, packument(versions, server.url));
	});
	const project = join(folder, 'project');
	await mkdir(project);
	await unpack(await packedInto(await emptied(join(folder, 'packed'))), project);

	return {
		url: server.url,
		close: server.close,
		/**
		 * Publishes the project as this version, which is the latest then.
		 * @param {string} version
		 * @param {{ canLoad?: boolean }} [options] canLoad: false breaks one of its nodes
		 */
		async publish(version, { canLoad = true } = {}) {
			const manifestPath = join(project, 'package.json');
			const manifest = { ...JSON.parse(await readFile(manifestPath, 'utf8')), version };
			await writeFile(manifestPath, JSON.stringify(manifest));
			const node = await readFile(join(project, NODE_FILE), 'utf8');
			if (!canLoad) await writeFile(join(project, NODE_FILE), "throw new Error('broken on purpose');");
			const packed = await emptied(join(folder, 'packed'));
			const pack = ['pack', '--ignore-scripts', '--pack-destination', packed];
			await npm(pack, { cwd: project, task: `Packing version ${version}` });
			const tarball = await readFile(join(packed, fileOf(manifest)));
			versions.set(version, { manifest, tarball });
			await writeFile(join(project, NODE_FILE), node);
		},
	};
}

/** @param {string} folder */
async function emptied(folder) {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder);
	return folder;
}

/** @param {{ version: string }} manifest */
const fileOf = ({ version }) => `${NAME}-${version}.tgz`;

/** @param {Map<string, Version>} versions @param {string} url the registry's */
const packument = (versions, url) => ({
	name: NAME,
	'dist-tags': { latest: [...versions.keys()].at(-1) },
	versions: Object.fromEntries(
		[...versions].map(([version, { manifest, tarball }]) => [
			version,
			{
				...manifest,
				dist: {
					tarball: `${url}/${NAME}/-/${fileOf(manifest)}`,
					shasum: createHash('sha1').update(tarball).digest('hex'),
					integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
				},
			},
		]),
	),
});

/**
 * What n8n's environment needs so that its installer asks this registry, and nobody else on the internet.
 * @param {string} folder for the `npm`
 * @param {string} registryUrl
 */
export async function environmentFor(folder, registryUrl) {
	const bin = await emptied(join(folder, 'bin'));
	const command = `"${process.execPath}" "${process.env.npm_execpath}"`;
	// npm takes the last of two.
	const script = `#!/bin/sh\nexec ${command} "$@" --registry=${registryUrl}\n`;
	await writeFile(join(bin, 'npm'), script, { mode: 0o755 });
	const nobody = 'http://127.0.0.1:9';
	return {
		PATH: `${bin}${delimiter}${process.env.PATH}`,
		HTTPS_PROXY: nobody,
		https_proxy: nobody,
		NO_PROXY: '127.0.0.1,localhost',
		no_proxy: '127.0.0.1,localhost',
	};
}
