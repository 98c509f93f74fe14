import fc from 'fast-check';

import { HOUR } from '../../nodes/VoiceFox/callLog/window';
import { Account, defaultSettings, MINUTE, type Order, type Trouble } from '../support/callLog';

const RUNS = { numRuns: 400 };

const httpCode = fc.constantFrom(undefined, '404', '429', '500', '401');

const trouble: fc.Arbitrary<Trouble> = fc.record(
	{
		page: fc.record({ index: fc.integer({ min: 1, max: 4 }), httpCode }),
		details: fc.record(
			{
				every: fc.integer({ min: 1, max: 4 }),
				httpCode,
				log: fc.constantFrom({}, { code: 500, message: 'busy' }, { sessionId: 'another' }),
			},
			{ requiredKeys: ['every'] },
		),
		arrivalAfterPage: fc.integer({ min: 1, max: 3 }),
	},
	{ requiredKeys: [] },
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
	{ weight: 1, arbitrary: fc.record({ what: fc.constant('restart' as const) }) },
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

async function take(
	calls: Account,
	steps: Array<typeof step extends fc.Arbitrary<infer Step> ? Step : never>,
) {
	for (const each of steps) {
		if (each.what === 'calls') for (let index = 0; index < each.count; index++) calls.call(index * 10);
		if (each.what === 'poll') await calls.poll(each.trouble);
		if (each.what === 'wait') calls.wait(each.minutes);
		if (each.what === 'restart') calls.restart();
	}
	for (let hours = 0; hours < 3; hours++) {
		calls.wait(60);
		await calls.settle();
	}
}

const isGivenUp = ({ givenUp }: Account, id: string) => givenUp.some((note) => note.includes(`${id} `));

const doubled = ({ emitted }: Account) => emitted.filter((id, index) => emitted.indexOf(id) !== index);

const idsOf = ({ log }: Account) => log.map(({ sessionId }) => sessionId);

describe('Whatever happens in whatever order,', () => {
	it('each call after the baseline is emitted exactly once', async () => {
		await fc.assert(
			fc.asyncProperty(accounts, fc.array(step, { maxLength: 60 }), async (kind, steps) => {
				const calls = accountOf(kind);
				await take(calls, steps);

				const owed = idsOf(calls).slice(calls.before);
				const lost = owed.filter((id) => !calls.emitted.includes(id) && !isGivenUp(calls, id));
				expect([lost, doubled(calls)]).toEqual([[], []]);
				expect(calls.emitted.filter((id) => calls.baseline.has(id))).toEqual([]);
			}),
			RUNS,
		);
	});

	it('each call of the history from Start From on is emitted exactly once', async () => {
		await fc.assert(
			fc.asyncProperty(accounts, fc.array(step, { maxLength: 60 }), async (kind, steps) => {
				const calls = accountOf(kind, new Account().now - 15 * HOUR);
				await take(calls, steps);

				const lost = idsOf(calls).filter((id) => !calls.emitted.includes(id) && !isGivenUp(calls, id));
				expect([lost, doubled(calls)]).toEqual([[], []]);
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
					if (each.what === 'restart') calls.restart();
					if (each.what !== 'poll') continue;

					for (const id of idsOf(calls)) if (!seenAt.has(id)) seenAt.set(id, calls.now);
					const { ids } = await calls.poll(each.trouble);
					for (const id of ids) {
						expect(calls.now - seenAt.get(id)!).toBeGreaterThanOrEqual(defaultSettings.settle);
					}
				}
			}),
			RUNS,
		);
	});
});
