import { AcceptedDeliveries, MEMORY } from '../../../nodes/VoiceFox/trigger/duplicates';

/** A response that n8n has not answered yet, and what n8n calls when it does. */
function openResponse() {
	const listeners: Array<() => void> = [];
	const response = {
		statusCode: 200,
		writableEnded: false,
		once: (event: string, listener: () => void) => {
			if (event === 'finish') listeners.push(listener);
		},
	};
	const end = async () => {
		response.writableEnded = true;
		for (const listener of listeners) listener();
		await jest.advanceTimersByTimeAsync(0);
	};
	return { response, end };
}

describe('what one delivery means for others', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	const claim = async (deliveries: AcceptedDeliveries, trigger: string, print: string) =>
		await deliveries.claim(trigger, print, openResponse().response);

	async function remember(deliveries: AcceptedDeliveries, trigger: string, print: string) {
		const { response, end } = openResponse();
		await deliveries.claim(trigger, print, response);
		await end();
	}

	it('is nothing while it is in flight, unless they are its copies', async () => {
		const deliveries = new AcceptedDeliveries();
		expect(await claim(deliveries, 't', 'a')).toBe('first');
		expect(await claim(deliveries, 't', 'b')).toBe('first');
		expect(await claim(deliveries, 'another', 'a')).toBe('first');
	});

	it('is known as soon as n8n says that it is written, without a look at the response', async () => {
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
