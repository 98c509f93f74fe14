import { DateTime, IANAZone } from 'luxon';

import { refuse } from '../api/problems';

/** The only form of a time that VoiceFox documents. */
const VOICEFOX_TIME = 'yyyy-MM-dd HH:mm:ss';

const DATE_ONLY = /^\d{4}-\d\d-\d\d$/;

/** n8n gives text from the date picker, and whatever an expression makes: `$now`, a Date, milliseconds. */
function timeOf(value: unknown, zone: string): DateTime {
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone });
	if (typeof value === 'number') return DateTime.fromMillis(value, { zone });
	// An expression's DateTime comes from n8n's own copy of luxon, so instanceof says nothing.
	const isLuxonTime = typeof (value as { toISO?: unknown } | null)?.toISO === 'function';
	const text = String(isLuxonTime ? (value as DateTime).toISO() : (value ?? '')).trim();
	const iso = DateTime.fromISO(text, { zone });
	return iso.isValid ? iso : DateTime.fromSQL(text, { zone });
}

/**
 * A time for VoiceFox's query.
 *
 * @param value ISO 8601, `yyyy-MM-dd HH:mm:ss`, a date alone, a DateTime, a Date or ms; without an offset
 *   of its own it is a time in `zone`
 * @param zone the IANA zone of the VoiceFox account
 * @returns `yyyy-MM-dd HH:mm:ss` in that zone; for an `End Time` that is a date alone, the day's last second
 * @throws ProblemError when it cannot be read, or the zone is unknown
 */
export function toVoiceFoxTime(value: unknown, zone: string, label: 'Start Time' | 'End Time'): string {
	if (!IANAZone.isValidZone(zone)) {
		refuse(`The time zone "${zone.slice(0, 60)}" is not known. Use a name such as Asia/Tokyo`);
	}

	const time = timeOf(value, zone);
	if (!time.isValid) refuse(`'${label}' is no time that can be read. Use a form such as 2026-11-20 09:00:00`);

	const isWholeDay = typeof value === 'string' && DATE_ONLY.test(value.trim());
	return (label === 'End Time' && isWholeDay ? time.endOf('day') : time).toFormat(VOICEFOX_TIME);
}
