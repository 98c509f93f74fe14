// @ts-check
// One pass through a real n8n for each kind of rule of the VoiceFox Trigger; all cases of each are in test/unit.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { send } from '../../scripts/lib/webhook.mjs';
import {
	callEnded,
	callFields,
	callItem,
	changed,
	inbound,
	outbound,
	outputsOf,
} from '../support/voicefox-events.mjs';
import { missedCall, taskEnd } from '../support/voicefox-events.mjs';
import { ALL_EVENTS } from '../support/workflows.mjs';
import {
	answerTo,
	asNamed,
	authorized,
	instance,
	isOlder,
	logOf,
	OK,
	publishedTrigger,
	rest,
} from './support.mjs';

const UNAUTHORIZED = { status: 401, json: { error: 'Unauthorized' } };
const UNAVAILABLE = { status: 503, json: { error: 'Unavailable' } };
const { token } = instance;
const transfer = {
	event_name: 'callin.transfer',
	event_data: { session_id: 's-1', to: ['+12025550111', null] },
};

/** @param {string} url @param {object} body @param {Record<string, string>} headers */
async function withHeaders(url, body, headers) {
	const { status, text, headers: sent } = await send(url, body, headers);
	return [status, text, sent.get('content-type'), sent.get('www-authenticate'), sent.get('retry-after')];
}

describe('the answers to VoiceFox', async () => {
	const trigger = await publishedTrigger();
	const JSON_TYPE = 'application/json; charset=utf-8';

	it('accepted: 200 {}, with the execution stored', async () => {
		assert.deepEqual(await trigger.outputsFor(inbound), outputsOf(inbound));
	});

	it('not selected: 200 {}, whatever its data, and a line in the log', async () => {
		const nonsense = { event_name: 'callin.hangup', event_data: 'nonsense' };
		const log = await logOf(() => trigger.ignores(nonsense));
		assert.match(log, /ignored an event: The event "Call Ended \(Inbound\)" is not selected in 'Trigger On'/);
	});

	it('no or a wrong Authorization: 401 with a challenge, before anything else is looked at, told apart in the log', async () => {
		const expected = [401, '{"error":"Unauthorized"}', JSON_TYPE, 'Bearer', null];
		const absent = await logOf(async () =>
			assert.deepEqual(await withHeaders(trigger.url, { event_name: '' }, {}), expected),
		);
		const wrong = await logOf(async () =>
			assert.deepEqual(
				await withHeaders(trigger.url, inbound, { authorization: `Basic ${token}` }),
				expected,
			),
		);
		assert.match(absent, /401.*no Authorization header/);
		assert.match(wrong, /401.*not the value/);
	});

	it('not valid: 400 with at most 20 issues and no value, and a line in the log', async () => {
		const broken = changed(inbound, { session_id: '', assistant_infos: Array(50).fill('secret-value') });
		const log = await logOf(async () => {
			const { status, json } = await trigger.refusalOf(broken);
			assert.deepEqual([status, Object.keys(json), json.issues.length], [400, ['error', 'issues'], 20]);
			assert.ok(json.issues.some((/** @type {any} */ { path }) => path === 'event_data.session_id'));
			assert.doesNotMatch(JSON.stringify(json), /secret-value/);
		});
		assert.match(log, /refused a request with 400/);
		assert.equal((await trigger.refusalOf({ event_name: '' })).status, 400);
	});

	it('a setting that cannot be read: 503 with Retry-After, and its label in the log', async () => {
		const filters = { minimumTalkTime: '={{ $json.nothing }}' };
		const unreadable = await publishedTrigger({ parameters: { filters } });
		const log = await logOf(async () =>
			assert.deepEqual(await withHeaders(unreadable.url, inbound, authorized), [
				503,
				'{"error":"Unavailable"}',
				JSON_TYPE,
				null,
				'60',
			]),
		);
		assert.match(log, /503: The setting 'Minimum Talk Time' cannot be read/);
		assert.deepEqual(await unreadable.refusalOf(inbound, {}), UNAUTHORIZED);
	});

	it('a credential that was deleted: 503, whoever asks', async () => {
		const credential = await instance.webhookCredential(token, 'Doomed');
		const orphan = await publishedTrigger({ credential });
		await orphan.outputsFor(inbound);
		await rest('DELETE', `/credentials/${credential.id}`);
		for (const headers of [authorized, {}])
			assert.deepEqual(await orphan.refusalOf(inbound, headers), UNAVAILABLE);
	});

	it("Get Status: what became of this trigger's events, to who is authorized", async () => {
		const status = { event_name: 'n8n.status' };
		const { json } = await trigger.refusalOf(status);
		const keys = ['since', 'accepted', 'refused', 'ignored', 'warnings', 'url', 'problem'];
		assert.deepEqual(Object.keys(json), keys);
		assert.deepEqual([json.accepted, json.url], [trigger.started, asNamed(trigger.url)]);
		assert.ok(json.refused.length >= 3 && json.ignored.length >= 1, JSON.stringify(json));
		assert.match(json.problem, /localhost|private|127\.0\.0\.1/);
		assert.deepEqual(await trigger.refusalOf(status, {}), UNAUTHORIZED);
	});

	it('n8n itself answers 404, 422 and 500', async () => {
		assert.equal((await fetch(trigger.url, { headers: authorized })).status, 404);
		assert.equal((await trigger.refusalOf('{"event_name":')).status, 422);
		const gzip = { ...authorized, 'content-encoding': 'gzip' };
		assert.equal((await trigger.refusalOf(inbound, gzip)).status, 500);
	});
});

describe('who is authorized', () => {
	it('the stored value, with Bearer or without, in whatever bytes it came', async () => {
		const stored = `Bearer 電話-${token}`;
		const credential = await instance.webhookCredential(stored);
		const trigger = await publishedTrigger({ credential });
		const asSent = (/** @type {string} */ text) => Buffer.from(text, 'utf8').toString('latin1');
		await trigger.outputsFor(inbound, { authorization: asSent(stored) });
		await trigger.outputsFor(inbound, { authorization: asSent(stored.replace('Bearer', 'bearer   ')) });
		await trigger.outputsFor(inbound, { authorization: asSent(stored.slice('Bearer '.length)) });
		assert.deepEqual(await trigger.refusalOf(inbound), UNAUTHORIZED);
	});

	it('both values while it is being changed, afterwards only the new one', async () => {
		const renewed = `renewed-${token}`;
		const credential = await instance.webhookCredential(token, 'Renewed');
		const trigger = await publishedTrigger({ credential });
		const store = (/** @type {object} */ data) => {
			const { id, name } = credential;
			return rest('PATCH', `/credentials/${id}`, { name, type: 'voiceFoxWebhookApi', data });
		};
		const asRenewed = { authorization: `Bearer ${renewed}` };
		await store({ authorizationToken: renewed, previousAuthorizationToken: token });
		for (const headers of [authorized, asRenewed]) await trigger.outputsFor(inbound, headers);
		await store({ authorizationToken: renewed, previousAuthorizationToken: '' });
		await trigger.outputsFor(inbound, asRenewed);
		assert.deepEqual(await trigger.refusalOf(inbound), UNAUTHORIZED);
	});

	it('nobody, where the value is shorter than 16 characters; the log says why', async () => {
		const credential = await instance.webhookCredential('Bearer fifteen-letters');
		const trigger = await publishedTrigger({ credential });
		const headers = { authorization: 'Bearer fifteen-letters' };
		const log = await logOf(async () =>
			assert.deepEqual(await trigger.refusalOf(inbound, headers), UNAUTHORIZED),
		);
		assert.match(log, /16 characters/);
	});
});

for (const typeVersion of [2, 1]) {
	describe(`how a body may come, typeVersion ${typeVersion}`, async () => {
		const trigger = await publishedTrigger({ typeVersion });
		const text = JSON.stringify(inbound);
		const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', undefined];

		it('as JSON, whatever its content type and charset say, also compressed', async () => {
			const latin1 = ['application/json; charset=latin1', 'text/plain; charset=latin1'];
			for (const type of [...types, 'application/cloudevents+json', ...latin1])
				assert.deepEqual(await trigger.outputsFor(text, { 'content-type': type }), outputsOf(inbound), type);
			const packed = { 'content-encoding': 'gzip' };
			assert.deepEqual(await trigger.outputsFor(gzipSync(text), packed), outputsOf(inbound));
		});

		it('a byte order mark before it does no harm', async () => {
			const marked = `\uFEFF${text}`;
			// The parser of an older n8n (1.x, 2.20) refuses it.
			if (isOlder) assert.equal((await trigger.refusalOf(marked)).status, 422);
			else assert.deepEqual(await trigger.outputsFor(marked), outputsOf(inbound));
		});

		it('anything else is 400 with an empty path', async () => {
			const gb18030 = Buffer.concat([
				Buffer.from('{"event_name":"'),
				Buffer.from([0xc4, 0xfa]),
				Buffer.from('"}'),
			]);
			const form = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--b--\r\n';
			for (const [body, type] of /** @type {const} */ ([
				['{"event_name":', 'text/plain'],
				['', 'application/json'],
				[gb18030, 'application/json'],
				[gb18030, 'text/plain'],
				[form, 'multipart/form-data; boundary=b'],
				['<event><event_name>callin.collect</event_name></event>', 'application/xml'],
			])) {
				const { status, json } = await trigger.refusalOf(body, { ...authorized, 'content-type': type });
				assert.deepEqual([status, json?.issues?.[0].path], [400, ''], `${type}: ${body}`);
			}
		});
	});
}

const { task_overview, ...taskFields } = taskEnd.event_data;
const taskItem = { event_name: 'task.end', ...taskFields };
const { event_name, task_id, task_start_at } = taskItem;
const taskResults = task_overview.flatMap((/** @type {any} */ { results, total, question, option }) =>
	results.map((/** @type {any} */ result) => ({
		...{ question, option, question_total: total, ...result },
		...{ event_name, task_id, task_start_at },
	})),
);
const transferItem = { event_name: 'callin.transfer', ...transfer.event_data };
const missedItem = { ...callFields(missedCall), assistant_infos: [], extra: {} };
const { collect_targets, conversation_analysis } = outbound.event_data;
const byName = (/** @type {any[]} */ list, /** @type {string} */ name) =>
	Object.fromEntries(list.map((each) => [each[name], each.result]));
const perCallItem = {
	...callItem(outbound),
	answers: byName(collect_targets, 'question'),
	analysis: byName(conversation_analysis, 'title'),
	collect_targets,
	conversation_analysis,
};
const typed = (/** @type {string} */ type, /** @type {any[]} */ items) =>
	items.map((item) => ({ type, ...item }));
const [[callOf], answersOf, topicsOf] = /** @type {[any[], any[], any[]]} */ (outputsOf(outbound));

const FORMS = {
	separate: [
		[outbound, outputsOf(outbound)],
		[changed(outbound, { collect_targets: [], later: { a: 1 } }), undefined],
		[missedCall, [[missedItem], [], []]],
		[transfer, [[transferItem], [], []]],
		[taskEnd, [[taskItem], taskResults, []]],
	],
	perCall: [
		[outbound, [[perCallItem]]],
		[callEnded, [[callFields(callEnded)]]],
		[taskEnd, [[{ ...taskItem, task_overview }]]],
	],
	list: [
		[
			outbound,
			[
				[
					...typed('call', [callOf]),
					...typed('collect_target', answersOf),
					...typed('conversation_analysis', topicsOf),
				],
			],
		],
		[transfer, [typed('call', [transferItem])]],
		[taskEnd, [[...typed('task', [taskItem]), ...typed('task_result', taskResults)]]],
	],
};

for (const [output, cases] of Object.entries(FORMS)) {
	it(`the items of the form ${output}`, async () => {
		const trigger = await publishedTrigger({ parameters: { triggerOn: ALL_EVENTS, output } });
		for (const [event, items = outputsOf(event)] of cases)
			assert.deepEqual(await trigger.outputsFor(event), items, event.event_name);
	});
}

it('what people look for stands first', async () => {
	const [calls] = await (await publishedTrigger()).outputsFor(outbound);
	assert.deepEqual(Object.keys(calls?.[0]), Object.keys(callItem(outbound)));
});

it('the items of the form row: columns of plain values, blank ones null', async () => {
	const trigger = await publishedTrigger({ parameters: { triggerOn: ALL_EVENTS, output: 'row' } });
	const { event_data: call } = outbound;
	const [rows] = await trigger.outputsFor(outbound);
	const values = (/** @type {any[]} */ list, /** @type {string} */ name) =>
		list.map((each) => [each[name], each.result || null]);
	assert.deepEqual(Object.entries(rows?.[0]), [
		...Object.entries(callItem(outbound)).slice(0, 7),
		['answers_total', 3],
		['answers_hit', 2],
		...values(call.collect_targets, 'question'),
		...values(call.conversation_analysis, 'title'),
		...['task_id', 'task_item_id', 'answer_at', 'end_at', 'duration', 'ring_time', 'hangup_side'].map(
			(name) => [name, call[name]],
		),
		['hangup_reason', call.hangup_reason],
		['record_url', call.record_url],
		['assistant_ids', '402'],
		...Object.entries(call.extra).map(([key, value]) => [`extra_${key}`, value]),
	]);
	const [tasks] = await trigger.outputsFor(taskEnd);
	assert.deepEqual(tasks?.[0], {
		...{ event_name, task_id, task_start_at, ...taskEnd.event_data.task_progress },
		'您对这次配送服务满意吗?': '满意 12 (66.67 %), 不满意 6 (33.33 %)',
		'Would you order again?': 'Yes 15 (75.00 %), No 5 (25.00 %)',
	});
});

const hits = (/** @type {boolean[]} */ ...each) =>
	changed(inbound, {
		collect_targets: each.map((hit, place) => ({ question: `Q${place}`, hit, result: '' })),
	});

/** Of each filter what passes, and what is refused with which words in the log. @type {Record<string, { parameters: object, passes: object[], refuses: object, says: RegExp }>} */
const FILTERS = {
	'Trigger On': {
		parameters: { triggerOn: ['other', 'an event of a later version'] },
		passes: [{ event_name: 'ping', event_data: {} }],
		refuses: inbound,
		says: /not selected/,
	},
	'Start Workflow When, of the chosen questions': {
		parameters: { filters: { callHits: 'atLeastOne', questions: ['  q1 '] } },
		passes: [hits(false, true)],
		refuses: hits(true, false),
		says: /Start Workflow When/,
	},
	'Direction, which undocumented events without one pass': {
		parameters: { filters: { direction: 'outbound' } },
		passes: [outbound, taskEnd, transfer],
		refuses: inbound,
		says: /Direction: .*inbound/,
	},
	'Answered or Missed': {
		parameters: { filters: { answered: 'answered' } },
		passes: [inbound, callEnded, transfer],
		refuses: missedCall,
		says: /Answered or Missed/,
	},
	'Minimum Talk Time, as text': {
		parameters: { filters: { minimumTalkTime: "={{ '152' }}" } },
		passes: [inbound, changed(inbound, { billsec: '153' })],
		refuses: changed(inbound, { billsec: '151' }),
		says: /Minimum Talk Time: 151 is below 152/,
	},
	'Phone Numbers, however they are written': {
		parameters: { filters: { phoneNumbers: '+44 (0)20 7946 0958; 090-1234-5678、(202) 555-0143' } },
		passes: [
			inbound,
			changed(outbound, { callee: '+819012345678' }),
			changed(outbound, { caller: '442079460958' }),
		],
		refuses: outbound,
		says: /Phone Numbers/,
	},
	'Task IDs': {
		parameters: { filters: { taskIds: `17、${outbound.event_data.task_id}` } },
		passes: [outbound, taskEnd, changed(inbound, { task_id: null })],
		refuses: changed(outbound, { task_id: 18 }),
		says: /Task IDs/,
	},
	'Assistant IDs': {
		parameters: { filters: { assistantIds: [318, '7'] } },
		passes: [inbound, taskEnd],
		refuses: outbound,
		says: /Assistant IDs/,
	},
};

for (const [name, { parameters, passes, refuses, says }] of Object.entries(FILTERS)) {
	it(`filter ${name}`, async () => {
		const trigger = await publishedTrigger({ parameters: { triggerOn: ALL_EVENTS, ...parameters } });
		for (const event of passes) await trigger.executionOf(event);
		const log = await logOf(() => trigger.ignores(refuses));
		assert.match(log, says);
		assert.doesNotMatch(log, /\+?1?202555/, 'a number that was called');
	});
}

it('Only These Questions and Hit Status choose the answers; an entry that fits none is named in the log', async () => {
	const [, [first, second, third] = []] = outputsOf(outbound);
	const questions = [
		` ${first.question} `,
		third.question_uuid.toUpperCase(),
		'ORDER  again',
		'no such question',
	];
	const emitted = async (/** @type {object} */ parameters) => {
		const [[call] = [], answers] = await (await publishedTrigger({ parameters })).outputsFor(outbound);
		return [call.answers_total, call.answers_hit, answers];
	};
	const log = await logOf(async () =>
		assert.deepEqual(await emitted({ filters: { questions } }), [3, 2, [first, second, third]]),
	);
	assert.match(log, /'Only These Questions'.*"no such question"/);
	assert.deepEqual(await emitted({ filters: { questions: [second.question] } }), [1, 1, [second]]);
	assert.deepEqual(await emitted({ hitStatus: 'notHit' }), [3, 2, [third]]);
});

describe('options', () => {
	it('Include Raw Event adds the event as received', async () => {
		const raw = { includeRawEvent: true };
		const [calls, answers] = await (
			await publishedTrigger({ parameters: { options: raw } })
		).outputsFor(inbound);
		assert.deepEqual([calls?.[0].raw, answers?.[0].raw], [inbound, undefined]);
		const rows = await publishedTrigger({ parameters: { output: 'row', options: raw } });
		assert.equal((await rows.outputsFor(inbound))[0]?.[0].raw, JSON.stringify(inbound));
	});

	it("VoiceFox's Time Zone gives times their offset, and Show Times In another zone's", async () => {
		const zones = { timeZone: 'Asia/Tokyo' };
		const trigger = await publishedTrigger({ parameters: { options: zones } });
		const [calls] = await trigger.outputsFor(inbound);
		assert.equal(calls?.[0].start_at, '2026-11-20T10:15:02.000+09:00');
		const options = { ...zones, showTimesIn: 'UTC' };
		const [shown] = await (await publishedTrigger({ parameters: { options } })).outputsFor(inbound);
		assert.equal(shown?.[0].start_at.replace('Z', '+00:00'), '2026-11-20T01:15:02.000+00:00');
	});

	it('an unknown zone leaves times as they are and is logged', async () => {
		const trigger = await publishedTrigger({ parameters: { options: { timeZone: 'Asia/Atlantis' } } });
		const log = await logOf(async () =>
			assert.deepEqual(await trigger.outputsFor(inbound), outputsOf(inbound)),
		);
		assert.match(log, /zone/i);
	});

	it('Validation: strict takes exactly the document', async () => {
		const parameters = { triggerOn: ALL_EVENTS, options: { validation: 'strict' } };
		const trigger = await publishedTrigger({ parameters });
		for (const event of [inbound, outbound, taskEnd, { event_name: 'ping' }])
			await trigger.executionOf(event);
		const { status, json } = await trigger.refusalOf(changed(inbound, { caller: 1 }));
		assert.deepEqual([status, json.issues[0].path], [400, 'event_data.caller']);
	});

	it('Ignore Duplicates, also as text: a duplicate starts nothing, a changed analysis and a refused event do', async () => {
		const trigger = await publishedTrigger({
			parameters: { options: { ignoreDuplicates: "={{ 'true' }}" } },
		});
		await trigger.refusalOf(inbound, {});
		await trigger.outputsFor(inbound);
		const record_url = `${inbound.event_data.record_url.split('?')[0]}?sign=anew`;
		const log = await logOf(() => trigger.ignores(changed(inbound, { record_url })));
		assert.match(log, /ignored an event: The event is a duplicate/);
		await trigger.outputsFor(changed(inbound, { conversation_analysis: [] }));
	});

	it('Output Unprocessed Events: on one more output, with the reason; never for a stranger', async () => {
		const notProcessed = ['invalid', 'notSelected', 'filtered', 'duplicate'];
		const parameters = {
			filters: { minimumTalkTime: inbound.event_data.billsec },
			options: { notProcessed, ignoreDuplicates: true },
		};
		const trigger = await publishedTrigger({ parameters });
		assert.deepEqual((await trigger.outputsFor(inbound)).slice(0, 3), outputsOf(inbound));
		const { session_id } = inbound.event_data;
		for (const [
			event,
			kind,
			id,
			says,
			headers,
		] of /** @type {[any, string, string | null, RegExp, any?][]} */ ([
			[inbound, 'duplicate', session_id, /duplicate/],
			[changed(inbound, { session_id: '' }), 'invalid', null, /event_data\.session_id/],
			['{"event_name":', 'invalid', null, /JSON/, { 'content-type': 'text/plain' }],
			[taskEnd, 'notSelected', null, /not selected/],
			[changed(inbound, { billsec: 3 }), 'filtered', session_id, /Minimum Talk Time: 3 is below 152/],
		])) {
			const outputs = await trigger.outputsFor(event, headers);
			const [item] = outputs[3] ?? [];
			assert.deepEqual([outputs.length, ...outputs.map(({ length }) => length)], [4, 0, 0, 0, 1]);
			assert.deepEqual([item.kind, item.session_id, item.payload], [kind, id, event]);
			assert.match(item.reason, says);
			assert.equal('issues' in item, kind === 'invalid');
		}
		assert.deepEqual(await trigger.refusalOf(inbound, {}), UNAUTHORIZED);
	});
});

it('20 events at the same time are 20 executions', async () => {
	const trigger = await publishedTrigger();
	const events = Array.from({ length: 20 }, (_, place) => changed(inbound, { session_id: `call-${place}` }));
	const answers = await Promise.all(events.map((event) => answerTo(trigger.url, event)));
	assert.deepEqual(
		answers,
		events.map(() => OK),
	);
	trigger.started += events.length;
	await trigger.finishedExecution();
	await trigger.hasOnlyItsExecutions();
});
