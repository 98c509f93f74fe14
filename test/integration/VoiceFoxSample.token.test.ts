/**
 * @jest-environment ./test/stand-in/n8n.mjs
 */
import { errorOf } from './runVoiceFox';
import { forgetAll, messageOf, PATH, send, sent, TOKEN, type N8n } from './support/sample';

declare const thisN8n: N8n;
declare const elsewhere: N8n;

beforeEach(forgetAll);

describe('the token', () => {
	it.each(['bearer with-the-word-in-front', '  white-space-around-it  ', 'inner  space "and" quotes'])(
		'goes out as typed: %j',
		async (authorizationToken) => {
			await send({}, { webhookCredential: { authorizationToken } });
			expect(sent()[0]!.authorization).toBe(authorizationToken.trim());
		},
	);

	it('goes out in UTF-8 when it is not ASCII', async () => {
		await send({}, { webhookCredential: { authorizationToken: 'これは十六文字より長い秘密のトークン' } });
		expect(Buffer.from(sent()[0]!.authorization!, 'latin1').toString('utf8')).toBe(
			'これは十六文字より長い秘密のトークン',
		);
	});

	it.each([
		['', /^In this node's credential, 'Authorization Token' is blank/],
		['one\ntwo-lines-example', /^In this node's credential, 'Authorization Token' contains a line break/],
		['fifteen letters', /^In this node's credential, 'Authorization Token' is too short/],
	])('does not go out when no trigger would let it in: %j', async (authorizationToken, message) => {
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
		expect(item!.json.answer).toMatch(/^The trigger ignored the event: you sent Bearer \*\*\*\. But/);
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
