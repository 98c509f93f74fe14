import {
	AcceptedDeliveries,
	LONGEST_WAIT,
	MEMORY,
	type WatchedResponse,
} from '../../../nodes/VoiceFox/trigger/duplicates';

/** The answer to a delivery, which n8n writes later. */
class Answer implements WatchedResponse {
	statusCode = 200;

	writableEnded = false;

	written(status: number) {
		this.statusCode = status;
		this.writableEnded = true;
	}
}

/** The next look at the answers that are open. */
const look = async () => await jest.advanceTimersByTimeAsync(50);

/** ms */
const SOON = 20;

describe('AcceptedDeliveries', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** A claim whose answer is written at once. */
	async function accept(memory: AcceptedDeliveries, trigger: string, print: string) {
		const answer = new Answer();
		const claim = await memory.claim(trigger, print, answer);
		answer.written(200);
		await look();
		return claim;
	}

	it('takes the first and calls later ones duplicates', async () => {
		const memory = new AcceptedDeliveries();
		const claims = [];
		for (let repeat = 0; repeat < 3; repeat++) claims.push(await accept(memory, 't', 'p'));
		expect(claims).toEqual(['first', 'duplicate', 'duplicate']);
		expect(memory.size).toBe(1);
	});

	it('keeps triggers and fingerprints apart', async () => {
		const memory = new AcceptedDeliveries();
		expect(await accept(memory, 't', 'p')).toBe('first');
		expect(await accept(memory, 't', 'q')).toBe('first');
		expect(await accept(memory, 'u', 'p')).toBe('first');
	});

	it('lets duplicates wait until the first is stored', async () => {
		const memory = new AcceptedDeliveries();
		const answer = new Answer();
		expect(await memory.claim('t', 'p', answer)).toBe('first');
		let decided = 0;
		const duplicates = [1, 2, 3].map(async () => {
			const claim = await memory.claim('t', 'p', new Answer());
			decided++;
			return claim;
		});
		await look();
		expect(decided).toBe(0);
		answer.written(200);
		await look();
		expect(await Promise.all(duplicates)).toEqual(['duplicate', 'duplicate', 'duplicate']);
	});

	it('takes one of the waiting duplicates when the first was not stored', async () => {
		const memory = new AcceptedDeliveries();
		const [first, second] = [new Answer(), new Answer()];
		await memory.claim('t', 'p', first);
		const duplicates = [1, 2].map(() => memory.claim('t', 'p', second));
		first.written(500);
		await look();
		expect(await Promise.race(duplicates)).toBe('first');
		second.written(200);
		await look();
		expect((await Promise.all(duplicates)).sort()).toEqual(['duplicate', 'first']);
	});

	it.each([500, 400, 503, 201])('does not take an answer of %i for accepted', async (status) => {
		const memory = new AcceptedDeliveries();
		const answer = new Answer();
		await memory.claim('t', 'p', answer);
		answer.written(status);
		await look();
		expect(await memory.claim('t', 'p', new Answer())).toBe('first');
		expect(memory.size).toBe(0);
	});

	it('knows an answer as soon as it is written, whether or not its sender is still there', async () => {
		const memory = new AcceptedDeliveries();
		const answer = new Answer();
		await memory.claim('t', 'p', answer);
		answer.written(200);
		expect(await memory.claim('t', 'p', new Answer())).toBe('duplicate');
	});

	it('leaves a duplicate undecided when the first takes too long', async () => {
		const memory = new AcceptedDeliveries();
		const answer = new Answer();
		await memory.claim('t', 'p', answer);
		const duplicate = memory.claim('t', 'p', new Answer(), SOON);
		await look();
		expect(await duplicate).toBe('undecided');
		answer.written(200);
		expect(await memory.claim('t', 'p', new Answer(), SOON)).toBe('duplicate');
	});

	it('waits 10 seconds, and remembers 24 hours, 10,000 by trigger and 100,000 in all', () => {
		expect(LONGEST_WAIT).toBe(10_000);
		expect(MEMORY).toEqual({ time: 24 * 60 * 60 * 1000, perTrigger: 10_000, total: 100_000 });
	});

	it('forgets after its time', async () => {
		const clock = { time: 5_000 };
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 10, total: 10 }, () => clock.time);
		await accept(memory, 't', 'p');
		clock.time += 999;
		expect(await accept(memory, 't', 'p')).toBe('duplicate');
		clock.time += 1;
		expect(await accept(memory, 't', 'p')).toBe('first');
		expect(memory.size).toBe(1);
	});

	it('drops what has expired when it remembers something new', async () => {
		const clock = { time: 5_000 };
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 10, total: 10 }, () => clock.time);
		for (const print of ['a', 'b', 'c']) await accept(memory, 't', print);
		clock.time += 1000;
		await accept(memory, 't', 'd');
		expect(memory.size).toBe(1);
	});

	it('counts the time of a delivery that was accepted again from then on', async () => {
		const clock = { time: 5_000 };
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 2, total: 10 }, () => clock.time);
		await accept(memory, 't', 'a');
		clock.time += 1000;
		await accept(memory, 't', 'a');
		await accept(memory, 't', 'b');
		clock.time += 500;
		expect(await accept(memory, 't', 'a')).toBe('duplicate');
	});

	it('forgets the oldest of a trigger that has too many', async () => {
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 2, total: 10 }, () => 0);
		for (const print of ['a', 'b', 'c']) await accept(memory, 't', print);
		expect(memory.size).toBe(2);
		expect(await accept(memory, 't', 'c')).toBe('duplicate');
		expect(await accept(memory, 't', 'b')).toBe('duplicate');
		expect(await accept(memory, 't', 'a')).toBe('first');
	});

	it('makes the trigger with the most forget when all together have too many', async () => {
		const memory = new AcceptedDeliveries({ time: 1000, perTrigger: 5, total: 5 }, () => 0);
		await accept(memory, 'quiet', 'only');
		for (let place = 0; place < 8; place++) await accept(memory, 'busy', String(place));
		expect(memory.size).toBe(5);
		expect(await accept(memory, 'quiet', 'only')).toBe('duplicate');
		expect(await accept(memory, 'busy', '7')).toBe('duplicate');
		expect(await accept(memory, 'busy', '0')).toBe('first');
	});
});
