import type { IDataObject } from 'n8n-workflow';

import { toParts } from '../../../nodes/VoiceFox/items';
import { filterRefusal } from '../../../nodes/VoiceFox/items/filters';
import { ITEM_SETTINGS } from '../../../nodes/VoiceFox/items/settings';
import {
	callEnded,
	documented,
	eventOf,
	inbound,
	missedCall,
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

/** Why a filter refuses the event, null when it passes. */
const refusal = async (body: Body, filters: IDataObject) => {
	const settings = settingsWith({ filters });
	return filterRefusal(toParts(await eventOf(body), settings), settings.filters);
};

/** The label of the filter that refuses the event, null when it passes. */
const refused = async (body: Body, filters: IDataObject) =>
	(await refusal(body, filters))?.split(':')[0] ?? null;

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
				answered: 'any',
				minimumTalkTime: 0,
				phoneNumbers: ' , ',
			};
			expect(await refused(body, { ...all, taskIds: '', assistantIds: ' , ' })).toBeNull();
		}
	});
});

describe("'Start Workflow When'", () => {
	const label = 'Start Workflow When';

	it.each([
		['any', [], null],
		['any', [false], null],
		['atLeastOne', [], label],
		['atLeastOne', [false, null, '', 'maybe', {}], label],
		['atLeastOne', [false, true], null],
		['every', [], label],
		['every', [true, false], label],
		['every', [true, null], label],
		['every', [true, 'true', 1], null],
		['none', [], null],
		['none', [false, null], null],
		['none', [false, true], label],
	])('%s, asked of the hits %j', async (callHits, list, expected) => {
		expect(await refused(hits(...list), { callHits })).toBe(expected);
	});

	it("looks only at the answers that 'Only These Questions' leaves", async () => {
		const [first, second, third] = outbound.event_data.collect_targets as IDataObject[];
		const asked = async (callHits: string, ...questions: unknown[]) =>
			await refused(outbound, { callHits, questions } as IDataObject);
		expect(await asked('every', first?.question, second?.question)).toBeNull();
		expect(await asked('every', first?.question, third?.question)).toBe(label);
		expect(await asked('none', third?.question)).toBeNull();
		expect(await asked('atLeastOne', third?.question)).toBe(label);
		expect(await asked('every', 'a question nobody asked')).toBe(label);
		expect(await asked('none', 'a question nobody asked')).toBeNull();
	});

	it("takes an entry of 'Only These Questions' as a part of a text, too", async () => {
		expect(await refused(outbound, { callHits: 'every', questions: ['order again'] })).toBeNull();
		expect(await refused(outbound, { callHits: 'every', questions: ['order again', '建议'] })).toBe(label);
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

describe("'Answered or Missed'", () => {
	it.each([
		[1, 'answered'],
		[0.5, 'answered'],
		['3', 'answered'],
		[0, 'missed'],
		[-1, 'missed'],
		['', 'missed'],
		[null, 'missed'],
		[undefined, 'missed'],
	])('takes a call with billsec %j as %s', async (billsec, kind) => {
		const body = withData(callEnded, { billsec });
		const passes = async (answered: string) => (await refused(body, { answered })) === null;
		expect(await passes('answered')).toBe(kind === 'answered');
		expect(await passes('missed')).toBe(kind === 'missed');
		expect(await passes('any')).toBe(true);
	});

	it('is "Answered Calls" when it is added and nothing is chosen', async () => {
		const { property } = ITEM_SETTINGS[3].entries!.find(({ property: { name } }) => name === 'answered')!;
		expect(property.default).toBe('answered');
		expect(await refused(missedCall, {})).toBeNull();
	});
});

describe("'Minimum Talk Time'", () => {
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
});

describe('the talk time of an undocumented event', () => {
	it('is 0 when it is anything but a number', async () => {
		for (const billsec of [{}, [5], true, 'long', { valueOf: 5 }]) {
			const body = event('x', { session_id: 's', billsec: billsec as IDataObject });
			expect(await refused(body, { answered: 'answered' })).toBe('Answered or Missed');
			expect(await refused(body, { answered: 'missed' })).toBeNull();
		}
	});
});

describe("'Phone Numbers'", () => {
	const [caller, callee] = ['+12025550143', '+12025550100'];

	it.each([
		[caller, null],
		[callee, null],
		['1 (202) 555-0143', null],
		['0012025550100', null],
		['5, １２０２５５５０１４３', null],
		['5\n+1.202.555.0100', null],
		[12025550143, null],
		[['5', 12025550143], null],
		['', null],
		[' , \n', null],
		[[], null],
		['5; 202-555-0143', null],
		['5550143', 'Phone Numbers'],
		['+120255501433', 'Phone Numbers'],
		['anonymous', 'Phone Numbers'],
	])('%j, asked of a call between +12025550143 and +12025550100', async (phoneNumbers, expected) => {
		expect(await refused(inbound, { phoneNumbers } as IDataObject)).toBe(expected);
		expect(await refused(callEnded, { phoneNumbers } as IDataObject)).toBe(expected);
	});

	it('compare the numbers of the call by their digits, too', async () => {
		const body = withData(callEnded, { caller: '00 1-202-555-0143', callee: 81312345678 });
		expect(await refused(body, { phoneNumbers: '12025550143' })).toBeNull();
		expect(await refused(body, { phoneNumbers: '+81 3 1234 5678' })).toBeNull();
	});

	it('find a withheld number by its word', async () => {
		const withheld = withData(callEnded, { caller: 'Anonymous', callee: null });
		expect(await refused(withheld, { phoneNumbers: '5, anonymous' })).toBeNull();
		expect(await refused(withheld, { phoneNumbers: 'withheld' })).toBe('Phone Numbers');
		expect(await refused(event('x', { session_id: 's', caller: ['1'] }), { phoneNumbers: '1' })).toBe(
			'Phone Numbers',
		);
	});
});

describe("'Task IDs'", () => {
	it.each([
		['9021', null],
		['1、9021', null],
		[[1, 9021], null],
		['abc', 'Task IDs'],
		['1, 9021', null],
		['1,9021,2', null],
		['９０２１', null],
		[9021, null],
		['902', 'Task IDs'],
		['19021', 'Task IDs'],
		['', null],
		[' , ,', null],
	])('%j, asked of task 9021', async (taskIds, expected) => {
		expect(await refused(outbound, { taskIds } as IDataObject)).toBe(expected);
		expect(await refused(taskEnd, { taskIds } as IDataObject)).toBe(expected);
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
	});

	it('read whatever an undocumented event sends', async () => {
		for (const assistant_infos of ['318', 318, {}, [null, 318, '318', [318]]]) {
			const body = event('x', { session_id: 's', assistant_infos });
			expect(await refused(body, { assistantIds: '318' })).toBe('Assistant IDs');
		}
	});
});

describe('the filters of a call', () => {
	const filters = {
		direction: 'outbound',
		answered: 'answered',
		minimumTalkTime: 9,
		phoneNumbers: '1',
		assistantIds: '1',
	};

	it.each(Object.entries(filters))('%s applies to all call events and to no other', async (name, value) => {
		const missed = { billsec: 0, direction: 'inbound', caller: '', callee: '7', assistant_infos: [] };
		for (const body of [
			...[withData(inbound, missed), withData(callEnded, missed)],
			...[withData(transfer, missed), withData(otherCall, missed)],
		]) {
			expect(await refused(body, { [name]: value })).not.toBeNull();
		}
		for (const body of [
			...[taskEnd, withData(otherEvent, missed)],
			event('x', { session_id: '', ...missed }),
			event('x', { session_id: null, ...missed }),
		]) {
			expect(await refused(body, { [name]: value })).toBeNull();
		}
	});

	it.each(Object.entries(filters))(
		'%s lets an undocumented event pass that lacks its field',
		async (name, value) => {
			const nothing = { billsec: null, direction: '', caller: null, assistant_infos: null };
			for (const body of [transfer, otherCall, withData(transfer, nothing), withData(otherCall, nothing)]) {
				expect(await refused(body, { [name]: value })).toBeNull();
			}
			expect(
				await refused(withData(callEnded, { ...nothing, callee: null }), { [name]: value }),
			).not.toBeNull();
		},
	);

	it('never trip over IDs that are no texts', async () => {
		const odd = { toString: 1, valueOf: null } as unknown as IDataObject;
		const body = event('x', { session_id: 's', task_id: odd, assistant_infos: [{ assistant_id: odd }] });
		expect(await refused(body, { taskIds: '1' })).toBe('Task IDs');
		expect(await refused(body, { assistantIds: '1' })).toBe('Assistant IDs');
	});
});

describe('the reason of a refusal', () => {
	it.each<[Body, IDataObject, string]>([
		[
			outbound,
			{ callHits: 'every' },
			'Start Workflow When: "Every Question Was Hit" is chosen, and 2 of 3 questions were hit',
		],
		[
			inbound,
			{ direction: 'outbound' },
			'Direction: "Outbound" is chosen, and the call\'s direction is "inbound"',
		],
		[
			withData(inbound, { direction: undefined }),
			{ direction: 'inbound' },
			'Direction: "Inbound" is chosen, and the call\'s direction is none',
		],
		[
			missedCall,
			{ answered: 'answered' },
			'Answered or Missed: "Answered Calls" is chosen, and the call\'s talk time is 0',
		],
		[
			outbound,
			{ answered: 'missed' },
			'Answered or Missed: "Missed Calls" is chosen, and the call\'s talk time is 77',
		],
		[outbound, { minimumTalkTime: 90 }, 'Minimum Talk Time: 77 is below 90'],
		[inbound, { phoneNumbers: '1, 2' }, "Phone Numbers: neither of the call's numbers is in the list (of 2)"],
		[outbound, { taskIds: '1, 2' }, 'Task IDs: 9021 is not in the list 1, 2'],
		[outbound, { assistantIds: '1, 2' }, 'Assistant IDs: 402 is not in the list 1, 2'],
		[missedCall, { assistantIds: '1' }, 'Assistant IDs: the call has no assistant, and the list is 1'],
		[
			withData(outbound, { assistant_infos: [{ assistant_vid: 1120 }] }),
			{ assistantIds: '1' },
			'Assistant IDs: the call has no assistant, and the list is 1',
		],
	])("is the filter's label, its value and the call's (%#)", async (body, filters, reason) => {
		expect(await refusal(body, filters)).toBe(reason);
	});

	it('is that of the first filter which refuses', async () => {
		const both = { callHits: 'none', direction: 'inbound', minimumTalkTime: 1000, taskIds: '1' };
		expect(await refused(outbound, both)).toBe('Start Workflow When');
	});

	it('holds neither a number of the call or of the list nor an answer', async () => {
		const filters = {
			callHits: 'none',
			questions: ['order again'],
			phoneNumbers: '+12025550199',
			direction: 'inbound',
			answered: 'missed',
			minimumTalkTime: 100,
			taskIds: '1',
			assistantIds: '1',
		};
		for (const [name, value] of Object.entries(filters)) {
			const reason = await refusal(outbound, { [name]: value });
			for (const secret of ['202555', 'Yes', '满意', '5550199']) expect(reason ?? '').not.toContain(secret);
		}
	});

	it('is short, whatever the lists and the event hold', async () => {
		const ids = Array.from({ length: 5000 }, (_, id) => id + 10).join();
		const body = event('x', {
			session_id: 's',
			task_id: 'x'.repeat(5000),
			direction: ['y'.repeat(5000)],
			assistant_infos: [],
		});
		for (const filters of [{ taskIds: ids }, { direction: 'inbound' }, { assistantIds: ids }]) {
			expect((await refusal(body, filters))!.length).toBeLessThan(300);
		}
	});
});

it('a refusal is one line, whatever an ID is', async () => {
	const body = withData(inbound, { assistant_infos: [{ assistant_id: '1\n[error] a \u2028\u001b line' }] });
	expect(await refusal(body, { assistantIds: '5' })).toBe(
		'Assistant IDs: 1 [error] a line is not in the list 5',
	);
});

it.each([
	['direction', { direction: 'inbound' }, { direction: 'outbound' }],
	['talk time', { billsec: 3 }, { answered: 'missed' }],
	['number', { caller: '+12025550143' }, { phoneNumbers: '+12025550167' }],
	['task', { task_id: 7 }, { taskIds: '8' }],
])("an undocumented event's %s counts beside event_data, too", async (_, fields, filters) => {
	const body = { event_name: 'later.event', session_id: 's', ...fields } as unknown as Body;
	expect(await refused(body, filters)).not.toBeNull();
	expect(await refused(body, {})).toBeNull();
});
