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
