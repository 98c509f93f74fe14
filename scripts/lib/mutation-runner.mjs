// @ts-check
// Stryker's runner for jest, told for each mutant which test files to open. By itself it lets jest open every file of the
// room and skip the tests that do not reach the mutant, and opening some of them (n8n-core) takes seconds.
import { readFileSync, writeFileSync } from 'node:fs';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { DryRunStatus } from '@stryker-mutator/api/test-runner';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';
import testFiles from './mutation-test-files.cjs';

/**
 * In Stryker's copy of the project, which all its processes work in: the one that runs the unbroken code writes it for
 * those that follow.
 */
const FILES_BY_TEST = 'files-by-test.json';

/**
 * @typedef {import('@stryker-mutator/api/test-runner').TestRunner} TestRunner
 * @implements {TestRunner}
 */
class JestWithFewFiles {
	static inject = tokens(commonTokens.injector);

	/** @param {import('typed-inject').Injector<import('@stryker-mutator/api/plugin').PluginContext>} injector */
	constructor(injector) {
		const [plugin] = jestPlugins;
		if (plugin === undefined) throw new Error('@stryker-mutator/jest-runner has no test runner');
		this.jest = plugin.factory(injector);
	}

	capabilities() {
		return this.jest.capabilities();
	}

	async init() {
		await this.jest.init?.();
	}

	/** @type {TestRunner['dryRun']} */
	async dryRun(options) {
		testFiles.open(undefined);
		const result = await this.jest.dryRun(options);
		if (result.status === DryRunStatus.Complete)
			writeFileSync(FILES_BY_TEST, JSON.stringify(result.tests.map(({ id, fileName }) => [id, fileName])));
		return result;
	}

	/** @type {TestRunner['mutantRun']} */
	async mutantRun(options) {
		testFiles.open(options.testFilter && filesOf(options.testFilter));
		return await this.jest.mutantRun(options);
	}
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'jest-few-files', JestWithFewFiles)];

/** @param {string[]} tests their IDs; files may share one, and are opened both then */
function filesOf(tests) {
	const wanted = new Set(tests);
	/** @type {[string, string][]} */
	const files = JSON.parse(readFileSync(FILES_BY_TEST, 'utf8'));
	return new Set(files.filter(([id]) => wanted.has(id)).map(([, file]) => file));
}
