import type { CallLogApi } from '../../../nodes/VoiceFox/callLog/context';
import type { Memory } from '../../../nodes/VoiceFox/callLog/memory';
import { readRound } from '../../../nodes/VoiceFox/callLog/round';
import { DAY, END_OF_TIME, HOUR } from '../../../nodes/VoiceFox/callLog/window';
import { Account, failure, MINUTE } from '../../support/callLog';
import { apiOf, apiWith, calls, entryOf, moment, polled, readable, utc, watched } from '../../support/rounds';

describe('The baseline', () => {
	it('is not taken while a page fails', async () => {
		const account = new Account('UTC', utc);
		calls(account, 6);
		const failed = await account.poll({ page: { index: 2, httpCode: '500' } });
		expect([failed.problem?.httpCode, failed.isExecution]).toEqual(['500', false]);
		calls(account, 1);
		expect(await account.poll()).toMatchObject({ isExecution: true, ids: [] });
		const id = account.call();
		expect((await account.poll()).ids).toEqual([id]);
	});

	it('is what VoiceFox sent when it counts more for the third time, and says so', async () => {
		const account = new Account('UTC', utc);
		calls(account, 6);
		const polls = [];
		for (let times = 0; times < 3; times++) polls.push((await account.poll({ total: 1e9 })).isExecution);
		expect(polls).toEqual([false, false, true]);
		expect(account.notes).toContain('VoiceFox counts more calls than it sends (999999994 in one list)');
		const id = account.call();
		expect((await account.poll({ total: 1e9 })).ids).toEqual([id]);
	});

	it.each([0, undefined])('is all that VoiceFox sends when it counts %p', async (total) => {
		const account = new Account('UTC', utc);
		calls(account, 25);
		expect(await account.poll({ total })).toMatchObject({ isExecution: true, ids: [] });
		expect((await account.poll({ total })).ids).toEqual([]);
	});

	it('may take many polls: what was read is not read again, and is saved', async () => {
		const account = new Account('UTC', utc);
		for (let hours = 40; hours > 0; hours--) account.call(60 * hours);
		const pages = [];
		do {
			account.requests.pages = 0;
			const { memory } = await account.poll({ patience: { pages: 8 } });
			pages.push([account.requests.pages, memory?.phase]);
		} while (pages.at(-1)?.[1] !== 'watching');
		expect(pages.length).toBeGreaterThan(2);
		expect(account.executions.all).toBeGreaterThan(1);
		expect(account.emitted).toEqual([]);
		const id = account.call();
		expect((await account.poll()).ids).toEqual([id]);
	});

	it('is not taken at a start of n8n without a memory: the window is emitted, and the log says so', async () => {
		const account = new Account('UTC', utc);
		account.isStart = true;
		const ids = calls(account, 3);
		expect((await account.poll()).ids).toEqual(ids);
		expect(account.notes).toEqual([
			"n8n has started, and nothing is saved of the calls that this trigger knew: those within 'Look Back' start the workflow, maybe again",
		]);
	});

	it('is saved at such a start also when the window is empty', async () => {
		const account = new Account('UTC', utc);
		account.isStart = true;
		expect(await account.poll()).toMatchObject({ isExecution: true, ids: [] });
	});

	it('is not what Start From is for: the log says nothing at such a start', async () => {
		const startFrom = new Account().now;
		for (const later of [-DAY, DAY]) {
			const account = new Account('UTC', { ...utc, startFrom: startFrom + later });
			account.isStart = true;
			for (let polls = 0; polls < 2; polls++) await account.poll();
			expect(account.notes).toEqual([]);
		}
	});

	it.each([
		['', {}],
		[' while n8n starts', { isStart: true }],
		[', whatever Start From says', { settings: { ...utc, startFrom: new Account().now - DAY } }],
	])(
		'is taken anew when the credential belongs to another account%s, and the log says so',
		async (_, more) => {
			const account = Object.assign(await watched(), more);
			const other = new Account('UTC', utc);
			for (let count = 0; count < 61; count++) other.call(count, { sessionId: `other-${count}` });
			account.log = other.log;
			account.token = 'another';
			expect(await account.poll()).toMatchObject({ ids: [], isExecution: true });
			expect(account.notes).toEqual([
				"The credential belongs to another account: the calls that are in its log now don't start this workflow",
			]);
			const id = account.call();
			expect((await account.poll()).ids).toEqual([id]);
		},
	);

	it('is taken anew for another account, when the log of the first was empty', async () => {
		const asked: string[] = [];
		const { details, page } = apiWith([], async () => ({}));
		const api: CallLogApi = {
			details,
			page: async (window, pageIndex) => {
				asked.push(window.startTime, window.endTime);
				return await page(window, pageIndex);
			},
		};
		const { memory } = await readRound(api, utc, null, moment);
		const round = await readRound(api, utc, memory, { ...moment, account: 'two' });
		expect(round.notes[0]?.text).toMatch(/^The credential belongs to another account/);
		expect(asked.filter((time) => !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time))).toEqual([]);
	});

	it.each([
		['400', 'watching', undefined],
		['500', 'watching', undefined],
		['401', undefined, '401'],
		['403', undefined, '403'],
		['429', undefined, undefined],
		[undefined, undefined, undefined],
	])(
		'goes by what VoiceFox answers to windows of many years: with %s',
		async (httpCode, phase, refusedWith) => {
			const { details, page } = apiWith(['a'], async () => ({}));
			const api: CallLogApi = {
				details,
				page: async (window, pageIndex) => {
					if (window.endTime === END_OF_TIME) throw failure(httpCode);
					return await page(window, pageIndex);
				},
			};
			const { memory, problem } = await readRound(api, utc, null, moment);
			expect([memory?.phase, problem?.httpCode]).toEqual([phase, refusedWith]);
		},
	);

	it('of another account is not forgotten for what was saved of the first', async () => {
		const account = await watched();
		for (let count = 0; count < 2; count++) {
			account.call();
			await account.poll();
		}
		const { saved } = account;
		account.token = 'two';
		account.log = [];
		account.wait(5);
		await account.poll();
		account.saved = saved;
		account.reload();
		account.wait(5);
		const id = account.call();
		expect((await account.poll()).ids).toEqual([id]);
	});

	it('stays when the account has a new token', async () => {
		const account = await watched();
		const known = account.call();
		expect((await account.poll()).ids).toEqual([known]);
		account.token = 'a new one';
		const id = account.call();
		expect((await account.poll()).ids).toEqual([id]);
	});
});

describe('No call from before it began is emitted,', () => {
	/** An account with calls of the last hundred days. */
	function old(settings = {}, ahead = 0) {
		const account = new Account('UTC', { ...utc, ...settings }, 'newest first', 100);
		for (let days = 100; days > 0; days -= 0.25) account.call(days * 24 * 60);
		account.ahead = ahead;
		return account;
	}

	/** What a call of now gives, and what came before it. */
	async function fresh(account: Account) {
		const before = [...account.emitted];
		account.wait(1);
		const id = account.call();
		await account.poll();
		return [before, account.emitted.filter((emitted) => emitted === id).length];
	}

	it.each([
		['thirty days behind', -30 * DAY],
		['in the year 2000', Date.parse('2000-01-01T00:00:00Z') - new Account().now],
		['three hours behind', -3 * HOUR],
		['a hundred days ahead', 100 * DAY],
		['three hours ahead', 3 * HOUR],
	])('when the clock was %s at the first poll', async (_, ahead) => {
		const account = old({}, ahead);
		await account.poll();
		account.ahead = 0;
		await account.poll();
		account.wait(61);
		await account.poll();
		expect(await fresh(account)).toEqual([[], 1]);
	});

	it.each([
		['a hundred days', 100 * DAY, utc],
		['a little less than zones can make up for', 14.83 * HOUR, { ...utc, timeZone: '', lookBack: HOUR }],
		['half an hour', HOUR / 2, { ...utc, lookBack: HOUR }],
	])('nor is one of the meantime lost, when it was %s ahead then', async (_, ahead, settings) => {
		for (const before of [[], [60 * 24 * 20], [1]]) {
			const account = new Account('UTC', settings);
			for (const minutesLong of before) account.call(minutesLong);
			account.ahead = ahead;
			await account.poll();
			account.wait(10);
			const ids = [account.call(), account.call(50)];
			await account.poll();
			account.ahead = 0;
			await account.poll();
			expect([...account.emitted].sort()).toEqual(ids);
		}
	});

	it('when Look Back is raised', async () => {
		const account = old({ lookBack: HOUR });
		await account.poll();
		Object.assign(account.settings, { lookBack: 1000 * HOUR });
		account.wait(61);
		await account.poll();
		expect(await fresh(account)).toEqual([[], 1]);
	});

	it.each(['America/Los_Angeles', 'Asia/Tokyo', ''])(
		'when the zone was %j, and is corrected',
		async (zone) => {
			const account = old({ lookBack: HOUR, timeZone: zone });
			account.call(120);
			account.call(9 * 60);
			await account.poll();
			Object.assign(account.settings, { timeZone: 'UTC' });
			account.wait(61);
			await account.poll();
			expect(await fresh(account)).toEqual([[], 1]);
		},
	);

	it.each(['2026-11-20T02:15:02Z', '2026-11-20T10:15:02.123456789+08:00', '2026-11-19T21:15:02-0500'])(
		'with Start From, when VoiceFox writes %s in Shanghai, but one after it is',
		async (startAt) => {
			const api = apiOf([entryOf('a', { startAt, listedAt: '2026-11-20 10:15:02' })], readable);
			const emitted = async (startFrom: string) => {
				const settings = { ...utc, timeZone: 'Asia/Shanghai', startFrom: Date.parse(startFrom) };
				return await polled(api, settings, 2, Date.parse('2026-11-20T03:00:00Z'));
			};
			expect(await emitted('2026-11-20T02:15:02Z')).toEqual(['a']);
			expect(await emitted('2026-11-20T02:15:03Z')).toEqual([]);
		},
	);

	it('with Start From in the future', async () => {
		for (const timeZone of ['UTC', '']) {
			const account = old({ timeZone, startFrom: new Account().now + 30 * MINUTE });
			account.call();
			expect(await account.poll()).toMatchObject({ ids: [], isExecution: true });
			account.wait(10);
			account.call();
			expect((await account.poll()).ids).toEqual([]);
			account.wait(21);
			const id = account.call(0);
			expect((await account.poll()).ids).toEqual([id]);
		}
	});
});

it('Start From that comes while VoiceFox does not answer loses no call', async () => {
	const startFrom = moment.now + 10 * MINUTE;
	const account = new Account('UTC', { ...utc, startFrom });
	account.now = moment.now;
	await account.poll({ page: { index: 1, httpCode: '503' }, patience: { pages: 1 } });
	await account.poll({ patience: { pages: 1 } });
	account.wait(13);
	const id = account.call();
	await account.poll({ page: { index: 1, httpCode: '503' } });
	account.wait(5);
	expect((await account.poll()).ids).toEqual([id]);
});

it('A call without a start that can be read is emitted once, whenever VoiceFox lists it', async () => {
	const entries = [entryOf('first', { startAt: '2026-11-20 09:00:00' })];
	const api = apiOf(entries, readable);
	const ids = [];
	let memory: Memory | null = null;
	for (let hours = 0; hours < 80; hours++) {
		const now = moment.now + hours * HOUR;
		const round = await readRound(api, utc, memory, { ...moment, now, isFirstPoll: hours === 0 });
		memory = round.memory;
		ids.push(...round.events.map(({ data }) => data.session_id));
		if (hours === 0) entries.push(entryOf('no start', { startAt: '', listedAt: '2026-11-20 12:03:00' }));
		const startAt = new Date(now + HOUR).toISOString().slice(0, 19).replace('T', ' ');
		if (hours > 0) entries.push(entryOf(`call-${hours}`, { startAt }));
	}
	expect(ids.filter((id) => id === 'no start')).toHaveLength(1);
	expect(ids).toHaveLength(79);
});

it.each(['2036-11-20 12:00:00', '2099-11-20 12:00:00'])(
	'A call that starts in the future (%s) costs few requests',
	async (startAt) => {
		const { page, details } = apiOf([entryOf('odd', { startAt, listedAt: '2026-11-20 11:30:00' })], readable);
		let pages = 0;
		const counting: CallLogApi = { page: async (...asked) => (pages++, await page(...asked)), details };
		await polled(counting, utc, 12);
		const first = pages;
		await polled(counting, utc, 24);
		expect([first, pages - first].map((count) => count < 100)).toEqual([true, true]);
	},
);

it('a clock that is set back has an empty log read in a few requests', async () => {
	const account = new Account('UTC', utc);
	await account.poll();
	const { pages } = account.requests;
	account.ahead = -1000;
	await account.poll();
	expect(account.requests.pages - pages).toBeLessThan(30);
});
