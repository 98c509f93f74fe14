// @ts-check
// `npm run test:e2e`, `test:reliability`, `test:queue`, `test:ui` and `test:examples`: test files that need a real n8n, with
// Node's test runner, one after another. test/support/n8n.mjs is how they get it.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder, startTestN8n } from '../test/support/n8n.mjs';
import { readArguments } from './lib/arguments.mjs';
import { Fault, runScript, usageFault } from './lib/faults.mjs';
import { ensureDependencies, projectFolder } from './lib/install.mjs';
import { installedN8n, N8N_VERSION } from './lib/n8n-install.mjs';
import { startGroup } from './lib/process-groups.mjs';
import { step } from './lib/progress.mjs';

/** The names of a suite's files end so; the rest of its folder is support. @type {Record<string, string>} */
const SUITES = {
	e2e: '.test.mjs',
	reliability: '.mjs',
	queue: '.test.mjs',
	ui: '.test.mjs',
	examples: '.test.mjs',
	outage: '.test.mjs',
};
// Defaults of n8n 2.x. Without the first, n8n 1.x mixes up parallel transactions, and nobody else can read its file.
const DEFAULTS = { DB_SQLITE_POOL_SIZE: '3', N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };

runScript(async () => {
	const { suite, files, values } = await readSuite();
	await ensureDependencies();
	const n8n = await installedN8n(values.n8n);
	const folder = await packageFolder();
	const env = {
		...process.env,
		TEST_PACKAGE_FOLDER: folder,
		TEST_SHORT: values.short || process.env.CI === 'true' ? '1' : '',
		UI_PICTURES: values.pictures ? '1' : '',
		// Where n8n itself lets a community package find n8n-workflow and zod.
		NODE_PATH: n8n.modules,
		NODE_NO_WARNINGS: '1',
	};
	try {
		if (suite !== 'e2e') return await runTests(n8n.node, files, env);
		return await runWithSharedN8n(folder, values.n8n, (access) =>
			runTests(n8n.node, files, { ...env, TEST_N8N: access }),
		);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

async function readSuite() {
	const suite = process.argv[2] ?? '';
	const ending = SUITES[suite];
	if (ending === undefined)
		throw usageFault(`Usage: node scripts/suite.mjs ${Object.keys(SUITES).join('|')}`);
	const folder = join(projectFolder, 'test', suite);
	const names = (await readdir(folder))
		.filter((file) => file.endsWith(ending))
		.map((file) => file.slice(0, -ending.length))
		.sort();
	const usage = `Usage: npm run test:${suite} [-- options] [files]
  --short          the quick form of reliability, queue and outage (also when CI is true)
  --n8n <version>  for e2e (default: ${N8N_VERSION})
  --pictures       for ui: takes the documents' pictures again
  files            ${names.join(', ')} (default: all)`;
	const { values, positionals } = readArguments(usage, {
		short: { type: 'boolean', default: false },
		n8n: { type: 'string', default: N8N_VERSION },
		pictures: { type: 'boolean', default: false },
	});
	const [, ...wanted] = positionals;
	const unknown = wanted.find((name) => !names.includes(name));
	if (unknown) throw usageFault(`There is no test/${suite}/${unknown}${ending}.\n${usage}`);
	if (names.length === 0) throw new Fault(`test/${suite} holds no tests.`);
	const chosen = wanted.length > 0 ? wanted : names;
	return { suite, files: chosen.map((name) => join(folder, `${name}${ending}`)), values };
}

/**
 * @param {string} packageFolder
 * @param {string} version
 * @param {(access: string) => Promise<number>} run access: what a test file makes an `N8n` of
 */
async function runWithSharedN8n(packageFolder, version, run) {
	const n8n = await step(`Starting n8n ${version}`, () =>
		startTestN8n({ version, env: DEFAULTS, packageFolder }),
	);
	const exitCode = await run(JSON.stringify(n8n));
	await n8n.remove({ keepsFolder: exitCode !== 0 });
	return exitCode;
}

/**
 * @param {string} node the Node that n8n runs with: it has `node:sqlite`
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the exit code
 */
async function runTests(node, files, env) {
	const args = ['--expose-gc', '--test', '--test-concurrency=1', '--test-reporter=spec', ...files];
	const tests = startGroup(node, args, { cwd: projectFolder, env, stdio: 'inherit' });
	return await new Promise((resolve) => tests.once('exit', (code) => resolve(code ?? 1)));
}
