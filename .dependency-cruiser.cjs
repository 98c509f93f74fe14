// @ts-check
// The layers of nodes/VoiceFox (CONTRIBUTING.md): what a thing means lies below what is done with it. Imports go down only,
// and never in a circle. `npm run layers` checks it.
const LAYERS = {
	voicefox: [],
	settings: ['voicefox'],
	token: [],
	log: [],
	protocol: ['voicefox'],
	items: ['settings', 'voicefox'],
	api: ['voicefox'],
	recording: ['api', 'voicefox'],
	trigger: ['items', 'settings', 'token', 'log', 'protocol', 'voicefox'],
	callLog: ['items', 'settings', 'log', 'api', 'voicefox'],
	actions: ['items', 'settings', 'token', 'protocol', 'api', 'recording', 'voicefox'],
};

const ROOT = '^nodes/VoiceFox/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'every-file-in-a-layer',
			comment: 'The top holds the nodes only: whatever they use lies in one of the layers.',
			severity: 'error',
			from: { path: `${ROOT}.*\\.node\\.ts$` },
			to: {
				path: ROOT,
				pathNot: [`${ROOT}(${Object.keys(LAYERS).join('|')})/`, `${ROOT}.*\\.json$`],
			},
		},
		...Object.entries(LAYERS).map(([layer, below]) => ({
			name: `${layer}-imports-down-only`,
			comment: `${layer}/ may import from ${[layer, ...below].join(', ')}.`,
			severity: /** @type {const} */ ('error'),
			from: { path: `${ROOT}${layer}/` },
			to: { path: '^(nodes|credentials)/', pathNot: `${ROOT}(${[layer, ...below].join('|')})/` },
		})),
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		// Types are imports, too: a layer that needs a type from above has it in the wrong place.
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
	},
};
