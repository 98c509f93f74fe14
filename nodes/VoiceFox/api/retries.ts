import type { IDataObject } from 'n8n-workflow';

export const MAX_RETRIES = 5;

/** How long one request may wait in all, in ms: longer than any pause of the doubling, short for a workflow. */
export const MAX_TOTAL_WAIT = 60_000;

/** What `Retry-After` asks for, in ms: a number of seconds or a date (RFC 9110, section 10.2.3). */
function askedPause(retryAfter: unknown, now: number): number | undefined {
	const text = String(retryAfter ?? '').trim();
	if (/^\d+$/.test(text)) return Number(text) * 1000;

	const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * How long to wait before a rate-limited request is sent again.
 *
 * @param retriesDone how many times it was sent again already
 * @param waited what it has waited so far, in ms
 * @returns ms (what `Retry-After` asks for, else 1, 2, 4, … s); undefined when waiting should end
 */
export function nextPause(
	headers: IDataObject,
	retriesDone: number,
	waited: number,
	now = Date.now(),
): number | undefined {
	if (retriesDone >= MAX_RETRIES) return undefined;

	const pause = askedPause(headers['retry-after'], now) ?? 1000 * 2 ** retriesDone;
	return waited + pause <= MAX_TOTAL_WAIT ? pause : undefined;
}
