import fc from 'fast-check';

import { withoutSecretPieces, withoutSecrets } from '../../../nodes/VoiceFox/api/privacy';

it('removes websocket tokens at every depth, in lists too', () => {
	expect(
		withoutSecrets({
			websocketToken: 'x',
			websocket_token: 'x',
			WebSocketToken: 'x',
			name: 'kept',
			flow: { nodes: [{ websocketToken: 'x', id: 1 }, [{ websocketToken: 'x' }]] },
		}),
	).toEqual({ name: 'kept', flow: { nodes: [{ id: 1 }, [{}]] } });
});

it('removes e-mail addresses of creators, and no others', () => {
	expect(
		withoutSecrets({
			creator: { id: 1, email: 'x', profile: { workEmail: 'x', 'e-mail': 'x', city: 'kept' } },
			creatorEmail: 'x',
			creator_email: 'x',
			assistantCreator: { email: 'x' },
			lastCreator: 'wang@example.com',
			creatorId: 1,
			email: 'support@example.com',
			assistant: { creator: { email: 'x' }, contactEmail: 'kept' },
		}),
	).toEqual({
		creator: { id: 1, profile: { city: 'kept' } },
		assistantCreator: {},
		creatorId: 1,
		email: 'support@example.com',
		assistant: { creator: {}, contactEmail: 'kept' },
	});
});

it('removes them under whatever spelling, and where a name is an address', () => {
	expect(
		withoutSecrets({
			a: { creator: { e_mail: 'x', mail: 'x', E_Mail: 'x', username: 'wang@example.com', id: 1 } },
			b: { creators: [{ email: 'x', id: 2 }, 'wang@example.com', 'Wang'] },
			createdBy: 'wang@example.com',
			created_by: { userEmail: 'x', name: 'Wang <wang＠example.com>' },
			'Created-By': 'wang',
			creatorName: 'wang%40example.com',
			create_user: { mail: 'x' },
			updatedBy: 'wang@example.com',
			updater: { aliases: ['wang@example.com', 'Wang'] },
			owner: 'wang@example.com',
			authorId: 'wang@example.com',
			homeowner: 'family@home.example',
			knowledge: 'Write to groups@restaurant.example',
		}),
	).toEqual({
		a: { creator: { id: 1 } },
		b: { creators: [{ id: 2 }, 'Wang'] },
		created_by: {},
		'Created-By': 'wang',
		create_user: {},
		updater: { aliases: ['Wang'] },
		homeowner: 'family@home.example',
		knowledge: 'Write to groups@restaurant.example',
	});
});

it('masks the websocket token wherever else it is, and every secret in the websocket address', () => {
	expect(
		withoutSecrets({
			websocketUrl: 'wss://stream.example.com/318?room=1&token=example-websocket-token',
			websocketToken: 'example-websocket-token',
			note: 'token example-websocket-token',
			nested: [{ websocket_url: 'wss://stream.example.com/example-websocket-token?access_key=1#sig=2' }],
			encoded: {
				websocketToken: 'a/b+c',
				websocketUrl: `wss://stream.example.com/${encodeURIComponent('a/b+c')}/${btoa('a/b+c')}`,
			},
			short: { websocketToken: 'abc', websocketUrl: 'wss://abc.example.com/abc', name: 'abcdef' },
		}),
	).toEqual({
		websocketUrl: 'wss://stream.example.com/318?room=***&token=***',
		note: 'token ***',
		nested: [{ websocket_url: 'wss://stream.example.com/***?access_key=***#***' }],
		encoded: { websocketUrl: 'wss://stream.example.com/***/***' },
		short: { websocketUrl: 'wss://***.example.com/***', name: 'abcdef' },
	});
});

it.each([
	['wss://stream.example.com/318', 'wss://stream.example.com/318'],
	['wss://stream.example.com/318?room', 'wss://stream.example.com/318?room=***'],
	['wss://stream.example.com/318?a=1=2&b#c#d', 'wss://stream.example.com/318?a=***&b=***#***'],
	['wss://stream.example.com/318#', 'wss://stream.example.com/318#***'],
	['', ''],
	[7, 7],
])('the websocket address %j becomes %j', (websocketUrl, shown) => {
	expect(withoutSecrets({ websocketUrl })).toEqual({ websocketUrl: shown });
});

it('masks a websocket token elsewhere only when it is long enough not to be a word by chance', () => {
	const masked = (websocketToken: unknown) =>
		withoutSecrets([{ websocketToken }, `said ${String(websocketToken)}`])[1];
	expect(masked('twelve-chars')).toBe('said ***');
	expect(masked('eleven-char')).toBe('said eleven-char');
	expect(masked(123456789012)).toBe('said 123456789012');
});

it('finds a websocket token in whatever else is called one', () => {
	const token = 'example-websocket-token';
	expect(withoutSecrets([{ websocketToken: { websocketToken: token } }, token])).toEqual([{}, '***']);
});

describe("a server's own words", () => {
	const SECRET = 'example-API-token';
	const shown = (words: string, secrets = [SECRET]) => withoutSecretPieces(words, secrets);

	it.each([
		['the whole secret', `token ${SECRET} is unknown`, 'token *** is unknown'],
		['another case', 'token EXAMPLE-api-TOKEN is unknown', 'token *** is unknown'],
		['twelve characters of it', 'token ample-API-to… is unknown', 'token ***… is unknown'],
		['its end', 'token …le-API-token is unknown', 'token …*** is unknown'],
		['it twice in a row', `${SECRET}${SECRET}`, '***'],
		['it at two places', `${SECRET} and ${SECRET}`, '*** and ***'],
		['it in base64', `got ${Buffer.from(SECRET).toString('base64')}`, 'got ***'],
		['the header in base64', `got ${Buffer.from(`Bearer ${SECRET}`).toString('base64')}`, 'got ***'],
	])('have %s masked', (_what, words, masked) => {
		expect(shown(words)).toBe(masked);
	});

	it('have it masked as it is written in a URL', () => {
		expect(shown('asked for a%2Fb%20c', ['a/b c'])).toBe('asked for ***');
	});

	it.each(['eleven: ample-API-t', 'nothing', '', 'İ ẞ'])('are kept without it: %j', (words) => {
		expect(shown(words)).toBe(words);
		expect(shown(words, [''])).toBe(words);
	});

	it('have each of several secrets masked, a short one as a whole', () => {
		expect(shown('abc and example-API-token, ab', [SECRET, 'abc'])).toBe('*** and ***, ab');
	});
});

it('masks the secrets of the credential wherever they are', () => {
	expect(withoutSecrets({ debug: ['Bearer example-api-token'], kept: 1 }, ['example-api-token', ''])).toEqual(
		{
			debug: ['Bearer ***'],
			kept: 1,
		},
	);
});

it('leaves everything else as it is, whatever its names', () => {
	fc.assert(
		fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
			const parsed = JSON.parse(JSON.stringify(value)) as unknown;
			expect(JSON.stringify(withoutSecrets(parsed))).toBe(JSON.stringify(parsed));
		}),
	);
	const hostile = JSON.parse('{"__proto__":{"websocketToken":"x","a":1},"constructor":"b"}') as object;
	expect(JSON.stringify(withoutSecrets(hostile))).toBe('{"__proto__":{"a":1},"constructor":"b"}');
});
