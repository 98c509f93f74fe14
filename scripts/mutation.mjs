// @ts-check
// Breaks nodes/ in every way that Stryker knows, and asks whether the tests notice: `npm run test:mutation -- [modules]`.
// Each module is asked of its own tests, since all tests for each of some thousand mutants would take days.
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import jestConfig from '../jest.config.js';
import { MODULES } from '../stryker.config.mjs';
import { readArguments } from './lib/arguments.mjs';
import { runScript, usageFault } from './lib/faults.mjs';
import { projectFolder } from './lib/install.mjs';

const LEAST_PERCENT = 92;
// The other project runs some of the tests a second time.
const jestProject = { ...jestConfig.projects[0], runner: '<rootDir>/test/support/first-failure-runner.js' };
const USAGE = `Usage: npm run test:mutation -- [modules]\nModules: ${Object.keys(MODULES).join(', ')} (default: all)`;
const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

/** @param {string} name of the line @param {{ status: string }[]} mutants */
function scoreOf(name, mutants) {
	const count = (/** @type {string[]} */ statuses) =>
		mutants.filter(({ status }) => statuses.includes(status)).length;
	const noticed = count(NOTICED);
	const all = noticed + count(UNNOTICED);
	const percent = (100 * noticed) / all;
	return {
		percent,
		line: `${name.padEnd(12)} ${percent.toFixed(1)} % (${noticed} of ${all} mutants noticed)`,
	};
}

/** @typedef {import('@stryker-mutator/api/core').MutantResult} MutantResult */

/** What tests say of the mutants in these files, or lines. @param {string[]} mutate @param {string} tests @returns {Promise<MutantResult[]>} */
const asked = async (mutate, tests) => {
	const project = { ...jestProject, testMatch: [`<rootDir>/test/${tests}.test.ts`] };
	const jest = { config: { projects: [project] } };
	return await new Stryker({ mutate, jest }).runMutationTest();
};

/** What tells a mutant from the others. @param {MutantResult} mutant */
const keyOf = ({ fileName, location, mutatorName, replacement }) =>
	JSON.stringify([fileName, location, mutatorName, replacement]);

/** Stryker counts columns from 1 in what it gives, and from 0 in what it takes. @param {MutantResult} mutant */
const placeOf = ({ fileName, location: { start, end } }) =>
	`${relative(projectFolder, fileName)}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;

/** @param {string} name @param {import('../stryker.config.mjs').Module} module @returns {Promise<MutantResult[]>} */
async function mutantsOf(name, { tests, code = `${name}/**/*.ts` }) {
	/** @type {Map<string, MutantResult>} */
	const results = new Map();
	let unnoticed = [`nodes/VoiceFox/${code}`];
	for (const next of tests) {
		for (const mutant of unnoticed.length > 0 ? await asked(unnoticed, next) : []) {
			const known = results.get(keyOf(mutant));
			if (!known || UNNOTICED.includes(known.status)) results.set(keyOf(mutant), mutant);
		}
		unnoticed = [...results.values()].filter(({ status }) => UNNOTICED.includes(status)).map(placeOf);
	}
	return [...results.values()];
}

await runScript(async () => {
	const { positionals: names } = readArguments(USAGE, {});
	const unknown = names.find((name) => !Object.hasOwn(MODULES, name));
	if (unknown !== undefined) throw usageFault(`There is no module "${unknown}".\n${USAGE}`);
	const lines = [];
	const mutants = [];
	for (const [name, module] of Object.entries(MODULES)) {
		if (names.length > 0 && !names.includes(name)) continue;
		const found = await mutantsOf(name, module);
		mutants.push(...found);
		lines.push(scoreOf(name, found).line);
		console.log(lines.at(-1));
	}
	const { percent, line } = scoreOf('All', mutants);
	console.log(`\n${[...lines, line].join('\n')}`);
	return percent >= LEAST_PERCENT ? 0 : 1;
});
