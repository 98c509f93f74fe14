/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import { sleep, type IExecuteFunctions, type IHttpRequestOptions } from 'n8n-workflow';

import { download, httpUrlIn } from '../../../nodes/VoiceFox/recording/download';

type Stream = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer | Uint8Array>;

declare const storage: { streamOf: (...chunks: Buffer[]) => Stream };

const MP3 = Buffer.from('ID3'.padEnd(2000, '\0'));
const limits = { maxSize: 1, timeout: 60 };

/** A context whose HTTP client gives this answer, and whose storage does what the test says. */
function contextWith(answer: { statusCode?: number; headers?: object; body: Stream }, store = jest.fn()) {
	const cancelListening: { signal?: AbortSignal }[] = [];
	const cancelSignal = {
		addEventListener: (_event: string, _listener: unknown, options: { signal?: AbortSignal }) =>
			cancelListening.push(options),
	};
	const requests: IHttpRequestOptions[] = [];
	const context = {
		getExecutionCancelSignal: () => cancelSignal,
		helpers: {
			httpRequest: async (request: IHttpRequestOptions) => {
				requests.push(request);
				return { statusCode: 200, headers: {}, ...answer };
			},
			prepareBinaryData: store,
		},
	} as unknown as IExecuteFunctions;
	return { context, store, cancelListening, requests };
}

const downloaded = async (context: IExecuteFunctions, within = limits, host = 'recordings.test') =>
	await download(context, new URL(`https://${host}/a`), within, ({ extension }) => `a.${extension}`);

const bytesOf = async (stream: Stream) => {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
};

it('stores exactly the bytes that came, also when the first ones came one by one', async () => {
	const pieces = [...MP3.subarray(0, 20)].map((byte) => Buffer.from([byte]));
	const body = storage.streamOf(...pieces, MP3.subarray(20));
	const store = jest.fn(async (stream: Stream) => ({ bytes: await bytesOf(stream) }));
	const { context } = contextWith({ body }, store);

	expect(await downloaded(context)).toEqual({ file: { bytes: MP3 } });
	expect(store).toHaveBeenCalledWith(expect.anything(), 'a.mp3', 'audio/mpeg');
});

it('listens for errors of both streams before anybody reads them: unheard, they would end n8n', async () => {
	const body = storage.streamOf(MP3);
	const store = jest.fn(async (stream: Stream) => [body, stream].map((one) => one.listenerCount('error')));
	const { context } = contextWith({ body }, store);

	const counts = (await downloaded(context)) as unknown as { file: number[] };
	expect(counts.file.map((count) => count > 0)).toEqual([true, true]);
});

it('lets go of everything afterwards: the request, which closes its connection, and the signal of the workflow', async () => {
	const answers = [
		{ body: storage.streamOf(MP3) },
		{ body: storage.streamOf(MP3), statusCode: 403 },
		{ body: storage.streamOf(MP3), headers: { 'content-length': '99999999' } },
	];
	for (const answer of answers) {
		const { context, cancelListening, requests } = contextWith(answer);
		await downloaded(context).catch(() => {});
		expect(requests.map(({ abortSignal }) => (abortSignal as AbortSignal).aborted)).toEqual([true]);
		expect(cancelListening.map(({ signal }) => signal?.aborted)).toEqual([true]);
	}
});

it('does not begin to store what is said to be too large', async () => {
	const headers = { 'content-length': String(1024 * 1024 + 1) };
	const { context, store } = contextWith({ body: storage.streamOf(MP3), headers });

	await expect(downloaded(context)).rejects.toThrow(/^The recording is larger than 1 MB/);
	expect(store).not.toHaveBeenCalled();
});

it('does not begin to store what is too large by its first bytes', async () => {
	const { context, store } = contextWith({ body: storage.streamOf(MP3) });
	await expect(downloaded(context, { maxSize: 0.0001, timeout: 60 })).rejects.toThrow(
		/^The recording is larger than 0\.0001 MB/,
	);
	expect(store).not.toHaveBeenCalled();
});

it.each([
	[199, { refusedWith: 199 }],
	[200, { file: 'stored' }],
	[299, { file: 'stored' }],
	[206, { refusedWith: 206 }],
	[300, { refusedWith: 300 }],
])('with the status %i: %j', async (statusCode, result) => {
	const store = jest.fn(async () => 'stored');
	const { context } = contextWith({ statusCode, body: storage.streamOf(MP3) }, store);
	expect(await downloaded(context)).toEqual(result);
});

it('stores what is just as large as it may be, by what its sender says and by its bytes', async () => {
	const megabyte = Buffer.alloc(1024 * 1024);
	MP3.copy(megabyte);
	const store = jest.fn(async (stream: Stream) => ({ size: (await bytesOf(stream)).length }));
	const headers = { 'content-length': String(megabyte.length) };

	const just = contextWith({ body: storage.streamOf(megabyte), headers }, store);
	expect(await downloaded(just.context)).toEqual({ file: { size: megabyte.length } });
	const more = contextWith({ body: storage.streamOf(megabyte, Buffer.of(0)) }, store);
	await expect(downloaded(more.context)).rejects.toThrow(/^The recording is larger than 1 MB/);
});

it.each([
	['raw-sound-da', undefined, 'a.bin'],
	['raw-sound-da', 'audio/basic', 'a.au'],
	['x'.repeat(5000), 'audio/basic', 'a.au'],
])('takes the bytes %j of type %s as %s', async (text, contentType, name) => {
	const store = jest.fn(async (content: Stream | Buffer) =>
		(Buffer.isBuffer(content) ? content : await bytesOf(content)).toString(),
	);
	const headers = { 'content-type': contentType };
	const { context } = contextWith({ body: storage.streamOf(Buffer.from(text)), headers }, store);

	expect(await downloaded(context)).toEqual({ file: text });
	expect(store).toHaveBeenCalledWith(expect.anything(), name, expect.anything());
});

it.each([
	['x', "The recording is only 1 byte long, so it can't be audio. Check 'Recording URL'"],
	['raw-sound-d', "The recording is only 11 bytes long, so it can't be audio. Check 'Recording URL'"],
])('does not take the bytes %j', async (text, message) => {
	const { context } = contextWith({ body: storage.streamOf(Buffer.from(text)) });
	await expect(downloaded(context)).rejects.toThrow(message);
});

it('tells an empty file apart', async () => {
	expect(await downloaded(contextWith({ body: storage.streamOf() }).context)).toEqual({ isEmpty: true });
});

it('does not take what came before its connection was closed for the whole', async () => {
	const nothingMore = new Promise<Buffer>(() => {});
	const body = storage.streamOf(MP3.subarray(0, 100), nothingMore as unknown as Buffer);
	body.once('readable', () => void sleep(1).then(() => body.destroy()));
	const { context, store } = contextWith({ body });
	expect(await downloaded(context)).toEqual({
		brokenBy: { message: expect.stringMatching(/^The recording's download broke off/) },
	});
	expect(store).not.toHaveBeenCalled();
});

describe('a download that fails', () => {
	const broke = "The recording's download broke off. Try again later";
	const problemOf = async (error: unknown, host?: string) => {
		const { context } = contextWith({ body: storage.streamOf() });
		context.helpers.httpRequest = () => Promise.reject(error as Error);
		const attempt = await downloaded(context, limits, host).catch(
			(thrown: { problem?: object }) => thrown.problem,
		);
		return attempt && 'brokenBy' in attempt ? attempt.brokenBy : attempt;
	};
	const caused = (by: object) => new Error('wrapped', { cause: Object.assign(new Error('inner'), by) });

	it.each([
		['without a code', new Error('secret address'), { message: broke, description: undefined }],
		['with what is no error', 'secret address', { message: broke, description: undefined }],
		['with nothing', null, { message: broke, description: undefined }],
		['with a code', caused({ code: 'ECONNRESET' }), { message: broke, description: 'Code ECONNRESET' }],
		['with a code that is none', caused({ code: 7 }), { message: broke, description: undefined }],
		[
			'with an endless code',
			caused({ code: 'X'.repeat(99) }),
			{ message: broke, description: `Code ${'X'.repeat(60)}` },
		],
		[
			'without a connection',
			caused({ code: 'ECONNREFUSED' }),
			{
				message:
					"The recording's host recordings.test was not reached. Check 'Recording URL', and that this n8n may reach that host",
				description: 'Code ECONNREFUSED',
			},
		],
		[
			'because n8n does not allow it',
			caused({ name: 'SsrfBlockedIpError', message: 'Not allowed.', description: 'Ask.' }),
			{ message: 'n8n did not download the recording. Not allowed.', description: 'Ask.' },
		],
	])('%s is explained, without its address', async (_how, error, problem) => {
		expect(await problemOf(error)).toMatchObject(problem);
	});

	const reachedNobody = async (code: string, host?: string) =>
		/ was not reached\./.test(JSON.stringify(await problemOf(caused({ code }), host)));

	it.each([
		...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'],
		...['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_TLS_HANDSHAKE_TIMEOUT', 'CERT_HAS_EXPIRED'],
		...['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
	])('with %s never had a connection', async (code) => expect(await reachedNobody(code)).toBe(true));

	it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ERR_BAD_RESPONSE', 'ENOTFOUND_LATER', 'NOT_ENOTFOUND'])(
		'with %s broke off',
		async (code) => expect(await reachedNobody(code)).toBe(false),
	);

	it.each([
		...['example.com', 'recordings.example.org', 'example.net', 'recordings.example'].map((host) => [
			host,
			true,
		]),
		...['myexample.com', 'example.com.test', 'example.de', 'examples'].map((host) => [host, false]),
	] as Array<[string, boolean]>)('from %s: nobody is there: %j', async (host, isExample) => {
		expect(await reachedNobody('ECONNRESET', host)).toBe(isExample);
	});
});

it.each([
	[1, 1_000],
	[60, 60_000],
	[1e9, 2 ** 31 - 1],
])('has the time that the user gives it, at most what a timer takes: %d s', async (timeout, milliseconds) => {
	const timer = jest.spyOn(AbortSignal, 'timeout');
	await downloaded(contextWith({ body: storage.streamOf(MP3) }).context, { maxSize: 1, timeout });
	expect(timer.mock.calls).toEqual([[milliseconds]]);
	timer.mockRestore();
});

it('takes http and https addresses only', () => {
	expect(httpUrlIn('https://example.com/a b')?.href).toBe('https://example.com/a%20b');
	for (const text of ['data:audio/mpeg;base64,AAAA', 'file:///a', '//a/b', 'a', '']) {
		expect(httpUrlIn(text)).toBeUndefined();
	}
});
