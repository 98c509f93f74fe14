import type { IncomingDelivery } from '../../../nodes/VoiceFox/trigger/delivery';

export interface SentRequest {
	/** The bytes on the wire; an object is sent as its JSON. */
	body?: object | string | Buffer;
	/** The `Content-Type` header; null sends none. */
	contentType?: string | null;
	/** The `Authorization` header's bytes; null sends none. */
	authorization?: string | null;
	/** What n8n's `readRawBody` throws, e.g. because the sender left. */
	brokenBy?: Error;
}

/** A request as n8n hands it to a node, which also counts how often its bytes were asked for. */
export interface ReceivedRequest extends IncomingDelivery {
	headers: Record<string, string>;
	query: object;
	params: object;
	timesRead: number;
	readRawBody: () => Promise<void>;
}

const bytesOf = (body: object | string | Buffer) =>
	Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

const charsetOf = (contentType: string) =>
	/charset="?([^";]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'utf-8';

const isRead = (type: string) =>
	['application/json', 'text/plain', 'application/x-www-form-urlencoded'].some((known) =>
		type.startsWith(known),
	) || /[/+]xml$/.test(type);

/** What n8n puts into `req.body` for a content type that it knows (its `body-parser` middleware). */
function parsedByN8n(type: string, bytes: Buffer, encoding: string | undefined): unknown {
	const text = () => bytes.toString(encoding as BufferEncoding);
	if (bytes.length === 0) return undefined;
	if (type === 'application/json') return JSON.parse(text().replace(/^\uFEFF/, ''));
	if (type === 'text/plain') return text();
	if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text()));
	return /[/+]xml$/.test(type) ? { root: text() } : undefined;
}

/**
 * Builds the request object that a node gets from n8n 2.41.
 *
 * @param typeVersion 1 has every body read and parsed by n8n, 2 only those of well-known content types
 * @throws a SyntaxError where n8n itself answers 422, so that the node would not run
 */
export async function n8nRequest(sent: SentRequest, typeVersion: number): Promise<ReceivedRequest> {
	const { body = '', contentType = 'application/json', authorization = null, brokenBy } = sent;
	const type = contentType?.split(';')[0]?.toLowerCase();

	const request: ReceivedRequest = {
		headers: {
			...(contentType === null ? {} : { 'content-type': contentType }),
			...(authorization === null ? {} : { authorization }),
		},
		query: {},
		params: {},
		...(contentType === null ? {} : { contentType: type, encoding: charsetOf(contentType) }),
		timesRead: 0,
		readRawBody: async () => {
			request.timesRead++;
			if (brokenBy !== undefined) throw brokenBy;
			request.rawBody ??= bytesOf(body);
		},
	};

	if (type === 'multipart/form-data') {
		// formidable has used up the stream, so there are no bytes left to read.
		request.body = { data: { field: bytesOf(body).toString() }, files: {} };
		request.readRawBody = async () => {
			throw new Error('Request body stream was aborted or is not readable');
		};
	} else if (brokenBy === undefined && (typeVersion === 1 || isRead(type ?? ''))) {
		await request.readRawBody();
		request.body = parsedByN8n(type ?? '', bytesOf(body), request.encoding);
	}
	request.timesRead = 0;
	return request;
}
