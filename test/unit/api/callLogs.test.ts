import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { callLog, callPages, conversation } from '../../../nodes/VoiceFox/api/callLogs';

/** A context whose only server answers each page with what `pageOf` gives. */
function contextWith(pageOf: (pageIndex: number) => unknown) {
	const asked: IDataObject[] = [];
	const httpRequestWithAuthentication = async (_credential: string, { qs = {} }: IHttpRequestOptions) => {
		asked.push(qs);
		return { statusCode: 200, headers: {}, body: JSON.stringify(pageOf(Number(qs.pageIndex))) };
	};
	const context = {
		getCredentials: async () => ({ region: 'global' }),
		helpers: { httpRequestWithAuthentication },
	} as unknown as IExecuteFunctions;
	return { context, asked };
}

async function pagesOf(context: IExecuteFunctions, limit = Infinity) {
	const pages = [];
	for await (const page of callPages(context, { direction: 'inbound' }, limit)) pages.push(page);
	return pages;
}

describe('the list of calls', () => {
	it('is asked for page by page, in pages of 100', async () => {
		const { context, asked } = contextWith((pageIndex) => ({
			items: pageIndex === 1 ? [{ sessionId: 'a' }] : null,
		}));
		expect(await pagesOf(context)).toEqual([
			{ calls: [{ sessionId: 'a' }], leftOut: 0, missing: 0 },
			{ calls: [], leftOut: 0, missing: 0 },
		]);
		expect(asked).toEqual([
			{ direction: 'inbound', pageSize: 100, pageIndex: 1 },
			{ direction: 'inbound', pageSize: 100, pageIndex: 2 },
		]);
	});

	it.each([
		[1, 1],
		[20, 20],
		[101, 100],
	])('with the limit %i is asked for in pages of %i', async (limit, pageSize) => {
		const { context, asked } = contextWith(() => ({ items: [] }));
		await pagesOf(context, limit);
		expect(asked).toEqual([{ direction: 'inbound', pageSize, pageIndex: 1 }]);
	});

	it('keeps the good entries, and counts those that are not calls', async () => {
		const items = [null, { sessionId: 'a' }, 'text', [], 7, { sessionId: 'b' }];
		const { context } = contextWith((pageIndex) => ({ items: pageIndex === 1 ? items : [], total: 8 }));
		expect(await pagesOf(context)).toEqual([
			{ calls: [{ sessionId: 'a' }, { sessionId: 'b' }], leftOut: 4, missing: 0 },
			{ calls: [], leftOut: 0, missing: 2 },
		]);
	});

	it.each([{ total: 0, pageIndex: 1, pageSize: 100 }, { pageIndex: 1 }, { items: null, total: 'many' }])(
		'that is left out is empty, which is how Go omits one: %j',
		async (body) => {
			expect(await pagesOf(contextWith(() => body).context)).toEqual([{ calls: [], leftOut: 0, missing: 0 }]);
		},
	);

	it.each([{ items: 'none' }, { hello: 'world' }, {}])('is not %j, which is refused', async (body) => {
		const { context } = contextWith(() => body);
		await expect(pagesOf(context)).rejects.toThrow(/^The answer is not VoiceFox's list of calls/);
	});
});

describe("a call's log", () => {
	const read = async (log: unknown) => await callLog(contextWith(() => log).context, 'b7c0');

	it('is the one of the call that was asked for', async () => {
		expect(await read({ sessionId: 'b7c0', id: 1 })).toEqual({ sessionId: 'b7c0', id: 1 });
	});

	it.each(['3e9d', 'b7c0 ', 'B7C0', 7, 'x'.repeat(1000)])('of the call %j is refused', async (sessionId) => {
		await expect(read({ sessionId })).rejects.toMatchObject({
			problem: {
				message: 'VoiceFox answered with the log of another call, which is not used. Try again later',
				description: `Asked for session ID b7c0, received ${String(sessionId).slice(0, 60)}`,
			},
		});
	});

	it.each([{}, { sessionId: '' }, { sessionId: null }, { sessionId: ['b7c0'] }])(
		'is not %j, which names no call',
		async (log) => {
			await expect(read(log)).rejects.toThrow(/^The answer is not VoiceFox's\./);
		},
	);
});

describe('a conversation', () => {
	const read = async (body: unknown) => await conversation(contextWith(() => body).context, 'b7c0');

	it('keeps the good entries, and counts those that are not turns', async () => {
		expect(await read([null, { event: 'begin' }, 'text'])).toEqual({
			entries: [{ event: 'begin' }],
			leftOut: 2,
		});
	});

	it('of a call that nobody answered is empty', async () => {
		expect(await read(null)).toEqual({ entries: [], leftOut: 0 });
	});

	it('that is not a list is refused', async () => {
		await expect(read({})).rejects.toThrow(
			/^VoiceFox's answer for the conversation with session ID b7c0 is not a list/,
		);
	});
});
