// @ts-check
// `npm test`: everything that says whether the code is right, on a fresh clone too. Runs all checks, one after another, and
// stops at the first that does not pass. Arguments after `--` go to jest, e.g. the name of one test file.
// `npm run test:nodes -- 24 26 [arguments]`: jest only, on these Nodes, which come from npm.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, runScript, usageFault } from './lib/faults.mjs';
import { ensureDependencies, projectFolder } from './lib/install.mjs';
import { nodeOfMajor } from './lib/node.mjs';

/** @typedef {{ heading: string, command: string[], isQuiet?: boolean }} Check isQuiet: only its number of tests is shown */

runScript(async () => {
	const started = Date.now();
	await ensureDependencies();
	const [first, ...others] = process.argv.slice(2);
	const checks = first === '--nodes' ? await jestOnNodes(others) : allChecks(process.argv.slice(2));
	checks.forEach((check, index) => run(check, `${index + 1} of ${checks.length}`));
	console.log(`\n✔ All ${checks.length} checks passed in ${secondsSince(started)} s`);
});

/** @param {string[]} jestArguments @returns {Check[]} */
const allChecks = (jestArguments) => [
	{ heading: "Lint (n8n's rules for verified packages)", command: npmRun('lint') },
	{ heading: 'Format', command: npmRun('format:check') },
	{ heading: 'Layers (imports go down only)', command: npmRun('layers') },
	{ heading: 'Types', command: npmRun('typecheck') },
	{ heading: 'Unit, property and integration tests', command: npmRun('test:unit', jestArguments) },
	{ heading: 'Documents and scripts', command: testsOfFiles(), isQuiet: true },
];

/** @param {string[]} given major versions, then what goes to jest @returns {Promise<Check[]>} */
async function jestOnNodes(given) {
	const others = given.findIndex((text) => !/^\d+$/.test(text));
	const majors = given.slice(0, others < 0 ? given.length : others);
	const jestArguments = given.slice(majors.length);
	if (majors.length === 0) throw usageFault('Usage: npm run test:nodes -- 24 26 [arguments for jest]');
	const jest = join('node_modules', 'jest', 'bin', 'jest.js');
	const checks = [];
	for (const major of majors) {
		const { binary } = await nodeOfMajor(Number(major));
		checks.push({ heading: `jest on Node ${major}`, command: [binary, jest, ...jestArguments] });
	}
	return checks;
}

/** Those that need files, which n8n's linter forbids to a test in TypeScript. */
function testsOfFiles() {
	const folders = ['documents', 'scripts'].map((name) => join('test', name));
	const filesIn = (/** @type {string} */ name) => readdirSync(join(projectFolder, name));
	const files = folders.flatMap((folder) => filesIn(folder).map((name) => join(folder, name)));
	return [
		process.execPath,
		'--test',
		'--test-reporter=spec',
		...files.filter((name) => /\.test\.mjs$/.test(name)),
	];
}

/** @param {string} script one of package.json @param {string[]} args */
function npmRun(script, args = []) {
	const thisVeryNpm = process.env.npm_execpath;
	const npm = thisVeryNpm?.endsWith('npm-cli.js') ? [process.execPath, thisVeryNpm] : ['npm'];
	return [...npm, 'run', '--silent', script, '--', ...args];
}

/** @param {Check} check @param {string} position */
function run({ heading, command: [program = '', ...args], isQuiet = false }, position) {
	console.log(`\n── ${position}: ${heading} ──`);
	const started = Date.now();
	const shell = process.platform === 'win32' && program === 'npm';
	const { status, error, stdout } = spawnSync(program, args, {
		cwd: projectFolder,
		stdio: ['inherit', isQuiet ? 'pipe' : 'inherit', 'inherit'],
		encoding: 'utf8',
		shell,
	});
	if (error) throw new Fault(`"${heading}" could not be started: ${error.message}`);
	if (isQuiet) console.log(status === 0 ? `   ${/(?<=^ℹ tests )\d+/m.exec(stdout)} tests` : stdout);
	if (status !== 0)
		throw new Fault(`✖ "${heading}" did not pass (see above). The checks after it were not run.`);
	console.log(`   passed in ${secondsSince(started)} s`);
}

/** @param {number} started */
const secondsSince = (started) => ((Date.now() - started) / 1000).toFixed(1);
