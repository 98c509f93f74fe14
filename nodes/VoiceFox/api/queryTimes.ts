import { DateTime } from 'luxon';

import { isPresent, textIn } from '../voicefox/values';
import { isTimeZone, VOICEFOX_TIME } from '../voicefox/times';

/** A range of time in the form of VoiceFox's query; what is not set is absent. */
export interface QueryRange {
	startTime?: string;
	endTime?: string;
}

/** Why a range cannot be asked for: what cannot be read, or that it ends before it starts. */
export interface UnusableRange {
	unusable: 'timeZone' | 'startTime' | 'endTime' | 'order';
}

/** No time is longer; what is longer is not looked at. */
const MAX_LENGTH = 100;

const DATE_ONLY = /^\d{4}-\d\d-\d\d$/;

/** Unix time in seconds is below this until the year 5138, in milliseconds it is above it since 1973. */
const LEAST_MILLISECONDS = 100_000_000_000;

/** A smaller number is something else, such as a year; in seconds it would be a time before March 1973. */
const LEAST_SECONDS = 100_000_000;

const UNIX_TIME = /^\d{9,13}(\.\d{1,9})?$/;

function unixTime(value: number, zone: string): DateTime {
	if (!(value >= LEAST_SECONDS)) return DateTime.invalid('not a Unix time');
	return DateTime.fromMillis(Math.round(value < LEAST_MILLISECONDS ? value * 1000 : value), { zone });
}

/**
 * A time as users, expressions and other nodes write it.
 *
 * @param value ISO 8601, VoiceFox's `yyyy-MM-dd HH:mm:ss`, Unix seconds or milliseconds as a number or in digits, a
 *   Date, or a DateTime such as `$now`
 * @param zone the IANA zone of a time that names no offset of its own, and of the result
 * @returns an invalid DateTime for anything else
 */
export function timeOf(value: unknown, zone: string): DateTime {
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
	if (typeof value === 'number') return unixTime(value, zone);
	// An expression's DateTime comes from n8n's own copy of luxon, so instanceof says nothing.
	const isLuxonTime = typeof (value as { toISO?: unknown } | null)?.toISO === 'function';
	const text = textIn(isLuxonTime ? (value as DateTime).toISO() : value)
		.slice(0, MAX_LENGTH)
		.trim();
	if (UNIX_TIME.test(text)) return unixTime(Number(text), zone);

	const iso = DateTime.fromISO(text, { zone });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone });
}

/** An end that is a date alone means the whole day. */
function endOf(value: unknown, zone: string): DateTime {
	const time = timeOf(value, zone);
	return typeof value === 'string' && DATE_ONLY.test(value.trim()) ? time.endOf('day') : time;
}

/** The time that a clock on the wall shows, minutes earlier or later. */
const wallTime = (time: DateTime, minutes = 0) =>
	time.toUTC(0, { keepLocalTime: true }).plus({ minutes }).toFormat(VOICEFOX_TIME);

/**
 * Where clocks are set back, VoiceFox's times don't say which of the two hours they mean: a range takes in both, so
 * that no call is left out.
 *
 * @returns the start of a range that begins at this time, as VoiceFox writes it
 */
export function startText(start: DateTime): string {
	const setBack = Math.max(0, start.offset - start.plus({ hours: 1 }).offset);
	const isTwice = start.plus({ minutes: setBack }).offset < start.offset;
	return wallTime(start, isTwice ? -setBack : 0);
}

/** The same for the end of a range. */
export function endText(end: DateTime): string {
	const setBack = Math.max(0, end.minus({ hours: 1 }).offset - end.offset);
	const isTwice = end.minus({ minutes: setBack }).offset > end.offset;
	return wallTime(end, isTwice ? setBack : 0);
}

/**
 * A range of time for VoiceFox's query.
 *
 * @param startTime as `timeOf` reads it; empty: not set
 * @param endTime the same; a date alone is the day's last second
 * @param zone the IANA zone of the VoiceFox account
 * @returns `yyyy-MM-dd HH:mm:ss` in that zone, or what cannot be used
 */
export function queryRange(
	{ startTime, endTime }: { startTime?: unknown; endTime?: unknown },
	zone: string,
): QueryRange | UnusableRange {
	if (!isTimeZone(zone)) return { unusable: 'timeZone' };

	const start = isPresent(startTime) ? timeOf(startTime, zone) : undefined;
	const end = isPresent(endTime) ? endOf(endTime, zone) : undefined;
	if (start?.isValid === false) return { unusable: 'startTime' };
	if (end?.isValid === false) return { unusable: 'endTime' };
	if (start && end && start > end) return { unusable: 'order' };
	return { ...(start && { startTime: startText(start) }), ...(end && { endTime: endText(end) }) };
}

/** For each range in words, how many days before today its first and its last day are; null leaves the range to VoiceFox. */
const DAYS_BEFORE = {
	today: null,
	yesterday: { first: 1, last: 1 },
	last7Days: { first: 7, last: 0 },
	last30Days: { first: 30, last: 0 },
} as const;

/** A range of time in words. */
export type RangeWord = keyof typeof DAYS_BEFORE;

/**
 * A range in words for VoiceFox's query, of whole days: `last7Days` is today and the seven days before it, so that
 * somebody who asks once a week misses nothing.
 *
 * @param zone the IANA zone of the VoiceFox account
 * @param now in ms
 * @returns nothing for `today`: VoiceFox takes it when it is asked for no range. An unknown zone is unusable
 */
export function rangeOf(word: RangeWord, zone: string, now: number): QueryRange | UnusableRange {
	if (!isTimeZone(zone)) return { unusable: 'timeZone' };
	const days = DAYS_BEFORE[word];
	if (days === null) return {};

	const today = DateTime.fromMillis(now, { zone });
	return {
		startTime: wallTime(today.minus({ days: days.first }).startOf('day')),
		endTime: wallTime(today.minus({ days: days.last }).endOf('day')),
	};
}
