// @ts-check
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { runScript, usageFault } from './faults.mjs';
import { ensureDependencies, projectFolder } from './install.mjs';
import { installedN8n } from './n8n-install.mjs';
import { startGroup } from './process-groups.mjs';
import { installPackage, packedProject, removeTarball } from './project.mjs';

const FOLDER = join(projectFolder, 'test', 'reliability');

/** Runs the parts of test/reliability, each a program of its own; one that breaks a promise exits with 1. */
export const runReliabilityTests = () =>
	runScript(async () => {
		const { parts, isShort } = await readOptions();
		await ensureDependencies();
		const n8n = await installedN8n();
		const packageFolder = await mkdtemp(join(tmpdir(), 'voicefox-reliability-'));
		const tarball = await packedProject();
		await installPackage(tarball, packageFolder).finally(() => removeTarball(tarball));
		const env = {
			...process.env,
			// Where n8n itself lets a community package find n8n-workflow and zod.
			NODE_PATH: n8n.modules,
			NODE_NO_WARNINGS: '1',
			RELIABILITY_FOLDER: packageFolder,
			RELIABILITY_SHORT: isShort ? '1' : '',
		};
		try {
			return await runParts(n8n.node, parts, env);
		} finally {
			await rm(packageFolder, { recursive: true, force: true });
		}
	});

async function readOptions() {
	const all = (await readdir(FOLDER)).filter((name) => name.endsWith('.mjs')).map(partName);
	const usage = `Usage: npm run test:reliability [-- options] [parts]
  --short  the quick form (also when CI is true)
  parts    ${all.sort().join(', ')} (default: all)`;
	const { values, positionals } = parsedArguments(usage);
	const unknown = positionals.find((part) => !all.includes(part));
	if (unknown) throw usageFault(`There is no part "${unknown}".\n${usage}`);
	const parts = positionals.length > 0 ? positionals : all;
	return { parts, isShort: values.short || process.env.CI === 'true' };
}

/** @param {string} usage */
function parsedArguments(usage) {
	try {
		const options = /** @type {const} */ ({ short: { type: 'boolean', default: false } });
		return parseArgs({ options, allowPositionals: true });
	} catch (error) {
		throw usageFault(`${/** @type {Error} */ (error).message}\n${usage}`);
	}
}

/** @param {string} file */
const partName = (file) => basename(file, '.mjs');

/**
 * @param {string} node a Node with `node:sqlite`
 * @param {string[]} parts
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the exit code
 */
async function runParts(node, parts, env) {
	const broken = [];
	for (const part of parts) {
		const started = Date.now();
		console.log(`\n── ${part} ──`);
		const program = startGroup(node, ['--expose-gc', join(FOLDER, `${part}.mjs`)], {
			cwd: projectFolder,
			env,
			stdio: 'inherit',
		});
		const exitCode = await new Promise((resolve) => program.once('exit', (code) => resolve(code ?? 1)));
		if (exitCode !== 0) broken.push(part);
		console.log(
			`   ${exitCode === 0 ? 'passed' : 'DID NOT PASS'} in ${Math.round((Date.now() - started) / 1000)} s`,
		);
	}
	if (broken.length === 0) return 0;
	console.error(`\n✖ Promises are broken in: ${broken.join(', ')}`);
	return 1;
}
