import type { IDataObject } from 'n8n-workflow';

import { refusingFilter } from '../../../nodes/VoiceFox/items/filters';
import {
	callEnded,
	documented,
	eventOf,
	inbound,
	outbound,
	taskEnd,
	withData,
	type Body,
} from '../../support/events';
import { settingsWith } from '../../support/settings';

const event = (event_name: string, event_data: IDataObject = {}) => ({ event_name, event_data }) as Body;

const transfer = event('callin.transfer');
const otherCall = event('task.call.hangup', { session_id: 's' });
const otherEvent = event('account.low');

/** The label of the filter that refuses the event, null when it passes. */
const refused = async (body: Body, filters: IDataObject) =>
	refusingFilter(await eventOf(body), settingsWith({ filters }).filters);

const hits = (...list: unknown[]) =>
	withData(inbound, { collect_targets: list.map((hit) => ({ hit })) as IDataObject[] });

describe('without filters', () => {
	it('every event passes', async () => {
		for (const body of [...documented, transfer, otherCall, otherEvent]) {
			expect(await refused(body, {})).toBeNull();
			const all = {
				callHits: 'any',
				questions: [],
				direction: 'any',
				answeredOnly: false,
				minimumTalkTime: 0,
			};
			expect(await refused(body, { ...all, taskIds: '', assistantIds: ' , ' })).toBeNull();
		}
	});
});

describe("'Start Workflow When'", () => {
	const refusal = 'Start Workflow When';

	it.each([
		['any', [], null],
		['any', [false], null],
		['atLeastOne', [], refusal],
		['atLeastOne', [false, null, ''], refusal],
		['atLeastOne', [false, true], null],
		['every', [], refusal],
		['every', [true, false], refusal],
		['every', [true, null], refusal],
		['every', [true, 'true', 1], null],
		['none', [], null],
		['none', [false, null], null],
		['none', [false, true], refusal],
	])('%s, asked of the hits %j', async (callHits, list, expected) => {
		expect(await refused(hits(...list), { callHits })).toBe(expected);
	});

	it("looks only at the answers that 'Only These Questions' leaves", async () => {
		const [first, second, third] = outbound.event_data.collect_targets as IDataObject[];
		const asked = async (callHits: string, ...questions: unknown[]) =>
			await refused(outbound, { callHits, questions } as IDataObject);
		expect(await asked('every', first?.question, second?.question)).toBeNull();
		expect(await asked('every', first?.question, third?.question)).toBe(refusal);
		expect(await asked('none', third?.question)).toBeNull();
		expect(await asked('atLeastOne', third?.question)).toBe(refusal);
		expect(await asked('every', 'a question nobody asked')).toBe(refusal);
		expect(await asked('none', 'a question nobody asked')).toBeNull();
	});

	it('applies to analysis events only', async () => {
		for (const body of [callEnded, taskEnd, transfer, otherCall, otherEvent]) {
			expect(await refused(body, { callHits: 'every' })).toBeNull();
		}
		expect(
			await refused(event('x', { session_id: 's', collect_targets: [{ hit: true }] }), { callHits: 'none' }),
		).toBeNull();
	});
});

describe("'Direction'", () => {
	it('lets the calls of that direction pass', async () => {
		expect(await refused(inbound, { direction: 'inbound' })).toBeNull();
		expect(await refused(inbound, { direction: 'outbound' })).toBe('Direction');
		expect(await refused(outbound, { direction: 'outbound' })).toBeNull();
		expect(await refused(withData(callEnded, { direction: null }), { direction: 'inbound' })).toBe(
			'Direction',
		);
	});
});

describe("'Answered Calls Only' and 'Minimum Talk Time'", () => {
	it.each([
		[1, null],
		[0.5, null],
		['3', null],
		[0, 'Answered Calls Only'],
		[-1, 'Answered Calls Only'],
		['', 'Answered Calls Only'],
		[null, 'Answered Calls Only'],
		[undefined, 'Answered Calls Only'],
	])('a call with billsec %j', async (billsec, expected) => {
		expect(await refused(withData(callEnded, { billsec }), { answeredOnly: true })).toBe(expected);
	});

	it.each([
		[30, 30, null],
		[30.5, 31, null],
		[30, 29.9, 'Minimum Talk Time'],
		[30, null, 'Minimum Talk Time'],
		[30, undefined, 'Minimum Talk Time'],
		[0, undefined, null],
		[0, 0, null],
	])('at least %j with billsec %j', async (minimumTalkTime, billsec, expected) => {
		expect(await refused(withData(callEnded, { billsec }), { minimumTalkTime })).toBe(expected);
	});

	it('count anything but a number in an undocumented event as 0', async () => {
		for (const billsec of [{}, [5], true, 'long', { valueOf: 5 }]) {
			const body = event('x', { session_id: 's', billsec: billsec as IDataObject });
			expect(await refused(body, { answeredOnly: true })).toBe('Answered Calls Only');
		}
		expect(await refused(event('x', { session_id: 's', billsec: '7' }), { minimumTalkTime: 7 })).toBeNull();
	});
});

describe("'Task IDs'", () => {
	it.each([
		['9021', null],
		['1, 9021', null],
		['1,9021,2', null],
		['９０２１', null],
		[9021, null],
		['902', 'Task IDs'],
		['19021', 'Task IDs'],
		['', null],
		[' , ,', null],
	])('%j, asked of task 9021', async (taskIds, expected) => {
		expect(await refused(outbound, { taskIds })).toBe(expected);
		expect(await refused(taskEnd, { taskIds })).toBe(expected);
	});

	it('apply to every event with a task_id, and to no other', async () => {
		const taskIds = '1';
		expect(await refused(inbound, { taskIds })).toBe('Task IDs');
		expect(await refused(event('x', { task_id: 2 }), { taskIds })).toBe('Task IDs');
		expect(await refused(event('x', { task_id: '1' }), { taskIds })).toBeNull();
		for (const task_id of [null, undefined, '']) {
			expect(await refused(withData(callEnded, { task_id }), { taskIds })).toBeNull();
			expect(await refused(event('x', { task_id }), { taskIds })).toBeNull();
		}
	});
});

describe("'Assistant IDs'", () => {
	const assistants = (...ids: unknown[]) => ids.map((assistant_id) => ({ assistant_id })) as IDataObject[];

	it.each([
		['318', assistants(318), null],
		['402, 318', assistants(1, '318'), null],
		['31', assistants(318), 'Assistant IDs'],
		['318', [], 'Assistant IDs'],
		['318', null, 'Assistant IDs'],
		['undefined', assistants(undefined), 'Assistant IDs'],
		['null', assistants(null), 'Assistant IDs'],
		['', [], null],
	])('%j, asked of the assistants %j', async (assistantIds, assistant_infos, expected) => {
		expect(await refused(withData(callEnded, { assistant_infos }), { assistantIds })).toBe(expected);
		expect(await refused(event('x', { session_id: 's', assistant_infos }), { assistantIds })).toBe(expected);
	});

	it('read whatever an undocumented event sends', async () => {
		for (const assistant_infos of ['318', 318, {}, [null, 318, '318', [318]]]) {
			const body = event('x', { session_id: 's', assistant_infos });
			expect(await refused(body, { assistantIds: '318' })).toBe('Assistant IDs');
		}
	});
});

describe('the filters of a call', () => {
	const filters = { direction: 'outbound', answeredOnly: true, minimumTalkTime: 9, assistantIds: '1' };

	it.each(Object.entries(filters))('%s applies to all call events and to no other', async (name, value) => {
		const missed = { billsec: 0, direction: 'inbound' };
		for (const body of [withData(inbound, missed), withData(callEnded, missed), transfer, otherCall]) {
			expect(await refused(body, { [name]: value })).not.toBeNull();
		}
		for (const body of [
			taskEnd,
			otherEvent,
			event('x', { session_id: '' }),
			event('x', { session_id: null }),
		]) {
			expect(await refused(body, { [name]: value })).toBeNull();
		}
	});

	it('never trip over IDs that are no texts', async () => {
		const odd = { toString: 1, valueOf: null } as unknown as IDataObject;
		const body = event('x', { session_id: 's', task_id: odd, assistant_infos: [{ assistant_id: odd }] });
		expect(await refused(body, { taskIds: '1' })).toBe('Task IDs');
		expect(await refused(body, { assistantIds: '1' })).toBe('Assistant IDs');
	});
});
