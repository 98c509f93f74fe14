import type { InvalidPayload, SentEvent } from '../voicefox/events';
import { isObject } from '../voicefox/values';

/** What n8n adds to the request (its `body-parser` middleware); `body` is set by content type only. */
export interface IncomingDelivery {
	body?: unknown;
	rawBody?: Buffer;
	contentType?: string;
	encoding?: string;
	readRawBody?: () => Promise<void>;
}

const BYTE_ORDER_MARK = /^\uFEFF/;

const invalid = (payload: unknown, path: string, message: string): InvalidPayload => ({
	valid: false,
	issues: [{ path, message }],
	payload,
});

function decode(bytes: Buffer, encoding: string | undefined): string {
	const known = encoding !== undefined && Buffer.isEncoding(encoding) ? encoding : 'utf8';
	return bytes.toString(known).replace(BYTE_ORDER_MARK, '');
}

async function readText(request: IncomingDelivery): Promise<string | null> {
	try {
		await request.readRawBody?.();
		return request.rawBody === undefined ? null : decode(request.rawBody, request.encoding);
	} catch {
		// The body broke off, is too large or wrongly compressed: n8n's readRawBody throws for each.
		return null;
	}
}

function readEnvelope(body: unknown): SentEvent | InvalidPayload {
	if (!isObject(body)) return invalid(body, '', 'Expected a JSON object');

	const { event_name: eventName, event_data: eventData, ...envelope } = body;
	if (typeof eventName !== 'string' || eventName === '') {
		return invalid(body, 'event_name', 'Expected a non-empty string');
	}
	return { valid: true, eventName, eventData, envelope, received: body };
}

/**
 * Reads a request's body as JSON, whatever its content type says.
 *
 * n8n parses the body itself only when it is `application/json`; what it makes of other types (form
 * fields, XML) is not the JSON that was sent, so there the bytes are read.
 *
 * @param request n8n's request
 * @returns the event's name and data, or the issue that makes the payload invalid
 */
export async function readDelivery(request: IncomingDelivery): Promise<SentEvent | InvalidPayload> {
	if (request.contentType === 'application/json') return readEnvelope(request.body ?? null);
	if (request.contentType?.startsWith('multipart/')) {
		return invalid(request.body ?? null, '', 'Expected JSON, not a multipart form');
	}

	const text = await readText(request);
	if (text === null) return invalid(null, '', 'The request body could not be read');

	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		return invalid(text, '', 'The request body is not valid JSON');
	}
	return readEnvelope(body);
}
