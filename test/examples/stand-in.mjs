// @ts-check
import { listen, sendJson } from '../stand-in/listen.mjs';

/** @typedef {{ service: string, method: string, path: string, query: Record<string, string>, headers: import('node:http').IncomingHttpHeaders, body: any }} SentRequest */

/**
 * Stands in for the services that the examples send to: Google Sheets, Airtable, Slack, Pipedrive, Telegram, OpenAI, and those of
 * `MESSENGERS`. It
 * notes each request, keeps a spreadsheet, and gives the answers that n8n's nodes need to go on.
 */
export async function startStandIn() {
	/** @type {SentRequest[]} */
	let requests = [];
	/** @type {unknown[][]} */
	let rows = [];
	const sheet = {
		rows: () => rows,
		write: (/** @type {number} */ from, /** @type {unknown[][]} */ values) =>
			values.forEach((row, place) => (rows[from + place] = row)),
	};
	const server = await listen(async (incoming, outgoing) => {
		const sent = await readRequest(incoming);
		requests.push(sent);
		const answer = answerTo(sent, sheet);
		const unknown = { error: `the stand-in knows no ${sent.method} ${sent.path}` };
		sendJson(outgoing, answer === undefined ? 404 : 200, answer ?? unknown);
	});
	return {
		...server,
		/** What came since the last reset. */
		requests: () => requests,
		/** What a service answers from now on, e.g. that it refuses. @param {string} request @param {object} answer */
		answer: (request, answer) => void (MESSENGERS[request] = answer),
		/** The spreadsheet's cells, header first. */
		rows: () => rows,
		reset: () => {
			requests = [];
			rows = [];
		},
	};
}

/** @param {import('node:http').IncomingMessage} incoming @returns {Promise<SentRequest>} */
async function readRequest(incoming) {
	const chunks = [];
	for await (const chunk of incoming) chunks.push(chunk);
	const text = Buffer.concat(chunks).toString();
	const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://stand-in');
	const [, service = '', path = ''] = /** @type {RegExpMatchArray} */ (pathname.match(/^\/([^/]*)(.*)$/));
	return {
		service,
		method: incoming.method ?? '',
		path: decodeURIComponent(path),
		query: Object.fromEntries(searchParams),
		headers: incoming.headers,
		body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
	};
}

/** @typedef {{ rows: () => unknown[][], write: (from: number, values: unknown[][]) => void }} Sheet */

/** @param {SentRequest} sent @param {Sheet} sheet @returns {object | undefined} undefined: unknown here */
function answerTo(sent, sheet) {
	if (sent.service === 'sheets.googleapis.com') return sheetsAnswer(sent, sheet);
	if (sent.service === 'slack.com' && sent.path === '/api/chat.postMessage') {
		return { ok: true, channel: 'C0123456789', ts: '1795255059.000100', message: { text: sent.body.text } };
	}
	if (sent.service === 'api.telegram.org') return { ok: true, result: { message_id: 1 } };
	if (sent.service === 'api.airtable.com' && sent.method === 'POST') return { id: 'rec0', ...sent.body };
	if (sent.service === 'api.openai.com' && sent.path === '/v1/responses') return OPENAI_ANSWER;
	if (sent.service === 'api.pipedrive.com') return pipedriveAnswer(sent);
	return MESSENGERS[`${sent.method} ${sent.service}${sent.path}`];
}

/** What services that n8n has no node for say to a request that they take. @type {Record<string, object>} */
const MESSENGERS = {
	'POST api.line.me/v2/bot/message/push': { sentMessages: [{ id: '461230966842064897' }] },
	'POST open.larksuite.com/open-apis/bot/v2/hook/YOUR-BOT': { code: 0, msg: 'success', data: {} },
	'POST qyapi.weixin.qq.com/cgi-bin/webhook/send': { errcode: 0, errmsg: 'ok' },
	'POST oapi.dingtalk.com/robot/send': { errcode: 0, errmsg: 'ok' },
	'POST your-subdomain.cybozu.com/k/v1/record.json': { id: '100', revision: '1' },
};

/** What the AI model says to everything. */
export const SUMMARY = 'A table for four on Saturday at 19:00 is booked.';

const OPENAI_ANSWER = {
	id: 'resp_1',
	object: 'response',
	created_at: 1795255059,
	status: 'completed',
	model: 'gpt-5-mini',
	output: [
		{
			type: 'message',
			id: 'msg_1',
			role: 'assistant',
			status: 'completed',
			content: [{ type: 'output_text', text: SUMMARY, annotations: [] }],
		},
	],
	usage: { input_tokens: 100, output_tokens: 12, total_tokens: 112 },
};

/** @param {SentRequest} sent */
function pipedriveAnswer({ method, path, body }) {
	const ids = {
		'/api/v2/persons': 4711,
		'/v1/leads': 'adf21080-0e10-11eb-879b-05d71fb426ec',
		'/v1/notes': 12,
	};
	const id = ids[/** @type {keyof typeof ids} */ (path)];
	if (method === 'GET' && path.endsWith('/persons/search'))
		return { success: true, data: { items: [{ result_score: 1, item: { id: 4711 } }] } };
	if (method === 'GET' && path.endsWith('Fields')) return { success: true, data: [] };
	return method === 'POST' && id !== undefined ? { success: true, data: { id, ...body } } : undefined;
}

/** @param {SentRequest} sent @param {Sheet} sheet */
function sheetsAnswer({ method, path, body }, sheet) {
	if (method === 'GET' && /^\/v4\/spreadsheets\/[^/]+$/.test(path)) return { sheets: [SHEET] };
	if (method === 'GET' && path.includes('/values/')) return { values: valuesIn(path, sheet.rows()) };
	if (method === 'POST' && path.endsWith(':append')) sheet.write(sheet.rows().length, body.values);
	else if (method === 'PUT') sheet.write(Number(/!\D*(\d+)/.exec(path)?.[1] ?? 1) - 1, body.values);
	else if (path.endsWith('values:batchUpdate'))
		body.data.forEach((/** @type {any} */ { range, values }) =>
			sheet.write(Number(/!\D*(\d+)/.exec(range)?.[1] ?? 1) - 1, values),
		);
	else if (!path.endsWith(':batchUpdate')) return undefined;
	return {};
}

/** A range such as `Calls!1:1` is one row; without numbers it is the whole sheet. */
const valuesIn = (/** @type {string} */ path, /** @type {unknown[][]} */ rows) => {
	const row = /!(\d+):\1$/.exec(path)?.[1];
	const values = row ? rows.slice(Number(row) - 1, Number(row)) : rows;
	return values.length > 0 ? values : undefined;
};

const SHEET = {
	properties: { sheetId: 0, title: 'Calls', gridProperties: { rowCount: 1000, columnCount: 26 } },
};
