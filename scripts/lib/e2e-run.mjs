// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault, runScript, usageFault } from './faults.mjs';
import { ensureDependencies, projectFolder } from './install.mjs';
import { installedN8n, N8N_VERSION } from './n8n-install.mjs';
import { startN8n } from './n8n.mjs';
import { startGroup } from './process-groups.mjs';
import { step } from './progress.mjs';
import { installPackage, packedProject, removeTarball } from './project.mjs';
import { sessionCookie } from './rest.mjs';

const USAGE = `Usage: npm run test:e2e [-- options] [files]
  --n8n <version>  n8n's version (default: ${N8N_VERSION})
  files            only these of test/e2e (their names, without .test.mjs)`;
const FOLDER = join(projectFolder, 'test', 'e2e');
// Defaults of n8n 2.x. Without the first, n8n 1.x mixes up parallel transactions, and nobody else can read its file.
const DEFAULTS = { DB_SQLITE_POOL_SIZE: '3', N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };

/** Runs test/e2e against one real n8n that has the packed package installed. */
export const runEndToEndTests = () =>
	runScript(async () => {
		const { version, only } = readOptions();
		await ensureDependencies();
		const { node } = await installedN8n(version);
		const files = await testFiles(only);
		const userFolder = await mkdtemp(join(tmpdir(), 'voicefox-e2e-'));
		const tarball = await packedProject();
		await installPackage(tarball, userFolder).finally(() => removeTarball(tarball));
		const n8n = await step(`Starting n8n ${version}`, () => startN8n({ userFolder, version, env: DEFAULTS }));
		const exitCode = await runTests(node, files, await instanceFor(n8n, version));
		await n8n.stop();
		if (exitCode === 0) await rm(userFolder, { recursive: true, force: true });
		else console.log(`\nn8n's data and log stay for a look: ${userFolder}`);
		return exitCode;
	});

function readOptions() {
	try {
		const options = /** @type {const} */ ({ n8n: { type: 'string', default: N8N_VERSION } });
		const { values, positionals } = parseArgs({ options, allowPositionals: true });
		return { version: values.n8n, only: positionals };
	} catch (error) {
		throw usageFault(`${/** @type {Error} */ (error).message}\n${USAGE}`);
	}
}

/** @param {string[]} only names without `.test.mjs`; empty means all */
async function testFiles(only) {
	const all = (await readdir(FOLDER)).filter((name) => name.endsWith('.test.mjs')).sort();
	const unknown = only.find((name) => !all.includes(`${name}.test.mjs`));
	if (unknown) throw usageFault(`There is no test/e2e/${unknown}.test.mjs.\n${USAGE}`);
	const chosen = only.length > 0 ? all.filter((name) => only.includes(basename(name, '.test.mjs'))) : all;
	if (chosen.length === 0) throw new Fault('test/e2e holds no tests.');
	return chosen;
}

/**
 * What the test files need to know (test/e2e/support/instance.mjs reads it).
 * @param {import('./n8n.mjs').RunningN8n} n8n
 * @param {string} version
 */
async function instanceFor({ url, userFolder, logFile }, version) {
	const password = `Fox-1-${randomSecret()}`;
	const owner = { email: 'e2e@voicefox.example', firstName: 'End', lastName: 'To End', password };
	const cookie = await sessionCookie(url, owner);
	const tokens = { token: randomSecret(), wrongToken: randomSecret() };
	return {
		version,
		url,
		userFolder,
		logFile,
		owner,
		cookie,
		...tokens,
		storesFirst: storesBeforeItAnswers(version),
	};
}

/**
 * Whether n8n's 200 means that the execution is stored: since 2.8 (reference/n8n-platform.md, section 5.4).
 * @param {string} version
 */
function storesBeforeItAnswers(version) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > 2 || (major === 2 && minor >= 8);
}

const randomSecret = () => randomBytes(24).toString('base64url');

/**
 * @param {string} node a Node with `node:sqlite`
 * @param {string[]} files
 * @param {object} instance
 * @returns {Promise<number>} the exit code
 */
async function runTests(node, files, instance) {
	const args = ['--test', '--test-concurrency=1', ...files.map((name) => join(FOLDER, name))];
	const tests = startGroup(node, args, {
		cwd: projectFolder,
		env: { ...process.env, E2E_INSTANCE: JSON.stringify(instance), NODE_NO_WARNINGS: '1' },
		stdio: 'inherit',
	});
	return await new Promise((resolve) => tests.once('exit', (code) => resolve(code ?? 1)));
}
