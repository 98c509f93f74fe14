// @ts-check
import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { listen } from './listen.mjs';

/**
 * @typedef {object} Recording
 * @property {number} [size] bytes, 20,000 when absent
 * @property {string} [head] the first bytes, as hex; an MP3's when absent
 * @property {string} [contentType]
 * @property {boolean} [hidesSize] sent in chunks, without Content-Length
 * @property {number} [breaksAfter] bytes after which the connection is cut
 * @property {boolean} [stalls] stops sending after the first bytes
 * @property {number} [status] refused with it
 * @property {boolean} [isEndless] never stops sending
 * @property {boolean} [hangs] never answers
 * @property {string} [redirectsTo]
 * @property {number} [times] how often all this; afterwards it is an ordinary recording. Every time when absent
 */

const MP3_HEAD = '494433040000000000000000fffb9064';
const CHUNK = Buffer.alloc(64 * 1024);
const SIGNING_KEY = 'stand-in';

/**
 * What is at a path this time.
 *
 * @param {Map<string, Recording>} recordings
 * @param {string} path
 * @returns {Recording | undefined}
 */
function recordingAt(recordings, path) {
	const recording = recordings.get(path);
	if (recording?.times === undefined) return recording;
	return recording.times-- > 0 ? recording : {};
}

const signature = (/** @type {string} */ path, /** @type {number} */ expires) =>
	createHmac('sha256', SIGNING_KEY).update(`${path}\n${expires}`).digest('hex').slice(0, 16);

/**
 * The recording's bytes in pieces; throws where the connection shall be cut.
 *
 * @param {Recording} recording
 */
async function* bytesOf({ size = 20_000, head = MP3_HEAD, breaksAfter, stalls, isEndless }) {
	const first = Buffer.from(head, 'hex').subarray(0, size);
	yield first;
	if (stalls) await new Promise(() => {});
	while (isEndless) yield CHUNK;

	const end = breaksAfter ?? size;
	for (let sent = first.length; sent < end; sent += CHUNK.length) {
		yield CHUNK.subarray(0, Math.min(CHUNK.length, end - sent));
	}
	if (breaksAfter !== undefined) throw new Error('cut');
}

/**
 * Starts the host that keeps recordings, with signed addresses that expire.
 *
 * @param {Map<string, Recording>} recordings by path
 * @param {(request: import('node:http').IncomingMessage) => void} onRequest
 */
export async function startRecordingHost(recordings, onRequest) {
	const server = await listen((request, response) => {
		onRequest(request);
		const url = new URL(request.url ?? '/', 'http://localhost');
		const expires = Number(url.searchParams.get('expires'));
		const isSigned = url.searchParams.get('sign') === signature(url.pathname, expires);
		const recording = recordingAt(recordings, url.pathname);
		const refuse = (/** @type {number} */ status) =>
			response
				.writeHead(status, { 'Content-Type': 'application/xml' })
				.end(`<Error><Code>AccessDenied</Code></Error>${' '.repeat(recording?.size ?? 0)}`);

		if (!isSigned || expires * 1000 < Date.now()) return refuse(403);
		if (!recording) return refuse(404);
		if (recording.hangs) return undefined;
		if (recording.status) return refuse(recording.status);
		if (recording.redirectsTo) return response.writeHead(302, { Location: recording.redirectsTo }).end();

		const { contentType = 'application/octet-stream', hidesSize, isEndless, size = 20_000 } = recording;
		const length = hidesSize || isEndless ? {} : { 'Content-Length': String(size) };
		response.writeHead(200, { 'Content-Type': contentType, ...length });
		// An error only says that the receiver has left, or that the connection was to be cut.
		return void pipeline(Readable.from(bytesOf(recording)), response).catch(() => {});
	});
	return {
		...server,
		/** @param {string} path @param {number} [seconds] how long the address works; negative: it has expired */
		addressOf: (path, seconds = 600) => {
			const expires = Math.floor(Date.now() / 1000) + seconds;
			return `${server.url}${path}?expires=${expires}&sign=${signature(path, expires)}`;
		},
	};
}
