import { inbound } from '../support/events';
import { deliver } from './support/trigger';

const ONE_CALL = [1, 2, 2];
const BYTE_ORDER_MARK = '\uFEFF';
const json = JSON.stringify(inbound);

const outputSizes = (items: unknown[][] | null) => items?.map((output) => output.length);

const refusedBody = (message: string) => ({
	status: 400,
	body: { error: 'Invalid payload', issues: [{ path: '', message }] },
	items: null,
});

describe.each([1, 2])('typeVersion %i', (typeVersion) => {
	it.each([
		['application/json'],
		['application/json; charset=utf-8'],
		['Application/JSON'],
		['application/json ; charset=utf-8'],
		['text/plain'],
		['text/plain; charset=utf-8'],
		['application/x-www-form-urlencoded'],
		['application/x+json'],
		['application/vnd.voicefox+json; version=2'],
		['application/octet-stream'],
		['application/octet-stream; charset=no-such-charset'],
		[''],
		[null],
	])('reads JSON that is sent as %s', async (contentType) => {
		const outcome = await deliver({ body: json, contentType }, { typeVersion });
		expect(outcome).toMatchObject({ status: 200, body: {} });
		expect(outputSizes(outcome.items)).toEqual(ONE_CALL);
		expect(outcome.items).toEqual((await deliver({ body: inbound }, { typeVersion })).items);
	});

	it.each(['application/json', 'text/plain', 'application/octet-stream', null])(
		'reads JSON behind a byte order mark that is sent as %s',
		async (contentType) => {
			const outcome = await deliver({ body: BYTE_ORDER_MARK + json, contentType }, { typeVersion });
			expect(outputSizes(outcome.items)).toEqual(ONE_CALL);
		},
	);

	it.each(['application/json; charset=latin1', 'application/octet-stream; charset=utf-16le'])(
		'reads the UTF-8 of %s',
		async (contentType) => {
			const outcome = await deliver(
				{ body: Buffer.from(JSON.stringify(inbound)), contentType },
				{ typeVersion },
			);
			expect(outcome.items).toEqual((await deliver({ body: inbound })).items);
		},
	);

	it('refuses what is not UTF-8', async () => {
		const body = Buffer.from('{"event_name":"ü"}', 'latin1');
		expect(await deliver({ body }, { typeVersion })).toMatchObject({
			status: 400,
			body: {
				error: 'Invalid payload',
				issues: [{ path: '', message: 'The request body is not UTF-8' }],
			},
		});
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/x+json', 'text/html', null])(
		'refuses what is not JSON and is sent as %s',
		async (contentType) => {
			const outcome = await deliver({ body: 'event_name=callin.collect', contentType }, { typeVersion });
			expect(outcome).toMatchObject(refusedBody('The request body is not valid JSON'));
		},
	);

	it.each(['text/plain', 'application/octet-stream', null])(
		'refuses an empty body that is sent as %s',
		async (contentType) => {
			expect(await deliver({ body: '', contentType }, { typeVersion })).toMatchObject(
				refusedBody('The request body is not valid JSON'),
			);
		},
	);

	it('refuses an empty body that is sent as JSON', async () => {
		expect(await deliver({ body: '' }, { typeVersion })).toMatchObject(refusedBody('Expected a JSON object'));
	});

	it.each(['application/xml', 'text/xml; charset=utf-8', 'application/soap+xml'])(
		'refuses XML that is sent as %s',
		async (contentType) => {
			const body = '<event_name>callin.collect</event_name>';
			expect(await deliver({ body, contentType }, { typeVersion })).toMatchObject(
				refusedBody('The request body is not valid JSON'),
			);
		},
	);

	it.each(['multipart/form-data; boundary=x', 'multipart/mixed; boundary=x'])(
		'refuses a form that is sent as %s, even if a field of it is JSON',
		async (contentType) => {
			expect(await deliver({ body: json, contentType }, { typeVersion })).toMatchObject(
				refusedBody('Expected JSON, not a multipart form'),
			);
		},
	);

	it.each(['[]', 'null', '"callin.collect"', '12', 'true'])('refuses the JSON value %s', async (body) => {
		for (const contentType of ['application/json', 'text/plain', null]) {
			const outcome = await deliver({ body, contentType }, { typeVersion });
			expect(outcome).toMatchObject(refusedBody('Expected a JSON object'));
		}
	});
});

describe('a body that n8n cannot read', () => {
	it.each(['Request body stream was aborted', 'request entity too large', 'incorrect header check'])(
		'is answered 400 (%s)',
		async (message) => {
			const outcome = await deliver({ contentType: null, brokenBy: new Error(message) });
			expect(outcome).toMatchObject({ ...refusedBody('The request body could not be read'), timesRead: 1 });
			expect(JSON.stringify(outcome.body)).not.toContain(message);
		},
	);
});
