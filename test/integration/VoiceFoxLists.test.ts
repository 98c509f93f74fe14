/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import { DateTime } from 'luxon';

import { errorOf, listOf } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';

declare const voiceFox: StandIn;

const calls = async (filter?: string) =>
	await listOf('searchCalls', { credential: credentialFor(voiceFox) }, filter);
const assistants = async (filter?: string) =>
	await listOf('searchAssistants', { credential: credentialFor(voiceFox) }, filter);

const time = (hoursAgo: number) =>
	DateTime.now().setZone('Asia/Tokyo').minus({ hours: hoursAgo }).toFormat('yyyy-MM-dd HH:mm:ss');
const shown = (hoursAgo: number) =>
	DateTime.now().setZone('Asia/Tokyo').minus({ hours: hoursAgo }).setLocale('en').toFormat('d LLL HH:mm');

beforeEach(() => {
	voiceFox.reset();
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
		voiceFox.world.assistants['402'] = { id: 402, name: ' ' };
		voiceFox.world.assistants['403'] = { id: 403, name: 'A'.repeat(150) };
		expect(await assistants()).toEqual([
			{ name: `${'A'.repeat(100)} (403)`, value: '403' },
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

describe.each(['searchCalls', 'searchAssistants'] as const)('%s says in a sentence', (method) => {
	const messageOf = async (apiToken?: string, hasCredential?: boolean) =>
		(await errorOf(listOf(method, { credential: credentialFor(voiceFox, apiToken), hasCredential }))).message;

	it('that a credential is missing', async () => {
		expect(await messageOf(undefined, false)).toBe(
			"Choose a credential for the VoiceFox API first: this list comes from VoiceFox. 'By ID' works without it",
		);
	});

	it('that the token is unknown', async () => {
		expect(await messageOf('example-wrong')).toMatch(/^VoiceFox does not know the API token\. Check/);
	});
});
