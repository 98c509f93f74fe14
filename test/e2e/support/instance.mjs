// @ts-check
import { setTimeout as pause } from 'node:timers/promises';
import { N8n } from '../../support/n8n.mjs';

if (!process.env.TEST_N8N)
	throw new Error('These tests need a running n8n: start them with `npm run test:e2e`.');

/** The n8n that the tests share. */
export const instance = new N8n(JSON.parse(process.env.TEST_N8N));

export const { rest, credential, authorized } = instance;

/** A value that no credential holds. */
export const wrongToken = 'n0-credential-h0lds-this-v4lue-at-all';

const [major = 0, minor = 0] = instance.version.split('.').map(Number);

/** Some tests expect less of it; README.md says what differs. */
export const isN8n1 = major === 1;

/** Whether n8n's 200 means that the execution is stored: since 2.8. */
export const storesFirst = major > 2 || (major === 2 && minor >= 8);

/**
 * Stores a VoiceFox Webhook API credential.
 * @param {{ authorizationToken: string }} data
 */
export const storedCredential = ({ authorizationToken }) => instance.webhookCredential(authorizationToken);

/**
 * What the trigger writes into n8n's log while something is done.
 * @param {() => Promise<unknown>} action
 * @returns {Promise<string[]>} its lines
 */
export async function linesLoggedDuring(action) {
	const before = instance.log().length;
	await action();
	// n8n's output reaches the file a moment later, and a second line would come with the first.
	await pause(400);
	return instance
		.log()
		.slice(before)
		.split('\n')
		.filter((line) => line.includes('VoiceFox Trigger'));
}
