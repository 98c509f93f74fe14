// @ts-check
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createCredential, restOf } from '../../../scripts/lib/rest.mjs';

if (!process.env.E2E_INSTANCE)
	throw new Error('These tests need a running n8n: start them with `npm run test:e2e`.');

/**
 * The n8n that the tests share.
 * @type {{ version: string, url: string, userFolder: string, logFile: string, owner: import('../../../scripts/lib/rest.mjs').Owner,
 *   cookie: string, token: string, wrongToken: string, storesFirst: boolean }}
 */
export const instance = JSON.parse(process.env.E2E_INSTANCE);

/** Some tests expect less of it; README.md says what differs. */
export const isN8n1 = instance.version.startsWith('1.');

export const rest = restOf(instance.url, instance.cookie);

/**
 * Stores a VoiceFox Webhook API credential.
 * @param {{ authorizationToken: string, previousAuthorizationToken?: string }} data
 */
export async function storedCredential(data) {
	const credential = {
		name: 'VoiceFox',
		type: 'voiceFoxWebhookApi',
		data: { previousAuthorizationToken: '', ...data },
	};
	return { id: await createCredential(rest, credential), name: credential.name };
}

/** The credential of every test that does not need one of its own. */
export const credential = await storedCredential({ authorizationToken: instance.token });

export const authorized = { authorization: `Bearer ${instance.token}` };

/** Everything n8n has printed. */
export const logText = () => readFile(instance.logFile, 'utf8');

/**
 * What the trigger writes into n8n's log while something is done.
 * @param {() => Promise<unknown>} action
 * @returns {Promise<string[]>} its lines
 */
export async function linesLoggedDuring(action) {
	const before = (await logText()).length;
	await action();
	// n8n's output reaches the file a moment later, and a second line would come with the first.
	await pause(400);
	return (await logText())
		.slice(before)
		.split('\n')
		.filter((line) => line.includes('VoiceFox Trigger'));
}
