import { AcceptedDeliveries, MEMORY } from '../../../nodes/VoiceFox/trigger/duplicates';

/** Long enough for a look at what is open (ms). */
const A_LOOK = 50;

const openAnswer = () => ({ statusCode: 200, writableEnded: false });

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

describe('what one delivery means for others', () => {
	const claim = async (deliveries: AcceptedDeliveries, trigger: string, print: string) =>
		await deliveries.claim(trigger, print, openAnswer());

	async function remember(deliveries: AcceptedDeliveries, trigger: string, print: string) {
		const answer = openAnswer();
		await deliveries.claim(trigger, print, answer);
		answer.writableEnded = true;
		await jest.advanceTimersByTimeAsync(A_LOOK);
	}

	it('is nothing while it is in flight, unless they are its duplicates', async () => {
		const deliveries = new AcceptedDeliveries();
		expect(await claim(deliveries, 't', 'a')).toBe('first');
		expect(await claim(deliveries, 't', 'b')).toBe('first');
		expect(await claim(deliveries, 'another', 'a')).toBe('first');
	});

	it('is remembered without another delivery', async () => {
		const deliveries = new AcceptedDeliveries();
		await remember(deliveries, 't', 'a');
		expect(deliveries.size).toBe(1);
	});

	it.each([
		['before', ['quiet', 'busy', 'busy', 'busy', 'quiet']],
		['after', ['busy', 'busy', 'busy', 'quiet', 'quiet']],
	])('costs the trigger with the most, also when it came %s the others', async (_, triggers) => {
		const deliveries = new AcceptedDeliveries({ ...MEMORY, total: 4 });
		for (const [index, trigger] of triggers.entries()) await remember(deliveries, trigger, String(index));
		expect(deliveries.size).toBe(4);
		for (const [index, trigger] of triggers.entries()) {
			const forgotten = index === triggers.indexOf('busy');
			expect(await claim(deliveries, trigger, String(index))).toBe(forgotten ? 'first' : 'duplicate');
		}
	});
});

describe('waiting while n8n holds its answers back', () => {
	const OPEN = 500;
	const HOURS = 3;

	it('takes one timer for all, however many wait and however long, and none afterwards', async () => {
		const deliveries = new AcceptedDeliveries();
		const answers = Array.from({ length: OPEN }, openAnswer);
		for (const [index, answer] of answers.entries()) await deliveries.claim('t', String(index), answer);

		const timers = new Set<number>();
		for (let look = 0; look < 200; look++) {
			const late = deliveries.claim('t', '0', openAnswer(), A_LOOK);
			timers.add(jest.getTimerCount());
			await jest.advanceTimersByTimeAsync(A_LOOK);
			expect(await late).toBe('undecided');
		}
		await jest.advanceTimersByTimeAsync(HOURS * 60 * 1000);
		timers.add(jest.getTimerCount());
		expect([...timers]).toEqual([1]);

		for (const answer of answers) answer.writableEnded = true;
		await jest.advanceTimersByTimeAsync(A_LOOK);
		expect(jest.getTimerCount()).toBe(0);
		expect(deliveries.size).toBe(OPEN);
	});

	it('leaves nothing behind when a duplicate has waited in vain', async () => {
		const deliveries = new AcceptedDeliveries();
		const answer = openAnswer();
		await deliveries.claim('t', 'a', answer);
		const waiting = deliveries.claim('t', 'a', openAnswer());
		await jest.advanceTimersByTimeAsync(10_000);
		expect(await waiting).toBe('undecided');

		answer.statusCode = 500;
		answer.writableEnded = true;
		await jest.advanceTimersByTimeAsync(A_LOOK);
		expect(jest.getTimerCount()).toBe(0);
	});

	it.each([
		['back', -365],
		['ahead', 365],
	])('does not depend on the time of day: the clock set %s by a year', async (_, days) => {
		const deliveries = new AcceptedDeliveries();
		const answer = openAnswer();
		await deliveries.claim('t', 'a', answer);
		const waiting = deliveries.claim('t', 'a', openAnswer());
		await jest.advanceTimersByTimeAsync(9_000);
		jest.setSystemTime(Date.now() + days * MEMORY.time);
		await jest.advanceTimersByTimeAsync(1_000);
		expect(await waiting).toBe('undecided');

		answer.writableEnded = true;
		await jest.advanceTimersByTimeAsync(A_LOOK);
		jest.setSystemTime(Date.now() - days * MEMORY.time);
		expect(await deliveries.claim('t', 'a', openAnswer())).toBe('duplicate');
		await jest.advanceTimersByTimeAsync(MEMORY.time);
		expect(await deliveries.claim('t', 'a', openAnswer())).toBe('first');
	});
});
