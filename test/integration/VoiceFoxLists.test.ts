/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import { DateTime } from 'luxon';

import { VoiceFox } from '../../nodes/VoiceFox/VoiceFox.node';
import { VoiceFoxCallLogTrigger } from '../../nodes/VoiceFox/VoiceFoxCallLogTrigger.node';
import { VoiceFoxTrigger } from '../../nodes/VoiceFox/VoiceFoxTrigger.node';
import { errorOf, listOf } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';

declare const voiceFox: StandIn;

type List = Parameters<typeof listOf>[0];

const search = (list: List) => async (filter?: string) =>
	await listOf(list, { credential: credentialFor(voiceFox) }, filter);
const calls = search('searchCalls');
const assistants = search('searchAssistants');
const tasks = search('searchTasks');
const questions = search('searchQuestions');
const fields = search('searchFields');

const time = (hoursAgo: number) =>
	DateTime.now().setZone('Asia/Tokyo').minus({ hours: hoursAgo }).toFormat('yyyy-MM-dd HH:mm:ss');
const shown = (hoursAgo: number) =>
	DateTime.now().setZone('Asia/Tokyo').minus({ hours: hoursAgo }).setLocale('en').toFormat('d LLL HH:mm');

let accounts = 0;

beforeEach(() => {
	voiceFox.reset();
	// What an account was asked is remembered for a while: each test has an account of its own.
	voiceFox.world.token = `example-account-${accounts++}`;
	const [inbound, outbound, missed] = voiceFox.world.calls;
	voiceFox.world.calls = [
		{ ...inbound, startAt: time(3), assistantId: 318 },
		{ ...outbound, startAt: time(1), assistantId: 402 },
		{ ...missed, startAt: time(47), caller: '', assistantId: 318 },
		{ ...missed, startAt: time(60), sessionId: 'too old' },
	];
});

/** Has VoiceFox answer with these calls, whatever is asked for. */
const answerWith = (items: unknown[]) => {
	voiceFox.world.faults = [{ path: '/openapi/calllog', status: 200, body: { items, total: items.length } }];
};

describe('the calls of the last two days', () => {
	it('are listed by time, direction and number, the newest first', async () => {
		const [inbound, outbound, missed] = voiceFox.world.calls;
		expect(await calls()).toEqual([
			{ name: `${shown(1)}, outbound, +12025550167`, value: outbound!.sessionId },
			{ name: `${shown(3)}, inbound, +12025550143`, value: inbound!.sessionId },
			{ name: `${shown(47)}, inbound, no number`, value: missed!.sessionId },
		]);
	});

	it('are found by a part of their name or ID', async () => {
		expect(await calls('0143')).toHaveLength(1);
		expect(await calls('OUTBOUND')).toHaveLength(1);
		expect(await calls('3e9d5a70')).toHaveLength(1);
		expect(await calls('nothing like it')).toEqual([]);
	});

	it('are asked for with the hours that the clock of the account may be ahead', async () => {
		const [inbound] = voiceFox.world.calls;
		voiceFox.world.calls = [{ ...inbound, startAt: time(-20) }];
		expect(await calls()).toHaveLength(1);
	});

	it('are 500 at most', async () => {
		const today = DateTime.now().setZone('Asia/Tokyo').toFormat('yyyy-MM-dd');
		voiceFox.world.calls = voiceFox.manyCalls(600, today);
		expect(await calls()).toHaveLength(500);
	});

	it('are listed whatever they hold, except those whose ID cannot be used', async () => {
		answerWith([
			{ sessionId: 'a', startAt: '2026-11-20T23:15:00-08:00', direction: 'inbound', caller: '+12025550143' },
			{ sessionId: 'b', startAt: '2026-11-20 10:15:00', caller: 7 },
			{ sessionId: 'c', startAt: 'soon', direction: 'x'.repeat(30), caller: 'y'.repeat(50) },
			{ sessionId: 'd' },
			{ sessionId: '..', startAt: '2026-11-20 10:15:00' },
		]);
		expect(await calls()).toEqual([
			{ name: `unknown time, ${'x'.repeat(20)}, ${'y'.repeat(40)}`, value: 'c' },
			{ name: '20 Nov 23:15, inbound, +12025550143', value: 'a' },
			{ name: '20 Nov 10:15, 7', value: 'b' },
			{ name: 'unknown time, no number', value: 'd' },
		]);
	});
});

describe('the assistants of these calls', () => {
	it('are listed by name, each once; one that cannot be read by its number', async () => {
		expect(await assistants()).toEqual([
			{ name: 'Assistant 402', value: '402' },
			{ name: 'Reservations (318)', value: '318' },
		]);
		expect(await assistants('reserv')).toEqual([{ name: 'Reservations (318)', value: '318' }]);
	});

	it('are found in whatever the calls hold, and sorted', async () => {
		answerWith([
			{ sessionId: 'a', startAt: '3', assistant: [{ id: 318 }, null, 'none', { id: 'seven' }, {}] },
			{ sessionId: 'b', startAt: '2', assistant: 'none' },
			{ sessionId: 'c', startAt: '1', assistant: [{ id: '402' }, { id: 403 }] },
		]);
		voiceFox.world.calls[1]!.collect = [{ items: [{ question: '您有什么建议?' }, { question: ' ' }] }, null];
		voiceFox.world.assistants['402'] = { id: 402, name: ' ' };
		voiceFox.world.assistants['403'] = { id: 403, name: 'A'.repeat(150) };
		expect(await assistants()).toEqual([
			{ name: `${'A'.repeat(100)}… (403)`, value: '403' },
			{ name: 'Assistant 402', value: '402' },
			{ name: 'Reservations (318)', value: '318' },
		]);
	});

	it('are 20 at most', async () => {
		answerWith([
			{ sessionId: 'a', assistant: Array.from({ length: 25 }, (_, place) => ({ id: place + 1 })) },
		]);
		expect(await assistants()).toHaveLength(20);
	});
});

describe('the outbound tasks of these calls', () => {
	it('are listed by name, each once; one that cannot be read by its number, and none for inbound calls', async () => {
		const [inbound, outbound] = voiceFox.world.calls;
		voiceFox.world.calls = [
			inbound!,
			outbound!,
			{ ...outbound, sessionId: 'a' },
			{ ...outbound, sessionId: 'b', taskId: 9022 },
		];
		expect(await tasks()).toEqual([
			{ name: 'Delivery survey (9021)', value: '9021' },
			{ name: 'Task 9022', value: '9022' },
		]);
	});

	it('are 20 at most', async () => {
		answerWith(Array.from({ length: 25 }, (_, place) => ({ sessionId: `${place}`, taskId: place + 1 })));
		expect(await tasks()).toHaveLength(20);
	});
});

describe('the questions', () => {
	const asks = (...texts: unknown[]) => ({ collect: texts.map((question) => ({ question, answers: [] })) });

	it("are those of each assistant's own list, and what else the latest calls were asked, each once", async () => {
		voiceFox.world.calls[1]!.collect = [{ items: [{ question: '您有什么建议?' }, { question: ' ' }] }, null];
		voiceFox.world.assistants['402'] = { id: 402, name: 'Survey', ...asks('Would you order again?') };
		voiceFox.world.assistants['318'] = {
			id: 318,
			...asks('How many guests?', ' HOW MANY GUESTS? ', '', null, 'ご予約の人数は何名様ですか?'),
		};
		expect(await questions()).toEqual(
			['Would you order again?', 'How many guests?', 'ご予約の人数は何名様ですか?', '您有什么建议?'].map(
				(text) => ({ name: text, value: text }),
			),
		);
		expect(await questions('GUESTS')).toEqual([{ name: 'How many guests?', value: 'How many guests?' }]);
	});

	it('are shown on one line and shortened, but chosen as they are', async () => {
		const long = `Your address\n${'x'.repeat(120)}`;
		voiceFox.world.calls = [voiceFox.world.calls[2]!];
		voiceFox.world.assistants['318'] = { id: 318, ...asks(long) };
		expect(await questions()).toEqual([{ name: `Your address ${'x'.repeat(87)}…`, value: long }]);
	});

	it('come with the fields of a row behind them, with a word of what each is', async () => {
		expect((await fields()).slice(0, 2)).toEqual([
			{ name: 'ご予約の人数は何名様ですか?', value: 'ご予約の人数は何名様ですか?' },
			{ name: 'session_id (unique ID of the call)', value: 'session_id' },
		]);
		expect(await fields('number that called')).toEqual([
			{ name: 'caller_number (the number that called)', value: 'caller_number' },
		]);
	});

	it('are there as far as VoiceFox gives them', async () => {
		voiceFox.world.faults = [
			{ path: '/openapi/assistants', status: 404 },
			{ path: '/openapi/call_logs/3e9d5a70', status: 404 },
		];
		expect((await questions()).map(({ name }) => name)).toEqual(['ご予約の人数は何名様ですか?']);
	});

	it('of calls that nobody answered are not asked for', async () => {
		voiceFox.world.calls = voiceFox.world.calls.map((call) => ({ ...call, billsec: 0 }));
		await questions();
		expect(voiceFox.requests.filter(({ path }) => path.includes('call_logs'))).toEqual([]);
	});

	it('cost a bounded number of requests, and none for the next 30 seconds', async () => {
		const today = DateTime.now().setZone('Asia/Tokyo').toFormat('yyyy-MM-dd');
		voiceFox.world.calls = voiceFox
			.manyCalls(600, today)
			.map((call, place) => ({ ...call, assistantId: (place % 40) + 1 }));
		await fields();
		const asked = voiceFox.requests.map(({ path }) => path.split('/')[2]!.split('?')[0]);
		expect([...new Set(asked)].map((what) => [what, asked.filter((one) => one === what).length])).toEqual([
			['calllog', 5],
			['assistants', 20],
			['call_logs', 10],
		]);

		await fields('guest');
		await questions();
		expect(voiceFox.requests).toHaveLength(35);
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 30_000);
		await calls();
		expect(voiceFox.requests).toHaveLength(40);
		now.mockRestore();
	});
});

it('a list that VoiceFox did not give is asked for again at once', async () => {
	voiceFox.world.faults = [{ path: '/openapi/calllog', status: 403 }];
	expect((await errorOf(calls())).message).toMatch(/^VoiceFox refuses access/);
	voiceFox.world.faults = [];
	expect(await calls()).toHaveLength(3);
});

it('every list is there in all three nodes', () => {
	const lists = ['searchCalls', 'searchAssistants', 'searchTasks', 'searchQuestions', 'searchFields'];
	for (const { methods } of [new VoiceFox(), new VoiceFoxTrigger(), new VoiceFoxCallLogTrigger()]) {
		expect(Object.keys(methods.listSearch)).toEqual(lists);
	}
});

describe.each(['searchCalls', 'searchAssistants', 'searchTasks', 'searchQuestions', 'searchFields'] as const)(
	'%s says in a sentence',
	(method) => {
		const messageOf = async (apiToken?: string, hasCredential?: boolean) =>
			(await errorOf(listOf(method, { credential: credentialFor(voiceFox, apiToken), hasCredential })))
				.message;

		it('that a credential is missing', async () => {
			expect(await messageOf(undefined, false)).toBe(
				"This list comes from VoiceFox: choose a credential for 'VoiceFox API' in this node first. What you type works without it",
			);
		});

		it('that the token is unknown', async () => {
			expect(await messageOf('example-wrong')).toMatch(/^VoiceFox does not know the API token\. Check/);
		});
	},
);
