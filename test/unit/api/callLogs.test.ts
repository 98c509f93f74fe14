import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { callPages } from '../../../nodes/VoiceFox/api/callLogs';

/** A context whose only server answers each page with what `pageOf` gives. */
function contextWith(pageOf: (pageIndex: number, pageSize: number) => unknown) {
	const asked: IDataObject[] = [];
	const httpRequestWithAuthentication = async (_credential: string, { qs }: IHttpRequestOptions) => {
		asked.push(qs!);
		return { statusCode: 200, headers: {}, body: pageOf(Number(qs!.pageIndex), Number(qs!.pageSize)) };
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

async function idsOf(context: IExecuteFunctions, limit = Infinity) {
	const ids: unknown[] = [];
	for await (const page of callPages(context, {}, limit)) ids.push(...page.map(({ sessionId }) => sessionId));
	return ids;
}

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

	it('ends when a server without a total repeats itself', async () => {
		const { context, asked } = contextWith(() => ({ items: callsFrom(0, 100) }));
		expect(await idsOf(context)).toHaveLength(100);
		expect(asked).toHaveLength(2);
	});

	it('keeps calls without a session ID', async () => {
		const { context } = contextWith(() => ({ items: [{ sessionId: '' }, { sessionId: '' }, {}], total: 3 }));
		expect(await idsOf(context)).toEqual(['', '', undefined]);
	});

	it('refuses an answer that is no list of calls', async () => {
		const { context } = contextWith(() => ({ items: 'none' }));
		await expect(idsOf(context)).rejects.toThrow(/^The answer is not VoiceFox's list of calls/);
	});
});
