import { answersOf, dataWithout, inbound, outbound, renamed, topicsOf, withData } from '../support/events';
import { deliver, TOKEN } from './support/trigger';

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

const nothing = { items: null };
const accepted = { status: 200, headers: JSON_TYPE, body: {} };
const ignored = { ...accepted, ...nothing };
const unauthorized = {
	status: 401,
	headers: { ...JSON_TYPE, 'WWW-Authenticate': 'Bearer' },
	body: { error: 'Unauthorized' },
	...nothing,
};
const unavailable = {
	status: 503,
	headers: { ...JSON_TYPE, 'Retry-After': '60' },
	body: { error: 'Unavailable' },
	...nothing,
};
const invalid = (...issues: Array<{ path: string; message: string }>) => ({
	status: 400,
	headers: JSON_TYPE,
	body: { error: 'Invalid payload', issues },
	...nothing,
});

const sessionMissing = withData(inbound, { session_id: undefined });

describe('a call analysis that is accepted', () => {
	it('is answered 200 {} and flows into three outputs', async () => {
		const call = dataWithout(inbound, 'collect_targets', 'conversation_analysis');
		const shared = { event_name: 'callin.collect', ...renamed(call) };

		expect(await deliver({ body: inbound })).toEqual({
			...accepted,
			items: [
				[{ ...shared, answers_total: 2, answers_hit: 1 }],
				answersOf(inbound).map((answer) => ({ ...answer, ...shared })),
				topicsOf(inbound).map((topic) => ({ ...topic, ...shared })),
			],
			error: null,
			log: [],
			timesRead: 0,
		});
	});

	it('is handled by typeVersion 1 as by typeVersion 2', async () => {
		const [first, second] = [
			await deliver({ body: outbound }, { typeVersion: 1 }),
			await deliver({ body: outbound }, { typeVersion: 2 }),
		];
		expect(first).toEqual(second);
		expect(first.items?.map((output) => output.length)).toEqual([1, 3, 2]);
	});
});

describe('an event that starts nothing', () => {
	it('is answered 200 {} when it is not selected', async () => {
		const outcome = await deliver({ body: inbound }, { parameters: { triggerOn: ['task.end'] } });
		expect(outcome).toMatchObject(ignored);
	});

	it('is answered 200 {} when a filter refuses it', async () => {
		const outcome = await deliver({ body: inbound }, { parameters: { filters: { direction: 'outbound' } } });
		expect(outcome).toMatchObject(ignored);
	});
});

describe('a request that is not authorized', () => {
	it.each([
		['without a header', null],
		['with an empty header', ''],
		['with another value', 'Bearer something else'],
		['with the beginning of the value', TOKEN.slice(0, -1)],
		['with the value in another letter case', TOKEN.toUpperCase()],
	])('%s is answered 401', async (_, authorization) => {
		expect(await deliver({ body: inbound, authorization })).toMatchObject(unauthorized);
	});

	it('is answered 401 when the stored value is only the word Bearer', async () => {
		const credential = { authorizationToken: 'Bearer' };
		for (const authorization of ['Bearer', 'Bearer Bearer', '', null]) {
			expect(await deliver({ body: inbound, authorization }, { credential })).toMatchObject(unauthorized);
		}
	});
});

describe('the previous token', () => {
	const credential = {
		authorizationToken: 'the new and long one',
		previousAuthorizationToken: 'Bearer the old and long one',
	};

	it.each([
		'the new and long one',
		'Bearer the new and long one',
		'the old and long one',
		'bearer the old and long one',
	])('lets in "%s" while both are stored', async (authorization) => {
		expect(await deliver({ body: inbound, authorization }, { credential })).toMatchObject(accepted);
	});

	it('lets nobody in when it is blank', async () => {
		const blank = { authorizationToken: 'the new and long one', previousAuthorizationToken: ' ' };
		const outcome = await deliver({ body: inbound, authorization: ' ' }, { credential: blank });
		expect(outcome).toMatchObject(unauthorized);
	});
});

describe('a payload that is not valid', () => {
	it('is answered 400 with its issues', async () => {
		expect(await deliver({ body: sessionMissing })).toMatchObject(
			invalid({ path: 'event_data.session_id', message: expect.stringMatching(/./) as unknown as string }),
		);
		expect(await deliver({ body: { event_data: {} } })).toMatchObject(
			invalid({ path: 'event_name', message: 'Expected a non-empty string' }),
		);
	});

	it('lists at most 20 issues', async () => {
		const collect_targets = Array.from({ length: 30 }, () => 'no object');
		const outcome = await deliver({ body: withData(inbound, { collect_targets }) });
		expect(outcome.status).toBe(400);
		expect((outcome.body as { issues: unknown[] }).issues).toHaveLength(20);
	});
});

describe('what cannot be read on this side is answered 503', () => {
	it('when the node has no credential', async () => {
		expect(await deliver({ body: inbound }, { credential: null })).toMatchObject(unavailable);
	});

	it('when n8n cannot decrypt the credential', async () => {
		const credential = new Error('Credentials could not be decrypted');
		expect(await deliver({ body: inbound }, { credential })).toMatchObject(unavailable);
	});
});

describe('the order of the checks', () => {
	const notSelected = { parameters: { triggerOn: ['task.end'], filters: { direction: 'outbound' } } };

	it('authorizes before it reads the settings and the body', async () => {
		const broken = { parameters: { output: 'sideways' } };
		const stranger = { body: '{"broken', contentType: null, authorization: 'wrong' };
		expect(await deliver(stranger, broken)).toMatchObject({ ...unauthorized, timesRead: 0 });
	});

	it('reads the body before it selects the event', async () => {
		expect(await deliver({ body: '{"broken', contentType: null }, notSelected)).toMatchObject(
			invalid({ path: '', message: 'The request body is not valid JSON' }),
		);
		expect(await deliver({ body: {} }, notSelected)).toMatchObject({ status: 400, ...nothing });
	});

	it('selects the event before it validates', async () => {
		expect(await deliver({ body: sessionMissing }, notSelected)).toMatchObject(ignored);
	});

	it('validates before it filters', async () => {
		const filtered = { parameters: { filters: { direction: 'outbound' } } };
		expect(await deliver({ body: sessionMissing }, filtered)).toMatchObject({ status: 400, ...nothing });
	});
});
