import type { IPollFunctions } from 'n8n-workflow';

import { ProblemError } from '../../../nodes/VoiceFox/api/errors';
import { note, oneAtATime, pollTime, type Outcome } from '../../../nodes/VoiceFox/callLog/polling';

const node = (id: string) => ({ id, name: 'Call "log"', type: 'voiceFoxCallLogTrigger' });

/** A published trigger, and the lines that it writes into n8n's log. */
function published(id = 'node', more: object = {}) {
	const log: string[] = [];
	const context = {
		getWorkflow: () => ({ id: 'w7', name: 'Catch up' }),
		getNode: () => node(id),
		logger: { warn: (line: string) => log.push(line) },
		...more,
	} as unknown as IPollFunctions;
	return { context, log };
}

describe('The notes of a poll', () => {
	it('are lines in the log that name the trigger and its workflow', () => {
		const { context, log } = published();
		note(context, [{ text: 'one' }]);
		expect(log).toEqual(['VoiceFox Call Log Trigger "Call \\"log\\"" of workflow "Catch up" (w7): one']);
	});

	it('name no workflow that has no name', () => {
		const { context, log } = published('node', { getWorkflow: () => ({ id: 'w7' }) });
		note(context, [{ text: 'one' }]);
		expect(log[0]).toContain('of workflow "" (w7): one');
	});

	it.each([
		[5, ['1', '2', '3', '4', '5']],
		[7, ['1', '2', '3', '4', '5', '2 more of this kind']],
	])('are five at most (%i)', (count, shown) => {
		const { context, log } = published();
		note(
			context,
			Array.from({ length: count }, (_, place) => ({ text: String(place + 1) })),
		);
		expect(log.map((line) => line.split('(w7): ')[1])).toEqual(shown);
	});
});

describe('A note of which once is enough', () => {
	it('is said again by another trigger only, whatever numbers are in it', () => {
		const said = ['once', 'once', 'twice'].map((id) => {
			const { context, log } = published(id);
			note(context, [{ text: `${log.length} of ${id.length} calls`, once: true }]);
			return log.length;
		});
		expect(said).toEqual([1, 0, 1]);
	});
});

describe('A poll', () => {
	const problem = { message: 'Down.', description: 'Status 503', httpCode: '503' };
	const poll = async <T>(context: IPollFunctions, outcome: Outcome<T>) =>
		await oneAtATime(context, async () => outcome);

	it('shows what is in its way from the third time in a row on, unless it has items', async () => {
		const { context, log } = published('failing');
		expect(await poll(context, { items: null, problem })).toBeNull();
		expect(await poll(context, { items: null, problem })).toBeNull();
		await expect(poll(context, { items: null, problem })).rejects.toThrow('Down.');
		expect(await poll(context, { items: [1], problem })).toEqual([1]);
		expect(await poll(context, { items: null, problem: null })).toBeNull();
		expect(await poll(context, { items: null, problem: { message: 'Down.' } })).toBeNull();
		expect(log.map((line) => line.split('(w7): ')[1])).toEqual([
			...Array.from({ length: 4 }, () => 'Down. (Status 503)'),
			'Down.',
		]);
	});

	it('counts on when each poll has a context of its own, as under the newer schedulers', async () => {
		const fresh = () => published('fresh', { getPollBudgetMs: () => 45_000 }).context;
		for (let polls = 0; polls < 2; polls++) expect(await poll(fresh(), { items: null, problem })).toBeNull();
		await expect(poll(fresh(), { items: null, problem })).rejects.toThrow('Down.');
	});

	it('counts anew when the workflow is published', async () => {
		const { context } = published('anew');
		for (let polls = 0; polls < 2; polls++) expect(await poll(context, { items: null, problem })).toBeNull();
		expect(await poll(published('anew').context, { items: null, problem })).toBeNull();
	});

	it.each([
		[new ProblemError(problem), 'Down. (Status 503)'],
		[new TypeError('broken'), 'broken'],
	])('has in its way what is thrown: %s', async (error, line) => {
		const { context, log } = published();
		expect(await oneAtATime(context, () => Promise.reject(error))).toBeNull();
		expect(log[0]).toContain(`(w7): ${line}`);
	});

	it('runs beside one of another trigger', async () => {
		let end = () => {};
		const running = oneAtATime(published('one').context, async () => {
			await new Promise<void>((resolve) => (end = resolve));
			return { items: ['one'], problem: null };
		});
		expect(await poll(published('two').context, { items: ['two'], problem: null })).toEqual(['two']);
		end();
		expect(await running).toEqual(['one']);
	});
});

describe('The time of a poll', () => {
	afterEach(() => jest.restoreAllMocks());

	it.each([
		["four fifths of n8n's", { getPollBudgetMs: () => 1000 }, 800],
		['four minutes when n8n does not say', {}, 240_000],
	])('is %s, half of it for lists', (_what, more, milliseconds) => {
		const now = jest.spyOn(performance, 'now').mockReturnValue(5000);
		const time = pollTime(published('node', more).context);
		const over = [milliseconds / 2, milliseconds / 2 + 1, milliseconds, milliseconds + 1].map((passed) => {
			now.mockReturnValue(5000 + passed);
			return [time.isListingOver(), time.isTimeUp()];
		});
		expect(over).toEqual([
			[false, false],
			[true, false],
			[true, false],
			[true, true],
		]);
	});

	it('ends a request that takes longer, and sends none after it', async () => {
		const { inTime } = pollTime(published('node', { getPollBudgetMs: () => 50 }).context);
		expect(await inTime(Promise.resolve('in time'))).toBe('in time');
		const message =
			'VoiceFox did not answer within the time that n8n gives a poll. The next poll goes on from here';
		await expect(inTime(new Promise(() => {}))).rejects.toThrow(message);
		await expect(inTime(Promise.resolve('late'))).rejects.toThrow(message);
	});
});
