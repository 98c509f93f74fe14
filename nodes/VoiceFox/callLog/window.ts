import { DateTime } from 'luxon';

/** The only form of a time that VoiceFox documents. Such texts compare like the times they name. */
const VOICEFOX_TIME = 'yyyy-MM-dd HH:mm:ss';

export const HOUR = 3_600_000;

/** No zone's clock is further from UTC than this (the Line Islands, UTC+14). */
const WIDEST_OFFSET = 14 * HOUR;

/** What clocks may differ, and what a call's entry may be late. */
const MARGIN = HOUR;

/** The query's `startTime` and `endTime`, in the account's local time. */
export interface Window {
	startTime: string;
	endTime: string;
}

/** What the user set of it; times in ms. */
export interface WindowSettings {
	/** Where the history begins that is emitted first; null for none. */
	startFrom: number | null;
	lookBack: number;
	/** The account's IANA zone; empty when nobody knows. */
	timeZone: string;
}

/** What is remembered of the last complete poll. */
export interface LastPoll {
	/** When it began, in ms. */
	polledAt: number;
	/** Where its window began, as sent to VoiceFox. */
	startTime: string;
}

function beginningOf({ startFrom, lookBack }: WindowSettings, last: LastPoll | null, now: number): number {
	if (last === null) return startFrom ?? now - lookBack;
	return Math.min(now - lookBack, last.polledAt - MARGIN);
}

/** Where clocks are set back soon after, an hour comes twice: then the text is the first one's, and no call is missed. */
function startText(time: number, zone: string): string {
	const start = DateTime.fromMillis(time, { zone });
	const setBack = Math.max(0, start.offset - start.plus({ hours: 1 }).offset);
	return start.toUTC(0, { keepLocalTime: true }).minus({ minutes: setBack }).toFormat(VOICEFOX_TIME);
}

/**
 * The stretch of the call log that a poll reads.
 *
 * It begins at Look Back or an hour before the last complete poll, whichever is earlier; the first one at Start From.
 * It never begins before the last one: the calls from before are forgotten, and would look new. (A clock that was
 * turned back is the exception: there the calls in between would be lost.) An account in an unknown zone
 * has the window 14 hours wider on both sides.
 *
 * @param last the last complete poll; null before the first
 * @param now n8n's time, in ms
 */
export function windowOf(settings: WindowSettings, last: LastPoll | null, now: number): Window {
	const zone = settings.timeZone === '' ? 'UTC' : settings.timeZone;
	const widening = settings.timeZone === '' ? WIDEST_OFFSET : 0;

	const startTime = startText(beginningOf(settings, last, now) - widening, zone);
	const isLater = last === null || startTime >= last.startTime || last.polledAt > now + MARGIN;
	return {
		startTime: isLater ? startTime : last.startTime,
		endTime: DateTime.fromMillis(now + widening + MARGIN, { zone }).toFormat(VOICEFOX_TIME),
	};
}
