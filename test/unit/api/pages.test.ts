import type { IDataObject } from 'n8n-workflow';

import { callsByPage, type CallPage } from '../../../nodes/VoiceFox/api/pages';

const callAt = (index: number): IDataObject => ({ sessionId: `call-${index}` });
const callsFrom = (start: number, count: number) =>
	Array.from({ length: count }, (_, index) => callAt(start + index));

/** A server with this many calls that gives so many on a page, and counts as `total` says. */
const serverWith =
	(count: number, total?: number, pageSize = 100) =>
	(pageIndex: number): CallPage => {
		const start = (pageIndex - 1) * pageSize;
		return { calls: callsFrom(start, Math.max(0, Math.min(pageSize, count - start))), leftOut: 0, total };
	};

/** What came of reading the list: how many calls of which IDs, what is missing, and how many requests it took. */
async function read(pageOf: (pageIndex: number) => CallPage, limit?: number) {
	const ids: unknown[] = [];
	let [requests, missing, leftOut] = [0, 0, 0];
	const readPage = async (pageIndex: number) => {
		requests++;
		return pageOf(pageIndex);
	};
	for await (const page of callsByPage(readPage, limit)) {
		ids.push(...page.calls.map(({ sessionId }) => sessionId));
		missing += page.missing;
		leftOut += page.leftOut;
	}
	return { ids, count: ids.length, missing, leftOut, requests };
}

describe("where a list ends, VoiceFox's total does not say", () => {
	it.each([
		['the page', 100, 250, 100],
		['100, with pages of 40', 40, 120, 100],
		['capped at 10,000', 100, 12_000, 10_000],
		['right', 100, 250, 250],
		['missing', 100, 250, undefined],
		['zero', 100, 250, 0],
		['negative', 100, 250, -1],
	])('total is %s: all calls come, and none is missing', async (_, pageSize, count, total) => {
		const { ids, missing, requests } = await read(serverWith(count, total, pageSize));
		expect([ids, missing]).toEqual([callsFrom(0, count).map(({ sessionId }) => sessionId), 0]);
		expect(requests).toBe(Math.ceil(count / pageSize) + 1);
	});

	it('total is 10^9: it ends at the empty page, and says what is missing', async () => {
		expect(await read(serverWith(250, 1e9))).toMatchObject({
			count: 250,
			missing: 1e9 - 250,
			requests: 4,
		});
	});

	it('page 2 is empty: 250 of 350 are missing, also when that page counts none', async () => {
		const pageOf = (total?: number) => (pageIndex: number) =>
			pageIndex === 1 ? serverWith(350, 350)(1) : { calls: [], leftOut: 0, total };
		for (const total of [350, 0, undefined]) {
			expect(await read(pageOf(total))).toMatchObject({ count: 100, missing: 250, requests: 2 });
		}
	});
});

it('an empty list is asked for once', async () => {
	expect(await read(serverWith(0, 0))).toEqual({ ids: [], count: 0, missing: 0, leftOut: 0, requests: 1 });
});

it('a server that ignores the page number is asked twice', async () => {
	const { count, missing, requests } = await read(() => serverWith(300, 300)(1));
	expect([count, missing, requests]).toEqual([100, 200, 2]);
});

it('a call that moved to the next page comes once', async () => {
	const { ids, missing } = await read((pageIndex) => ({
		calls: pageIndex === 1 ? callsFrom(0, 100) : pageIndex === 2 ? callsFrom(97, 53) : [],
		leftOut: 0,
		total: 150,
	}));
	expect([ids, missing]).toEqual([callsFrom(0, 150).map(({ sessionId }) => sessionId), 0]);
});

describe('two calls are told apart by their session ID', () => {
	const onePage = (...calls: IDataObject[]) => ({ calls, leftOut: 0 });

	it.each([
		['outer white space', ' a', 'a'],
		['letter case', 'A', 'a'],
		['a late letter of a long ID', `${'x'.repeat(5000)}1`, `${'x'.repeat(5000)}2`],
	])('letter by letter: %s counts', async (_, one, other) => {
		const { ids } = await read(() => onePage({ sessionId: one }, { sessionId: other }, { sessionId: one }));
		expect(ids).toEqual([one, other]);
	});

	it('as a number as well as a text', async () => {
		expect((await read(() => onePage({ sessionId: 7 }, { sessionId: '7' }))).ids).toEqual([7]);
	});

	it('without one by what they say', async () => {
		const calls = [{ startAt: '1' }, { sessionId: '', startAt: '1' }, { sessionId: {} }, { startAt: '1' }];
		expect(await read(() => onePage(...calls))).toMatchObject({ count: 3, requests: 2 });
	});
});

it('elements that are not calls are counted, and not missing', async () => {
	const { count, missing, leftOut } = await read((pageIndex) =>
		pageIndex === 1 ? { calls: callsFrom(0, 2), leftOut: 4, total: 7 } : { calls: [], leftOut: 0, total: 7 },
	);
	expect([count, missing, leftOut]).toEqual([2, 1, 4]);
});

it('elements that are not calls are counted once where a server repeats its page', async () => {
	const { missing, leftOut } = await read(() => ({ calls: callsFrom(0, 2), leftOut: 4, total: 7 }));
	expect([missing, leftOut]).toEqual([1, 4]);
});

describe('a limit', () => {
	it('ends the list as soon as it is reached', async () => {
		expect(await read(serverWith(1000, 1000), 200)).toMatchObject({ count: 200, missing: 0, requests: 2 });
		expect(await read(serverWith(1000, 1000), 150)).toMatchObject({ count: 150, missing: 0, requests: 2 });
	});

	it('is filled although some calls were sent twice', async () => {
		const { count, requests } = await read(
			(pageIndex) => ({ calls: callsFrom((pageIndex - 1) * 99, 100), leftOut: 0 }),
			200,
		);
		expect([count, requests]).toEqual([200, 3]);
	});
});

it('a page that cannot be read ends the reading', async () => {
	const reading = read((pageIndex) => {
		if (pageIndex === 2) throw new Error('down');
		return serverWith(300)(pageIndex);
	});
	await expect(reading).rejects.toThrow('down');
});
