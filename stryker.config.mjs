// @ts-check
// What scripts/mutation.mjs asks Stryker for each module of nodes/VoiceFox.

/**
 * @typedef {object} Module
 * @property {string[]} tests below test/. What the first do not notice is asked of the next, which load n8n-core for each mutant,
 * or wait.
 * @property {string} [code] of nodes/VoiceFox; default: the module's folder
 */

/** @type {Record<string, Module>} */
export const MODULES = {
	trigger: {
		tests: ['unit/{trigger,log}/**', 'integration/VoiceFoxTrigger*'],
		code: '{trigger/**/*,log/**/*,VoiceFoxTrigger.node}.ts',
	},
	actions: {
		tests: [
			'unit/actions/**',
			'integration/VoiceFox{Parameters,Lists}',
			'integration/VoiceFox',
			'integration/VoiceFox{Recording,Refusals}',
		],
		code: '{actions/{*,{assistant,call,lists,task}/**/*},VoiceFox.node}.ts',
	},
	callLog: {
		tests: [
			'unit/callLog/!(cost)',
			'integration/VoiceFoxCallLogTrigger*',
			'unit/callLog/cost',
			'property/callLog',
		],
		code: '{callLog/**/*,VoiceFoxCallLogTrigger.node}.ts',
	},
	recording: { tests: ['unit/recording/**', 'integration/VoiceFox{Recording,InternalAddresses}'] },
	api: { tests: ['unit/api/**', 'integration/VoiceFox{,Lists}', 'integration/VoiceFox{Recording,Refusals}'] },
	samples: {
		tests: ['unit/actions/**', 'integration/VoiceFoxSample*'],
		code: 'actions/{sample,trigger}/**/*.ts',
	},
	items: { tests: ['unit/items/**'] },
	voicefox: { tests: ['unit/voicefox/**'] },
	token: { tests: ['unit/{token,trigger}/**', 'integration/VoiceFoxTrigger.lifecycle'] },
	settings: { tests: ['unit/settings/**'] },
};

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	testRunner: 'jest',
	coverageAnalysis: 'perTest',
	// What runs once, when n8n loads a node (descriptions, schemas), would be asked of all tests.
	ignoreStatic: true,
	// jest leaks a little with each run in one process; after some hundred it takes ten times as long.
	maxTestRunnerReuse: 30,
	// A mutant that never ends is noticed; one that waits for a busy machine must not pass for it.
	timeoutMS: 10_000,
	reporters: ['progress-append-only', 'clear-text'],
	clearTextReporter: { logTests: false, reportTests: false, reportScoreTable: false },
	ignorePatterns: ['/dist', '/docs', '/bench', '/examples', '/scripts', '/reports', '/test/e2e', '/test/ui'],
	jest: { enableFindRelatedTests: false },
};
