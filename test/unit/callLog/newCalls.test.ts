import { readRound } from '../../../nodes/VoiceFox/callLog/newCalls';
import { HOUR } from '../../../nodes/VoiceFox/callLog/window';
import { Account, defaultSettings, failure, MINUTE } from '../../support/callLog';

/** An account in UTC whose trigger knows the zone, took its baseline, and does not wait. */
async function watched(settings = {}, pageSize = 4) {
	const all = { ...defaultSettings, settle: 0, timeZone: 'UTC', ...settings };
	const account = new Account('UTC', all, 'newest first', pageSize);
	await account.poll();
	return account;
}

const calls = (account: Account, count: number) => Array.from({ length: count }, () => account.call());

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

	it('asks for each call once, and reads the pages of the window', async () => {
		const account = await watched();
		calls(account, 10);
		account.requests = { pages: 0, details: 0 };
		await account.poll();
		await account.poll();
		expect(account.requests).toEqual({ pages: 6, details: 10 });
	});

	it('ends when its time is up, and leaves the rest to the next', async () => {
		let asked = 0;
		const entries = ['a', 'b', 'c'].map((sessionId) => ({ sessionId }));
		const api = {
			page: async () => ({ calls: entries, leftOut: 0, total: 3 }),
			details: async (sessionId: string) => {
				asked++;
				return { sessionId };
			},
		};
		const settings = { ...defaultSettings, startFrom: 0 };
		const first = await readRound(api, settings, null, 1e12, () => asked === 2);
		const second = await readRound(api, settings, first.memory, 1e12, () => false);
		expect([first, second].map(({ events }) => events.map(({ data }) => data.session_id))).toEqual([
			['a', 'b'],
			['c'],
		]);
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
		const entries = ['a', 'b', 'c', 'd', 'e', 'f'].map((sessionId) => ({ sessionId }));
		const api = {
			page: async () => ({ calls: entries, leftOut: 0, total: 6 }),
			details: async (sessionId: string) => ({ sessionId, collect: [null, 7] }),
		};
		const settings = { ...defaultSettings, startFrom: 0 };
		const { problem, notes } = await readRound(api, settings, null, 1e12, () => false);
		expect([problem, notes.length, notes[0]]).toEqual([
			null,
			6,
			'The call a cannot be read, later polls try again: event_data.collect_targets.0, event_data.collect_targets.1',
		]);
	});

	it('takes no baseline of a log that changes all the time, and says so', async () => {
		let asked = 0;
		// Each reading ends with an empty page, and has brought two calls that the one before did not have.
		const page = async () => {
			const isEnd = asked++ % 3 === 2;
			return { calls: isEnd ? [] : [{ sessionId: `call-${asked}` }], leftOut: 0, total: 99 };
		};
		const details = () => Promise.reject(failure());
		expect(await readRound({ page, details }, defaultSettings, null, 1e12, () => false)).toEqual({
			memory: null,
			events: [],
			isFirst: false,
			problem: null,
			notes: [
				'The call log changed all the time while it was read; the next poll tries again to see all of it',
			],
		});
	});

	it.each([
		['an empty object', {}],
		["somebody's error with status 200", { code: 500, message: 'busy' }],
		['another call', { sessionId: 'another', collect: null }],
		['a session ID that is none', { sessionId: null, collect: null }],
	])('asks again for a call whose details are not its own: %s', async (_, log) => {
		const account = await watched();
		const id = account.call();
		const { ids, notes } = await account.poll({ details: { every: 1, log } });
		expect([ids, notes]).toEqual([
			[],
			[
				`The call ${id} cannot be read, later polls try again: The answer is not VoiceFox's. Check 'Region' and 'Base URL' in the credential`,
			],
		]);
		expect((await account.poll()).ids).toEqual([id]);
	});

	it('ends after five calls in a row whose details are not their own, and says so', async () => {
		const account = await watched();
		calls(account, 20);
		account.requests.details = 0;
		const { problem } = await account.poll({ details: { every: 1, log: { code: 500 } } });
		expect([problem?.message, account.requests.details]).toEqual([
			"The answer is not VoiceFox's. Check 'Region' and 'Base URL' in the credential",
			5,
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
		expect(first.notes).toEqual([`The call ${id} cannot be read, later polls try again: Status 500`]);
		for (let hours = 0; hours < 48; hours += 8) {
			account.wait(8 * 60);
			expect((await account.poll(failing)).notes).toEqual([]);
		}
		account.wait(8 * 60);
		expect((await account.poll(failing)).notes).toEqual([
			`The call ${id} is given up: VoiceFox lists it no more`,
		]);
		expect((await account.poll()).ids).toEqual([]);
	});

	it('waits for the settle time from when a call was first seen, not from when it was made', async () => {
		const account = await watched({ settle: 10 * MINUTE });
		account.call(600);
		const emitted = [];
		for (let minutes = 0; minutes <= 10; minutes += 5) {
			emitted.push((await account.poll()).ids.length);
			account.wait(5);
		}
		expect(emitted).toEqual([0, 0, 1]);
	});

	it('waits no longer when the clock was turned back', async () => {
		const account = await watched({ settle: 10 * MINUTE });
		account.wait(60 * 24 * 365);
		const id = account.call();
		await account.poll();
		account.wait(-60 * 24 * 365);
		expect((await account.poll()).ids).toEqual([id]);
	});

	it('takes no baseline while a page fails', async () => {
		const account = new Account('UTC', { ...defaultSettings, settle: 0, timeZone: 'UTC' });
		calls(account, 6);
		expect(await account.poll({ page: { index: 2, httpCode: '500' } })).toMatchObject({
			memory: null,
			isFirst: false,
		});
		calls(account, 1);
		expect(await account.poll()).toMatchObject({ isFirst: true, ids: [] });
	});

	it('says what to do when there are more calls than can be remembered', async () => {
		const api = {
			page: async (_: unknown, pageIndex: number) => ({
				calls: Array.from({ length: 10_000 }, (__, index) => ({ sessionId: `${pageIndex}-${index}` })),
				leftOut: 0,
				total: 200_000,
			}),
			details: async () => {
				throw failure();
			},
		};
		const { problem, memory } = await readRound(api, defaultSettings, null, 1e12, () => false);
		expect([problem?.message, memory]).toEqual([
			"The call log holds more than 100000 calls in this time. Lower 'Look Back', or set a later 'Start From'",
			null,
		]);
	});

	it('remembers no more than the calls of the window and of a day', async () => {
		const account = await watched();
		const sizes = [];
		for (let days = 0; days < 12; days++) {
			calls(account, 100);
			await account.poll();
			account.save();
			sizes.push(account.saved.length);
			account.wait(24 * 60);
		}
		expect(Math.max(...sizes.slice(6))).toBeLessThan(1.1 * Math.max(...sizes.slice(0, 6)));
	});

	it('doubles no call when Look Back is raised later', async () => {
		const account = await watched({ lookBack: HOUR });
		const id = account.call();
		expect((await account.poll()).ids).toEqual([id]);
		for (let days = 0; days < 3; days++) {
			account.wait(24 * 60);
			await account.poll();
		}
		const raised = new Account('UTC', {
			...defaultSettings,
			settle: 0,
			timeZone: 'UTC',
			lookBack: 1000 * HOUR,
		});
		Object.assign(raised, { log: account.log, memory: account.memory, now: account.now });
		expect((await raised.poll()).ids).toEqual([]);
	});
});
