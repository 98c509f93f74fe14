// @ts-check
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

/** Builds the package into `dist`. */
export const builtProject = () =>
	step('Building the package', () => npm(['run', 'build'], { cwd: projectFolder, task: 'The build' }));

/**
 * Builds the package and packs it as it would be published.
 * @returns {Promise<string>} the tarball's path; `removeTarball` removes it
 */
export async function packedProject() {
	await builtProject();
	return await step('Packing the package', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'voicefox-package-'));
		try {
			const pack = ['pack', '--ignore-scripts', '--pack-destination', folder];
			await npm(pack, { cwd: projectFolder, task: 'Packing the package' });
			const [tarball] = await readdir(folder);
			if (!tarball) throw new Fault('npm pack wrote no tarball.');
			return join(folder, tarball);
		} catch (error) {
			await rm(folder, { recursive: true, force: true });
			throw error;
		}
	});
}

/**
 * Installs a tarball as n8n's community-packages service does (its `downloadPackage`): unpacked, and its package.json
 * without development, peer and optional dependencies. There are no others to install.
 * @param {string} tarball
 * @param {string} userFolder n8n's N8N_USER_FOLDER
 */
export async function installPackage(tarball, userFolder) {
	const { name, version } = await readJson('package.json');
	const nodes = join(userFolder, '.n8n', 'nodes');
	const folder = join(nodes, 'node_modules', name);
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const unpacked = await runCommand('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	if (unpacked.exitCode !== 0) throw new Fault(`Unpacking ${tarball} failed: ${unpacked.output.trim()}`);
	const manifestPath = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(manifestPath, 'utf8'));
	const { devDependencies, peerDependencies, optionalDependencies, ...kept } = manifest;
	await writeFile(manifestPath, JSON.stringify(kept, null, 2));
	const list = { name: 'installed-nodes', private: true, dependencies: { [name]: version } };
	await writeFile(join(nodes, 'package.json'), JSON.stringify(list, null, 2));
}

/** @param {string} tarball what `packedProject` gave */
export const removeTarball = (tarball) => rm(dirname(tarball), { recursive: true, force: true });
