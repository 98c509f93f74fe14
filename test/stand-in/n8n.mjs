// @ts-check
import { listen } from './listen.mjs';
import VoiceFoxEnvironment from './environment.mjs';

/**
 * @typedef {object} Answer what n8n, or the trigger in it, answers
 * @property {number} [status] default: 200
 * @property {Record<string, string>} [headers]
 * @property {unknown} [body] a string is sent as text; default: {}
 * @property {boolean} [echoes] repeats the request's Authorization as the reason of an ignored event
 * @property {boolean} [breaksOff] ends the connection without an answer
 */

/** Starts a stand-in for an n8n whose webhooks answer as they are told, and what has arrived there. */
async function startN8n() {
	/** @type {Array<{ method?: string, path?: string, type?: string, authorization?: string, event: unknown }>} */
	const requests = [];
	const state = { answer: /** @type {Answer} */ ({}) };
	const server = await listen((request, response) => {
		/** @type {Buffer[]} */
		const chunks = [];
		request.on('data', (chunk) => chunks.push(chunk));
		request.on('end', () => {
			const { method, url: path, headers } = request;
			const text = Buffer.concat(chunks).toString();
			const event = text === '' ? undefined : JSON.parse(text);
			const { authorization, 'content-type': type } = headers;
			requests.push({ method, path, type, authorization, event });
			const { status = 200, body = {}, headers: more, echoes, breaksOff } = state.answer;
			if (breaksOff) return void request.socket.destroy();
			const isText = typeof body === 'string';
			response.writeHead(status, { 'Content-Type': isText ? 'text/html' : 'application/json', ...more });
			response.end(isText ? body : JSON.stringify(echoes ? { ignored: `you sent ${authorization}` } : body));
		});
	});
	return {
		url: server.url,
		port: Number(new URL(server.url).port),
		requests,
		state,
		close: server.close,
	};
}

/** The environment with the stand-in for VoiceFox, and two more for an n8n: this one, and somebody else's. */
export default class N8nEnvironment extends VoiceFoxEnvironment {
	/** @override */
	async setup() {
		await super.setup();
		this.servers = [await startN8n(), await startN8n()];
		Object.assign(this.global, { thisN8n: this.servers[0], elsewhere: this.servers[1] });
	}

	/** @override */
	async teardown() {
		await Promise.all((this.servers ?? []).map(({ close }) => close()));
		await super.teardown();
	}
}
