import { callEnded, inbound, withData } from '../support/events';
import { deliver } from './support/trigger';

const ALL = ['invalid', 'notSelected', 'filtered', 'duplicate'];

const passOn = (output: string, notProcessed: string[] = ALL) => ({
	parameters: { output, options: { notProcessed } },
});

const accepted = { status: 200, body: {}, error: null };

const invalidItem = (message: string, payload: unknown) => ({
	reason: `The payload is not what VoiceFox sends: body: ${message}`,
	kind: 'invalid',
	event_name: null,
	session_id: null,
	task_id: null,
	issues: [{ path: '', message }],
	payload,
});

describe('an invalid payload that is passed on', () => {
	it.each([
		['separate', [[], [], []]],
		['row', [[]]],
		['perCall', [[]]],
		['list', [[]]],
	])('leaves on an output after those of %s, as its text when it is not JSON', async (output, others) => {
		const outcome = await deliver({ body: '{"broken', contentType: 'text/plain' }, passOn(output));
		expect(outcome).toMatchObject(accepted);
		expect(outcome.items).toEqual([
			...others,
			[invalidItem('The request body is not valid JSON', '{"broken')],
		]);
	});

	it('leaves as its JSON value when it is JSON', async () => {
		const { items } = await deliver({ body: '[1,{"a":null}]' }, passOn('perCall'));
		expect(items).toEqual([[], [invalidItem('Expected a JSON object', [1, { a: null }])]]);
	});

	it('leaves as null when nothing could be read', async () => {
		const broken = await deliver({ contentType: null, brokenBy: new Error('aborted') }, passOn('perCall'));
		expect(broken.items).toEqual([[], [invalidItem('The request body could not be read', null)]]);

		const empty = await deliver({ body: '' }, passOn('perCall'));
		expect(empty.items?.[1]).toStrictEqual([invalidItem('Expected a JSON object', null)]);
	});

	it('leaves with its name and IDs, as it was sent', async () => {
		const body = withData(inbound, { collect_targets: ['no object'] });
		const outcome = await deliver({ body }, passOn('separate', ['invalid']));
		const issues = [{ path: 'event_data.collect_targets.0', message: expect.any(String) as string }];
		expect(outcome).toMatchObject(accepted);
		expect(outcome.items).toEqual([
			[],
			[],
			[],
			[
				{
					reason: expect.stringContaining('event_data.collect_targets.0') as string,
					kind: 'invalid',
					event_name: 'callin.collect',
					session_id: inbound.event_data.session_id,
					task_id: 0,
					issues,
					payload: body,
				},
			],
		]);
	});
});

describe('another event that is passed on', () => {
	const item = (kind: string, body: typeof inbound, reason: RegExp) => ({
		reason: expect.stringMatching(reason) as string,
		kind,
		event_name: body.event_name,
		session_id: body.event_data.session_id,
		task_id: 0,
		payload: body,
	});

	it('is one that is not selected', async () => {
		const outcome = await deliver({ body: callEnded }, passOn('perCall', ['notSelected']));
		expect(outcome).toMatchObject(accepted);
		expect(outcome.items).toEqual([[], [item('notSelected', callEnded, /not selected in 'Trigger On'/)]]);
	});

	it('is one that a filter refuses', async () => {
		const filters = { minimumTalkTime: 500 };
		const { parameters } = passOn('list', ['filtered']);
		const outcome = await deliver({ body: inbound }, { parameters: { ...parameters, filters } });
		expect(outcome).toMatchObject(accepted);
		expect(outcome.items).toEqual([
			[],
			[item('filtered', inbound, /does not pass the filter Minimum Talk Time: 152 is below 500$/)],
		]);
	});

	it('is a duplicate', async () => {
		const trigger = { ...passOn('row', ['duplicate']), workflowId: 'not-processed-duplicates' };
		expect((await deliver({ body: inbound }, trigger)).items?.map(({ length }) => length)).toEqual([1]);
		const outcome = await deliver({ body: inbound }, trigger);
		expect(outcome).toMatchObject(accepted);
		expect(outcome.items).toEqual([[], [item('duplicate', inbound, /is a duplicate/)]]);
	});
});

describe('what is not chosen', () => {
	it('is answered as ever', async () => {
		const others = passOn('perCall', ['duplicate']);
		expect(await deliver({ body: {} }, others)).toMatchObject({ status: 400, items: null });
		expect(await deliver({ body: callEnded }, others)).toMatchObject({ ...accepted, items: null });
	});

	it('leaves the outputs of a valid event as they are, and nothing on the last', async () => {
		const { items } = await deliver({ body: inbound }, passOn('separate'));
		expect(items?.map((output) => output.length)).toEqual([1, 2, 2]);
	});

	it('can never be a request that is not authorized, or one that comes while a setting cannot be read', async () => {
		const stranger = { body: inbound, authorization: 'Bearer a wrong value' };
		expect(await deliver(stranger, passOn('perCall'))).toMatchObject({ status: 401, items: null });

		const { parameters } = passOn('sideways');
		expect(await deliver({ body: inbound }, { parameters })).toMatchObject({ status: 503, items: null });
	});
});
