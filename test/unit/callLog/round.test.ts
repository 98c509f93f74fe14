import type { IDataObject } from 'n8n-workflow';

import type { CallLogApi } from '../../../nodes/VoiceFox/callLog/context';
import type { Memory } from '../../../nodes/VoiceFox/callLog/memory';
import { readRound } from '../../../nodes/VoiceFox/callLog/round';
import { DAY, HOUR } from '../../../nodes/VoiceFox/callLog/window';
import { Account, failure, MINUTE } from '../../support/callLog';
import { apiOf, apiWith, calls, entryOf, moment, polled, readable, utc, watched } from '../../support/rounds';

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
