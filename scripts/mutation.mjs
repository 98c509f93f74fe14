// @ts-check
// Breaks nodes/ in every way that Stryker knows, and asks whether the tests notice: `npm run test:mutation -- [rooms]`.
// Each room is asked of its own tests, since all tests for each of some thousand mutants would take days. What runs once, when
// n8n loads a node (descriptions, schemas), is left out for the same reason: Stryker would ask all tests of the room.
// What was found is kept in reports/mutation, so that a second run asks only about what has changed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { readArguments } from './lib/arguments.mjs';
import { runScript, usageFault } from './lib/faults.mjs';

const LEAST_PERCENT = 85;
const [RUNNER, TEST_FILES] = ['mutation-runner.mjs', 'mutation-test-files.cjs'].map((name) =>
	fileURLToPath(new URL(`lib/${name}`, import.meta.url)),
);

/** @typedef {{ name: string, mutate: string[], tests: string[] }} Room mutate: in nodes/VoiceFox; tests: what of test/ asks about it, the quick ones first */

/** @type {Room[]} */
const ROOMS = [
	...['voicefox', 'items', 'trigger'].map((name) => ({
		name,
		mutate: [`${name}/**/*.ts`],
		tests: [`unit/${name}/**`],
	})),
	{
		name: 'callLog',
		mutate: ['callLog/*.ts', 'VoiceFoxCallLogTrigger.node.ts'],
		tests: ['unit/callLog/**', 'integration/VoiceFoxCallLogTrigger'],
	},
	{
		name: 'api',
		mutate: ['api/*.ts'],
		tests: ['unit/api/**', 'integration/VoiceFox{,Lists,Recording,Refusals}'],
	},
	{
		name: 'actions/sample',
		mutate: ['actions/sample/*.ts'],
		tests: ['unit/actions/sample.*', 'integration/VoiceFox{Sample,Sample.token,InternalAddresses}'],
	},
	{
		name: 'actions/call/downloadRecording',
		mutate: ['actions/call/downloadRecording.ts'],
		tests: ['integration/VoiceFox{Recording,InternalAddresses}'],
	},
	{
		name: 'actions/lists',
		mutate: ['actions/lists.ts'],
		tests: ['integration/VoiceFoxLists'],
	},
	{
		name: 'actions',
		mutate: [
			'VoiceFox.node.ts',
			'actions/*.ts',
			'!actions/lists.ts',
			'actions/call/*.ts',
			'!actions/call/downloadRecording.ts',
			'actions/{task,assistant}/*.ts',
		],
		tests: ['unit/actions/**', 'integration/VoiceFox{,Parameters,Refusals}'],
	},
	{
		name: 'VoiceFoxTrigger',
		mutate: ['VoiceFoxTrigger.node.ts'],
		tests: ['integration/VoiceFoxTrigger*'],
	},
];

const USAGE = `Usage: npm run test:mutation -- [rooms]\nRooms: ${ROOMS.map(({ name }) => name).join(', ')}`;

/** @param {string} name of a room */
const reportOf = (name) => `reports/mutation/${name.replaceAll('/', '-')}.json`;

/**
 * @param {Room} room
 * @param {boolean} isLast whether what these tests did not notice was noticed by none
 * @returns {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
const optionsFor = ({ name, mutate, tests }, isLast) => ({
	testRunner: 'jest-few-files',
	plugins: ['@stryker-mutator/jest-runner', RUNNER],
	mutate: mutate.map((path) => path.replace(/^!?/, '$&nodes/VoiceFox/')),
	coverageAnalysis: 'perTest',
	ignoreStatic: true,
	incremental: true,
	incrementalFile: reportOf(name),
	// jest leaks a little with each run in one process; after some hundred it takes ten times as long.
	maxTestRunnerReuse: 30,
	reporters: ['progress-append-only', ...(isLast ? ['clear-text'] : [])],
	clearTextReporter: { logTests: false, reportTests: false, reportScoreTable: false },
	ignorePatterns: ['/dist', '/docs', '/bench', '/examples', '/scripts', '/test/e2e'],
	jest: {
		enableFindRelatedTests: false,
		config: {
			filter: TEST_FILES,
			roots: ['nodes', 'credentials', 'test'].map((folder) => `<rootDir>/${folder}`),
			testMatch: tests.map((path) => `<rootDir>/test/${path}.test.ts`),
		},
	},
});

/**
 * Asks the first of the room's tests alone, which are the quick ones, and about what they did not notice all of them: Stryker
 * keeps what was noticed from one round to the next.
 * @param {Room} room
 */
async function mutantsOf(room) {
	const { tests } = room;
	const hasQuickRound = tests.length > 1 && !existsSync(reportOf(room.name));
	if (hasQuickRound) {
		await new Stryker(optionsFor({ ...room, tests: tests.slice(0, 1) }, false)).runMutationTest();
		forgetUnreached(reportOf(room.name));
	}
	return await new Stryker(optionsFor(room, true)).runMutationTest();
}

/**
 * What no test of the first round has reached may run once at load, which only the others show.
 * @param {string} path of a report
 */
function forgetUnreached(path) {
	/** @type {{ files: Record<string, { mutants: { status: string }[] }> }} */
	const report = JSON.parse(readFileSync(path, 'utf8'));
	for (const file of Object.values(report.files))
		file.mutants = file.mutants.filter(({ status }) => status !== 'NoCoverage');
	writeFileSync(path, JSON.stringify(report));
}

const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

/** @param {{ status: string }[]} mutants */
function scoreOf(mutants) {
	const count = (/** @type {string[]} */ statuses) =>
		mutants.filter(({ status }) => statuses.includes(status)).length;
	const noticed = count(NOTICED);
	const all = noticed + count(UNNOTICED);
	return { percent: (100 * noticed) / all, inWords: `${noticed} of ${all} mutants noticed` };
}

/** @param {string} name @param {ReturnType<typeof scoreOf>} score */
const line = (name, { percent, inWords }) => `${name.padEnd(32)} ${percent.toFixed(1)} % (${inWords})`;

await runScript(async () => {
	const { positionals: names } = readArguments(USAGE, {});
	const unknown = names.find((name) => !ROOMS.some((room) => room.name === name));
	if (unknown !== undefined) throw usageFault(`There is no room "${unknown}".\n${USAGE}`);
	const rooms = ROOMS.filter(({ name }) => names.length === 0 || names.includes(name));
	const scores = [];
	const mutants = [];
	for (const room of rooms) {
		const found = await mutantsOf(room);
		mutants.push(...found);
		scores.push(line(room.name, scoreOf(found)));
		console.log(scores.at(-1));
	}
	const total = scoreOf(mutants);
	console.log(`\n${[...scores, line('All', total)].join('\n')}`);
	return total.percent >= LEAST_PERCENT ? 0 : 1;
});
