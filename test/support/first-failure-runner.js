// @ts-check
// Jest's runner for mutants (scripts/mutation.mjs): of the test files it runs those that reach the mutant, the quickest first,
// and none after the first that notices it. Stryker itself hands over names of tests only, and jest loads every file to look for them.
const { default: TestRunner } = require('jest-runner');

/** The names of a file's tests, as soon as it has run once in this process. @type {Map<string, string[]>} */
const namesByFile = new Map();

module.exports = class FirstFailureRunner extends TestRunner {
	/**
	 * @override
	 * @param {Parameters<TestRunner['runTests']>[0]} tests
	 * @param {Parameters<TestRunner['runTests']>[1]} watcher
	 * @param {Parameters<TestRunner['runTests']>[2]} options
	 */
	async runTests(tests, watcher, options) {
		const { testNamePattern } = this._globalConfig;
		const wanted = new RegExp(testNamePattern ?? '', 'i');
		this.on('test-file-success', ([{ path }, { testResults }]) => {
			const names = testResults.map(({ fullName }) => fullName);
			namesByFile.set(path, names);
			if (testNamePattern && testResults.some(({ status }) => status === 'failed'))
				watcher.setState({ interrupted: true });
		});
		const isWanted = (/** @type {{ path: string }} */ { path }) =>
			namesByFile.get(path)?.some((name) => wanted.test(name)) ?? true;
		const quickestFirst = tests.filter(isWanted).sort((a, b) => (a.duration ?? 0) - (b.duration ?? 0));
		await super.runTests(quickestFirst, watcher, options);
	}
};
