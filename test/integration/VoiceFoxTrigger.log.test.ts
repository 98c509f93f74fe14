import { callEnded, inbound, withData } from '../support/events';
import { deliver, TOKEN, type TriggerNode } from './support/trigger';
import type { SentRequest } from './support/requests';

/** Values that must never appear in a log, in any form. */
const CONFIDENTIAL = [
	TOKEN,
	'a wrong value',
	'Bearer',
	'5550199',
	'+1202555',
	inbound.event_data.session_id as string,
	'maybe',
];

const bad = { hit: 'maybe', question: 'Your number, +12025550143?' };

const CASES: Array<[name: string, level: string, phrase: RegExp, SentRequest, TriggerNode]> = [
	['an absent header', 'warn', /401.* no Authorization header/, { authorization: null }, {}],
	[
		'a wrong header',
		'warn',
		/401.* Authorization header is not the value/,
		{ authorization: 'Bearer a wrong value' },
		{},
	],
	['a blank token', 'warn', /401.* no usable token/, {}, { credential: { authorizationToken: ' ' } }],
	['a missing credential', 'warn', /503.* credential cannot be read/, {}, { credential: null }],
	['an unreadable setting', 'warn', /503.* setting 'Output'/, {}, { parameters: { output: 'x' } }],
	['broken JSON', 'warn', /400.* not valid JSON/, { body: '{"caller":"+1202555', contentType: null }, {}],
	[
		'an invalid field',
		'warn',
		/400.* event_data\.session_id/,
		{ body: withData(inbound, { session_id: [bad] }) },
		{},
	],
	[
		'a value that is passed on as sent',
		'warn',
		/passed on as sent .* event_data\.collect_targets\.0\.hit$/,
		{ body: withData(inbound, { collect_targets: [bad] }) },
		{},
	],
	['an event that is not selected', 'info', /ignored.* not selected/, { body: callEnded }, {}],
	[
		'an event that the filter "Direction" refuses',
		'info',
		/ignored.* filter Direction: "Outbound" is chosen, and the call's direction is "inbound"/,
		{},
		{ parameters: { filters: { direction: 'outbound' } } },
	],
	[
		'an event that the filter "Phone Numbers" refuses',
		'info',
		/ignored.* filter Phone Numbers: neither of the call's numbers is in the list/,
		{},
		{ parameters: { filters: { phoneNumbers: '+12025550199' } } },
	],
	[
		'an event that is passed on as unprocessed',
		'info',
		/passed an event on as unprocessed: .* not selected/,
		{ body: callEnded },
		{ parameters: { options: { notProcessed: ['notSelected'] } } },
	],
];

describe('n8n’s log', () => {
	it.each(CASES)('has one line for %s', async (_, level, phrase, sent, trigger) => {
		const { log } = await deliver({ body: inbound, ...sent }, trigger);
		expect(log).toHaveLength(1);
		expect(log[0]).toMatch(phrase);
		expect(log[0]).toMatch(
			new RegExp(`^${level} VoiceFox Trigger "Calls" of workflow "Call log" \\(\\d+\\): `),
		);
	});

	it.each(CASES)('holds nothing confidential for %s', async (_, _level, _phrase, sent, trigger) => {
		const { log } = await deliver({ body: inbound, ...sent }, trigger);
		for (const secret of CONFIDENTIAL) expect(log[0]).not.toContain(secret);
	});

	it('has no line for an accepted event', async () => {
		expect((await deliver({ body: inbound })).log).toEqual([]);
	});

	it('has one line per event while the time zone is unknown, and the times stay as sent', async () => {
		const unknown = { parameters: { options: { timeZone: 'Asia/Nowhere' } } };
		const { status, items, log } = await deliver({ body: callEnded }, { ...unknown });
		expect({ status, items }).toMatchObject({ status: 200, items: null });
		expect(log).toHaveLength(1);
		expect(log[0]).toContain('not selected');

		const accepted = await deliver({ body: inbound }, unknown);
		expect(accepted.items?.[0]?.[0]?.start_at).toBe(inbound.event_data.start_at);
		expect(accepted.log).toEqual([expect.stringMatching(/^warn .*is not known/)]);
	});

	it("has one line for each entry of 'Only These Questions' that fits no question of a call", async () => {
		const filters = { questions: ['アレルギー', 'No such question?', 'Nor this'] };
		const outcome = await deliver({ body: inbound }, { parameters: { filters } });
		expect(outcome.items?.map((items) => items.length)).toEqual([1, 1, 2]);
		expect(outcome.log).toEqual([
			expect.stringMatching(/^warn .*'Only These Questions'.*: "No such question\?"$/),
			expect.stringMatching(/^warn .*'Only These Questions'.*: "Nor this"$/),
		]);
	});

	it("has one line for each entry of 'Columns' that fits nothing of a call", async () => {
		const values = ['billsec', 'No such column'].map((field) => ({ field, column: '' }));
		const parameters = { output: 'row', columns: { values } };
		expect((await deliver({ body: inbound }, { parameters })).log).toEqual([
			expect.stringMatching(/^warn .*'Columns' fits nothing of a call: "No such column"$/),
		]);
	});

	it('names 100 characters of such an entry, and none for an event that holds no questions', async () => {
		const filters = { questions: ['x'.repeat(150)] };
		const [line] = (await deliver({ body: inbound }, { parameters: { filters } })).log;
		expect(line).toMatch(/: "x{100}"$/);
		const ended = { triggerOn: ['callin.hangup'], filters };
		expect((await deliver({ body: callEnded }, { parameters: ended })).log).toEqual([]);
	});

	it.each<[string, SentRequest, TriggerNode]>([
		['refused requests', { authorization: null }, {}],
		['invalid payloads', { body: {} }, {}],
		['events that are not selected', { body: callEnded }, {}],
		['filtered events', {}, { parameters: { filters: { direction: 'outbound' } } }],
		[
			'events that are passed on as unprocessed',
			{ body: callEnded },
			{ parameters: { options: { notProcessed: ['notSelected'] } } },
		],
		[
			'entries that fit no question',
			{},
			{ parameters: { filters: { questions: ['no such'] }, options: { ignoreDuplicates: false } } },
		],
	])('has at most ten lines a minute of one trigger for %s', async (what, sent, trigger) => {
		const workflowId = `log of ${what}`;
		const lines = [];
		for (let time = 1; time <= 15; time++) {
			lines.push(...(await deliver({ body: inbound, ...sent }, { ...trigger, workflowId })).log);
		}
		expect(lines).toHaveLength(10);
		expect(lines.at(-1)).toContain('are counted, not written');
	});

	it('keeps a name with line breaks on one line', async () => {
		const { log } = await deliver({ body: callEnded }, { nodeName: 'Calls\nwarn forged' });
		expect(log[0]).toContain('"Calls\\nwarn forged"');
		expect(log[0]).not.toContain('\n');
	});
});

describe('the answer to a stranger', () => {
	it('is the same whatever the rules and the body are', async () => {
		const stranger = { authorization: 'Bearer a wrong value' };
		const answers = await Promise.all([
			deliver({ ...stranger, body: inbound }),
			deliver({ ...stranger, body: '{"broken', contentType: null }),
			deliver({ ...stranger, body: inbound }, { parameters: { triggerOn: ['other'] } }),
			deliver({ ...stranger, body: inbound }, { parameters: { output: 'x' } }),
			deliver({ ...stranger, body: inbound }, { parameters: { options: { notProcessed: ['invalid'] } } }),
			deliver({ ...stranger, body: inbound }, { testRun: true }),
		]);
		expect(
			new Set(answers.map(({ status, headers, body }) => JSON.stringify([status, headers, body]))).size,
		).toBe(1);
	});
});
