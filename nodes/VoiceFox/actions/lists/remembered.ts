import { createHash } from 'node:crypto';

import type { ILoadOptionsFunctions } from 'n8n-workflow';

/** n8n's editor asks for a list again for what the user types into its search field; VoiceFox is asked once in this time. */
const LIFETIME = 30_000;

const MOST = 100;

interface Remembered {
	until: number;
	answer: Promise<unknown>;
}

/** By a digest of the account and the kind of list. */
const answers = new Map<string, Remembered>();

/**
 * What was asked for, from VoiceFox or from the last half minute's memory of the same account.
 *
 * @param what the kind of list
 * @param ask asks VoiceFox; a failure is not remembered
 */
export async function remembered<T>(
	context: ILoadOptionsFunctions,
	what: string,
	ask: () => Promise<T>,
): Promise<T> {
	const account = [await context.getCredentials('voiceFoxApi'), context.getTimezone(), what];
	const key = createHash('sha256').update(JSON.stringify(account)).digest('base64');
	const now = Date.now();
	for (const [old, { until }] of answers) if (until <= now || answers.size > MOST) answers.delete(old);

	const known = answers.get(key);
	if (known) return (await known.answer) as T;

	const answer = ask();
	answers.set(key, { until: now + LIFETIME, answer });
	answer.catch(() => answers.delete(key));
	return await answer;
}
