/**
 * @jest-environment ./test/stand-in/n8n.mjs
 */
import { DateTime } from 'luxon';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import schema from '../../nodes/VoiceFox/__schema__/v1.0.0/trigger/sendSample.json';
import statusSchema from '../../nodes/VoiceFox/__schema__/v1.0.0/trigger/getStatus.json';
import assistant from '../fixtures/rest/assistant.json';
import { cannotBeRead } from '../../nodes/VoiceFox/settings/define';
import { errorOf, runWithHints } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';
import { forgetAll, messageOf, PATH, send, sent, TOKEN, type N8n } from './support/sample';

declare const voiceFox: StandIn;
declare const thisN8n: N8n;

beforeEach(() => {
	voiceFox.reset();
	forgetAll();
});

it('sends an event as VoiceFox does, and says what became of it', async () => {
	const items = await send();
	const { event_name, event_data } = sent()[0]!.event;
	const { caller, callee, ...fields } = event_data;

	expect(sent()).toEqual([
		{
			method: 'POST',
			path: PATH,
			type: 'application/json',
			authorization: TOKEN,
			event: { event_name: 'callin.collect', event_data: expect.any(Object) },
		},
	]);
	expect(items).toEqual([
		{
			json: {
				status: 200,
				answer: expect.stringMatching(/^The trigger took the event, .* But VoiceFox can't reach http:/),
				started: true,
				event: { event_name, event_data: { ...fields, caller_number: caller, callee_number: callee } },
			},
			pairedItem: { item: 0 },
		},
	]);
});

it("gives the fields that the editor's preview shows", async () => {
	const [item] = await send();
	const { event, ...fields } = item!.json;
	expect(Object.keys(schema.properties)).toEqual([...Object.keys(fields), 'event']);
	expect(Object.keys(schema.properties.event.properties)).toEqual(Object.keys(event as IDataObject));
});

it.each([
	['outbound', 'task.call.collect'],
	['ended', 'callin.hangup'],
	['missed', 'callin.hangup'],
	['taskFinished', 'task.end'],
])('sends %s', async (kind, name) => {
	await send({ kind });
	expect(sent()[0]!.event.event_name).toBe(name);
});

it('sends as many answers as were asked for, in the language that was chosen', async () => {
	await send({ language: 'ja', options: { answers: 2 } });
	const { collect_targets: answers } = sent()[0]!.event.event_data;
	expect((answers as IDataObject[]).map(({ question }) => question)).toEqual([
		'ご予約の人数は何名様ですか?',
		'ご希望の日時を教えてください。',
	]);
});

it.each([
	[0, 0],
	['2', 2],
	[' 2', 2],
	[1000, 1000],
])('takes %j as a number of answers', async (answers, count) => {
	await send({ options: { answers } });
	expect(sent()[0]!.event.event_data.collect_targets).toHaveLength(count);
});

describe("with an assistant's questions", () => {
	const collect = [
		{ question: 'Which size?', answers: ['S', 'M', { toString: 1 }] },
		{ question: 'Your name?', answers: null },
		{ question: ' ', answers: [] },
	];
	const withQuestions = async (parameters: INodeParameters = {}) =>
		await send(
			{ questions: 'assistant', assistantId: '318', ...parameters },
			{ credential: credentialFor(voiceFox) },
		);

	it('sends these, with one of their fixed answers', async () => {
		voiceFox.world.assistants['318'] = { ...assistant, collect };
		await withQuestions();
		const { collect_targets: answers, assistant_infos: infos } = sent()[0]!.event.event_data;

		expect(answers).toEqual([
			expect.objectContaining({
				question: 'Which size?',
				hit: true,
				result: expect.stringMatching(/^[SM]$/),
			}),
			expect.objectContaining({ question: 'Your name?' }),
		]);
		expect(infos).toEqual([{ assistant_id: 318, assistant_vid: 2045 }]);
		expect(voiceFox.requests.map(({ path }) => path)).toEqual(['/openapi/assistants/318']);
	});

	it.each([null, { toString: 1, valueOf: 1 }])(
		'repeats them up to the number of answers, for an assistant with the version %j',
		async (versionId) => {
			voiceFox.world.assistants['318'] = { ...assistant, collect: [null, ...collect], versionId };
			await withQuestions({ options: { answers: 3 } });
			const { collect_targets: answers, assistant_infos: infos } = sent()[0]!.event.event_data;
			expect((answers as IDataObject[]).map(({ question }) => question)).toEqual([
				'Which size?',
				'Your name?',
				'Which size? (2)',
			]);
			expect(infos).toEqual([{ assistant_id: 318, assistant_vid: 1 }]);
		},
	);

	it.each([
		[{ assistantId: '' }, "'Assistant ID' is empty"],
		[{ questions: 'mine' }, "The setting 'Questions' cannot be read"],
	])('sends nothing for %j', async (parameters, message) => {
		expect((await errorOf(withQuestions(parameters))).message).toContain(message);
		expect([...sent(), ...voiceFox.requests]).toEqual([]);
	});

	it('sends nothing when it has none', async () => {
		voiceFox.world.assistants['318'] = { ...assistant, collect: null };
		expect((await errorOf(withQuestions())).message).toMatch(
			/^The assistant with ID 318 asks no questions\./,
		);
		expect(sent()).toEqual([]);
	});

	it('sends nothing when VoiceFox does not know it', async () => {
		expect((await errorOf(withQuestions({ assistantId: '7' }))).message).toMatch(
			/^VoiceFox has no assistant with ID 7/,
		);
		expect(sent()).toEqual([]);
	});
});

describe('the times of a sample', () => {
	it.each([
		['America/New_York', 'America/New_York'],
		['', 'Asia/Tokyo'],
	])('are in the zone that is chosen (%j), else in that of the workflow', async (timeZone, zone) => {
		await send({ kind: 'ended', options: { timeZone } });
		const end = DateTime.fromSQL(String(sent()[0]!.event.event_data.end_at), { zone });
		expect(Math.abs(end.diffNow('seconds').seconds)).toBeLessThan(60);
	});

	it('cannot be in a zone that nobody knows', async () => {
		expect(await messageOf({ options: { timeZone: 'Asia/Nowhere' } })).toMatch(
			/"Asia\/Nowhere".* is not known/,
		);
		expect(sent()).toEqual([]);
	});
});

describe('Get Status', () => {
	const STATUS = {
		since: '2026-11-28T00:10:00.000Z',
		accepted: 12,
		refused: [
			{
				reason: 'the Authorization value is not the one in the credential',
				count: 3,
				last: '2026-11-28T01:15:00.000Z',
			},
		],
		ignored: [],
		warnings: [],
		url: 'https://n8n.example.com/webhook/3f2a/webhook',
		problem: null,
	};
	const parameters = () => ({ resource: 'trigger', operation: 'getStatus', url: `${thisN8n.url}${PATH}` });
	const run = () => ({
		credential: {},
		webhookCredential: { authorizationToken: TOKEN },
		addresses: { editor: thisN8n.url, webhooks: thisN8n.url },
	});

	it('asks the trigger, and gives what it answers with a summary first', async () => {
		thisN8n.state.answer = { body: STATUS };
		const { items, hints } = await runWithHints(parameters(), run());

		expect(sent().map(({ event, authorization }) => [event, authorization])).toEqual([
			[{ event_name: 'n8n.status' }, TOKEN],
		]);
		const summary = expect.stringMatching(
			/^12 events accepted since 28 Nov 09:10; 3 requests refused: the Authorization value is not the one in the credential \(last .*10:15\)$/,
		) as string;
		expect(items).toEqual([{ json: { summary, ...STATUS }, pairedItem: { item: 0 } }]);
		expect(Object.keys(items[0]!.json)).toEqual(Object.keys(statusSchema.properties));
		expect(hints).toEqual([expect.stringMatching(/one n8n process .* queue mode/)]);
	});

	it.each([
		[{ body: {} }, /^What answers at this URL is not a VoiceFox Trigger\./],
		[{ status: 401, body: { error: 'Unauthorized' } }, /^The trigger does not accept the token/],
		[{ status: 404, body: {} }, /^No trigger takes events at this URL\./],
	])('says what to do when it gets no status: %j', async (answer, message) => {
		thisN8n.state.answer = answer;
		expect((await errorOf(runWithHints(parameters(), run()))).message).toMatch(message);
	});
});

describe('says what to do', () => {
	it('when the trigger refuses the token', async () => {
		thisN8n.state.answer = { status: 401, body: { error: 'Unauthorized' } };
		const { message, httpCode } = await errorOf(send());
		expect([message, httpCode]).toEqual([
			expect.stringMatching(/^The trigger does not accept the token of this node's credential\./),
			'401',
		]);
	});

	it('for one item, and goes on with the others', async () => {
		const urls = [`${thisN8n.url}/workflow/xyz`, `${thisN8n.url}${PATH}`];
		const items = await send(
			{ url: '={{ $json.url }}' },
			{ items: urls.map((url) => ({ url })), onError: 'continueRegularOutput' },
		);
		expect(items.map(({ json, pairedItem }) => [json.error ?? json.status, pairedItem])).toEqual([
			[expect.stringMatching(/is the address of a page of the editor/), { item: 0 }],
			[200, { item: 1 }],
		]);
	});

	it('when nobody is at its own URL', async () => {
		const url = 'http://127.0.0.1:1';
		const { message, description } = await errorOf(
			send({ url: `${url}${PATH}` }, { addresses: { editor: url, webhooks: url } }),
		);
		expect([message, description]).toEqual([
			expect.stringMatching(/^n8n cannot reach its own URL from inside its network\./),
			'Code ECONNREFUSED',
		]);
	});

	it('when the connection breaks off', async () => {
		thisN8n.state.answer = { breaksOff: true };
		const { message, description } = await errorOf(send());
		expect([message, description]).toEqual([
			expect.stringMatching(/^n8n got no answer at its own URL\./),
			'Code ECONNRESET',
		]);
	});

	it.each([
		[{ kind: 'fax' }, cannotBeRead("The setting 'Event'")],
		[{ language: 'xx' }, cannotBeRead("The setting 'Language'")],
		[{ options: { answers: '={{ null }}' } }, cannotBeRead("The setting 'Number of Answers'")],
	])('when a parameter cannot be used: %j', async (parameters, message) => {
		expect(await messageOf(parameters)).toBe(message);
		expect(sent()).toEqual([]);
	});

	it.each([[1.5], [' '], [-1], [1001]])('when %j is no number of answers', async (answers) => {
		expect(await messageOf({ options: { answers } })).toBe(
			"'Number of Answers' must be a whole number from 0 to 1000",
		);
		expect(sent()).toEqual([]);
	});
});
