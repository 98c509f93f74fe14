// @ts-check
// `npm run test:e2e`, and the other suites: test files that need a real n8n, with
// Node's test runner, one after another. test/support/n8n.mjs is how they get it.
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder, startTestN8n } from '../test/support/n8n.mjs';
import { readArguments } from './lib/arguments.mjs';
import { Fault, runScript, usageFault } from './lib/faults.mjs';
import { ensureDependencies, projectFolder } from './lib/install.mjs';
import { installedN8n, N8N_VERSION, N8N_VERSIONS } from './lib/n8n-install.mjs';
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
	install: '.test.mjs',
};
/** How many files of a suite run at once, where most of their time is waiting for n8n's poll times or for a browser. @type {Record<string, number>} */
const AT_ONCE = { outage: 5, ui: 2 };
/** The others use signals, /proc or a shell. */
const ON_WINDOWS = ['e2e', 'ui', 'examples'];
const TABLE_FILE = 'docs/reliability.md';
// Defaults of n8n 2.x. Without the first, n8n 1.x mixes up parallel transactions, and nobody else can read its file.
const DEFAULTS = { DB_SQLITE_POOL_SIZE: '3', N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };

runScript(async () => {
	const { suite, files, values } = await readSuite();
	await ensureDependencies();
	const versions = values.n8n === 'all' ? N8N_VERSIONS : [values.n8n];
	const n8n = await installedN8n(versions[0]);
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
		if (suite !== 'e2e') return await runTests(n8n.node, files, env, { atOnce: AT_ONCE[suite] });
		const results = [];
		for (const version of versions) results.push(await runOn(version, folder, files, env));
		if (values.table) await writeTable(results);
		return Math.max(...results.map(({ exitCode }) => exitCode));
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
});

async function readSuite() {
	const suite = process.argv[2] ?? '';
	const ending = SUITES[suite];
	if (ending === undefined)
		throw usageFault(`Usage: node scripts/suite.mjs ${Object.keys(SUITES).join('|')}`);
	if (process.platform === 'win32' && !ON_WINDOWS.includes(suite))
		throw new Fault(`test:${suite} kills and watches processes as Linux does: run it there, or in WSL.`);
	const folder = join(projectFolder, 'test', suite);
	const names = (await readdir(folder))
		.filter((file) => file.endsWith(ending))
		.map((file) => file.slice(0, -ending.length))
		.sort();
	const usage = `Usage: npm run test:${suite} [-- options] [files]
  --short          the quick form of reliability, queue, install and outage (also when CI is true)
  --n8n <version>  for e2e (default: ${N8N_VERSION}); all: each that the documents name
  --table          for e2e: writes the results into ${TABLE_FILE}
  --pictures       for ui: takes the documents' pictures again
  files            ${names.join(', ')} (default: all)`;
	const { values, positionals } = readArguments(usage, {
		short: { type: 'boolean', default: false },
		n8n: { type: 'string', default: N8N_VERSION },
		table: { type: 'boolean', default: false },
		pictures: { type: 'boolean', default: false },
	});
	const [, ...wanted] = positionals;
	const unknown = wanted.find((name) => !names.includes(name));
	if (unknown) throw usageFault(`There is no test/${suite}/${unknown}${ending}.\n${usage}`);
	const chosen = wanted.length > 0 ? wanted : names;
	return { suite, files: chosen.map((name) => join(folder, `${name}${ending}`)), values };
}

/** @typedef {{ version: string, exitCode: number, passed: number, failed: number }} Result of a version of n8n */

/**
 * @param {string} version
 * @param {string} packageFolder
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Result>}
 */
async function runOn(version, packageFolder, files, env) {
	const { node, modules } = await installedN8n(version);
	const n8n = await step(`Starting n8n ${version}`, () =>
		startTestN8n({ version, env: DEFAULTS, packageFolder }),
	);
	const report = join(packageFolder, `${version}.tap`);
	const access = { TEST_N8N: JSON.stringify(n8n), NODE_PATH: modules };
	const exitCode = await runTests(node, files, { ...env, ...access }, { report });
	await n8n.remove({ keepsFolder: exitCode !== 0 });
	const text = await readFile(report, 'utf8');
	const count = (/** @type {string} */ name) =>
		Number(new RegExp(`^# ${name} (\\d+)`, 'm').exec(text)?.[1] ?? NaN);
	return { version, exitCode, passed: count('pass'), failed: count('fail') };
}

/** @param {Result[]} results */
async function writeTable(results) {
	const file = join(projectFolder, TABLE_FILE);
	const rows = results.map(
		({ version, passed, failed }) => `| ${version} | ${passed} of ${passed + failed} |`,
	);
	const table = ['| n8n | Tests passed |', '| --- | --- |', ...rows].join('\n');
	const text = await readFile(file, 'utf8');
	const { writeFormatted } = await import('../test/support/write-formatted.mjs');
	await writeFormatted(file, text.replace(/(?<=<!-- tried -->)[^]*(?=<!-- \/tried -->)/, `\n\n${table}\n\n`));
}

/**
 * @param {string} node the Node that n8n runs with: it has `node:sqlite`
 * @param {string[]} files
 * @param {NodeJS.ProcessEnv} env
 * @param {{ atOnce?: number, report?: string }} [how] atOnce: files; report: a file for the results, as TAP
 * @returns {Promise<number>} the exit code
 */
async function runTests(node, files, env, { atOnce = 1, report } = {}) {
	const reporters = [
		...['--test-reporter=spec', '--test-reporter-destination=stdout'],
		...(report ? ['--test-reporter=tap', `--test-reporter-destination=${report}`] : []),
	];
	const args = ['--expose-gc', '--test', `--test-concurrency=${atOnce}`, ...reporters, ...files];
	const tests = startGroup(node, args, { cwd: projectFolder, env, stdio: 'inherit' });
	return await new Promise((resolve) => tests.once('exit', (code) => resolve(code ?? 1)));
}
