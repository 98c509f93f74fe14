/**
 * @jest-environment ./test/stand-in/n8n.mjs
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import schema from '../../nodes/VoiceFox/__schema__/v1.0.0/sample/send.json';
import assistant from '../fixtures/rest/assistant.json';
import { errorOf, runVoiceFox, type Run } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';

/** What test/stand-in/n8n.mjs gives. */
interface N8n {
	url: string;
	port: number;
	requests: Array<{
		method: string;
		path: string;
		type: string;
		authorization?: string;
		event: { event_name: string; event_data: IDataObject };
	}>;
	state: { answer: IDataObject };
}

declare const voiceFox: StandIn;
declare const thisN8n: N8n;
declare const elsewhere: N8n;

const TOKEN = 'example-token-of-the-webhook';
const PATH = '/webhook-test/3f2a/webhook';

const send = async (parameters: INodeParameters = {}, settings: Partial<Run> = {}) =>
	await runVoiceFox(
		{
			resource: 'sample',
			operation: 'send',
			url: `${thisN8n.url}${PATH}`,
			kind: 'inbound',
			language: 'en',
			...parameters,
		},
		{
			credential: {},
			webhookCredential: { authorizationToken: TOKEN },
			addresses: { editor: thisN8n.url, webhooks: thisN8n.url },
			...settings,
		},
	);
const messageOf = async (...args: Parameters<typeof send>) => (await errorOf(send(...args))).message;
const sent = () => [...thisN8n.requests, ...elsewhere.requests];

beforeEach(() => {
	voiceFox.reset();
	for (const { requests, state } of [thisN8n, elsewhere]) {
		requests.length = 0;
		state.answer = {};
	}
});

it('sends an event as VoiceFox does, and says what became of it', async () => {
	const items = await send();

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
				answer: expect.stringMatching(/^Accepted\./),
				event: sent()[0]!.event,
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
	[1000, 1000],
])('takes %j as a number of answers', async (answers, count) => {
	await send({ options: { answers } });
	expect(sent()[0]!.event.event_data.collect_targets).toHaveLength(count);
});

describe("with an assistant's questions", () => {
	const collect = [
		{ question: 'Which size?', answers: ['S', 'M'] },
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

	it('repeats them up to the number of answers, for an assistant without a version', async () => {
		voiceFox.world.assistants['318'] = { ...assistant, collect: [null, ...collect], versionId: null };
		await withQuestions({ options: { answers: 3 } });
		const { collect_targets: answers, assistant_infos: infos } = sent()[0]!.event.event_data;
		expect((answers as IDataObject[]).map(({ question }) => question)).toEqual([
			'Which size?',
			'Your name?',
			'Which size? (2)',
		]);
		expect(infos).toEqual([{ assistant_id: 318, assistant_vid: 1 }]);
	});

	it.each([
		[{ assistantId: '' }, "'Assistant ID' is empty"],
		[{ questions: 'mine' }, "'Questions' must be one of: samples, assistant"],
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

describe('the token', () => {
	it.each(['bearer with-the-word-in-front', '  white-space-around-it  ', 'inner  space "and" quotes'])(
		'goes out as typed: %j',
		async (authorizationToken) => {
			await send({}, { webhookCredential: { authorizationToken } });
			expect(sent()[0]!.authorization).toBe(authorizationToken.trim());
		},
	);

	it('goes out in UTF-8 when it is not ASCII', async () => {
		await send({}, { webhookCredential: { authorizationToken: '秘密のトークン' } });
		expect(Buffer.from(sent()[0]!.authorization!, 'latin1').toString('utf8')).toBe('秘密のトークン');
	});

	it.each([
		['', /^'Authorization Token' of the credential is blank/],
		['one\ntwo-lines-example', /^'Authorization Token' of the credential holds a line break/],
	])('does not go out when nothing can carry it: %j', async (authorizationToken, message) => {
		const webhookCredential = { authorizationToken, previousAuthorizationToken: 'another-example' };
		expect(await messageOf({}, { webhookCredential })).toMatch(message);
		expect(sent()).toEqual([]);
	});

	it('is the current one, also while a previous one is set', async () => {
		await send({}, { webhookCredential: { authorizationToken: TOKEN, previousAuthorizationToken: 'old' } });
		expect(sent()[0]!.authorization).toBe(TOKEN);
	});

	it.each([
		['refused', () => ({ status: 401, body: { error: 'Unauthorized' } })],
		['a redirect', () => ({ status: 302, headers: { location: elsewhere.url } })],
		['no answer', () => ({ breaksOff: true })],
	])('is in no error: %s', async (_what, answer) => {
		thisN8n.state.answer = answer();
		const error = await errorOf(send());
		const { stack, cause } = error;
		expect(`${JSON.stringify(error)} ${stack} ${JSON.stringify(cause)}`).not.toContain(TOKEN);
	});

	it('is in no item, even when the answer repeats it', async () => {
		thisN8n.state.answer = { echoes: true };
		const [item] = await send({}, { webhookCredential: { authorizationToken: `Bearer ${TOKEN}` } });
		expect(item!.json.answer).toBe('The trigger ignored the event: you sent Bearer ***');
	});

	it.each([
		['eight-ch', '***'],
		['seven-c', 'seven-c'],
	])('is hidden only where it is long enough to be no part of another word: %s', async (token, shown) => {
		thisN8n.state.answer = { echoes: true };
		const [item] = await send({}, { webhookCredential: { authorizationToken: token } });
		expect(item!.json.answer).toBe(`The trigger ignored the event: you sent ${shown}`);
	});
});

describe('the token goes to this n8n only', () => {
	it("to its editor's address and to that of its webhooks", async () => {
		const addresses = { editor: thisN8n.url, webhooks: elsewhere.url };
		await send({}, { addresses });
		await send({ url: `${elsewhere.url}${PATH}` }, { addresses });
		expect([thisN8n.requests.length, elsewhere.requests.length]).toEqual([1, 1]);
	});

	it.each([
		['another port', () => `${elsewhere.url}${PATH}`],
		['another host', () => `http://localhost:${thisN8n.port}${PATH}`],
		['another scheme', () => `https://127.0.0.1:${thisN8n.port}${PATH}`],
		['this host as a user name', () => `http://127.0.0.1:${thisN8n.port}@localhost:${elsewhere.port}${PATH}`],
		['a user name', () => `http://user:word@127.0.0.1:${thisN8n.port}${PATH}`],
		['a trailing dot', () => `http://localhost.:${thisN8n.port}${PATH}`],
		['a lookalike', () => `http://127.0.0.1.localhost:${elsewhere.port}${PATH}`],
		['IPv6', () => `http://[::ffff:127.0.0.1]:${thisN8n.port}${PATH}`],
		['no scheme', () => `//127.0.0.1:${elsewhere.port}${PATH}`],
		['a blob', () => `blob:${thisN8n.url}${PATH}`],
	])('not to %s', async (_what, url) => {
		expect(await messageOf({ url: url() })).toMatch(/^'Trigger URL' /);
		expect(sent()).toEqual([]);
	});

	it.each([301, 302, 303, 307, 308])('not along a redirect (%d)', async (status) => {
		thisN8n.state.answer = { status, headers: { location: `${elsewhere.url}${PATH}` } };
		expect(await messageOf()).toMatch(/^The URL leads on to another one, which is not followed/);
		expect([thisN8n.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
	});

	it('nowhere when n8n names other addresses', async () => {
		const addresses = { editor: 'n8n.example.com', webhooks: 'https://n8n.example.com' };
		expect(await messageOf({}, { addresses })).toMatch(
			/which is not an address of this n8n \(.*\)\. Nothing was sent/,
		);
		expect(sent()).toEqual([]);
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
			[expect.stringMatching(/is the address of a workflow in the editor/), { item: 0 }],
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
		[{ kind: 'fax' }, "'Event' must be one of: inbound, outbound, missed, ended, taskFinished"],
		[{ language: 'xx' }, "'Language' must be one of: en, ja, zh"],
	])('when a parameter cannot be used: %j', async (parameters, message) => {
		expect(await messageOf(parameters)).toBe(message);
		expect(sent()).toEqual([]);
	});

	it.each([[1.5], ['={{ null }}'], [' '], [-1], [1001]])(
		'when %j is no number of answers',
		async (answers) => {
			expect(await messageOf({ options: { answers } })).toBe(
				"'Number of Answers' must be a whole number from 0 to 1000",
			);
			expect(sent()).toEqual([]);
		},
	);
});
