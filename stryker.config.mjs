// @ts-check
// What scripts/mutation.mjs asks Stryker for each module of nodes/VoiceFox.

/**
 * By module its tests below test/, and what of nodes/VoiceFox is its code where that is more than the folder. What `tests` do not
 * notice is asked of `slowTests` too, which load n8n-core for each mutant.
 * @type {Record<string, { tests: string, slowTests?: string, code?: string }>}
 */
export const MODULES = {
	voicefox: { tests: 'unit/voicefox/**' },
	settings: { tests: 'unit/settings/**' },
	token: { tests: 'unit/{token,trigger}/**', slowTests: 'integration/VoiceFoxTrigger.lifecycle' },
	items: { tests: 'unit/items/**' },
	api: { tests: 'unit/api/**', slowTests: 'integration/VoiceFox{,Lists,Recording,Refusals}' },
	recording: { tests: 'unit/recording/**', slowTests: 'integration/VoiceFox{Recording,InternalAddresses}' },
	trigger: {
		tests: 'unit/{trigger,log}/**',
		slowTests: 'integration/VoiceFoxTrigger*',
		code: '{trigger/**/*,log/**/*,VoiceFoxTrigger.node}.ts',
	},
	callLog: {
		tests: 'unit/callLog/!(cost)',
		slowTests: '{unit/callLog/cost,property/callLog,integration/VoiceFoxCallLogTrigger*}',
		code: '{callLog/**/*,VoiceFoxCallLogTrigger.node}.ts',
	},
	actions: {
		tests: 'unit/actions/**',
		slowTests: 'integration/VoiceFox{,Lists,Parameters,Recording,Refusals}',
		code: '{actions/{*,{assistant,call,lists,task}/**/*},VoiceFox.node}.ts',
	},
	samples: {
		tests: 'unit/actions/**',
		slowTests: 'integration/VoiceFoxSample*',
		code: 'actions/{sample,trigger}/**/*.ts',
	},
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
	timeoutMS: 20_000,
	reporters: ['progress-append-only', 'clear-text'],
	clearTextReporter: { logTests: false, reportTests: false, reportScoreTable: false },
	ignorePatterns: ['/dist', '/docs', '/bench', '/examples', '/scripts', '/reports', '/test/e2e', '/test/ui'],
	jest: { enableFindRelatedTests: false },
};
