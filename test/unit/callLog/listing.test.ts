import type { IDataObject } from 'n8n-workflow';

import { readListing } from '../../../nodes/VoiceFox/callLog/listing';

const call = (number: number): IDataObject => ({
	sessionId: `s${number}`,
	startAt: `2026-11-20 10:00:${String(number % 60).padStart(2, '0')}`,
});

const calls = (count: number) => Array.from({ length: count }, (_, index) => call(index));

/** Answers with pages of `log`, which may change meanwhile, and counts the requests. */
function pagesOf(log: () => IDataObject[], size: number, total: (log: IDataObject[]) => number | undefined) {
	const requests: number[] = [];
	const readPage = async (pageIndex: number) => {
		requests.push(pageIndex);
		const now = log();
		const calls = now.slice((pageIndex - 1) * size, pageIndex * size);
		return { calls, leftOut: 0, total: total(now) };
	};
	return { readPage, requests };
}

const counted = (log: IDataObject[]) => log.length;
const ids = (count: number) => calls(count).map(({ sessionId }) => sessionId);

describe('The pages of a window', () => {
	it.each([
		[0, [1]],
		[1, [1]],
		[10, [1]],
		[11, [1, 2]],
		[25, [1, 2, 3]],
	])('with %i calls are read once each', async (count, pages) => {
		const { readPage, requests } = pagesOf(() => calls(count), 10, counted);
		const { entries, isComplete } = await readListing(readPage);
		expect([[...entries.keys()].sort(), isComplete, requests]).toEqual([ids(count).sort(), true, pages]);
	});

	it('are read to the end when VoiceFox does not say how many calls there are', async () => {
		const { readPage, requests } = pagesOf(
			() => calls(20),
			10,
			() => undefined,
		);
		const { entries, isComplete } = await readListing(readPage);
		expect([entries.size, isComplete, requests]).toEqual([20, true, [1, 2, 3]]);
	});

	it('are read to the end when VoiceFox counts less than it sends', async () => {
		const { readPage } = pagesOf(
			() => calls(20),
			10,
			() => 0,
		);
		expect((await readListing(readPage)).entries.size).toBe(20);
	});

	it('are read to the end when each brings the same calls, and VoiceFox does not say how many there are', async () => {
		const requests: number[] = [];
		const readPage = async (pageIndex: number) => {
			requests.push(pageIndex);
			return { calls: calls(10), leftOut: 0 };
		};
		const { entries, isComplete } = await readListing(readPage);
		expect([entries.size, isComplete, requests]).toEqual([10, true, [1, 2]]);
	});

	it('are read again when there are none although VoiceFox counts some', async () => {
		const requests: number[] = [];
		const readPage = async (pageIndex: number) => {
			requests.push(pageIndex);
			return { calls: [], leftOut: 0, total: 5 };
		};
		const { entries, isComplete } = await readListing(readPage);
		expect([entries.size, isComplete, requests]).toEqual([0, true, [1, 1]]);
	});

	it('are read again when a call that came in between them hid another', async () => {
		let log = calls(20);
		const { readPage, requests } = pagesOf(
			() => {
				if (requests.length === 2) log = [call(99), ...log];
				return log;
			},
			10,
			counted,
		);
		const { entries, isComplete } = await readListing(readPage);
		expect([[...entries.keys()].sort(), isComplete]).toEqual([[...ids(20), 's99'].sort(), true]);
		expect(requests).toEqual([1, 2, 3, 1, 2, 3].slice(0, requests.length));
	});

	it('are complete when reading again brings nothing new, whatever VoiceFox counts', async () => {
		const { readPage, requests } = pagesOf(
			() => calls(15),
			10,
			() => 40,
		);
		const { entries, isComplete } = await readListing(readPage);
		expect([entries.size, isComplete, requests]).toEqual([15, true, [1, 2, 3, 1, 2, 3]]);
	});

	it('are not complete while calls keep coming in faster than they can be read', async () => {
		let next = 20;
		let log = calls(20);
		const { readPage, requests } = pagesOf(
			() => {
				log = [call(next++), ...log];
				return log;
			},
			10,
			(now) => now.length + 5,
		);
		const { isComplete } = await readListing(readPage);
		expect(isComplete).toBe(false);
		expect(requests.filter((pageIndex) => pageIndex === 1)).toHaveLength(5);
	});

	it('may repeat a call', async () => {
		const { readPage } = pagesOf(() => [...calls(12), ...calls(12)], 10, counted);
		expect((await readListing(readPage)).entries.size).toBe(12);
	});

	it('give the calls in the order of their start, with the unknown ones first', async () => {
		const log = [{ sessionId: 'later', startAt: '2026-11-20 12:00:00' }, call(1), { sessionId: 7 }, call(0)];
		const { readPage } = pagesOf(() => log, 10, counted);
		expect([...(await readListing(readPage)).entries.keys()]).toEqual(['7', 's0', 's1', 'later']);
	});

	it.each([{}, { sessionId: '' }, { sessionId: '..' }, { sessionId: {} }])(
		'may hold %j, which names no call',
		async (nonsense) => {
			const { readPage, requests } = pagesOf(() => [call(1), nonsense], 10, counted);
			const { entries, isComplete } = await readListing(readPage);
			expect([[...entries.keys()], isComplete, requests]).toEqual([['s1'], true, [1]]);
		},
	);

	it('may hold what is no call at all', async () => {
		let requests = 0;
		const readPage = async () => {
			requests++;
			return { calls: [call(1)], leftOut: 2, total: 3 };
		};
		const { entries, isComplete } = await readListing(readPage);
		expect([[...entries.keys()], isComplete, requests]).toEqual([['s1'], true, 1]);
	});

	it('that fail end the reading', async () => {
		const readPage = async (pageIndex: number) => {
			if (pageIndex === 2) throw new Error('down');
			return { calls: calls(10), leftOut: 0, total: 30 };
		};
		await expect(readListing(readPage)).rejects.toThrow('down');
	});

	it('of a list without end end somewhere', async () => {
		let requests = 0;
		const readPage = async () => {
			requests++;
			return { calls: calls(100), leftOut: 0, total: 1_000_000_000 };
		};
		expect((await readListing(readPage)).entries.size).toBe(100);
		expect(requests).toBeLessThan(2500);
	});
});
