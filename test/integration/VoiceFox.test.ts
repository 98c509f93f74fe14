/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import inbound from '../fixtures/inbound-analysis.json';
import outbound from '../fixtures/outbound-analysis.json';
import assistant from '../fixtures/rest/assistant.json';
import callLogs from '../fixtures/rest/call-logs.json';
import task from '../fixtures/rest/task.json';
import { runVoiceFox, type Run } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';

declare const voiceFox: StandIn;

const inboundCall = inbound.event_data;
const outboundCall = outbound.event_data;
const day = { startTime: '2026-11-20T00:00:00', endTime: '2026-11-20T23:59:59' };

const run = async (parameters: INodeParameters, settings: Partial<Run> = {}) =>
	await runVoiceFox(parameters, { credential: credentialFor(voiceFox), ...settings });
const getCall = async (settings?: Partial<Run>) =>
	await run({ resource: 'call', operation: 'get' }, { items: [inboundCall], ...settings });
const getMany = async (parameters: INodeParameters, settings?: Partial<Run>) =>
	await run({ resource: 'call', operation: 'getAll', ...parameters }, settings);

/** The fixture's object with what must be left of its two secrets. */
const withoutSecrets = (fields: IDataObject) => ({
	...Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'websocketToken')),
	creator: { id: 12, username: 'wang' },
});

const lastQuery = () => new URL(voiceFox.requests.at(-1)!.path, voiceFox.url).searchParams;
const pathsAsked = () => voiceFox.requests.map(({ path }) => path.split('?')[0]);

beforeEach(() => voiceFox.reset());

describe('the operations, fed with the items of the trigger', () => {
	it('Get gives the call log, linked to its item', async () => {
		const items = await getCall({ items: [outboundCall, inboundCall] });

		expect(items.map(({ json, pairedItem }) => [json.id, json.collect, pairedItem])).toEqual([
			[880977, null, { item: 0 }],
			[880412, callLogs[0]!.collect, { item: 1 }],
		]);
		expect(voiceFox.requests[0]!.authorization).toBe('Bearer example-token');
	});

	it('Get and Get Many give the numbers once more, under names that expressions can read', async () => {
		const numbers = { caller_number: '+12025550143', callee_number: '+12025550100' };
		const log = (await getCall())[0]!.json;
		const listed = (await getMany({ limit: 1, filters: day }))[0]!.json;

		expect(log).toEqual({ ...callLogs[0], recordFile: log.recordFile, ...numbers });
		expect(listed).toMatchObject({ caller_number: listed.caller, callee_number: listed.callee });
		expect(listed.caller).toMatch(/^\+/);
	});

	it('an ID with marks in it stays one part of the address', async () => {
		await getCall({ items: [{ session_id: '../tasks/1?a=b#c' }], onError: 'continueRegularOutput' });
		expect(pathsAsked()).toEqual(['/openapi/call_logs/..%2Ftasks%2F1%3Fa%3Db%23c']);
	});

	it('Get Conversation gives an item per turn', async () => {
		const items = await run(
			{ resource: 'call', operation: 'getConversation', options: { assistantName: 'Yui' } },
			{ items: [inboundCall] },
		);

		expect(items.map(({ json }) => json.event)).toEqual([
			'begin',
			'system.say',
			'customer.say',
			'customer.say',
			'transfer.connected',
			'hangup',
		]);
		expect(items[1]).toEqual({
			json: {
				speaker: 'Yui',
				text: 'お電話ありがとうございます。ご予約でしょうか?',
				offset_ms: 740,
				created_at: '2026-11-20 10:15:07',
				event: 'system.say',
				session_id: inboundCall.session_id,
			},
			pairedItem: { item: 0 },
		});
	});

	it('Get Conversation gives a transcript that a person can read', async () => {
		const items = await run(
			{ resource: 'call', operation: 'getConversation', output: 'transcript' },
			{ items: [inboundCall] },
		);

		expect(items).toEqual([
			{
				json: {
					session_id: inboundCall.session_id,
					transcript: [
						'[00:00] (call begins)',
						'[00:00] Assistant: お電話ありがとうございます。ご予約でしょうか?',
						'[00:07] Customer: A table for four, please.',
						'[01:01] (transferred to a person)',
						'[02:32] (call ends)',
					].join('\n'),
					turns_total: 6,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('a call that nobody answered has an empty conversation', async () => {
		const unanswered = { session_id: callLogs[2]!.sessionId };
		const settings = { items: [unanswered] };
		const conversation = { resource: 'call', operation: 'getConversation' };

		expect(await run(conversation, settings)).toEqual([]);
		const [item] = await run({ ...conversation, output: 'transcript' }, settings);
		expect(item!.json).toEqual({ session_id: unanswered.session_id, transcript: '', turns_total: 0 });
	});

	it('Get of a task and of an assistant keep tokens and e-mail addresses of creators inside', async () => {
		const [taskItem] = await run({ resource: 'task', operation: 'get' }, { items: [outboundCall] });
		expect(taskItem).toEqual({
			json: { ...task, assistant: withoutSecrets(task.assistant) },
			pairedItem: { item: 0 },
		});

		const [item] = await run({ resource: 'assistant', operation: 'get', assistantId: '318' });
		expect(item!.json).toEqual({
			...withoutSecrets(assistant),
			flow: { nodes: [{ name: 'start' }] },
		});
	});
});

describe('Get Many', () => {
	it('gives 2,000 calls once each, with all pages read once', async () => {
		voiceFox.world.calls = voiceFox.manyCalls(2000);
		const items = await getMany({
			returnAll: true,
			filters: { startTime: '2026-11-21', endTime: '2026-11-21' },
		});

		expect(items.map(({ json }) => json.sessionId)).toEqual(
			voiceFox.world.calls.map(({ sessionId }) => sessionId),
		);
		expect(pathsAsked()).toEqual(Array.from({ length: 20 }, () => '/openapi/calllog'));
	});

	it('stops at the limit, and asks for no more than that', async () => {
		voiceFox.world.calls = voiceFox.manyCalls(2000);
		const filters = { startTime: '2026-11-21', endTime: '2026-11-21' };

		expect(await getMany({ limit: 7, filters })).toHaveLength(7);
		expect(lastQuery().get('pageSize')).toBe('7');
		expect(await getMany({ limit: 250, filters })).toHaveLength(250);
		expect(pathsAsked()).toHaveLength(1 + 3);
	});

	it('sends every filter in the form of VoiceFox', async () => {
		await getMany({
			limit: 100,
			filters: {
				...day,
				assistantIds: '318, 402',
				callType: 'phone',
				direction: 'inbound',
				phone: ' +12025550143 ',
				taskIds: '0,9021',
			},
		});

		expect([...lastQuery()]).toEqual([
			['startTime', '2026-11-20 00:00:00'],
			['endTime', '2026-11-20 23:59:59'],
			['direction', 'inbound'],
			['phone', '+12025550143'],
			['taskId', '0,9021'],
			['assistantIds', '318'],
			['assistantIds', '402'],
			['description', 'phone'],
			['pageSize', '100'],
			['pageIndex', '1'],
		]);
	});

	it('gives nothing when VoiceFox has no call of today', async () => {
		expect(await getMany({ returnAll: true })).toEqual([]);
		expect([...lastQuery().keys()]).toEqual(['pageSize', 'pageIndex']);
	});

	it('converts times with an offset to the zone of the account, by default the zone of the workflow', async () => {
		const filters = { startTime: '2026-11-20T00:00:00Z', endTime: '={{ $now }}' };
		await getMany({ filters });
		expect(lastQuery().get('startTime')).toBe('2026-11-20 09:00:00');
		expect(lastQuery().get('endTime')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

		await getMany({ filters, options: { timeZone: 'America/New_York' } });
		expect(lastQuery().get('startTime')).toBe('2026-11-19 19:00:00');
	});
});
