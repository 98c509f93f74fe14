import type { IDataObject } from 'n8n-workflow';

import { eventOfCallLog, eventOfListedCall } from '../../../nodes/VoiceFox/voicefox/callLog';
import callLogs from '../../fixtures/rest/call-logs.json';

const [inbound, outbound, missed] = callLogs as IDataObject[];

/** An entry of the list, in the documented shape. */
const listed: IDataObject = {
	sessionId: 'b7c0f1e2-5d3a-4c86-9f41-2a6de8c07f15',
	taskId: 0,
	startAt: '2026-11-20 10:15:02',
	answerAt: '2026-11-20 10:15:07',
	endAt: '2026-11-20 10:17:39',
	callee: '+12025550100',
	caller: '+12025550143',
	direction: 'inbound',
	duration: 157,
	billsec: 152,
	recordFile: 'https://recordings.example.com/a.mp3',
	assistant: [{ id: 318, vid: 2045 }],
};

const dataOf = (log: IDataObject, entry?: IDataObject) => {
	const event = eventOfCallLog(log, entry);
	return event.valid ? event.data : event.issues;
};

const listedDataOf = (entry: IDataObject) => {
	const event = eventOfListedCall(entry);
	return event.valid ? event.data : event.issues;
};

const without = (fields: IDataObject, name: string) =>
	Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name));

describe('a call log', () => {
	it("is the event of the call's analysis, as far as the API knows it", () => {
		expect(eventOfCallLog(inbound!)).toStrictEqual({
			valid: true,
			kind: 'analysis',
			name: 'callin.collect',
			source: 'call_log',
			envelope: {},
			asSent: [],
			received: inbound,
			data: {
				collect_targets: [
					{
						question: 'ご予約の人数は何名様ですか?',
						hit: true,
						result: '4名',
						message: '',
						option: false,
						answer_option: null,
						assistant_vid: 2045,
					},
				],
				conversation_analysis: [],
				session_id: 'b7c0f1e2-5d3a-4c86-9f41-2a6de8c07f15',
				task_id: 0,
				task_item_id: 0,
				callee: '+12025550100',
				caller: '+12025550143',
				start_at: '2026-11-20 10:15:02',
				answer_at: '2026-11-20 10:15:07',
				end_at: '2026-11-20 10:17:39',
				duration: 157,
				billsec: 152,
				direction: 'inbound',
				ring_time: 5,
				hangup_side: 'caller',
				hangup_reason: 'NORMAL_CLEARING',
				record_url: 'https://recordings.example.com/2026/11/20/b7c0f1e2.mp3?expires=1795255059&sign=6b1f',
				assistant_infos: [{ assistant_vid: 2045 }],
				id: 880412,
				script_plan_id: 71,
				number_id: 15,
				created_at: '2026-11-20T10:17:41+09:00',
				callee_attribute: 'Washington',
				caller_attribute: 'Washington',
				agent_id: '',
				agent_name: '',
			},
		});
	});

	it("has the events' order of fields, whatever the API's is", () => {
		const reversed = Object.fromEntries(Object.entries(inbound!).reverse());
		const names = Object.keys(dataOf(reversed));
		expect(names.slice(0, 18)).toEqual(Object.keys(dataOf(inbound!)).slice(0, 18));
	});

	it('of an outbound call is the event of outbound calls', () => {
		expect(eventOfCallLog(outbound!)).toMatchObject({ kind: 'analysis', name: 'task.call.collect' });
	});

	it.each([
		['inbound', 9021, 'callin.collect'],
		['outbound', 0, 'task.call.collect'],
		[null, 9021, 'task.call.collect'],
		['', '9021', 'task.call.collect'],
		[undefined, 0, 'callin.collect'],
		['sideways', undefined, 'callin.collect'],
	])('with direction %j and task %j is called by what is known', (direction, taskId, name) => {
		expect(eventOfCallLog({ ...inbound, direction, taskId })).toMatchObject({ name });
	});

	it('of a call without answers has empty lists', () => {
		expect(dataOf(missed!)).toMatchObject({
			collect_targets: [],
			conversation_analysis: [],
			assistant_infos: [],
			answer_at: '',
			billsec: 0,
		});
	});

	it('has no variables, since the API has none', () => {
		expect(dataOf(inbound!)).not.toHaveProperty('extra');
		expect(dataOf({ ...inbound, extra: { city: 'Springfield' } })).toMatchObject({
			extra: { city: 'Springfield' },
		});
	});

	it("lists the answers of every version in the API's order", () => {
		const collect = [
			{ vid: 1, items: [{ question: 'A', answer: 'a', hit: true }] },
			{ vid: 2, items: null },
			{ items: [{ question: 'A', answer: null, hit: 'false' }, { question: 'B' }] },
			{ vid: null, items: [{ question: 'C' }] },
			{ vid: 3, items: [{ question: 'D', assistantVid: 9 }] },
		];
		const { collect_targets, assistant_infos } = dataOf({
			...inbound,
			collect,
		} as IDataObject) as IDataObject;
		expect(collect_targets).toStrictEqual([
			{ question: 'A', hit: true, result: 'a', assistant_vid: 1 },
			{ question: 'A', hit: false, result: null },
			{ question: 'B' },
			{ question: 'C' },
			{ question: 'D', assistant_vid: 9, group_assistant_vid: 3 },
		]);
		expect(assistant_infos).toStrictEqual([2045, 1, 2, 3].map((assistant_vid) => ({ assistant_vid })));
	});

	it('has empty lists where VoiceFox sends ""', () => {
		expect(dataOf({ ...inbound, collect: '', assistant: '', assistantVids: '' })).toMatchObject({
			collect_targets: [],
			assistant_infos: [],
		});
	});

	it('takes the IDs of the assistants from the list, and adds only versions that the list does not name', () => {
		const log = { ...inbound, assistantVids: ['2045', 7] };
		const assistant = [{ id: 318, vid: 2045, name: 'Reception' }];
		expect(dataOf(log, { ...listed, assistant })).toMatchObject({
			assistant_infos: [{ assistant_id: 318, assistant_vid: 2045, name: 'Reception' }, { assistant_vid: 7 }],
		});
	});

	it('keeps what the list says where the details say nothing', () => {
		expect(dataOf(without(inbound!, 'billsec'), { ...listed, laterField: 1 })).toMatchObject({
			billsec: 152,
			later_field: 1,
		});
	});

	it('passes on fields that VoiceFox adds later, in the spelling of the events', () => {
		const added = {
			conversationAnalysis: [{ title: 'Mood', result: 'good' }],
			dialogURL: { firstOne: 'x' },
			callSIPCode: 486,
			HTTPStatus: 1,
			号码: 2,
			'two words': 3,
			__proto: 4,
		};
		expect(dataOf({ ...inbound, ...added })).toMatchObject({
			conversation_analysis: [{ title: 'Mood', result: 'good' }],
			dialog_url: { firstOne: 'x' },
			call_sip_code: 486,
			HTTPStatus: 1,
			号码: 2,
			'two words': 3,
			__proto: 4,
		});
	});

	it('loses no field where two come to one name', () => {
		const log = { ...inbound, session_id: 'other', later_field: 1, laterField: 2, laterfield: 3 };
		expect(dataOf(log)).toMatchObject({
			session_id: inbound!.sessionId,
			voicefox_session_id: 'other',
			later_field: 1,
			laterField: 2,
			laterfield: 3,
		});
	});

	it('keeps a field called __proto__ a field', () => {
		const log = JSON.parse('{"sessionId":"s","__proto__":{"hit":true}}') as IDataObject;
		expect(JSON.stringify(dataOf(log))).toContain('"__proto__":{"hit":true}');
		expect(dataOf(log)).not.toHaveProperty('hit');
	});

	it('is read with the tolerance of the events', () => {
		const log = { sessionId: 12, billsec: '152', taskId: '', duration: null, caller: 12025550143 };
		expect(dataOf(log)).toStrictEqual({
			collect_targets: [],
			conversation_analysis: [],
			session_id: '12',
			task_id: null,
			caller: '12025550143',
			duration: null,
			billsec: 152,
			assistant_infos: [],
		});
	});

	it.each([
		[{ collect: [{ items: [{ hit: 'maybe' }] }] }, 'event_data.collect_targets.0.hit'],
		[{ assistantVids: ['x'] }, 'event_data.assistant_infos.0.assistant_vid'],
		[{ duration: {} }, 'event_data.duration'],
	])('%j is a call with a value as sent', (log, path) => {
		expect(eventOfCallLog({ sessionId: 's', ...log } as IDataObject)).toMatchObject({
			valid: true,
			asSent: [path],
		});
	});

	it('of a task whose ID has more digits than a number holds is an ordinary call', () => {
		const taskId = '7615917337495251231';
		expect(eventOfCallLog({ ...outbound, direction: null, taskId })).toMatchObject({
			name: 'task.call.collect',
			data: { task_id: taskId },
			asSent: [],
		});
	});

	it.each([
		[{ sessionId: '' }, 'event_data.session_id'],
		[{ sessionId: null }, 'event_data.session_id'],
		[{ sessionId: 's', collect: 'none' }, 'event_data.collect_targets.0'],
		[{ sessionId: 's', collect: [{ items: 7 }] }, 'event_data.collect_targets.0'],
		[{ sessionId: 's', assistant: [1] }, 'event_data.assistant_infos.0'],
		[{ sessionId: 's', assistant: [null] }, 'event_data.assistant_infos.0'],
	])('%j is not a call that can be read', (log, path) => {
		expect(eventOfCallLog(log as IDataObject)).toMatchObject({ valid: false, issues: [{ path }] });
	});
});

describe('an entry of the list', () => {
	it('is the event of a call whose answers are not known', () => {
		expect(eventOfListedCall({ ...listed, assistant: [{ id: 318, vid: 2045 }] })).toStrictEqual({
			valid: true,
			kind: 'call',
			name: 'callin.collect',
			source: 'call_log',
			envelope: {},
			asSent: [],
			received: listed,
			data: {
				session_id: 'b7c0f1e2-5d3a-4c86-9f41-2a6de8c07f15',
				task_id: 0,
				callee: '+12025550100',
				caller: '+12025550143',
				start_at: '2026-11-20 10:15:02',
				answer_at: '2026-11-20 10:15:07',
				end_at: '2026-11-20 10:17:39',
				duration: 157,
				billsec: 152,
				direction: 'inbound',
				record_url: 'https://recordings.example.com/a.mp3',
				assistant_infos: [{ assistant_id: 318, assistant_vid: 2045 }],
			},
		});
	});

	it('is named by its direction', () => {
		expect(eventOfListedCall({ ...listed, direction: 'outbound' })).toMatchObject({
			name: 'task.call.collect',
		});
	});

	it('of a missed call has no assistants', () => {
		expect(listedDataOf({ ...listed, assistant: null, answerAt: '' })).toMatchObject({
			answer_at: '',
			assistant_infos: [],
		});
	});

	it('without a session ID is not a call that can be read', () => {
		expect(eventOfListedCall(without(listed, 'sessionId'))).toMatchObject({
			valid: false,
			issues: [{ path: 'event_data.session_id' }],
		});
	});
});
