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

	it.each([
		['utf-16le', 'utf16le'],
		['latin1', 'latin1'],
		['utf-8', 'utf8'],
		['no-such-charset', 'utf8'],
		[undefined, 'utf8'],
	] as const)('decodes the charset %s as %s', async (encoding, real) => {
		const rawBody = Buffer.from('{"event_name":"ü"}', real);
		expect(await readDelivery({ rawBody, encoding })).toMatchObject({ valid: true, eventName: 'ü' });
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
