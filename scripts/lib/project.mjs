// @ts-check
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm, runCommand } from './commands.mjs';
import { Fault } from './faults.mjs';
import { projectFolder } from './install.mjs';
import { step } from './progress.mjs';

/** @param {string} path below the project's folder */
export const readJson = async (path) => JSON.parse(await readFile(join(projectFolder, path), 'utf8'));

/**
 * One of the sample events that tests, demo and benchmarks share.
 * @param {string} name the file's name in test/fixtures without `.json`
 */
export const sampleEvent = (name) => readJson(`test/fixtures/${name}.json`);

/** Builds the package into `dist`, unless PREBUILT says that what is there is up to date. */
export const builtProject = async () =>
	process.env.PREBUILT ||
	step('Building the package', () => npm(['run', 'build'], { cwd: projectFolder, task: 'The build' }));

/**
 * Installs a package as n8n's community-packages service does (its `downloadPackage`): unpacked, and its package.json
 * without development, peer and optional dependencies. There are no others to install.
 * @param {string} userFolder n8n's N8N_USER_FOLDER
 * @param {string} [tarball] default: the project, built and packed as it would be published
 */
export async function installProject(userFolder, tarball) {
	if (tarball) return await installTarball(tarball, userFolder);
	await builtProject();
	const folder = await mkdtemp(join(tmpdir(), 'voicefox-package-'));
	try {
		await installTarball(await packedInto(folder), userFolder);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * The project, built already, as it would be published.
 * @param {string} folder an empty one
 * @returns {Promise<string>} the tarball's path
 */
export const packedInto = (folder) =>
	step('Packing the package', async () => {
		const pack = ['pack', '--ignore-scripts', '--pack-destination', folder];
		await npm(pack, { cwd: projectFolder, task: 'Packing the package' });
		const [tarball] = await readdir(folder);
		if (!tarball) throw new Fault('npm pack wrote no tarball.');
		return join(folder, tarball);
	});

/**
 * @param {string} tarball a package
 * @param {string} folder where its files go
 */
export async function unpack(tarball, folder) {
	// A name without a folder: GNU's tar takes the "C:" of one on Windows for another machine.
	const copy = 'unpacking.tgz';
	await copyFile(tarball, join(folder, copy));
	const { exitCode, output } = await runCommand('tar', ['-xzf', copy, '--strip-components=1'], {
		cwd: folder,
	});
	await rm(join(folder, copy));
	if (exitCode !== 0) throw new Fault(`Unpacking ${tarball} failed: ${output.trim()}`);
}

/** @param {string} tarball @param {string} userFolder */
async function installTarball(tarball, userFolder) {
	const { name, version } = await readJson('package.json');
	const nodes = join(userFolder, '.n8n', 'nodes');
	const folder = join(nodes, 'node_modules', name);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await unpack(tarball, folder);
	const manifestPath = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));
	const { devDependencies, peerDependencies, optionalDependencies, ...kept } = manifest;
	await writeFile(manifestPath, JSON.stringify(kept, null, 2));
	const list = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	await writeFile(join(nodes, 'package.json'), JSON.stringify(list, null, 2));
}
