import type { Attempt } from './download';

/** What came of the attempts so far, by kind. */
export interface Attempts {
	/** There was no file yet, or an empty one */
	missing: number;
	/** It broke off, or its host could not answer */
	broken: number;
}

export const NO_ATTEMPTS: Attempts = { missing: 0, broken: 0 };

/** A recording that VoiceFox is still writing is there within seconds: 30 in all. In ms. */
const WHILE_MISSING = [2000, 4000, 8000, 16_000];

/** In ms; three attempts in all. */
const AFTER_BREAKING = [1000, 2000];

type Kind = keyof Attempts;

/** What kind of failure it is that may be over soon; undefined for any other. */
function kindOf(attempt: Attempt): Kind | undefined {
	if ('brokenBy' in attempt) return 'broken';
	if ('isEmpty' in attempt) return 'missing';
	if (!('refusedWith' in attempt)) return undefined;

	const { refusedWith } = attempt;
	if (refusedWith === 404) return 'missing';
	return refusedWith === 206 || refusedWith === 429 || refusedWith >= 500 ? 'broken' : undefined;
}

/**
 * How long to wait before a recording is asked for again at the same address.
 *
 * @returns the pause in ms, and what came of the attempts until then; undefined when it is not asked for again
 */
export function nextAttempt(
	attempt: Attempt,
	before: Attempts,
): { pause: number; attempts: Attempts } | undefined {
	const kind = kindOf(attempt);
	if (kind === undefined) return undefined;

	const pause = (kind === 'missing' ? WHILE_MISSING : AFTER_BREAKING)[before[kind]];
	return pause === undefined ? undefined : { pause, attempts: { ...before, [kind]: before[kind] + 1 } };
}
