const shared = {
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2022' } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
};

module.exports = {
	// One per core: jest's own default leaves one of two cores idle.
	maxWorkers: '100%',
	// A property is checked a thousand times, which takes longer than jest's 5 seconds on a busy machine.
	testTimeout: 60_000,
	globalSetup: '<rootDir>/test/support/n8n-user-folder.js',
	projects: [
		{ ...shared, displayName: 'tests', testMatch: ['<rootDir>/test/**/*.test.ts'] },
		{
			...shared,
			// n8n brings zod, and may move to the next major version any day: what checks with it is tested with both.
			displayName: 'zod 4',
			testMatch: [
				'<rootDir>/test/unit/voicefox/{validation.*,size,callLog}.test.ts',
				'<rootDir>/test/unit/settings/*.test.ts',
				'<rootDir>/test/unit/{items,trigger,callLog}/settings.test.ts',
				'<rootDir>/test/property/validation.test.ts',
			],
			moduleNameMapper: { '^zod/v4$': 'zod-4/v4' },
		},
	],
};
