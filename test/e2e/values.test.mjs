// @ts-check
// No event is refused for a value, no digit is lost, every name can be dragged, and a broken sender does not stop n8n.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changed, inbound, outbound } from '../support/voicefox-events.mjs';
import { answerTo, editFields, instance, logOf, publishedTrigger } from './support.mjs';

it('a value of another type is passed on as sent, and only its path is logged', async () => {
	const trigger = await publishedTrigger({ parameters: { filters: { minimumTalkTime: 7 } } });
	const targets = [
		{ question: 'One?', hit: 'maybe', result: true },
		{ question: 'Two?', hit: 'TRUE', result: 4 },
	];
	const log = await logOf(async () => {
		const event = changed(inbound, {
			billsec: '07',
			extra: 'x-123',
			collect_targets: targets,
			answer_at: null,
		});
		const [[call] = [], answers = []] = await trigger.outputsFor(event);
		assert.deepEqual([call.billsec, call.extra, call.answer_at, call.answers_hit], ['07', 'x-123', null, 1]);
		assert.deepEqual(
			answers.map(({ hit, result }) => [hit, result]),
			[
				['maybe', true],
				[true, '4'],
			],
		);
	});
	for (const path of ['event_data.collect_targets.0.hit', 'event_data.billsec', 'event_data.extra'])
		assert.ok(log.includes(path), log);
	assert.doesNotMatch(log, /maybe|x-123/);
});

it('integers keep all their digits, in raw too', async () => {
	const number = '7615917337495251231';
	const text = JSON.stringify(changed(outbound, { task_id: 42, extra: { customer_id: 43 } }))
		.replace(':42,', `:${number},`)
		.replace(':43}', `:${number}}`);
	const parameters = { options: { includeRawEvent: true }, filters: { taskIds: number } };
	const trigger = await publishedTrigger({ parameters });
	for (const type of ['application/json', 'text/plain']) {
		const [[call] = []] = await trigger.outputsFor(text, { 'content-type': type });
		const { event_data } = call.raw;
		assert.deepEqual(
			[call.task_id, call.extra.customer_id, event_data.task_id, event_data.extra.customer_id],
			[number, number, number, number],
		);
	}
});

it('the paths that the editor writes lead to every value', async () => {
	const question = (/** @type {string} */ text, /** @type {string} */ result) => ({
		question: text,
		hit: true,
		result,
	});
	const event = changed(inbound, {
		collect_targets: [
			question('Which\r\n  day?', 'Monday'),
			question('C:\\ {{ $json }}', 'a path'),
			question('caller', 'Aya'),
			question('caller', 'Mori'),
		],
		conversation_analysis: [{ title: '__proto__', result: 'a topic' }],
		extra: { arguments: 'an argument', 'two\nlines': 'an extra' },
		transfer: { caller: '+12025550111' },
	});
	const values = {
		day: "={{ $json.answers['Which day?'] }}",
		path: "={{ $json.answers['C:/ { $json }'] }}",
		name: "={{ $json.answers['caller (1)'] }}",
		family: "={{ $json.answers['caller (2)'] }}",
		topic: "={{ $json.analysis['__proto__ (1)'] }}",
		argument: "={{ $json.extra['arguments (1)'] }}",
		extra: "={{ $json.extra['two lines'] }}",
		transfer: '={{ $json.transfer.caller_number }}',
		caller: '={{ $json.caller_number }}',
	};
	const parameters = { output: 'perCall' };
	const trigger = await publishedTrigger({ parameters, nodes: [editFields(values)] });
	assert.deepEqual(await trigger.outputsFor(event, {}, 'Edit Fields'), [
		[
			{
				day: 'Monday',
				path: 'a path',
				name: 'Aya',
				family: 'Mori',
				topic: 'a topic',
				argument: 'an argument',
				extra: 'an extra',
				transfer: '+12025550111',
				caller: inbound.event_data.caller,
			},
		],
	]);
});

it('Columns: whole texts first, then questions, topics, extras and other fields; what fits nothing is logged', async () => {
	const values = [
		{ field: { __rl: true, mode: 'list', value: 'Would you  order again?' }, column: 'again' },
		{ field: 'follow-up', column: '' },
		{ field: 'ORDER_NO', column: 'order' },
		{ field: 'caller_number', column: '' },
		{ field: 'suggestion box', column: 'none' },
	];
	const parameters = { output: 'row', columns: { values } };
	const trigger = await publishedTrigger({ parameters });
	const log = await logOf(async () => {
		const [rows] = await trigger.outputsFor(outbound);
		assert.deepEqual(rows?.map(Object.entries), [
			[
				['again', 'Yes'],
				['Follow-up needed', 'No'],
				['order', 'A-20391'],
				['caller_number', outbound.event_data.caller],
				['none', null],
			],
		]);
	});
	assert.match(log, /"suggestion box"/);
});

describe('an event that would become too much', async () => {
	const trigger = await publishedTrigger({ parameters: { output: 'row' } });
	const named = (/** @type {number} */ count) =>
		Object.fromEntries(Array.from({ length: count }, (_, place) => [`field ${place}`, place]));
	const nested = (/** @type {number} */ depth) => JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
	const answers = Array.from({ length: 1500 }, (_, place) => ({
		question: `Q${place}`,
		hit: true,
		result: 'x',
	}));

	for (const [what, changes] of /** @type {[string, object][]} */ ([
		[
			'1,500 answers and 60,000 extras, which ended an n8n',
			{ collect_targets: answers, extra: named(60_000) },
		],
		['20,001 answers', { collect_targets: Array(20_001).fill({}) }],
		['1,001 extras', { extra: named(1001) }],
		['50,001 names and elements', { later: Array(50_001).fill(0) }],
		['depth', { later: nested(501) }],
	])) {
		it(`is 400: ${what}`, async () => {
			const { status, json } = await trigger.refusalOf(changed(inbound, changes));
			assert.equal(status, 400);
			assert.match(json.issues[0].message, /^Too large/);
			assert.ok((await fetch(`${instance.url}/healthz`)).ok);
		});
	}

	it('is taken just below the bounds', async () => {
		const event = changed(inbound, { later: nested(490), extra: named(1000), more: Array(40_000).fill(0) });
		const text = JSON.stringify(event);
		assert.deepEqual(await answerTo(trigger.url, text), { status: 200, json: {} });
		trigger.started += 1;
		assert.equal((await trigger.finishedExecution()).status, 'success');
	});
});
