import type { IDataObject } from 'n8n-workflow';

/** Most file systems take 255 bytes; names in Chinese or Japanese have 3 bytes a character. */
const MAX_LENGTH = 80;

const HAS_EXTENSION = /\.[a-z0-9]{1,5}$/i;

/** What no file system objects to: letters and digits of any script, and a few marks; no dot at the front. */
const safe = (text: string) =>
	text
		.normalize('NFC')
		.replace(/[^\p{L}\p{M}\p{N}+._ -]+/gu, '_')
		.replace(/^[. ]+|[. ]+$/g, '');

/** `2026-11-20 10:15:02` and ISO 8601 alike become `2026-11-20_10-15-02`. */
const dated = (time: string) => time.slice(0, 19).replace(/[T ]/, '_').replaceAll(':', '-');

const firstText = (...values: unknown[]) =>
	String(values.find((value) => ['string', 'number'].includes(typeof value) && value !== '') ?? '');

/**
 * A recording's file name from date, caller and session, e.g.
 * `2026-11-20_10-15-02_+12025550143_b7c0f1e2-5d3a-4c86-9f41-2a6de8c07f15.mp3`; what is unknown is left out.
 *
 * @param call the trigger's item, or a call log
 */
export function recordingName(call: IDataObject, sessionId: string, extension: string): string {
	const parts = [
		dated(firstText(call.start_at, call.startAt)),
		firstText(call.caller_number, call.caller),
		firstText(sessionId, call.session_id, call.sessionId),
	];
	const name = parts.map(safe).filter((part) => part !== '');
	return `${name.join('_').slice(0, 200) || 'recording'}.${extension}`;
}

/** The name the user wants, made safe; without an ending it gets the recording's. */
export function wantedName(fileName: string, extension: string): string {
	const name = safe(fileName);
	const ending = HAS_EXTENSION.exec(name)?.[0] ?? '';
	const stem = name.slice(0, name.length - ending.length).slice(0, MAX_LENGTH) || 'recording';
	return `${stem}${ending || `.${extension}`}`;
}
