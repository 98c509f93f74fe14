import fc from 'fast-check';

import { DAY, HOUR } from '../../nodes/VoiceFox/callLog/window';
import { Account, defaultSettings, MINUTE, type Order, type Trouble } from '../support/callLog';

const RUNS = { numRuns: 300 };

const httpCode = fc.constantFrom(undefined, '404', '429', '500', '401');

const trouble: fc.Arbitrary<Trouble> = fc.record(
	{
		page: fc.record({ index: fc.integer({ min: 1, max: 4 }), httpCode }),
		details: fc.record(
			{
				every: fc.integer({ min: 1, max: 4 }),
				httpCode,
			},
			{ requiredKeys: ['every'] },
		),
		arrivalAfterPage: fc.integer({ min: 1, max: 3 }),
		patience: fc.record({ pages: fc.integer({ min: 3, max: 9 }), calls: fc.integer({ min: 1, max: 5 }) }),
		total: fc.constantFrom(0, 1, 5, 1e9),
		isDropped: fc.boolean(),
	},
	{ requiredKeys: [] },
);

/** n8n's clock is this far ahead, in days; most of the time it is right. */
const ahead = fc.oneof(
	{ weight: 2, arbitrary: fc.constant(0) },
	{ weight: 1, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
);

/** What happens, in any order: calls of up to 50 minutes, polls that may fail, restarts, time (up to ten days). */
const step = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({ what: fc.constant('calls' as const), count: fc.integer({ min: 1, max: 6 }) }),
	},
	{ weight: 3, arbitrary: fc.record({ what: fc.constant('poll' as const), trouble }) },
	{
		weight: 3,
		arbitrary: fc.record({ what: fc.constant('poll' as const), trouble: fc.constant<Trouble>({}) }),
	},
	{
		weight: 4,
		arbitrary: fc.record({ what: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 30 }) }),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			what: fc.constant('wait' as const),
			minutes: fc.integer({ min: 1, max: 14_400 }),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ what: fc.constant('clock' as const), ahead }) },
	{ weight: 1, arbitrary: fc.record({ what: fc.constant('restart' as const) }) },
	{ weight: 1, arbitrary: fc.record({ what: fc.constant('reload' as const) }) },
	{ weight: 1, arbitrary: fc.record({ what: fc.constant('neighbour' as const), back: fc.nat(3) }) },
);

const zones = fc.constantFrom(
	'UTC',
	'Asia/Tokyo',
	'America/New_York',
	'Pacific/Kiritimati',
	'Etc/GMT+12',
	'Europe/Berlin',
);

const accounts = fc.record({
	zone: zones,
	knowsZone: fc.boolean(),
	order: fc.constantFrom<Order[]>('oldest first', 'newest first', 'shuffled'),
	pageSize: fc.integer({ min: 2, max: 7 }),
	settleMinutes: fc.constantFrom(0, 10, 90),
	lookBackHours: fc.constantFrom(1, 48),
});

type AccountKind = typeof accounts extends fc.Arbitrary<infer Kind> ? Kind : never;

function accountOf(kind: AccountKind, startFrom: number | null = null) {
	const settings = {
		startFrom,
		settle: kind.settleMinutes * MINUTE,
		lookBack: kind.lookBackHours * HOUR,
		timeZone: kind.knowsZone ? kind.zone : '',
	};
	return new Account(kind.zone, settings, kind.order, kind.pageSize);
}

type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** @returns the calls that were there before the first poll, and those that came after the baseline was taken */
async function take(calls: Account, steps: Step[]) {
	const copies = ['{}'];
	let wasAhead = false;
	let old: string[] | undefined;
	let owedFrom: number | undefined;
	const poll = async (trouble: Trouble = {}) => {
		old ??= idsOf(calls);
		wasAhead ||= calls.ahead > 0;
		const { memory } = await calls.poll(trouble);
		// What n8n drops is no baseline.
		if (memory?.phase === 'watching' && !trouble.isDropped) owedFrom ??= calls.log.length;
		if (copies.at(-1) !== calls.saved) copies.push(calls.saved);
	};
	// Only n8n's clock tells how long n8n was down: where that was ahead, Look Back is all that is sure.
	const wait = async (minutes: number) => {
		if (!wasAhead) return calls.wait(minutes);
		for (let left = Math.min(minutes, 300); left > 0; left -= 20) {
			calls.wait(Math.min(left, 20));
			await poll();
		}
	};
	for (const each of steps) {
		if (each.what === 'calls') for (let index = 0; index < each.count; index++) calls.call(index * 10);
		if (each.what === 'poll') await poll(each.trouble);
		if (each.what === 'wait') await wait(each.minutes);
		if (each.what === 'clock') calls.ahead = each.ahead * DAY;
		// A start of n8n before anything is saved has no baseline to lose.
		if (each.what === 'restart' && calls.saved !== '{}') calls.restart();
		if (each.what === 'reload') calls.reload();
		// Another node of the workflow puts an older copy of n8n's data back, or none.
		if (each.what === 'neighbour') calls.saved = copies.at(-1 - each.back) ?? '{}';
	}
	calls.ahead = 0;
	for (let hours = 0; hours < 3; hours++) {
		await wait(61);
		for (let polls = 0; polls < 4; polls++) {
			await poll();
			calls.wait(11);
		}
	}
	return { old: old ?? [], owed: idsOf(calls).slice(owedFrom ?? Infinity) };
}

const isGivenUp = ({ givenUp }: Account, id: string) => givenUp.some((note) => note.includes(`${id} `));

const doubled = ({ emitted }: Account) => emitted.filter((id, index) => emitted.indexOf(id) !== index);

const idsOf = ({ log }: Account) => log.map(({ sessionId }) => sessionId);

const lost = (calls: Account, owed: string[]) =>
	owed.filter((id) => !calls.emitted.includes(id) && !isGivenUp(calls, id));

/** Steps in which n8n keeps what it has saved, or forgets it only while a process knows it, which it does from its first poll on. */
const isSafe = (steps: Step[]) =>
	!/neighbour.*restart|restart( (?!poll)\w+)* neighbour/.test(steps.map(({ what }) => what).join(' '));

/** n8n polls as it starts; without a memory only Look Back is emitted. */
const withPollAtStart = (step: Step): Step[] =>
	step.what === 'restart' ? [step, { what: 'poll', trouble: {} }] : [step];

describe('Whatever happens in whatever order,', () => {
	it('each call after the baseline is emitted exactly once, and none from before', async () => {
		await fc.assert(
			fc.asyncProperty(accounts, fc.array(step, { maxLength: 60 }), async (kind, steps) => {
				fc.pre(isSafe(steps));
				const calls = accountOf(kind);
				const { old, owed } = await take(calls, steps);

				expect([lost(calls, owed), doubled(calls)]).toEqual([[], []]);
				expect(calls.emitted.filter((id) => old.includes(id))).toEqual([]);
			}),
			RUNS,
		);
	});

	it('none is lost even when n8n is killed after another node has put an older memory back, or none', async () => {
		await fc.assert(
			fc.asyncProperty(accounts, fc.array(step, { maxLength: 60 }), async (kind, steps) => {
				const calls = accountOf(kind);
				const { owed } = await take(calls, steps.flatMap(withPollAtStart));

				expect(lost(calls, owed)).toEqual([]);
			}),
			RUNS,
		);
	});

	it('each call of the history from Start From on is emitted exactly once', async () => {
		await fc.assert(
			fc.asyncProperty(accounts, fc.array(step, { maxLength: 60 }), async (kind, steps) => {
				fc.pre(isSafe(steps));
				// So long ago that no clock says it is still to come.
				const calls = accountOf(kind, new Account().now - 101 * DAY);
				await take(calls, steps);

				expect([lost(calls, idsOf(calls)), doubled(calls)]).toEqual([[], []]);
			}),
			RUNS,
		);
	});

	it('no call is emitted before it has had its time for the analysis', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
				const calls = new Account('Asia/Tokyo');
				const seenAt = new Map<string, number>();
				for (const each of steps) {
					if (each.what === 'calls') calls.call();
					if (each.what === 'wait') calls.wait(each.minutes);
					if (each.what === 'restart' && calls.saved !== '{}') calls.restart();
					if (each.what !== 'poll') continue;

					const see = () => {
						for (const id of idsOf(calls)) if (!seenAt.has(id)) seenAt.set(id, calls.now);
					};
					see();
					const { ids } = await calls.poll(each.trouble);
					// A call that came in between two pages was seen, too.
					see();
					for (const id of ids) {
						expect(calls.now - seenAt.get(id)!).toBeGreaterThanOrEqual(defaultSettings.settle);
					}
				}
			}),
			RUNS,
		);
	});
});
