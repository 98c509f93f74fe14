// @ts-check
// `npm test`: everything that says whether the code is right, on a fresh clone too. Runs all checks, one after another, and
// stops at the first that does not pass. Arguments after `--` go to jest, e.g. the name of one test file.
import { spawnSync } from 'node:child_process';
import { Fault, runScript } from './lib/faults.mjs';
import { ensureDependencies, projectFolder } from './lib/install.mjs';

/** @typedef {{ heading: string, command: string[] }} Check */

runScript(async () => {
	const started = Date.now();
	await ensureDependencies();
	const checks = allChecks(process.argv.slice(2));
	checks.forEach((check, index) => run(check, `${index + 1} of ${checks.length}`));
	console.log(`\n✔ All ${checks.length} checks passed in ${secondsSince(started)} s`);
});

const documentsTest = [
	process.execPath,
	'--test',
	'--test-reporter=spec',
	'test/documents/documents.test.mjs',
];

/** @param {string[]} jestArguments @returns {Check[]} */
const allChecks = (jestArguments) => [
	{ heading: "Lint (n8n's rules for verified packages)", command: npmRun('lint') },
	{ heading: 'Format', command: npmRun('format:check') },
	{ heading: 'Floors (imports go down only)', command: npmRun('layers') },
	{ heading: 'Types', command: npmRun('typecheck') },
	{ heading: 'Unit, property and integration tests', command: npmRun('test:unit', jestArguments) },
	{ heading: 'Documents', command: documentsTest },
];

/** @param {string} script one of package.json @param {string[]} args */
function npmRun(script, args = []) {
	const thisVeryNpm = process.env.npm_execpath;
	const npm = thisVeryNpm?.endsWith('npm-cli.js') ? [process.execPath, thisVeryNpm] : ['npm'];
	return [...npm, 'run', '--silent', script, '--', ...args];
}

/** @param {Check} check @param {string} position */
function run({ heading, command: [program = '', ...args] }, position) {
	console.log(`\n── ${position}: ${heading} ──`);
	const started = Date.now();
	const shell = process.platform === 'win32' && program === 'npm';
	const { status, error } = spawnSync(program, args, { cwd: projectFolder, stdio: 'inherit', shell });
	if (error) throw new Fault(`"${heading}" could not be started: ${error.message}`);
	if (status !== 0)
		throw new Fault(`✖ "${heading}" did not pass (see above). The checks after it were not run.`);
	console.log(`   passed in ${secondsSince(started)} s`);
}

/** @param {number} started */
const secondsSince = (started) => ((Date.now() - started) / 1000).toFixed(1);
