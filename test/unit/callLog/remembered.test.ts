import { DAY } from '../../../nodes/VoiceFox/callLog/window';
import { MINUTE } from '../../support/callLog';
import { watched } from '../../support/rounds';

describe('When the clock jumps,', () => {
	it.each([100, -100, 0.5, -0.5])('by %d days and back, no call is lost or doubled', async (days) => {
		const account = await watched({}, 100);
		const ids = [];
		for (const ahead of [0, days * DAY, 0, 0, days * DAY, days * DAY, 0]) {
			account.ahead = ahead;
			ids.push(account.call());
			await account.poll();
			account.wait(40);
			ids.push(account.call());
			await account.poll();
		}
		account.wait(61);
		await account.poll();
		expect([...account.emitted].sort()).toEqual([...ids].sort());
	});

	it('back, new calls are emitted at once', async () => {
		const account = await watched();
		account.ahead = -100 * DAY;
		account.wait(5);
		const id = account.call();
		expect((await account.poll()).ids).toEqual([id]);
	});
});

describe('After an outage', () => {
	it('of three weeks all is read in slices, however much it is, and goes on where the time was up', async () => {
		const account = await watched({}, 100);
		const ids = [];
		for (let hours = 0; hours < 21 * 24; hours++) {
			account.wait(60);
			for (let count = 0; count < 10; count++) ids.push(account.call());
		}
		account.restart();
		let polls = 0;
		while (account.emitted.length < ids.length && polls < 100) {
			polls++;
			const trouble = polls % 3 === 0 ? { page: { index: 2, httpCode: '503' } } : {};
			await account.poll({ patience: { pages: 10 }, ...trouble });
			if (polls % 5 === 0) account.restart();
		}
		expect([account.emitted.length, new Set(account.emitted).size]).toEqual([ids.length, ids.length]);
	}, 30_000);

	it('at most some ten thousand calls wait at once', async () => {
		const account = await watched({}, 1000);
		for (let hours = 0; hours < 12; hours++) {
			account.wait(60);
			for (let count = 0; count < 1000; count++) account.call();
		}
		account.restart();
		const { memory } = await account.poll({ patience: { calls: 1 } });
		expect([memory!.waiting.length, memory!.reading?.from]).toEqual([5999, '2026-10-29 18:00:00']);
	});
});

describe('What n8n has saved', () => {
	it('is what the process knows, when n8n has lost it or put an older copy back', async () => {
		const account = await watched();
		const older = account.saved;
		const first = account.call();
		await account.poll();
		for (const copy of ['{}', older]) {
			account.saved = copy;
			account.reload();
			expect(await account.poll()).toMatchObject({ ids: [], isExecution: true });
			expect((await account.poll()).isExecution).toBe(false);
		}
		account.restart();
		const second = account.call();
		expect((await account.poll()).ids).toEqual([second]);
		expect(account.emitted).toEqual([first, second]);
	});

	it('is written again once a day, though nothing is emitted', async () => {
		const account = await watched();
		for (let hours = 1; hours <= 72; hours++) {
			account.wait(60);
			await account.poll();
		}
		expect(account.executions).toEqual({ all: 4, empty: 4 });
	});

	it('does not have what n8n dropped, so that is emitted again', async () => {
		const account = await watched();
		const id = account.call();
		expect((await account.poll({ isDropped: true })).ids).toEqual([]);
		expect((await account.poll()).ids).toEqual([id]);
		expect(account.emitted).toEqual([id]);
	});

	it('does not matter to polls that n8n starts with what is saved each time', async () => {
		const account = await watched({ settle: 10 * MINUTE });
		const id = account.call();
		const ids = [];
		for (let minutes = 0; minutes <= 12; minutes += 4) {
			account.reload();
			ids.push(...(await account.poll()).ids);
			account.wait(4);
		}
		expect(ids).toEqual([id]);
	});
});
