/**
 * @jest-environment ./test/stand-in/environment.mjs
 * @jest-environment-options {"N8N_SSRF_PROTECTION_ENABLED": "true", "N8N_SSRF_ALLOWED_HOSTNAMES": "localhost"}
 */
import { errorOf, initStorage, runVoiceFox } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';

declare const voiceFox: StandIn;

const download = async (address: string) =>
	await runVoiceFox(
		{ resource: 'call', operation: 'downloadRecording', recordUrl: address, sessionId: '' },
		{ credential: credentialFor(voiceFox) },
	);
const allowed = (address: string) => address.replace('127.0.0.1', 'localhost');

beforeAll(initStorage);
beforeEach(() => voiceFox.reset());

it("n8n's protection against internal addresses holds for a recording's address", async () => {
	const { sessionId } = voiceFox.world.calls[0]!;
	const error = await errorOf(download(voiceFox.addressOf(String(sessionId))));

	expect(error.message).toMatch(/^n8n did not download the recording\. .*restricted IP address/);
	expect(voiceFox.requests).toEqual([]);
	expect(await download(allowed(voiceFox.addressOf(String(sessionId))))).toHaveLength(1);
});

it('it holds for where a redirect leads, too', async () => {
	voiceFox.record('moved', {});
	voiceFox.record('first', { redirectsTo: voiceFox.addressOf('moved') });
	const error = await errorOf(download(allowed(voiceFox.addressOf('first'))));

	expect(error.message).toMatch(/^n8n did not download the recording\./);
	expect(voiceFox.requests).toHaveLength(1);
});

it('it holds for the URL of a trigger, and the error says who can allow it', async () => {
	const sample = { resource: 'trigger', operation: 'sendSample', kind: 'missed', language: 'en' };
	const error = await errorOf(
		runVoiceFox(
			{ ...sample, url: `${voiceFox.url}/webhook/3f2a/webhook` },
			{
				credential: {},
				webhookCredential: { authorizationToken: 'example-token-of-the-webhook' },
				addresses: { editor: voiceFox.url, webhooks: voiceFox.url },
			},
		),
	);
	expect(error.message).toBe(
		"n8n's protection against internal addresses keeps it from calling its own URL. Whoever runs n8n can allow that address",
	);
	expect(error.description).toMatch(/^The target 127\.0\.0\.1 is not allowed\./);
	expect(voiceFox.requests).toEqual([]);
});
