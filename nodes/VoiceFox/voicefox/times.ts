import { DateTime, IANAZone } from 'luxon';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

/** VoiceFox's times: the fields of a call, and of a task. */
const TIME_FIELDS = ['start_at', 'answer_at', 'end_at', 'task_start_at'] as const;

const ISO_DATE = /^\d{4}-\d\d-\d\d/;

/** Go writes a time that was never set so; it is an empty value, not a time. */
const GO_ZERO_TIME = /^0001-01-01[T ]00:00:00/;

export const isTimeZone = (zone: string) => IANAZone.isValidZone(zone);

/** The zones to choose from in the editor: none, the workflow's own, and all others by name. */
export function timeZoneOptions(workflowZone: string): INodePropertyOptions[] {
	const others = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== workflowZone);
	return [
		{ name: 'As Sent by VoiceFox', value: '' },
		{ name: `${workflowZone} (This Workflow's)`, value: workflowZone },
		...others.map((zone) => ({ name: zone, value: zone })),
	];
}

/**
 * Writes a time with its zone's offset.
 *
 * @param value `yyyy-MM-dd HH:mm:ss` or ISO 8601; without an offset of its own it is a time in `zone`
 * @param zone an IANA zone
 * @returns ISO 8601 with milliseconds and the zone's offset; anything unreadable as it was
 */
export function toZonedTime(value: IDataObject[string], zone: string): IDataObject[string] {
	if (typeof value !== 'string' || !ISO_DATE.test(value) || GO_ZERO_TIME.test(value)) return value;

	const iso = DateTime.fromISO(value, { zone });
	const time = iso.isValid ? iso : DateTime.fromFormat(value, 'yyyy-MM-dd HH:mm:ss', { zone });
	return time.isValid ? time.toISO() : value;
}

/** The same fields with VoiceFox's times in `zone`; an empty or unknown zone leaves all as sent. */
export function withZonedTimes(fields: IDataObject, zone: string): IDataObject {
	if (zone === '' || !isTimeZone(zone)) return fields;

	const times = TIME_FIELDS.filter((name) => Object.hasOwn(fields, name));
	return { ...fields, ...Object.fromEntries(times.map((name) => [name, toZonedTime(fields[name], zone)])) };
}
