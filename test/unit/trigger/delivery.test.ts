import { readDelivery } from '../../../nodes/VoiceFox/trigger/delivery';
import { inbound } from '../../support/events';

const json = (body: unknown) => ({ body, contentType: 'application/json' });
const bytes = (text: string, more = {}) => ({ rawBody: Buffer.from(text), ...more });

const refused = (path: string, message: string, payload: unknown) => ({
	valid: false,
	issues: [{ path, message }],
	payload,
});

describe('readDelivery', () => {
	it('gives the name, the data, the fields beside them and the whole payload', async () => {
		const body = { ...inbound, event_id: 7, workspace: { id: 1 } };
		expect(await readDelivery(json(body))).toEqual({
			valid: true,
			eventName: 'callin.collect',
			eventData: inbound.event_data,
			envelope: { event_id: 7, workspace: { id: 1 } },
			received: body,
		});
	});

	it.each([[undefined], [null], ['a text'], [[1]], [false], [{}]])(
		'takes event_data %j as it is',
		async (data) => {
			const body = { event_name: 'x', ...(data === undefined ? {} : { event_data: data }) };
			expect(await readDelivery(json(body))).toStrictEqual({
				valid: true,
				eventName: 'x',
				eventData: data,
				envelope: {},
				received: body,
			});
		},
	);

	it.each([undefined, null, '', 0, 7, true, [], ['callin.collect'], {}])(
		'refuses %j as event_name',
		async (event_name) => {
			const body = { ...inbound, event_name };
			expect(await readDelivery(json(body))).toEqual(
				refused('event_name', 'Expected a non-empty string', body),
			);
		},
	);

	it.each([[null], ['text'], [1], [true], [[inbound]]])('refuses the JSON value %j', async (body) => {
		expect(await readDelivery(json(body))).toEqual(refused('', 'Expected a JSON object', body));
	});

	it('believes the parsed body of application/json only', async () => {
		const read = await readDelivery({ body: { event_name: 'forged' }, ...bytes('{"event_name":"sent"}') });
		expect(read).toMatchObject({ valid: true, eventName: 'sent' });
	});

	it('has n8n read the bytes first when they are not there', async () => {
		const request = {
			rawBody: undefined as Buffer | undefined,
			readRawBody: async () => {
				request.rawBody = Buffer.from('{"event_name":"late"}');
			},
		};
		expect(await readDelivery(request)).toMatchObject({ valid: true, eventName: 'late' });
	});

	it('refuses a request without any bytes', async () => {
		const unread = refused('', 'The request body could not be read', null);
		expect(await readDelivery({})).toEqual(unread);
		expect(await readDelivery({ readRawBody: async () => {} })).toEqual(unread);
		expect(await readDelivery({ readRawBody: async () => await Promise.reject(new Error('gone')) })).toEqual(
			unread,
		);
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', 'text/xml', 'x-multipart/y'])(
		'reads the bytes of %s as JSON',
		async (contentType) => {
			const read = await readDelivery(bytes('{"event_name":"sent"}', { contentType, body: { a: '' } }));
			expect(read).toMatchObject({ valid: true, eventName: 'sent' });
		},
	);

	it('keeps the text of what is not JSON', async () => {
		expect(await readDelivery(bytes('{"a":'))).toEqual(
			refused('', 'The request body is not valid JSON', '{"a":'),
		);
	});

	it('drops one byte order mark at the beginning and none elsewhere', async () => {
		const mark = '\uFEFF';
		expect(await readDelivery(bytes(`${mark}{"event_name":"a${mark}"}`))).toMatchObject({
			valid: true,
			eventName: `a${mark}`,
		});
		expect(await readDelivery(bytes(`{"event_name":"a${mark}"}`))).toMatchObject({ eventName: `a${mark}` });
		expect(await readDelivery(bytes(`${mark}${mark}{"event_name":"a"}`))).toMatchObject({ valid: false });
	});

	describe.each(['application/json', 'text/plain', undefined])('sent as %s', (contentType) => {
		/** A request as n8n gives it, which has decoded JSON by the charset that the sender named. */
		const sent = (rawBody: Buffer, encoding?: BufferEncoding) => ({
			rawBody,
			...(contentType === undefined ? {} : { contentType, encoding }),
			...(contentType === 'application/json'
				? { body: JSON.parse(rawBody.toString(encoding).replace(/^\uFEFF/, '')) as unknown }
				: {}),
		});

		it.each(['latin1', 'utf-8', 'utf8', undefined] as const)(
			'is read as UTF-8, whatever its charset says: %s',
			async (encoding) => {
				const rawBody = Buffer.from('{"event_name":"ü 您好"}');
				expect(await readDelivery(sent(rawBody, encoding))).toMatchObject({
					valid: true,
					eventName: 'ü 您好',
					received: { event_name: 'ü 您好' },
				});
			},
		);

		it.each([undefined, 'latin1', 'utf-8'] as const)('is refused in other bytes: %s', async (encoding) => {
			// "您" in GB18030, and "ü" in latin1.
			for (const rawBody of [
				Buffer.from('7b226576656e745f6e616d65223a22c4fa227d', 'hex'),
				Buffer.from('{"event_name":"ü"}', 'latin1'),
			]) {
				expect(await readDelivery(sent(rawBody, encoding))).toEqual(
					refused('', 'The request body is not UTF-8', null),
				);
			}
		});

		it('keeps every digit', async () => {
			const text =
				'{"event_name":"x","event_data":{"id":7615917337495251231,"text":"\\" 7615917337495251231 "},"later":[-9007199254740993,1]}';
			expect(await readDelivery(sent(Buffer.from(text)))).toEqual({
				valid: true,
				eventName: 'x',
				eventData: { id: '7615917337495251231', text: '" 7615917337495251231 ' },
				envelope: { later: ['-9007199254740993', 1] },
				received: JSON.parse(
					text.replace(':7615917337495251231', ':"7615917337495251231"').replace('-9007199254740993', '"$&"'),
				) as unknown,
			});
		});
	});

	it('does not parse again what n8n has read right', async () => {
		const body = { event_name: 'x' };
		const read = await readDelivery({ ...json(body), ...bytes('{"event_name":"x"}') });
		expect(read.valid && read.received).toBe(body);
	});

	it('refuses an empty body', async () => {
		expect(await readDelivery({ contentType: 'application/json', ...bytes('') })).toEqual(
			refused('', 'Expected a JSON object', null),
		);
		expect(await readDelivery(bytes(''))).toEqual(refused('', 'The request body is not valid JSON', ''));
	});

	it('refuses a form, with its fields as the payload', async () => {
		const form = { data: { a: '1' }, files: {} };
		const message = 'Expected JSON, not a multipart form';
		expect(await readDelivery({ contentType: 'multipart/form-data', body: form })).toEqual(
			refused('', message, form),
		);
		expect(await readDelivery({ contentType: 'multipart/mixed' })).toEqual(refused('', message, null));
	});
});
