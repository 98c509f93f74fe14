/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import inbound from '../fixtures/inbound-analysis.json';
import outbound from '../fixtures/outbound-analysis.json';
import assistant from '../fixtures/rest/assistant.json';
import callLogs from '../fixtures/rest/call-logs.json';
import task from '../fixtures/rest/task.json';
import { errorOf, runVoiceFox, runWithHints, type Run } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';

declare const voiceFox: StandIn;

const inboundCall = inbound.event_data;
const outboundCall = outbound.event_data;
const range = (startTime: string, endTime: string) => ({ timeRange: 'custom', startTime, endTime });
const day = range('2026-11-20T00:00:00', '2026-11-20T23:59:59');

const run = async (parameters: INodeParameters, settings: Partial<Run> = {}) =>
	await runVoiceFox(parameters, { credential: credentialFor(voiceFox), ...settings });
const getCall = async (settings?: Partial<Run>, parameters: INodeParameters = {}) =>
	await run({ resource: 'call', operation: 'get', ...parameters }, { items: [inboundCall], ...settings });
const getMany = async (parameters: INodeParameters, settings?: Partial<Run>) =>
	await run({ resource: 'call', operation: 'getAll', ...parameters }, settings);

/** The fixture's object with what must be left of its secrets. */
const withoutSecrets = (fields: IDataObject) => ({
	...Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'websocketToken')),
	creator: { id: 12, username: 'wang' },
});

const lastQuery = () => new URL(voiceFox.requests.at(-1)!.path, voiceFox.url).searchParams;
const pathsAsked = () => voiceFox.requests.map(({ path }) => path.split('?')[0]);

beforeEach(() => voiceFox.reset());

describe('the operations, fed with the items of the trigger', () => {
	it('Get gives a row per call, linked to its item', async () => {
		const items = await getCall({ items: [outboundCall, inboundCall] });

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(voiceFox.requests[0]!.authorization).toBe('Bearer example-token');
		const { record_url: recordUrl, ...row } = items[1]!.json;
		expect(recordUrl).toMatch(/^http:.*sign=/);
		expect(Object.entries(row)).toEqual([
			['event_name', 'callin.collect'],
			['session_id', inboundCall.session_id],
			['start_at', '2026-11-20 10:15:02'],
			['direction', 'inbound'],
			['caller_number', '+12025550143'],
			['callee_number', '+12025550100'],
			['billsec', 152],
			['answers_total', 1],
			['answers_hit', 1],
			['ご予約の人数は何名様ですか?', '4名'],
			['task_id', 0],
			['task_item_id', 0],
			['answer_at', '2026-11-20 10:15:07'],
			['end_at', '2026-11-20 10:17:39'],
			['duration', 157],
			['ring_time', 5],
			['hangup_side', 'caller'],
			['hangup_reason', 'NORMAL_CLEARING'],
			['assistant_ids', null],
			['id', 880412],
			['script_plan_id', 71],
			['number_id', 15],
			['created_at', '2026-11-20T10:17:41+09:00'],
			['callee_attribute', 'Washington'],
			['caller_attribute', 'Washington'],
			['agent_id', null],
			['agent_name', null],
			['source', 'call_log'],
		]);
	});

	it("a row of Get fits the table of the trigger's rows", async () => {
		const columns = { values: ['session_id', 'billsec', 'ご予約', 'none'].map((field) => ({ field })) };
		expect((await getCall({}, { columns })).map(({ json }) => json)).toEqual([
			{
				session_id: inboundCall.session_id,
				billsec: 152,
				'ご予約の人数は何名様ですか?': '4名',
				none: null,
			},
		]);
	});

	it('Get gives one item per call, with the answers in lists', async () => {
		const [item] = await getCall({}, { fields: 'perCall' });
		expect(item!.json).toMatchObject({
			event_name: 'callin.collect',
			caller_number: '+12025550143',
			answers: { 'ご予約の人数は何名様ですか?': '4名' },
			analysis: {},
			conversation_analysis: [],
			assistant_infos: [{ assistant_vid: 2045 }],
			source: 'call_log',
		});
		expect(item!.json).not.toHaveProperty('extra');
	});

	it('Get gives the fields as VoiceFox sends them, but for the names that expressions refuse', async () => {
		const log = (await getCall({}, { fields: 'asSent' }))[0]!.json;
		const names = Object.keys(callLogs[0]!).map((name) => name.replace(/^calle[re]$/, '$&_number'));

		expect(Object.keys(log)).toEqual(names);
		expect(log).toMatchObject({ caller_number: '+12025550143', recordFile: expect.stringMatching(/sign=/) });
	});

	it('Get shows times in the zone that is set', async () => {
		const [item] = await getCall({}, { options: { timeZone: 'Asia/Tokyo' } });
		expect(item!.json.start_at).toBe('2026-11-20T10:15:02.000+09:00');

		const [spaced] = await getCall({}, { options: { timeZone: ' Asia/Tokyo ' } });
		expect(spaced!.json.start_at).toBe('2026-11-20T10:15:02.000+09:00');
		const unknown = getCall({}, { options: { timeZone: 'Mars/Olympus' } });
		expect((await errorOf(unknown)).message).toBe(
			`The time zone "Mars/Olympus" in 'VoiceFox's Time Zone' is not known. Use a name such as Asia/Tokyo`,
		);
	});

	it.each(['row', 'perCall', 'asSent'])('Get adds the transcript in one step (%s)', async (fields) => {
		const [item] = await getCall({}, { fields, options: { includeTranscript: true } });
		expect(item!.json.transcript).toMatch(/^\[00:00\] \(call begins\)\n\[00:00\] Assistant: お電話/);
		expect(pathsAsked()).toHaveLength(2);
	});

	it('Get keeps a transcript that VoiceFox may send one day beside its own', async () => {
		voiceFox.world.calls[0]!.transcript = 'of VoiceFox';
		const [item] = await getCall({}, { fields: 'asSent', options: { includeTranscript: true } });
		expect(item!.json).toMatchObject({
			voicefox_transcript: 'of VoiceFox',
			transcript: expect.stringMatching(/^\[00:00\] /),
		});
	});

	it('Get takes a call chosen from the list, by ID, and an ID alone', async () => {
		for (const sessionId of [
			{ __rl: true, mode: 'list', value: inboundCall.session_id, cachedResultName: 'x' },
			{ __rl: true, mode: 'id', value: '={{ $json.session_id }}' },
			inboundCall.session_id,
		]) {
			expect((await getCall({}, { sessionId })).map(({ json }) => json.session_id)).toEqual([
				inboundCall.session_id,
			]);
		}
	});

	it('Get says what is wrong with a call log in another form, and gives it as it is when asked', async () => {
		voiceFox.world.calls[0]!.collect = ['odd'];
		const error = await errorOf(getCall());
		expect([error.message, error.description]).toEqual([
			"VoiceFox's call log is not in the form that is documented. Set 'Fields' to 'As VoiceFox Sends Them' to get it as it is",
			expect.stringMatching(/^collect_targets\.0: [^;]+$/),
		]);
		voiceFox.world.calls[0]!.assistant = [7];
		expect((await errorOf(getCall())).description).toMatch(
			/^collect_targets\.0: [^;]+; assistant_infos\.0: [^;]+$/,
		);
		expect((await getCall({}, { fields: 'asSent' }))[0]!.json.collect).toEqual(['odd']);
	});

	it('Get Many gives what the list has, and makes up no answers', async () => {
		const items = await getMany(day);
		const { record_url: recordUrl, ...row } = items[0]!.json;
		expect(recordUrl).toMatch(/sign=/);
		expect(row).toEqual({
			event_name: 'callin.collect',
			session_id: inboundCall.session_id,
			start_at: '2026-11-20 10:15:02',
			direction: 'inbound',
			caller_number: '+12025550143',
			callee_number: '+12025550100',
			billsec: 152,
			task_id: 0,
			answer_at: '2026-11-20 10:15:07',
			end_at: '2026-11-20 10:17:39',
			duration: 157,
			assistant_ids: '318',
			source: 'call_log',
		});
		expect(items.map(({ json }) => json.event_name)).toEqual([
			'callin.collect',
			'task.call.collect',
			'callin.collect',
		]);
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

	it('Get Conversation names the speakers as usual when the names are blank', async () => {
		const options = { assistantName: ' ', customerName: ' ' };
		const items = await run(
			{ resource: 'call', operation: 'getConversation', options },
			{ items: [inboundCall] },
		);
		expect(items.map(({ json }) => json.speaker)).toEqual([
			null,
			'Assistant',
			'Customer',
			'Customer',
			null,
			null,
		]);
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

	it('Get of a task and of an assistant give about ten useful fields', async () => {
		const [taskItem] = await run({ resource: 'task', operation: 'get' }, { items: [outboundCall] });
		expect(taskItem).toEqual({
			json: {
				id: 9021,
				name: 'Delivery survey',
				status: 'done',
				total: 40,
				progress: 100,
				collectionRate: 45,
				summary: 'Most customers were satisfied.',
				suggestion: '',
				createdAt: '2026-11-20T13:40:12+09:00',
				updatedAt: '2026-11-20T15:02:44+09:00',
				assistant_id: 402,
				assistant_name: 'Survey',
			},
			pairedItem: { item: 0 },
		});

		const [item] = await run({ resource: 'assistant', operation: 'get', assistantId: '318' });
		expect(item!.json).toEqual({
			id: 318,
			name: 'Reservations',
			scene: 'inbound_knowledge',
			objective: 'Take table reservations',
			welcome: 'お電話ありがとうございます。',
			collect: assistant.collect,
			speakerName: 'Yui',
			listenerName: 'Japanese',
			versionId: 2045,
			usageCount: 812,
		});
	});

	it.each([{}, { assistant: null }])(
		'Get of a task gives no assistant where VoiceFox names none: %j',
		async (body) => {
			voiceFox.world.faults.push({ path: '/openapi/tasks', status: 200, body: { id: 9021, ...body } });
			const [item] = await run({ resource: 'task', operation: 'get' }, { items: [outboundCall] });
			expect(item!.json).toStrictEqual({ id: 9021, assistant_id: null, assistant_name: null });
		},
	);

	it('Get of a task and of an assistant give names that can be dragged, at every depth', async () => {
		const fields = { caller: 1, deep: [{ callee: 2, arguments: 3 }] };
		const renamed = { caller_number: 1, deep: [{ callee_number: 2, 'arguments (1)': 3 }] };
		voiceFox.world.faults.push({ path: '/openapi/tasks', status: 200, body: { id: 9021, ...fields } });
		const body = { id: 318, collect: [fields], ...fields };
		voiceFox.world.faults.push({ path: '/openapi/assistants', status: 200, body });
		const raw = { simplify: false };
		const [taskItem] = await run({ resource: 'task', operation: 'get', ...raw }, { items: [outboundCall] });
		expect(taskItem!.json).toStrictEqual({ id: 9021, ...renamed });
		const assistantOf = { resource: 'assistant', operation: 'get', assistantId: '318' };
		const [whole] = await run({ ...assistantOf, ...raw });
		expect(whole!.json).toStrictEqual({ id: 318, collect: [renamed], ...renamed });
		voiceFox.world.faults.push({ path: '/openapi/assistants', status: 200, body });
		expect((await run(assistantOf))[0]!.json.collect).toStrictEqual([renamed]);
	});

	it('Get of a task and of an assistant keep tokens and e-mail addresses of creators inside', async () => {
		const raw = { simplify: false };
		const [taskItem] = await run({ resource: 'task', operation: 'get', ...raw }, { items: [outboundCall] });
		expect(taskItem!.json).toEqual({ ...task, assistant: withoutSecrets(task.assistant) });

		const [item] = await run({ resource: 'assistant', operation: 'get', assistantId: '318', ...raw });
		expect(item!.json).toEqual({ ...withoutSecrets(assistant), flow: { nodes: [{ name: 'start' }] } });
	});
});

describe('says beside the items', () => {
	const withHints = async (parameters: INodeParameters) =>
		await runWithHints(
			{ resource: 'call', ...parameters },
			{ credential: credentialFor(voiceFox), items: [inboundCall] },
		);

	it('that some elements of the list are not calls', async () => {
		const body = { items: [null, { ...callLogs[0], assistant: [] }, 7, { sessionId: '' }], total: 4 };
		voiceFox.world.faults.push({ path: '/openapi/calllog', status: 200, body });
		const { items, hints } = await withHints({ operation: 'getAll', returnAll: true });

		expect(items.map(({ json }) => json.session_id)).toEqual([inboundCall.session_id]);
		expect(hints[0]).toBe('VoiceFox sent 3 elements that are not calls. They are left out');
	});

	it('that some elements of a conversation are not turns', async () => {
		const body = [null, { event: 'customer.say', content: 'Hello' }];
		voiceFox.world.faults.push({ path: '/openapi/calltrace', status: 200, body });
		const { items, hints } = await withHints({ operation: 'getConversation' });

		expect(items.map(({ json }) => json.text)).toEqual(['Hello']);
		expect(hints).toEqual(['VoiceFox sent 1 element that is not a turn. It is left out']);
	});

	it.each([
		[1000, '999 more calls'],
		[2, '1 more call'],
	])('that the list ended early, of %i calls', async (total, more) => {
		const body = { items: [{ sessionId: 'one' }], total };
		voiceFox.world.faults.push({ path: '/openapi/calllog', status: 200, body });
		const { items, hints } = await withHints({ operation: 'getAll', returnAll: true });

		expect(items).toHaveLength(1);
		expect(hints[0]).toBe(
			`VoiceFox counts ${more} than its list contains. Use a shorter time range to get all of them`,
		);
		expect(voiceFox.requests).toHaveLength(2);
	});
});

describe('Get Many', () => {
	it('keeps a call whose task ID is longer than JavaScript can count, with all its digits', async () => {
		const call = { sessionId: 'long', taskId: 0, startAt: '2026-11-20 10:15:02', direction: 'outbound' };
		const body = JSON.stringify({ items: [call], total: 1 }).replace(
			'"taskId":0',
			'"taskId":7615917337495251231',
		);
		voiceFox.world.faults.push({ path: '/openapi/calllog', status: 200, body });
		const [item] = await getMany({ returnAll: true });
		expect(item!.json).toMatchObject({ session_id: 'long', task_id: '7615917337495251231' });
	});

	it('gives 2,000 calls once each, with all pages and the empty one behind them read once', async () => {
		voiceFox.world.calls = voiceFox.manyCalls(2000);
		const items = await getMany({
			returnAll: true,
			...range('2026-11-21', '2026-11-21'),
		});

		expect(items.map(({ json }) => json.session_id)).toEqual(
			voiceFox.world.calls.map(({ sessionId }) => sessionId),
		);
		expect(pathsAsked()).toEqual(Array.from({ length: 21 }, () => '/openapi/calllog'));
	});

	it('stops at the limit, and asks for no more than that', async () => {
		voiceFox.world.calls = voiceFox.manyCalls(2000);
		const that = range('2026-11-21', '2026-11-21');

		expect(await getMany({ limit: 1, ...that })).toHaveLength(1);
		voiceFox.requests.length = 0;
		expect(await getMany({ limit: 7, ...that })).toHaveLength(7);
		expect(lastQuery().get('pageSize')).toBe('7');
		expect(await getMany({ limit: 250, ...that })).toHaveLength(250);
		expect(pathsAsked()).toHaveLength(1 + 3);
		expect(await getMany({ limit: 2.9, ...that })).toHaveLength(2);
		expect(lastQuery().get('pageSize')).toBe('2');
	});

	it('sends every filter in the form of VoiceFox', async () => {
		await getMany({
			limit: 100,
			...day,
			filters: {
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
			['pageIndex', '2'],
		]);
	});

	it('gives nothing when VoiceFox has no call of today', async () => {
		expect(await getMany({ returnAll: true })).toEqual([]);
		expect([...lastQuery().keys()]).toEqual(['pageSize', 'pageIndex']);
	});

	it('converts times with an offset to the zone of the account, by default the zone of the workflow', async () => {
		const times = range('2026-11-20T00:00:00Z', '={{ $now }}');
		await getMany(times);
		expect(lastQuery().get('startTime')).toBe('2026-11-20 09:00:00');
		expect(lastQuery().get('endTime')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

		await getMany({ ...times, options: { timeZone: 'America/New_York' } });
		expect(lastQuery().get('startTime')).toBe('2026-11-19 19:00:00');
	});

	it("shows the calls' times with the offset of the zone that is set", async () => {
		const options = { timeZone: 'Asia/Tokyo' };
		const [row] = await getMany({ ...day, options });
		const [asSent] = await getMany({ ...day, options, fields: 'asSent' });

		expect(row!.json.start_at).toBe('2026-11-20T10:15:02.000+09:00');
		expect(asSent!.json.startAt).toBe('2026-11-20 10:15:02');
	});
});

describe('Get Many with Include Answers', () => {
	const withAnswers = async (parameters: INodeParameters = {}, settings: Partial<Run> = {}) =>
		await runWithHints(
			{ resource: 'call', operation: 'getAll', includeAnswers: true, ...day, ...parameters },
			{ credential: credentialFor(voiceFox), ...settings },
		);
	const answersIn = (json: IDataObject) => [
		json.session_id,
		json.answers_total,
		json['ご予約の人数は何名様ですか?'],
	];
	const [inboundId, outboundId, missedId] = callLogs.map(({ sessionId }) => sessionId);

	it("gives each call with its answers and its assistants' IDs, for one more request per call", async () => {
		const { items, hints } = await withAnswers();
		expect(items.map(({ json }) => answersIn(json))).toEqual([
			[inboundId, 1, '4名'],
			[outboundId, 0, undefined],
			[missedId, 0, undefined],
		]);
		expect(items[0]!.json).toMatchObject({ assistant_ids: '318', ring_time: 5, source: 'call_log' });
		expect(hints).toEqual([]);
		expect(pathsAsked().filter((path) => path!.includes('call_logs'))).toHaveLength(3);
	});

	it('gives what the list and the call log have, as VoiceFox sends them', async () => {
		const { items } = await withAnswers({ fields: 'asSent', limit: 1 });
		expect(items[0]!.json).toMatchObject({
			assistant: [{ id: 318, vid: 2045 }],
			collect: [{ vid: 2045, items: [{ answer: '4名' }] }],
		});
	});

	it('keeps a call whose answers VoiceFox does not give, without counters, and says so beside the items', async () => {
		voiceFox.world.faults.push({ path: `/openapi/call_logs/${inboundId}`, status: 404 });
		const { items, hints } = await withAnswers();
		expect(items.map(({ json }) => answersIn(json))).toEqual([
			[inboundId, undefined, undefined],
			[outboundId, 0, undefined],
			[missedId, 0, undefined],
		]);
		expect(hints).toEqual([
			`1 call is here without its answers, because VoiceFox did not send them: VoiceFox has no call with session ID ${inboundId}. Check the ID, and that the credential's region and workspace are the right ones`,
		]);
	});

	it('names the first reason, and goes on as long as no three calls in a row have one', async () => {
		const items = ['..', inboundId, 'two', outboundId, 'three', 'four', missedId].map((sessionId) => ({
			sessionId,
		}));
		voiceFox.world.faults.push({ path: '/openapi/calllog', status: 200, body: { items, total: 7 } });
		const { items: given, hints } = await withAnswers({ fields: 'asSent' });
		expect(given.map(({ json }) => json.sessionId)).toEqual(items.map(({ sessionId }) => sessionId));
		expect(hints).toEqual([
			'4 calls are here without their answers, because VoiceFox did not send them: The call has no session ID',
		]);
	});

	it('ends when VoiceFox refuses the account, or does not give the logs of three calls in a row', async () => {
		voiceFox.world.faults.push({ path: '/openapi/call_logs', status: 403 });
		expect((await errorOf(withAnswers())).message).toMatch(/^VoiceFox refuses access/);
		expect(pathsAsked()).toHaveLength(1 + 1);

		voiceFox.reset();
		voiceFox.world.faults.push({ path: '/openapi/call_logs', status: 404 });
		expect((await errorOf(withAnswers())).message).toBe(
			`VoiceFox has no call with session ID ${missedId}. Check the ID, and that the credential's region and workspace are the right ones`,
		);
	});
});

it("Get Many says beside the items that only today's calls were asked for", async () => {
	const hintsFor = async (parameters: INodeParameters) =>
		(
			await runWithHints(
				{ resource: 'call', operation: 'getAll', ...parameters },
				{ credential: credentialFor(voiceFox) },
			)
		).hints;
	const hint = "Only today's calls were asked for. Choose another 'Time Range' to get earlier ones";
	expect(await hintsFor({})).toEqual([hint]);
	expect(await hintsFor({ timeRange: 'custom' })).toEqual([hint]);
	expect(await hintsFor({ timeRange: 'yesterday' })).toEqual([]);
	expect(await hintsFor({ timeRange: 'custom', endTime: '2026-11-20' })).toEqual([]);
});
