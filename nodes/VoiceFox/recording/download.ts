import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { HEAD_BYTES, MIN_BYTES, recordingType, type FileType } from './audio';
import { blockedBy, codeIn, fail, ProblemError, STOPPED, type Problem } from '../api/errors';

type Stream = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer | Uint8Array>;

export interface Limits {
	/** MB of 1,048,576 bytes */
	maxSize: number;
	/** Seconds for the whole download */
	timeout: number;
}

/**
 * What came of a download: the file, or why it may come later. `refusedWith` is the status of an answer that is not a
 * whole file.
 */
export type Attempt =
	{ file: IBinaryData } | { refusedWith: number } | { isEmpty: true } | { brokenBy: Problem };

interface FileResponse {
	statusCode: number;
	headers: IDataObject;
	body: Stream;
}

class TooLargeError extends Error {}

/** Nobody asked for a part of the file, so this answer lacks the rest. */
const PARTIAL = 206;

const MAX_REDIRECTS = 5;
const MEGABYTE = 1024 * 1024;

/** An http(s) URL in its normal form; undefined for anything else. */
export function httpUrlIn(text: string): URL | undefined {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

/**
 * Aborts when the time is over, when the user stops the workflow, or by hand.
 *
 * @param seconds at most what a timer takes, 2^31 - 1 ms
 */
function stopSignal(context: IExecuteFunctions, seconds: number) {
	const stop = new AbortController();
	const done = new AbortController();
	const listening = { once: true, signal: done.signal };
	const deadline = AbortSignal.timeout(Math.min(Math.max(seconds, 1) * 1000, 2 ** 31 - 1));
	const cancelled = context.getExecutionCancelSignal();
	deadline.addEventListener('abort', () => stop.abort(), listening);
	cancelled?.addEventListener('abort', () => stop.abort(), listening);
	return {
		signal: stop.signal,
		isOverdue: () => deadline.aborted,
		isStopped: () => cancelled?.aborted === true,
		/** Lets go of everything. Only this closes the connection of a response that nobody reads to its end. */
		release: () => {
			done.abort();
			stop.abort();
		},
	};
}

/**
 * Asks for the file. Without the credential: the address is another host's, and signed by itself.
 * n8n's helper applies its protection against internal addresses, redirects included.
 */
async function responseTo(
	context: IExecuteFunctions,
	url: string,
	signal: AbortSignal,
): Promise<FileResponse> {
	const response = (await context.helpers.httpRequest({
		method: 'GET',
		url,
		encoding: 'stream',
		abortSignal: signal,
		maxRedirects: MAX_REDIRECTS,
		sendCredentialsOnCrossOriginRedirect: false,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
	})) as FileResponse;
	// An abort makes n8n's HTTP client emit an error even while nobody reads; unheard it would end n8n.
	response.body.on('error', () => {});
	return response;
}

/**
 * The stream's first bytes, which stay in it (the way of Node's documentation of `unshift`). Fewer than `HEAD_BYTES` are all
 * that there were, and are in it no more: a stream that has ended takes nothing back.
 */
async function firstBytes(stream: Stream): Promise<Buffer> {
	return await new Promise((resolve, reject) => {
		let head = Buffer.alloc(0);
		const settle = () => {
			stream.off('readable', onReadable).off('end', settle).off('error', reject).off('close', failClosed);
			resolve(head);
		};
		const failClosed = () => reject(new Error('The connection was closed'));
		const onReadable = () => {
			let chunk: Buffer | null;
			while (head.length < HEAD_BYTES && (chunk = stream.read() as Buffer | null) !== null) {
				head = Buffer.concat([head, chunk]);
			}
			if (head.length < HEAD_BYTES) return;
			stream.unshift(head);
			settle();
		};
		stream.on('readable', onReadable).on('end', settle).on('error', reject).on('close', failClosed);
	});
}

/** The same bytes, ending in a TooLargeError as soon as they are more than the limit. */
function limited(stream: Stream, maxBytes: number): Stream {
	let bytes = 0;
	const counted = stream.map((chunk: Buffer) => {
		bytes += chunk.length;
		if (bytes > maxBytes) throw new TooLargeError();
		return chunk;
	});
	// Whoever stores the stream hears of an error by reading; before that it must not end n8n.
	return counted.on('error', () => {});
}

function failTooLarge(maxSize: number): never {
	fail(`The recording is larger than ${maxSize} MB. Raise 'Max Size' in the options to download it`);
}

function typeOf(head: Buffer, { headers }: FileResponse): FileType {
	if (head.length < MIN_BYTES) {
		const bytes = head.length === 1 ? '1 byte' : `${head.length} bytes`;
		fail(`The recording is only ${bytes} long, so it can't be audio. Check 'Recording URL'`);
	}
	const type = recordingType(head, headers['content-type']);
	if (!type) {
		fail(
			"The address does not lead to a recording but to something else, such as a web page. Check 'Recording URL'",
		);
	}
	return type;
}

async function stored(
	context: IExecuteFunctions,
	response: FileResponse,
	{ maxSize }: Limits,
	nameOf: (type: FileType) => string,
): Promise<Attempt> {
	const maxBytes = maxSize * MEGABYTE;
	if (Number(response.headers['content-length']) > maxBytes) failTooLarge(maxSize);

	const head = await firstBytes(response.body);
	if (head.length > maxBytes) failTooLarge(maxSize);
	if (head.length === 0) return { isEmpty: true };

	const type = typeOf(head, response);
	const bytes = head.length < HEAD_BYTES ? head : limited(response.body, maxBytes);
	return { file: await context.helpers.prepareBinaryData(bytes, nameOf(type), type.mimeType) };
}

/** The codes of Node and OpenSSL for a connection that was never made. */
const UNREACHED =
	/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ERR_TLS.*|.*CERT.*|.*SIGNATURE.*)$/;

/** Names that are kept for examples (RFC 2606): nobody is there. */
const EXAMPLE_HOST = /(^|\.)example(\.(com|net|org))?$/;

function failUnreached({ host, hostname }: URL, code: string | undefined): never {
	const advice = EXAMPLE_HOST.test(hostname)
		? 'This is the made-up link of a sample event, which never works: try it with the event of a real call'
		: "Check 'Recording URL', and that this n8n may reach that host";
	return fail(`The recording's host ${host} was not reached. ${advice}`, code && `Code ${code}`);
}

/** n8n's protection against internal addresses explains itself; other errors may hold the signed address. */
function brokenBy(error: unknown, url: URL): Problem {
	const blocked = blockedBy(error);
	if (blocked) fail(`n8n did not download the recording. ${blocked.message}`, blocked.description);

	const code = codeIn(error);
	if (EXAMPLE_HOST.test(url.hostname) || (code !== undefined && UNREACHED.test(code))) {
		failUnreached(url, code);
	}
	return {
		message: "The recording's download broke off. Try again later",
		description: code && `Code ${code}`,
	};
}

/**
 * Streams a recording into n8n's storage of files, without holding it in memory.
 *
 * @param nameOf the file's name, once its type is known
 * @returns the file, or why it may come later. Afterwards no connection is left open
 * @throws ProblemError when it is too large, too slow, not a recording, not allowed by n8n, or stopped by the user
 */
export async function download(
	context: IExecuteFunctions,
	url: URL,
	limits: Limits,
	nameOf: (type: FileType) => string,
): Promise<Attempt> {
	const { signal, isOverdue, isStopped, release } = stopSignal(context, limits.timeout);
	const whyBroken = (error: unknown): Attempt => {
		if (error instanceof ProblemError) throw error;
		if (error instanceof TooLargeError) failTooLarge(limits.maxSize);
		if (isStopped()) fail(STOPPED);
		if (isOverdue()) {
			fail(`The download took longer than ${limits.timeout} s. Raise 'Timeout' in the options, or try again`);
		}
		return { brokenBy: brokenBy(error, url) };
	};
	try {
		const response = await responseTo(context, url.href, signal);
		const { statusCode } = response;
		if (statusCode < 200 || statusCode > 299 || statusCode === PARTIAL) return { refusedWith: statusCode };

		return await stored(context, response, limits, nameOf);
	} catch (error) {
		return whyBroken(error);
	} finally {
		release();
	}
}
