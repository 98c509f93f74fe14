// @ts-check
import { createRequire } from 'node:module';

import { startRecordingHost } from './recording-host.mjs';
import { startRestApi } from './rest-api.mjs';

const fixture = createRequire(import.meta.url);
/** @type {import('./rest-api.mjs').Call[]} */
const callLogs = fixture('../fixtures/rest/call-logs.json');
const conversation = fixture('../fixtures/rest/conversation.json');
const task = fixture('../fixtures/rest/task.json');
const assistant = fixture('../fixtures/rest/assistant.json');

/**
 * Many calls of one day, a second apart, each with a session ID of its own.
 *
 * @param {number} count at most 86,400
 * @param {string} [day]
 */
export function manyCalls(count, day = '2026-11-21') {
	const template = callLogs[0] ?? {};
	return Array.from({ length: count }, (_, index) => ({
		...template,
		sessionId: `call-${String(index).padStart(5, '0')}`,
		startAt: `${day} ${new Date(index * 1000).toISOString().slice(11, 19)}`,
		recordFile: '',
	}));
}

const recordingPath = (/** @type {string} */ sessionId) => `/recordings/${sessionId}.mp3`;

/** @returns {import('./rest-api.mjs').World} */
const newWorld = (/** @type {(call: import('./rest-api.mjs').Call) => string} */ signed) => ({
	token: 'example-token',
	foreignToken: 'example-token-of-another-workspace',
	calls: structuredClone(callLogs),
	conversations: { [String(callLogs[0]?.sessionId)]: conversation },
	tasks: { [task.id]: task },
	assistants: { [assistant.id]: assistant },
	faults: [],
	signed,
});

/**
 * Starts a stand-in for VoiceFox: its REST API on one port, the host of its recordings on another.
 *
 * Every answered call of the fixtures has a recording; `world` and `recordings` may be changed at any time.
 */
export async function startVoiceFox() {
	/** @type {Array<{ host: 'api' | 'recordings', path: string, authorization?: string }>} */
	const requests = [];
	const note =
		(/** @type {'api' | 'recordings'} */ host) =>
		(/** @type {import('node:http').IncomingMessage} */ request) => {
			requests.push({ host, path: request.url ?? '', authorization: request.headers.authorization });
		};
	/** @type {Map<string, import('./recording-host.mjs').Recording>} */
	const recordings = new Map();
	const host = await startRecordingHost(recordings, note('recordings'));
	/** @param {string} sessionId @param {number} [seconds] */
	const addressOf = (sessionId, seconds) => host.addressOf(recordingPath(sessionId), seconds);
	const world = newWorld((call) => (call.recordFile === '' ? '' : addressOf(call.sessionId)));
	const api = await startRestApi(world, note('api'));

	const reset = () => {
		Object.assign(world, newWorld(world.signed));
		requests.length = 0;
		recordings.clear();
		for (const { sessionId, recordFile } of world.calls) {
			if (recordFile !== '') recordings.set(recordingPath(sessionId), {});
		}
	};
	reset();
	return {
		/** The REST API's base URL */
		url: api.url,
		recordingsUrl: host.url,
		/** How many connections the host of the recordings has */
		openDownloads: host.openConnections,
		world,
		requests,
		/** The signed address of a call's recording; negative seconds: it has expired */
		addressOf,
		/** @param {string} sessionId @param {import('./recording-host.mjs').Recording} recording */
		record: (sessionId, recording) => recordings.set(recordingPath(sessionId), recording),
		manyCalls,
		reset,
		close: async () => void (await Promise.all([api.close(), host.close()])),
	};
}
