import fc from 'fast-check';

import { withoutSecrets } from '../../../nodes/VoiceFox/api/privacy';

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
			creatorId: 1,
			email: 'support@example.com',
			assistant: { creator: { email: 'x' }, contactEmail: 'kept' },
		}),
	).toEqual({
		creator: { id: 1, profile: { city: 'kept' } },
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
			knowledge: 'Write to groups@restaurant.example',
		}),
	).toEqual({
		a: { creator: { id: 1 } },
		b: { creators: [{ id: 2 }, 'Wang'] },
		created_by: {},
		'Created-By': 'wang',
		create_user: {},
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
			short: { websocketToken: 'abc', websocketUrl: 'wss://abc.example.com/abc', name: 'abcdef' },
		}),
	).toEqual({
		websocketUrl: 'wss://stream.example.com/318?room=***&token=***',
		note: 'token ***',
		nested: [{ websocket_url: 'wss://stream.example.com/***?access_key=***#***' }],
		short: { websocketUrl: 'wss://***.example.com/***', name: 'abcdef' },
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
