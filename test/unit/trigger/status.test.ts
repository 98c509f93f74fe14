import { TriggerStatuses } from '../../../nodes/VoiceFox/trigger/status';

const START = Date.UTC(2026, 10, 28, 9, 10);
const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();

/** Statuses with a clock that a test sets. */
function statusesWith(bounds = { triggers: 3, reasons: 2, length: 10 }) {
	const clock = { minutes: 0 };
	const statuses = new TriggerStatuses(bounds, () => START + clock.minutes * 60_000);
	return { statuses, clock };
}

const nothing = { accepted: 0, refused: [], ignored: [], warnings: [] };

it('knows since when the process runs, and nothing of a trigger that got no request', () => {
	const { statuses, clock } = statusesWith();
	clock.minutes = 5;
	expect(statuses.of('one')).toEqual({ since: at(0), ...nothing });
});

it('counts by trigger, kind and reason, the latest first', () => {
	const { statuses, clock } = statusesWith();
	statuses.countAccepted('one');
	statuses.count('one', 'refused', 'a');
	clock.minutes = 1;
	statuses.count('one', 'refused', 'b');
	clock.minutes = 2;
	statuses.count('one', 'refused', 'a');
	statuses.count('one', 'ignored', 'a');
	statuses.count('one', 'warnings', 'w');
	expect(statuses.of('one')).toEqual({
		since: at(0),
		accepted: 1,
		refused: [
			{ reason: 'a', count: 2, last: at(2) },
			{ reason: 'b', count: 1, last: at(1) },
		],
		ignored: [{ reason: 'a', count: 1, last: at(2) }],
		warnings: [{ reason: 'w', count: 1, last: at(2) }],
	});
	expect(statuses.of('other')).toEqual({ since: at(0), ...nothing });
});

it('keeps the reasons that came last, each cut to a length', () => {
	const { statuses } = statusesWith();
	for (const reason of ['a', 'b', 'a', 'a reason that is long']) statuses.count('one', 'refused', reason);
	expect(statuses.of('one').refused).toEqual([
		{ reason: 'a reason t', count: 1, last: at(0) },
		{ reason: 'a', count: 2, last: at(0) },
	]);
});

it('forgets the trigger that was quiet for longest, and says since when it counts anew', () => {
	const { statuses, clock } = statusesWith();
	for (const trigger of ['one', 'two', 'three', 'one']) statuses.countAccepted(trigger);
	clock.minutes = 3;
	expect(statuses.of('four')).toEqual({ since: at(0), ...nothing });
	for (const trigger of ['four', 'one']) statuses.countAccepted(trigger);
	expect(statuses.of('one')).toMatchObject({ since: at(0), accepted: 3 });
	expect(statuses.of('two')).toEqual({ since: at(3), ...nothing });
	statuses.countAccepted('two');
	clock.minutes = 4;
	expect(statuses.of('two')).toEqual({ ...nothing, since: at(3), accepted: 1 });
});

it('is not kept by looking at it', () => {
	const { statuses } = statusesWith();
	for (const trigger of ['one', 'two', 'three']) statuses.countAccepted(trigger);
	statuses.of('one');
	statuses.countAccepted('four');
	expect(statuses.of('one').accepted).toBe(0);
});
