import type { IPollFunctions } from 'n8n-workflow';

import { ProblemError } from '../../../nodes/VoiceFox/api/errors';
import { note, oneAtATime, timer, type Outcome } from '../../../nodes/VoiceFox/callLog/polls';

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
		note(context, ['one']);
		expect(log).toEqual(['VoiceFox Call Log Trigger "Call \\"log\\"" of workflow "Catch up" (w7): one']);
	});

	it('name no workflow that has no name', () => {
		const { context, log } = published('node', { getWorkflow: () => ({ id: 'w7' }) });
		note(context, ['one']);
		expect(log[0]).toContain('of workflow "" (w7): one');
	});

	it.each([
		[5, ['1', '2', '3', '4', '5']],
		[7, ['1', '2', '3', '4', '5', '2 more of this kind']],
	])('are five at most (%i)', (count, shown) => {
		const { context, log } = published();
		note(
			context,
			Array.from({ length: count }, (_, place) => String(place + 1)),
		);
		expect(log.map((line) => line.split('(w7): ')[1])).toEqual(shown);
	});
});

describe('A poll', () => {
	const problem = { message: 'Down.', description: 'Status 503', httpCode: '503' };
	const poll = async <T>(context: IPollFunctions, outcome: Outcome<T>) =>
		await oneAtATime(context, async () => outcome);

	it('shows what is in its way from the third time in a row on, unless it has items', async () => {
		const { context, log } = published();
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
	])('is %s', (_what, more, milliseconds) => {
		const now = jest.spyOn(Date, 'now').mockReturnValue(5000);
		const isUp = timer(published('node', more).context);
		now.mockReturnValue(5000 + milliseconds);
		expect(isUp()).toBe(false);
		now.mockReturnValue(5001 + milliseconds);
		expect(isUp()).toBe(true);
	});
});
