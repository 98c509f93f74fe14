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
const [jestProject] = jestConfig.projects;

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

/** What tests say of the mutants in these files, or lines. @param {string[]} mutate @param {string[]} tests @returns {Promise<MutantResult[]>} */
const asked = async (mutate, tests) => {
	const project = { ...jestProject, testMatch: tests.map((path) => `<rootDir>/test/${path}.test.ts`) };
	const jest = { config: { projects: [project] } };
	return await new Stryker({ mutate, jest }).runMutationTest();
};

/** What tells a mutant from the others. @param {MutantResult} mutant */
const keyOf = ({ fileName, location, mutatorName, replacement }) =>
	JSON.stringify([fileName, location, mutatorName, replacement]);

/** @param {string} name of a module @returns {Promise<MutantResult[]>} */
async function mutantsOf(name) {
	const { tests, slowTests, code = `${name}/**/*.ts` } = /** @type {any} */ (MODULES[name]);
	const found = await asked([`nodes/VoiceFox/${code}`], [tests]);
	const unnoticed = found.filter(({ status }) => UNNOTICED.includes(status));
	if (!slowTests || unnoticed.length === 0) return found;
	// Stryker counts columns from 1 in what it gives, and from 0 in what it takes.
	const places = unnoticed.map(({ fileName, location: { start, end } }) => {
		const from = `${start.line}:${start.column - 1}`;
		return `${relative(projectFolder, fileName)}:${from}-${end.line}:${end.column - 1}`;
	});
	const again = await asked([...new Set(places)], [tests, slowTests]);
	const results = new Map(again.map((mutant) => [keyOf(mutant), mutant]));
	return found.map((mutant) =>
		UNNOTICED.includes(mutant.status) ? (results.get(keyOf(mutant)) ?? mutant) : mutant,
	);
}

await runScript(async () => {
	const { positionals: names } = readArguments(USAGE, {});
	const unknown = names.find((name) => !Object.hasOwn(MODULES, name));
	if (unknown !== undefined) throw usageFault(`There is no module "${unknown}".\n${USAGE}`);
	const lines = [];
	const mutants = [];
	for (const name of names.length > 0 ? names : Object.keys(MODULES)) {
		const found = await mutantsOf(name);
		mutants.push(...found);
		lines.push(scoreOf(name, found).line);
		console.log(lines.at(-1));
	}
	const { percent, line } = scoreOf('All', mutants);
	console.log(`\n${[...lines, line].join('\n')}`);
	return percent >= LEAST_PERCENT ? 0 : 1;
});
