import type { IDataObject } from 'n8n-workflow';

import type { CallLogApi, Moment, RoundSettings } from '../../../nodes/VoiceFox/callLog/context';
import type { Memory } from '../../../nodes/VoiceFox/callLog/memory';
import { readRound } from '../../../nodes/VoiceFox/callLog/round';
import { DAY, END_OF_TIME, HOUR } from '../../../nodes/VoiceFox/callLog/window';
import { Account, defaultSettings, failure, MINUTE } from '../../support/callLog';

const utc = { ...defaultSettings, settle: 0, timeZone: 'UTC' };

/** An account in UTC whose trigger knows the zone, took its baseline, and does not wait. */
async function watched(settings = {}, pageSize = 4) {
	const account = new Account('UTC', { ...utc, ...settings }, 'newest first', pageSize);
	account.call(30);
	await account.poll();
	return account;
}

const calls = (account: Account, count: number) =>
	Array.from({ length: count }, () => {
		account.wait(1 / 60);
		return account.call();
	});

const moment: Moment = {
	now: Date.parse('2026-11-20T12:00:00Z'),
	account: 'one',
	isFirstPoll: true,
	isStart: false,
	isListingOver: () => false,
	isTimeUp: () => false,
};

/** A call as the list has it, of this hour unless `more` says something else. */
const entryOf = (sessionId: string, more: IDataObject = {}): IDataObject => ({
	sessionId,
	startAt: '2026-11-20 11:30:00',
	endAt: '2026-11-20 11:31:00',
	billsec: 60,
	...more,
});

/** An API whose log has these calls, found by when VoiceFox knows that they started: `listedAt`. */
const apiOf = (entries: IDataObject[], details: CallLogApi['details']): CallLogApi => ({
	page: async ({ startTime, endTime }, pageIndex) => ({
		calls: entries
			.filter(({ startAt, listedAt = startAt }) => listedAt! >= startTime && listedAt! <= endTime)
			.slice((pageIndex - 1) * 100, pageIndex * 100),
		leftOut: 0,
	}),
	details,
});

/** An API whose log has these calls, all of this hour. */
const apiWith = (ids: string[], details: CallLogApi['details']) =>
	apiOf(
		ids.map((id) => entryOf(id)),
		details,
	);

const readable: CallLogApi['details'] = async (sessionId) => ({ sessionId });

/** What polls every five minutes emit. */
async function polled(api: CallLogApi, settings: RoundSettings, count: number, from = moment.now) {
	const ids = [];
	let memory: Memory | null = null;
	for (let poll = 0; poll < count; poll++) {
		const now = from + poll * 5 * MINUTE;
		const round = await readRound(api, settings, memory, { ...moment, now, isFirstPoll: poll === 0 });
		memory = round.memory;
		ids.push(...round.events.map(({ data }) => data.session_id));
	}
	return ids;
}

describe('A round', () => {
	it('gives at most 500 calls, the oldest first, and the rest in the next rounds', async () => {
		const account = await watched({}, 100);
		const ids = [];
		for (let index = 0; index < 1100; index++) {
			account.wait(1 / 60);
			ids.push(account.call());
		}
		const rounds = [];
		for (let round = 0; round < 4; round++) rounds.push((await account.poll()).ids);
		expect(rounds).toEqual([ids.slice(0, 500), ids.slice(500, 1000), ids.slice(1000), []]);
	});

	it('asks for each call once, and reads the pages of two hours and the one that ends them', async () => {
		const account = await watched();
		calls(account, 10);
		account.requests = { pages: 0, details: 0 };
		await account.poll();
		await account.poll();
		expect(account.requests).toEqual({ pages: 2 * 4, details: 10 });
	});

	it('ends when its time is up, and leaves the rest to the next', async () => {
		const account = await watched();
		const ids = calls(account, 5);
		const polls = [await account.poll({ patience: { calls: 2 } }), await account.poll()];
		expect(polls.map((poll) => poll.ids)).toEqual([ids.slice(0, 2), ids.slice(2)]);
	});

	it.each(['401', '403'])('ends at the first %s, and says so', async (httpCode) => {
		const account = await watched();
		calls(account, 5);
		const { ids, problem } = await account.poll({ details: { every: 3, httpCode } });
		expect([ids.length, problem?.httpCode]).toEqual([2, httpCode]);
		expect((await account.poll()).ids).toHaveLength(3);
	});

	it('ends quietly when requests are limited', async () => {
		const account = await watched();
		calls(account, 5);
		const { ids, problem, notes } = await account.poll({ details: { every: 3, httpCode: '429' } });
		expect([ids.length, problem, notes]).toEqual([2, null, []]);
		expect(await account.poll({ page: { index: 1, httpCode: '429' } })).toMatchObject({
			ids: [],
			problem: null,
		});
	});

	it('ends after five calls in a row that nobody answers', async () => {
		const account = await watched();
		calls(account, 20);
		account.requests.details = 0;
		const { problem } = await account.poll({ details: { every: 1, httpCode: '503' } });
		expect([problem?.httpCode, account.requests.details]).toEqual(['503', 5]);
	});

	it.each(['400', '404', '410'])('goes on when calls are refused with %s, however many', async (httpCode) => {
		const account = await watched();
		calls(account, 20);
		account.requests.details = 0;
		const { problem } = await account.poll({ details: { every: 1, httpCode } });
		expect([problem, account.requests.details]).toEqual([null, 20]);
	});

	it('goes on when calls cannot be read, however many, and says what of them', async () => {
		const details = async (sessionId: string) => ({ sessionId, collect: [null, 7] }) as IDataObject;
		const api = apiWith(['a', 'b', 'c', 'd', 'e', 'f'], details);
		const settings = { ...utc, startFrom: moment.now - HOUR };
		const { problem, notes } = await readRound(api, settings, null, moment);
		expect([problem, notes.length, notes[0]?.text]).toEqual([
			null,
			6,
			'The call a cannot be read, later polls try again: event_data.collect_targets.0, event_data.collect_targets.1',
		]);
	});

	it('asks for calls that failed after all others', async () => {
		const account = await watched();
		const failed = account.call();
		await account.poll({ details: { every: 1, httpCode: '404' } });
		const fresh = account.call();
		expect((await account.poll()).ids).toEqual([fresh, failed]);
	});

	it('names a call that fails once, and gives it up when the window has passed it', async () => {
		const account = await watched();
		const id = account.call();
		const failing = { details: { every: 1, httpCode: '500' } };
		const first = await account.poll(failing);
		expect(first.notes).toEqual([
			{ text: `The call ${id} cannot be read, later polls try again: Status 500` },
		]);
		for (let hours = 0; hours < 48; hours += 8) {
			account.wait(8 * 60);
			expect((await account.poll(failing)).notes).toEqual([]);
		}
		account.wait(8 * 60);
		expect((await account.poll(failing)).notes).toEqual([
			{ text: `The call ${id} is given up: it is older than 'Look Back'` },
		]);
		expect((await account.poll()).ids).toEqual([]);
	});

	it('remembers no more than the calls of the window and of a day', async () => {
		const account = await watched();
		const sizes = [];
		for (let days = 0; days < 12; days++) {
			calls(account, 100);
			await account.poll();
			sizes.push(JSON.stringify(account.data).length);
			account.wait(24 * 60);
		}
		expect(Math.max(...sizes.slice(6))).toBeLessThan(1.1 * Math.max(...sizes.slice(0, 6)));
	});
});

describe('Calls that cannot be read', () => {
	const idsOf = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}-${at}`);

	/** An API that does not have the logs of calls that are called so, and counts how often it was asked for any. */
	function apiWithout(name: string, entries: IDataObject[]) {
		const asked = { times: 0 };
		const details: CallLogApi['details'] = async (sessionId) => {
			asked.times++;
			if (sessionId.startsWith(name)) throw failure('404');
			return { sessionId };
		};
		return { api: apiOf(entries, details), asked };
	}

	it('stop no history: those before Look Back are given up at once', async () => {
		const entries = [
			...idsOf('gone', 600).map((id) => entryOf(id, { startAt: '2026-10-25 10:00:00' })),
			...idsOf('old', 5).map((id) => entryOf(id, { startAt: '2026-11-10 10:00:00' })),
		];
		const { api, asked } = apiWithout('gone', entries);
		expect(await polled(api, { ...utc, startFrom: moment.now - 31 * DAY }, 4)).toEqual(idsOf('old', 5));
		expect(asked.times).toBe(605);
		const settings = { ...utc, startFrom: moment.now - 31 * DAY };
		expect((await readRound(api, settings, null, moment)).notes[0]?.text).toBe(
			"The call gone-0 cannot be read and is given up (it is older than 'Look Back'): Status 404",
		);
	});

	it('stop no other call: those within Look Back are asked for again at each poll', async () => {
		const entries = idsOf('gone', 600).map((id) => entryOf(id));
		const { api, asked } = apiWithout('gone', entries);
		const settings = { ...utc, startFrom: moment.now - DAY };
		const times = [];
		let memory: Memory | null = null;
		for (let poll = 0; poll < 24; poll++) {
			const startAt = '2026-11-20 11:59:00';
			if (poll === 3) entries.push(entryOf('new', { startAt }));
			const before = asked.times;
			const now = moment.now + poll * 5 * MINUTE;
			const round = await readRound(api, settings, memory, { ...moment, now });
			memory = round.memory;
			expect(round.events).toHaveLength(poll === 3 ? 1 : 0);
			times.push(asked.times - before);
		}
		expect(times).toEqual(Array(24).fill(500));
	});
});

describe('The time for the analysis', () => {
	it('counts from when a call was first seen ended, not from when it was seen', async () => {
		const account = await watched({ settle: 10 * MINUTE });
		const id = account.call(1, { endAt: '', billsec: 0 });
		const emitted = [];
		for (let minutes = 0; minutes <= 30; minutes += 5) {
			if (minutes === 15) account.hangUp(id);
			emitted.push((await account.poll()).ids.length);
			account.wait(5);
		}
		expect(emitted).toEqual([0, 0, 0, 0, 0, 1, 0]);
	});

	it('a missed call does not wait for', async () => {
		const account = await watched({ settle: 10 * MINUTE });
		const id = account.call(1, { billsec: 0 });
		expect((await account.poll()).ids).toEqual([id]);
	});

	it.each(['', '0001-01-01T00:00:00Z', undefined, null])(
		'of a call that never ends (%j) is a day',
		async (endAt) => {
			const account = await watched({ settle: 10 * MINUTE });
			const id = account.call(1, { endAt } as object);
			const emitted = [];
			for (let hours = 0; hours <= 24; hours += 8) {
				emitted.push((await account.poll()).ids);
				account.wait(8 * 60);
			}
			expect(emitted).toEqual([[], [], [], [id]]);
		},
	);

	it('waits for the end of a call that is longer than Look Back', async () => {
		const account = await watched({ lookBack: HOUR });
		const id = account.call(0, { endAt: '', billsec: 0 });
		for (let polls = 0; polls < 48; polls++) {
			account.wait(5);
			await account.poll();
		}
		account.hangUp(id);
		account.wait(61);
		expect((await account.poll()).ids).toEqual([id]);
	});

	it('reads no history again for a call in it that has no end', async () => {
		const pagesWith = async (endAt: string) => {
			const { page, details } = apiOf([entryOf('old', { startAt: '2026-10-25 10:00:00', endAt })], readable);
			let pages = 0;
			const counting: CallLogApi = { page: async (...asked) => (pages++, await page(...asked)), details };
			await polled(counting, { ...utc, startFrom: moment.now - 31 * DAY }, 36);
			return pages;
		};
		expect(await pagesWith('')).toBe(await pagesWith('2026-10-25 10:01:00'));
	});

	it('the history does not wait for, unless a call goes on', async () => {
		const account = new Account('UTC', { ...utc, settle: 10 * MINUTE, startFrom: new Account().now - DAY });
		const ended = account.call();
		const going = account.call(1, { endAt: '' });
		expect((await account.poll()).ids).toEqual([ended]);
		account.hangUp(going);
		await account.poll();
		account.wait(10);
		expect((await account.poll()).ids).toEqual([going]);
	});

	it('is over when the clock was turned back', async () => {
		const account = await watched({ settle: 10 * MINUTE });
		const id = account.call();
		await account.poll();
		account.ahead = -365 * DAY;
		expect((await account.poll()).ids).toEqual([id]);
	});
});

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
