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
});

describe('the assistants of these calls', () => {
	it('are listed by name, each once; one that cannot be read by its number', async () => {
		expect(await assistants()).toEqual([
			{ name: 'Assistant 402', value: '402' },
			{ name: 'Reservations (318)', value: '318' },
		]);
		expect(await assistants('reserv')).toEqual([{ name: 'Reservations (318)', value: '318' }]);
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
