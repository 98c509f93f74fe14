// @ts-check

/** Who works for what, by the innermost package on the stack; the first that fits. */
const OWNERS = /** @type {const} */ ([
	['n8n-nodes-voicefox', 'n8n-nodes-voicefox'],
	[
		'expressions',
		/^(isolated-vm|@n8n\/(expression-runtime|tournament|isolate)|esprima-next|recast|ast-types)/,
	],
	['database', /^(@n8n\/(typeorm|db)|pg(-.*)?|sqlite3|tarn|generic-pool)$/],
	['storing run data', /^flatted$/],
	['HTTP', /^(express|router|body-parser|raw-body|finalhandler|send|helmet|compression|qs|iconv-lite)$/],
	['starting and running the workflow', /^(n8n|n8n-core|n8n-workflow|n8n-nodes-base|@n8n\/.*)$/],
]);
const OTHER = 'other packages';
const NODE = 'Node itself (events, sockets, timers)';

/**
 * @typedef {import('node:inspector').Profiler.ProfileNode & { parent?: ProfileNode }} ProfileNode
 * @typedef {object} ProfileSummary
 * @property {Record<string, number>} shares of the time in JavaScript, in what it calls, and in garbage collection
 * @property {{ own: number, withCallees: number }} ours our node's share of the same
 * @property {number} outside share of the time (idle time left out) in native code that no JavaScript called, or in
 * which the thread had no core: a profile cannot tell them apart
 * @property {Record<string, number>} files as shares, by the function that was running
 */

/**
 * Says where the main thread's time went.
 * @param {import('node:inspector').Profiler.Profile} profile
 * @returns {ProfileSummary}
 */
export function summarize({ nodes, samples = [], timeDeltas = [] }) {
	/** @type {Map<number, ProfileNode>} */
	const byId = new Map(nodes.map((node) => [node.id, { ...node }]));
	for (const node of byId.values()) {
		for (const child of node.children ?? []) Object.assign(byId.get(child) ?? {}, { parent: node });
	}
	/** @type {Record<string, number>} */
	const times = {};
	/** @type {Record<string, number>} */
	const files = {};
	let [all, outside, withCallees] = [0, 0, 0];
	samples.forEach((id, index) => {
		const node = byId.get(id);
		const time = timeDeltas[index] ?? 0;
		if (!node) return;
		const name = node.callFrame.functionName;
		if (name === '(idle)') return;
		all += time;
		if (name === '(program)') return void (outside += time);
		const owner = ownerOf(node);
		times[owner] = (times[owner] ?? 0) + time;
		if (isBelowOurs(node)) withCallees += time;
		const file = placeOf(node);
		files[file] = (files[file] ?? 0) + time;
	});
	const inJavaScript = all - outside;
	const shared = (/** @type {Record<string, number>} */ of) =>
		Object.fromEntries(
			Object.entries(of)
				.map(([name, time]) => /** @type {const} */ ([name, time / inJavaScript]))
				.sort((one, other) => other[1] - one[1]),
		);
	const shares = shared(times);
	const ours = { own: shares['n8n-nodes-voicefox'] ?? 0, withCallees: withCallees / inJavaScript };
	return { shares, ours, outside: outside / all, files: shared(files) };
}

/** @param {ProfileNode} node */
function ownerOf(node) {
	if (node.callFrame.functionName === '(garbage collector)') return 'garbage collection';
	/** @type {ProfileNode | undefined} */
	let frame = node;
	for (; frame; frame = frame.parent) {
		const name = packageOf(frame.callFrame.url);
		if (name === undefined) continue;
		return OWNERS.find(([, is]) => (typeof is === 'string' ? is === name : is.test(name)))?.[0] ?? OTHER;
	}
	return NODE;
}

/** @param {ProfileNode} node */
function isBelowOurs(node) {
	for (let frame = /** @type {ProfileNode | undefined} */ (node); frame; frame = frame.parent) {
		if (packageOf(frame.callFrame.url) === 'n8n-nodes-voicefox') return true;
	}
	return false;
}

/** @param {string} url */
const packageOf = (url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];

/** @param {ProfileNode} node */
const placeOf = ({ callFrame: { url, functionName } }) =>
	`${url.replace(/.*\/node_modules\//, '') || '(native)'} ${functionName}`;
