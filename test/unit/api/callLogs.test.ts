import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { callPages, conversation } from '../../../nodes/VoiceFox/api/callLogs';

/** A context whose only server answers each page with what `pageOf` gives. */
function contextWith(pageOf: (pageIndex: number, pageSize: number) => unknown) {
	const asked: IDataObject[] = [];
	const httpRequestWithAuthentication = async (_credential: string, { qs = {} }: IHttpRequestOptions) => {
		asked.push(qs);
		return { statusCode: 200, headers: {}, body: pageOf(Number(qs.pageIndex), Number(qs.pageSize)) };
	};
	const context = {
		getCredentials: async () => ({ region: 'global' }),
		helpers: { httpRequestWithAuthentication },
	} as unknown as IExecuteFunctions;
	return { context, asked };
}

const callAt = (index: number) => ({ sessionId: `call-${index}` });
const callsFrom = (start: number, count: number) =>
	Array.from({ length: count }, (_, index) => callAt(start + index));

async function pagesOf(context: IExecuteFunctions, limit = Infinity) {
	const pages = [];
	for await (const page of callPages(context, {}, limit)) pages.push(page);
	return pages;
}

const idsIn = (pages: Awaited<ReturnType<typeof pagesOf>>) =>
	pages.flatMap(({ calls }) => calls.map(({ sessionId }) => sessionId));

const idsOf = async (context: IExecuteFunctions, limit?: number) => idsIn(await pagesOf(context, limit));

describe('reading the list page by page', () => {
	it('gives a call once that new calls have moved to the next page', async () => {
		const { context } = contextWith((pageIndex) =>
			pageIndex === 1 ? { items: callsFrom(0, 100), total: 150 } : { items: callsFrom(97, 53), total: 153 },
		);
		expect(await idsOf(context)).toEqual(callsFrom(0, 150).map(({ sessionId }) => sessionId));
	});

	it('fills the limit although some were sent twice', async () => {
		const { context, asked } = contextWith((pageIndex, pageSize) => ({
			items: callsFrom((pageIndex - 1) * pageSize - (pageIndex > 1 ? 1 : 0), pageSize),
			total: 1000,
		}));
		expect(await idsOf(context, 20)).toHaveLength(20);
		expect(asked.map(({ pageIndex, pageSize }) => [pageIndex, pageSize])).toEqual([[1, 20]]);
		expect(await idsOf(context, 200)).toHaveLength(200);
		expect(asked.slice(1).map(({ pageIndex }) => pageIndex)).toEqual([1, 2, 3]);
	});

	it.each([null, []])('ends at an empty page, sent as %j, whatever the total', async (items) => {
		const { context, asked } = contextWith((pageIndex) => ({
			items: pageIndex === 1 ? callsFrom(0, 100) : items,
			total: 999,
		}));
		expect(await idsOf(context)).toHaveLength(100);
		expect(asked).toHaveLength(2);
	});

	it.each([undefined, 100_000])(
		'ends when a server that ignores the page number repeats itself, and says so (total %p)',
		async (total) => {
			const { context, asked } = contextWith(() => ({ items: callsFrom(0, 100), pageIndex: 1, total }));
			const pages = await pagesOf(context);

			expect(idsIn(pages)).toHaveLength(100);
			expect(asked).toHaveLength(3);
			expect(pages.map(({ isIncomplete }) => isIncomplete)).toEqual([false, false, true]);
		},
	);

	it('goes on after a page of repeats, which as many new calls have moved there', async () => {
		const { context } = contextWith((pageIndex) => ({
			items: pageIndex > 3 ? [] : callsFrom(pageIndex === 1 ? 0 : (pageIndex - 2) * 100, 100),
		}));
		const pages = await pagesOf(context);

		expect(idsIn(pages)).toEqual(callsFrom(0, 200).map(({ sessionId }) => sessionId));
		expect(pages.map(({ isIncomplete }) => isIncomplete)).toEqual([false, false, false, false]);
	});

	it('keeps calls without a session ID', async () => {
		const { context } = contextWith(() => ({ items: [{ sessionId: '' }, { sessionId: '' }, {}], total: 3 }));
		expect(await idsOf(context)).toEqual(['', '', undefined]);
	});

	it('keeps the good entries, and counts those that are not calls', async () => {
		const items = [null, callAt(1), 'text', [], 7, callAt(2)];
		const { context } = contextWith(() => ({ items, total: 6 }));
		expect(await pagesOf(context)).toEqual([
			{ calls: [callAt(1), callAt(2)], leftOut: 4, isIncomplete: false },
		]);
	});

	it('takes a list that is left out as empty, which is how Go omits one', async () => {
		const { context } = contextWith(() => ({ total: 0, pageIndex: 1, pageSize: 100 }));
		expect(await idsOf(context)).toEqual([]);
	});

	it.each([{ items: 'none' }, { hello: 'world' }, {}])(
		'refuses %j, which is not a list of calls',
		async (body) => {
			const { context } = contextWith(() => body);
			await expect(idsOf(context)).rejects.toThrow(/^The answer is not VoiceFox's list of calls/);
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
