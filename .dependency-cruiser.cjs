// @ts-check
// The floors of nodes/VoiceFox (CONTRIBUTING.md): what a thing means lies below what is done with it. Imports go down only,
// and never in a circle. `npm run layers` checks it.
const FLOORS = {
	voicefox: [],
	items: ['voicefox'],
	api: ['voicefox'],
	trigger: ['items', 'voicefox'],
	callLog: ['items', 'api', 'voicefox'],
	actions: ['items', 'api', 'voicefox'],
};

const ROOT = '^nodes/VoiceFox/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'every-file-on-a-floor',
			comment: 'The top holds the nodes only: whatever they use lies on one of the floors.',
			severity: 'error',
			from: { path: `${ROOT}.*\\.node\\.ts$` },
			to: {
				path: ROOT,
				pathNot: [`${ROOT}(${Object.keys(FLOORS).join('|')})/`, `${ROOT}.*\\.json$`],
			},
		},
		...Object.entries(FLOORS).map(([floor, below]) => ({
			name: `${floor}-imports-down-only`,
			comment: `${floor}/ may import from ${[floor, ...below].join(', ')}.`,
			severity: /** @type {const} */ ('error'),
			from: { path: `${ROOT}${floor}/` },
			to: { path: '^(nodes|credentials)/', pathNot: `${ROOT}(${[floor, ...below].join('|')})/` },
		})),
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		// Types are imports, too: a floor that needs a type from above has it on the wrong floor.
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};
