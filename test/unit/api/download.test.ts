/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { download, httpUrlIn } from '../../../nodes/VoiceFox/api/download';

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

const downloaded = async (context: IExecuteFunctions) =>
	await download(context, new URL('https://recordings.test/a'), limits, ({ extension }) => `a.${extension}`);

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

it('takes http and https addresses only', () => {
	expect(httpUrlIn('https://example.com/a b')?.href).toBe('https://example.com/a%20b');
	for (const text of ['data:audio/mpeg;base64,AAAA', 'file:///a', '//a/b', 'a', '']) {
		expect(httpUrlIn(text)).toBeUndefined();
	}
});
