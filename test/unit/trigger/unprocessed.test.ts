import {
	duplicate,
	filtered,
	invalid,
	notSelected,
	toUnprocessedItem,
	type Unprocessed,
} from '../../../nodes/VoiceFox/trigger/unprocessed';
import { outputLabels } from '../../../nodes/VoiceFox/items/outputs';
import { inbound, taskEnd } from '../../support/events';

const issue = (place: number) => ({ path: `event_data.collect_targets.${place}.hit`, message: 'what' });

/** The fields of the one item, in order. */
function itemOf(left: Unprocessed) {
	const outputs = toUnprocessedItem(left, 1);
	expect(outputs.slice(0, -1).flat()).toEqual([]);
	expect(outputs.at(-1)).toHaveLength(1);
	return Object.entries(outputs.at(-1)![0]!.json);
}

it("has the IDs that stand beside an undocumented event's data", () => {
	const payload = { event_name: 'later.event', session_id: 's', task_id: 7 };
	expect(Object.fromEntries(itemOf(duplicate(payload)))).toMatchObject({ session_id: 's', task_id: 7 });
	const both = { ...payload, event_data: { session_id: 'own' } };
	expect(Object.fromEntries(itemOf(duplicate(both)))).toMatchObject({ session_id: 'own', task_id: 7 });
});

describe('what is not processed', () => {
	it('is an event that is not selected, by its label', () => {
		expect(notSelected('task.end', taskEnd)).toEqual({
			kind: 'notSelected',
			reason: 'The event "Task Finished (Outbound)" is not selected in \'Trigger On\'',
			cause: 'the event "Task Finished (Outbound)" is not selected in \'Trigger On\'',
			payload: taskEnd,
		});
		expect(notSelected('other', {}).reason).toContain('"Other Event"');
	});

	it('is an event that a filter refuses', () => {
		expect(filtered('Minimum Talk Time: 48 is below 60', inbound)).toEqual({
			kind: 'filtered',
			reason: 'The event does not pass the filter Minimum Talk Time: 48 is below 60',
			cause: "the event does not pass the filter 'Minimum Talk Time'",
			payload: inbound,
		});
	});

	it('is a duplicate', () => {
		expect(duplicate(inbound)).toEqual({
			kind: 'duplicate',
			reason: expect.stringContaining('is a duplicate') as string,
			cause: 'the event is a duplicate',
			payload: inbound,
		});
	});

	it('is an invalid payload, with its first three issues in words', () => {
		const reason = (...issues: Array<{ path: string; message: string }>) =>
			invalid({ valid: false, issues, payload: null }).reason;
		const words = 'The payload is not what VoiceFox sends: ';
		expect(reason({ path: '', message: 'no JSON' })).toBe(`${words}body: no JSON`);
		expect(reason(issue(0), issue(1), issue(2))).toBe(
			`${words}${[0, 1, 2].map((place) => `${issue(place).path}: what`).join('; ')}`,
		);
		expect(reason(...Array.from({ length: 20 }, (_, place) => issue(place)))).toMatch(
			/2\.hit: what; and 17 more$/,
		);
		const issues = [issue(0)];
		expect(invalid({ valid: false, issues, payload: [1] })).toEqual({
			kind: 'invalid',
			reason: expect.any(String) as string,
			cause: 'the payload is not what VoiceFox sends',
			payload: [1],
			issues,
		});
	});
});

describe('the item on the output "Unprocessed"', () => {
	it.each([
		['separate', 4],
		['row', 2],
		['perCall', 2],
		['list', 2],
	] as const)('is on the last output of %s, and the others are empty', (output, total) => {
		const outputs = toUnprocessedItem(duplicate(inbound), outputLabels(output).length);
		expect(outputs.map((items) => items.length)).toEqual([...Array<number>(total - 1).fill(0), 1]);
	});

	it('holds the reason, the kind, the IDs and the payload, in this order', () => {
		const { session_id, task_id } = inbound.event_data;
		for (const left of [notSelected('callin.collect', inbound), filtered('F', inbound), duplicate(inbound)]) {
			expect(itemOf(left)).toEqual([
				['reason', left.reason],
				['kind', left.kind],
				['event_name', 'callin.collect'],
				['session_id', session_id],
				['task_id', task_id],
				['payload', inbound],
			]);
		}
	});

	it('holds the issues of an invalid payload in front of it', () => {
		const left = invalid({ valid: false, issues: [issue(0)], payload: taskEnd });
		expect(itemOf(left)).toEqual([
			['reason', left.reason],
			['kind', 'invalid'],
			['event_name', 'task.end'],
			['session_id', null],
			['task_id', 9021],
			['issues', [issue(0)]],
			['payload', taskEnd],
		]);
	});

	it.each<[string, unknown]>([
		['a text, when it is not JSON', '{"broken'],
		['null, when nothing could be read', null],
		['a list', [1]],
		['an object without a name', { event_data: [] }],
		[
			'an object whose name cannot be used',
			{ event_name: '', event_data: { session_id: '', task_id: null } },
		],
		['an object whose name is no text', { event_name: ['callin.collect'], event_data: 'text' }],
	])('has null for the name and the IDs of %s', (_, payload) => {
		const fields = Object.fromEntries(itemOf(invalid({ valid: false, issues: [issue(0)], payload })));
		expect(fields).toMatchObject({ event_name: null, session_id: null, task_id: null, payload });
	});
});
