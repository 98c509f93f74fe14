import { DateTime, IANAZone } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

/** VoiceFox's times: the fields of a call, and of a task. */
const TIME_FIELDS = ['start_at', 'answer_at', 'end_at', 'task_start_at'] as const;

/** How VoiceFox writes a time, in luxon's words. */
export const VOICEFOX_TIME = 'yyyy-MM-dd HH:mm:ss';

/** Reads a time as VoiceFox writes it, in an IANA zone; one that cannot be read is invalid. */
export const fromVoiceFox = (text: string, zone: string): DateTime =>
	DateTime.fromFormat(text, VOICEFOX_TIME, { zone });

const ISO_DATE = /^\d{4}-\d\d-\d\d/;

/** Go writes a time that was never set so, in whatever zone; it is an empty value, not a time. */
export const isZeroTime = (text: string) => text.startsWith('0001-01-01');

/** Tells whether a zone has this IANA name. Newer versions of Node take an offset (`+09:00`) for a zone too: it is none. */
export const isTimeZone = (zone: string) => /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone);

/**
 * Writes a time with a zone's offset.
 *
 * @param value VoiceFox's `yyyy-MM-dd HH:mm:ss` or ISO 8601; without an offset of its own it is a time in `zone`
 * @param zone an IANA zone
 * @param shownIn the IANA zone that the same instant is shown in
 * @returns ISO 8601 with milliseconds and the offset of the zone that it is shown in; anything unreadable as it was
 */
export function toZonedTime(
	value: IDataObject[string],
	zone: string,
	shownIn: string = zone,
): IDataObject[string] {
	if (typeof value !== 'string' || !ISO_DATE.test(value) || isZeroTime(value)) return value;

	const iso = DateTime.fromISO(value, { zone });
	const time = iso.isValid ? iso : fromVoiceFox(value, zone);
	return time.isValid ? time.setZone(shownIn).toISO() : value;
}

/**
 * The same fields with VoiceFox's times in a zone.
 *
 * @param zone VoiceFox's; an empty or unknown one leaves all as sent
 * @param shownIn the zone that the times are converted into; an empty one leaves them in VoiceFox's, an unknown one as sent
 */
export function withZonedTimes(fields: IDataObject, zone: string, shownIn = ''): IDataObject {
	const shown = shownIn === '' ? zone : shownIn;
	if (!isTimeZone(zone) || !isTimeZone(shown)) return fields;

	const times = TIME_FIELDS.filter((name) => Object.hasOwn(fields, name));
	return {
		...fields,
		...Object.fromEntries(times.map((name) => [name, toZonedTime(fields[name], zone, shown)])),
	};
}
