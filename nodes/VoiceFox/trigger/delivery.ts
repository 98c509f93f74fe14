import type { InvalidPayload, SentEvent } from '../voicefox/events';
import { hasLongIntegers, parseJson } from '../voicefox/json';
import { isObject } from '../voicefox/values';

/** What n8n adds to the request (its `body-parser` middleware); `body` is set by content type only. */
export interface IncomingDelivery {
	body?: unknown;
	rawBody?: Buffer;
	contentType?: string;
	/** The charset that the sender names, in lower case. */
	encoding?: string;
	readRawBody?: () => Promise<void>;
}

/** Throws for bytes that are not UTF-8, and leaves a byte order mark out. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

const invalid = (payload: unknown, path: string, message: string): InvalidPayload => ({
	valid: false,
	issues: [{ path, message }],
	payload,
});

const isUtf8 = (charset: string | undefined) => charset === undefined || /^utf-?8$/.test(charset);

async function readBytes(request: IncomingDelivery): Promise<Buffer | null> {
	try {
		await request.readRawBody?.();
		return request.rawBody ?? null;
	} catch {
		// The body broke off, is too large or wrongly compressed: n8n's readRawBody throws for each.
		return null;
	}
}

function decode(bytes: Buffer): string | null {
	try {
		return utf8.decode(bytes);
	} catch {
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
 * Reads a request's body as JSON in UTF-8, whatever its content type and charset say.
 *
 * What n8n makes of the body is the JSON that was sent only when that is `application/json`, in UTF-8 and without an
 * integer that a JavaScript number would round; the bytes are read everywhere else.
 *
 * @param request n8n's request
 * @returns the event's name and data, or the issue that makes the payload invalid
 */
export async function readDelivery(request: IncomingDelivery): Promise<SentEvent | InvalidPayload> {
	if (request.contentType?.startsWith('multipart/')) {
		return invalid(request.body ?? null, '', 'Expected JSON, not a multipart form');
	}
	const isReadByN8n = request.contentType === 'application/json';
	const bytes = isReadByN8n ? request.rawBody : await readBytes(request);
	// n8n had no bytes to keep.
	if (bytes === undefined) return readEnvelope(request.body ?? null);
	if (bytes === null) return invalid(null, '', 'The request body could not be read');

	const text = decode(bytes);
	if (text === null) return invalid(null, '', 'The request body is not UTF-8');
	if (isReadByN8n && isUtf8(request.encoding) && !hasLongIntegers(text)) {
		return readEnvelope(request.body ?? null);
	}

	let body: unknown;
	try {
		body = parseJson(text);
	} catch {
		return invalid(text, '', 'The request body is not valid JSON');
	}
	return readEnvelope(body);
}
