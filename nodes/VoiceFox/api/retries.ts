import type { IDataObject } from 'n8n-workflow';

/** How long one request may wait in all, in ms: longer than any pause of the doubling, short for a workflow. */
export const MAX_TOTAL_WAIT = 60_000;

const SECOND = 1000;

/** How often a request is sent again that was not answered, or that VoiceFox could not answer. */
const MAX_FAILURES = 3;

/** What a server says that cannot answer now: an error in it, or in what stands before it. */
const FAILED = new Set([500, 502, 503, 504]);

/** The codes of Node and axios for a connection that was refused, or that ended before the answer did. */
const UNANSWERED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'EAI_AGAIN']);

const TIMED_OUT = new Set(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT']);

/** What came of sending a request: the server's answer, or the code with which it was not answered. */
export type Outcome = { statusCode: number; headers: IDataObject } | { code: string | undefined };

/** What came of it before. */
export interface Attempts {
	/** By kind: VoiceFox limits requests (429), there was no answer or 5xx, or no answer in time */
	limited: number;
	failed: number;
	timedOut: number;
	/** In ms */
	waited: number;
}

type Kind = Exclude<keyof Attempts, 'waited'>;

export const NO_ATTEMPTS: Attempts = { limited: 0, failed: 0, timedOut: 0, waited: 0 };

/** What kind of failure it is that may be over when the request is sent again; undefined for any other outcome. */
function kindOf(outcome: Outcome): Kind | undefined {
	if ('code' in outcome) {
		const code = outcome.code ?? '';
		if (TIMED_OUT.has(code)) return 'timedOut';
		return UNANSWERED.has(code) ? 'failed' : undefined;
	}
	if (outcome.statusCode === 429) return 'limited';
	return FAILED.has(outcome.statusCode) ? 'failed' : undefined;
}

/**
 * What `Retry-After` asks for, in ms: a number of seconds or a date (RFC 9110, section 10.2.3). A second at least, so
 * that 0 makes no loop.
 */
function askedPause(retryAfter: unknown, now: number): number | undefined {
	const text = String(retryAfter ?? '').trim();
	if (/^\d+$/.test(text)) return Math.max(SECOND, Number(text) * 1000);

	const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(SECOND, date - now);
}

const doubled = (times: number) => SECOND * 2 ** times;

function pauseAfter(outcome: Outcome, kind: Kind, before: Attempts, now: number): number | undefined {
	if (kind === 'limited') {
		const asked = 'headers' in outcome ? askedPause(outcome.headers['retry-after'], now) : undefined;
		return asked ?? doubled(before.limited);
	}
	return before.failed < MAX_FAILURES ? doubled(before.failed) : undefined;
}

/** How long to wait before a request is sent again, in ms, and what is known then; undefined when it is not. */
export type RetryPolicy = (
	outcome: Outcome,
	before: Attempts,
	now?: number,
) => { pause: number; attempts: Attempts } | undefined;

/**
 * Sends a request again that was not answered (refused, reset), or answered 500, 502, 503, 504: after 1, 2, 4 s; after a
 * time-out once more only. One that is limited (429) as often as `Retry-After`, else the doubling, fits into a minute.
 */
export const askAgain: RetryPolicy = (outcome, before, now = Date.now()) => {
	const kind = before.timedOut > 0 ? undefined : kindOf(outcome);
	const pause = kind && pauseAfter(outcome, kind, before, now);
	if (kind === undefined || pause === undefined) return undefined;

	const waited = before.waited + pause;
	return waited > MAX_TOTAL_WAIT
		? undefined
		: { pause, attempts: { ...before, [kind]: before[kind] + 1, waited } };
};

/** For polls: the next poll asks again. */
export const askOnce: RetryPolicy = () => undefined;
