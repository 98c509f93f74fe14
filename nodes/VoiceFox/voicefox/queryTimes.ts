import { DateTime } from 'luxon';

import { isPresent } from './values';
import { isTimeZone } from './times';

/** A range of time in the form of VoiceFox's query; what is not set is absent. */
export interface QueryRange {
	startTime?: string;
	endTime?: string;
}

/** Why a range cannot be asked for: what cannot be read, or that it ends before it starts. */
export interface UnusableRange {
	unusable: 'timeZone' | 'startTime' | 'endTime' | 'order';
}

/** The only form of a time that VoiceFox documents. */
const VOICEFOX_TIME = 'yyyy-MM-dd HH:mm:ss';

/** No time is longer; what is longer is not looked at. */
const MAX_LENGTH = 100;

const DATE_ONLY = /^\d{4}-\d\d-\d\d$/;

/** n8n gives text from the date picker, and whatever an expression makes: `$now`, a Date, milliseconds. */
export function timeOf(value: unknown, zone: string): DateTime {
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
	if (typeof value === 'number') return DateTime.fromMillis(value, { zone });
	// An expression's DateTime comes from n8n's own copy of luxon, so instanceof says nothing.
	const isLuxonTime = typeof (value as { toISO?: unknown } | null)?.toISO === 'function';
	const text = String(isLuxonTime ? (value as DateTime).toISO() : value)
		.slice(0, MAX_LENGTH)
		.trim();
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
 * Where clocks are set back within the range, VoiceFox's times don't say which of the two hours they mean: both
 * are asked for, so that no call is left out.
 */
function rangeOf(start: DateTime, end: DateTime): QueryRange {
	const setBack = Math.max(0, start.offset - end.offset);
	const startsBefore = start.plus({ minutes: setBack }).offset < start.offset;
	const endsAfter = end.minus({ minutes: setBack }).offset > end.offset;
	return {
		startTime: wallTime(start, startsBefore ? -setBack : 0),
		endTime: wallTime(end, endsAfter ? setBack : 0),
	};
}

/**
 * A range of time for VoiceFox's query.
 *
 * @param startTime ISO 8601, `yyyy-MM-dd HH:mm:ss`, a date alone, a DateTime, a Date or ms; without an offset of
 *   its own it is a time in `zone`. Empty: not set
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
	if (start && end) return start > end ? { unusable: 'order' } : rangeOf(start, end);
	return { ...(start && { startTime: wallTime(start) }), ...(end && { endTime: wallTime(end) }) };
}
