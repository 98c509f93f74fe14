import { REFUSALS } from '../../nodes/VoiceFox/trigger/replies';
import { cannotBeRead } from '../../nodes/VoiceFox/settings/define';
import { callEnded, inbound, withData } from '../support/events';
import type { SentRequest } from './support/requests';
import { deliver, TOKEN, type Outcome, type TriggerNode } from './support/trigger';

const FILTERED =
	'The event does not pass the filter Direction: "Outbound" is chosen, and the call\'s direction is "inbound"';
const NOT_SELECTED = 'The event "Call Ended (Inbound)" is not selected in \'Trigger On\'';

const filtering: TriggerNode = { parameters: { filters: { direction: 'outbound' } } };

const RED: Array<[what: string, SentRequest, TriggerNode, Partial<Outcome>]> = [
	[
		'without a header',
		{ authorization: null },
		{},
		{ status: 401, body: { error: 'Unauthorized' }, error: REFUSALS.headerMissing.reason },
	],
	[
		'with a wrong header',
		{ authorization: 'Bearer a wrong value' },
		{},
		{ status: 401, body: { error: 'Unauthorized' }, error: REFUSALS.headerWrong.reason },
	],
	[
		'to a node that lets nobody in',
		{},
		{ credential: { authorizationToken: 'Bearer' } },
		{
			status: 401,
			body: { error: 'Unauthorized' },
			error: expect.stringMatching(/is only the word "Bearer"/) as string,
		},
	],
	[
		'to a node without a credential',
		{},
		{ credential: null },
		{ status: 503, body: { error: 'Unavailable' }, error: cannotBeRead('The credential') },
	],
	[
		'to a node with a setting that cannot be read',
		{},
		{ parameters: { filters: { direction: '={{ undefined }}' } } },
		{ status: 503, body: { error: 'Unavailable' }, error: cannotBeRead("The setting 'Direction'") },
	],
	[
		'that is not valid',
		{ body: { event_data: {} } },
		{},
		{
			status: 400,
			body: {
				error: 'Invalid payload',
				issues: [{ path: 'event_name', message: 'Expected a non-empty string' }],
			},
			error: 'The payload is not what VoiceFox sends: event_name: Expected a non-empty string',
		},
	],
	['that a filter refuses', {}, filtering, { status: 200, body: { ignored: FILTERED }, error: FILTERED }],
];

describe('a test run', () => {
	it.each(RED)('ends with the reason on the node for a request %s', async (_, sent, trigger, outcome) => {
		expect(await deliver({ body: inbound, ...sent }, { ...trigger, testRun: true })).toMatchObject({
			...outcome,
			items: null,
		});
	});

	it('goes on listening after an event that is only not selected', async () => {
		expect(await deliver({ body: callEnded }, { testRun: true })).toMatchObject({
			status: 200,
			body: { ignored: NOT_SELECTED },
			items: null,
			error: null,
		});
	});

	it('starts with what is accepted, and with what is passed on as not processed', async () => {
		expect((await deliver({ body: inbound }, { testRun: true })).items).toHaveLength(3);
		const options = { notProcessed: ['invalid', 'notSelected', 'filtered'] };
		for (const [body, more] of [
			[callEnded, {}],
			[{}, {}],
			[inbound, filtering.parameters],
		] as const) {
			const outcome = await deliver({ body }, { testRun: true, parameters: { ...more, options } });
			expect(outcome).toMatchObject({ status: 200, body: {}, error: null });
			expect(outcome.items?.map((items) => items.length)).toEqual([0, 0, 0, 1]);
		}
	});

	it('shows nothing confidential', async () => {
		const bad = { hit: 'maybe', question: 'Your number, +12025550143?' };
		const cases: Array<[SentRequest, TriggerNode]> = [
			...RED.map(([, sent, trigger]): [SentRequest, TriggerNode] => [sent, trigger]),
			[{ body: withData(inbound, { session_id: [bad] }) }, {}],
			[{}, { parameters: { filters: { phoneNumbers: '+12025550199' } } }],
		];
		for (const [sent, trigger] of cases) {
			const { error } = await deliver({ body: inbound, ...sent }, { ...trigger, testRun: true });
			for (const secret of [TOKEN, 'a wrong value', '+1202555', 'maybe']) {
				expect(error).not.toContain(secret);
			}
		}
	});
});

describe('in production', () => {
	it.each(RED)('nothing is thrown for a request %s', async (_, sent, trigger, { status, body }) => {
		expect(await deliver({ body: inbound, ...sent }, trigger)).toMatchObject({
			status,
			body: status === 200 ? {} : body,
			items: null,
			error: null,
		});
	});

	it.each(['separate', 'row', 'perCall', 'list'])(
		'nothing is thrown for an event that is nested more deeply than the call stack (%s)',
		async (output) => {
			const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
			const body = (depth: number) =>
				`{"event_name":"later","event_data":{"session_id":"s","task_id":${nested(depth)},"direction":${nested(depth)}}}`;
			const parameters = { output, triggerOn: ['other'], options: { includeRawEvent: true } };
			for (const filters of [{}, { direction: 'inbound' }, { taskIds: '1' }]) {
				const trigger = { parameters: { ...parameters, filters } };
				const [deep, tooDeep] = [
					await deliver({ body: body(490), contentType: null }, trigger),
					await deliver({ body: body(100_000), contentType: null }, trigger),
				];
				expect(deep).toMatchObject({ status: 200, body: {}, error: null });
				expect(tooDeep).toMatchObject({ status: 400, items: null, error: null });
			}
		},
	);
});
