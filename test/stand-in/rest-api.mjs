// @ts-check
import { listen, sendJson } from './listen.mjs';

/** @typedef {Record<string, any>} Call a call log as GET /openapi/call_logs/{sessionID} gives it */
/**
 * @typedef {object} Fault what the API does instead of answering
 * @property {string} path the start of the paths that it concerns
 * @property {number} [status]
 * @property {Record<string, string>} [headers]
 * @property {unknown} [body] a string is sent as text
 * @property {boolean} [hang] never answers
 * @property {boolean} [breaksOff] ends the connection without an answer
 * @property {number} [times] how often; every time when absent
 */
/**
 * @typedef {object} World what VoiceFox knows
 * @property {string} token
 * @property {string} foreignToken a token of another workspace: 403
 * @property {Call[]} calls
 * @property {Record<string, unknown>} conversations by session ID
 * @property {Record<string, unknown>} tasks by ID
 * @property {Record<string, unknown>} assistants by ID
 * @property {Fault[]} faults the first one that matches is used
 * @property {(call: Call) => string} signed the call's recordFile, signed anew
 * @property {(calls: number) => number} [counted] what a list says of how many calls there are; the truth when absent
 */

const LISTED = [
	'sessionId',
	'taskId',
	'startAt',
	'answerAt',
	'endAt',
	'callee',
	'caller',
	'direction',
	'duration',
	'billsec',
];

const twoDigits = (/** @type {number} */ value) => String(value).padStart(2, '0');

/** Today in this machine's time zone, as `yyyy-MM-dd`. */
function today() {
	const now = new Date();
	return `${now.getFullYear()}-${twoDigits(now.getMonth() + 1)}-${twoDigits(now.getDate())}`;
}

/**
 * The calls that the query selects; without a range only today's, as VoiceFox documents.
 *
 * @param {World} world
 * @param {URLSearchParams} query
 */
function selected({ calls }, query) {
	const from = query.get('startTime') ?? `${today()} 00:00:00`;
	const to = query.get('endTime') ?? `${today()} 23:59:59`;
	const phone = query.get('phone');
	const direction = query.get('direction');
	const taskIds = query.get('taskId')?.split(',').map(Number);
	const assistantIds = query.getAll('assistantIds').map(Number);
	const isDebug = query.get('description') === 'privateTest';
	return calls
		.filter((call) => call.startAt >= from && call.startAt <= to)
		.filter((call) => !direction || call.direction === direction)
		.filter((call) => !phone || call.caller === phone || call.callee === phone)
		.filter((call) => !taskIds || taskIds.includes(call.taskId))
		.filter((call) => !query.has('description') || Boolean(call.isDebug) === isDebug)
		.filter((call) => assistantIds.length === 0 || assistantIds.includes(call.assistantId ?? 318));
}

/**
 * @param {World} world
 * @param {URLSearchParams} query
 */
function list(world, query) {
	const pageIndex = Number(query.get('pageIndex') ?? 1);
	const pageSize = Math.min(Number(query.get('pageSize') ?? 10), 100);
	const calls = selected(world, query);
	const page = calls.slice((pageIndex - 1) * pageSize, pageIndex * pageSize);
	const items = page.map((call) => ({
		...Object.fromEntries(LISTED.map((name) => [name, call[name]])),
		recordFile: world.signed(call),
		assistant: [{ id: call.assistantId ?? 318, vid: call.assistantVids?.[0] ?? 2045 }],
	}));
	// Go writes an empty list as null.
	const total = world.counted?.(calls.length) ?? calls.length;
	return { items: items.length === 0 ? null : items, total, pageIndex, pageSize };
}

/**
 * @param {World} world
 * @param {URL} url
 * @returns {unknown} undefined for what is not there
 */
function found(world, url) {
	const [, root, kind = '', id = ''] = url.pathname.split('/').map(decodeURIComponent);
	if (root !== 'openapi') return undefined;
	if (kind === 'calllog') return list(world, url.searchParams);
	if (kind === 'tasks') return world.tasks[id];
	if (kind === 'assistants') return world.assistants[id];

	const call = world.calls.find(({ sessionId }) => sessionId === id);
	if (kind === 'calltrace') return call && (world.conversations[id] ?? null);
	return kind === 'call_logs' && call ? { ...call, recordFile: world.signed(call) } : undefined;
}

/**
 * @param {World} world
 * @param {string} path
 */
function faultFor(world, path) {
	const fault = world.faults.find((candidate) => path.startsWith(candidate.path) && candidate.times !== 0);
	if (fault?.times !== undefined) fault.times -= 1;
	return fault;
}

/**
 * Starts VoiceFox's REST API as its documents describe it.
 *
 * @param {World} world
 * @param {(request: import('node:http').IncomingMessage) => void} onRequest
 */
export async function startRestApi(world, onRequest) {
	return await listen((request, response) => {
		onRequest(request);
		const url = new URL(request.url ?? '/', 'http://localhost');
		const fault = faultFor(world, url.pathname);
		if (fault?.hang) return;
		if (fault?.breaksOff) return void request.socket.destroy();
		if (fault) {
			const { status = 500, body = {}, headers } = fault;
			if (typeof body !== 'string') return sendJson(response, status, body, headers);
			return response.writeHead(status, { 'Content-Type': 'text/html', ...headers }).end(body);
		}

		const { authorization } = request.headers;
		if (authorization === `Bearer ${world.foreignToken}`)
			return sendJson(response, 403, { message: 'wrong workspace' });
		if (authorization !== `Bearer ${world.token}`) return sendJson(response, 401, {});
		const answer = request.method === 'GET' ? found(world, url) : undefined;
		return answer === undefined ? sendJson(response, 404, {}) : sendJson(response, 200, answer);
	});
}
