import type { IDataObject } from 'n8n-workflow';

import { AUDIO_EXTENSIONS } from './audio';

/** Most file systems take 255 bytes; this leaves room for the ending and for what others add. */
const MAX_BYTES = 200;

/** So much of a text is looked at: more than fits into the name. */
const READ_LENGTH = 1_000;

/** What a person sees as one character, which may be several code points. */
const characters = new Intl.Segmenter();

/** As many characters from the start as fit. */
function fitting(text: string, maxBytes: number): string {
	let end = 0;
	let bytes = 0;
	for (const { segment } of characters.segment(text)) {
		bytes += Buffer.byteLength(segment);
		if (bytes > maxBytes) break;
		end += segment.length;
	}
	return text.slice(0, end);
}

/** What no file system objects to: letters and digits of any script, and a few marks; no dot or space at the ends. */
const safe = (text: string) =>
	text
		.trimStart()
		.slice(0, READ_LENGTH)
		.normalize('NFC')
		.replace(/[^\p{L}\p{M}\p{N}+._ -]+/gu, '_')
		.replace(/^[. ]+|[. ]+$/g, '');

/** `2026-11-20 10:15:02` and ISO 8601 alike become `2026-11-20_10-15-02`. */
const dated = (time: string) => time.slice(0, 19).replace(/[T ]/, '_').replaceAll(':', '-');

const firstText = (...values: unknown[]) =>
	String(values.find((value) => ['string', 'number'].includes(typeof value) && value !== '') ?? '');

/** Names that Windows keeps for devices, whatever follows their first dot. */
const DEVICE = /^(con|prn|aux|nul|(com|lpt)[0-9¹²³]) *(\.|$)/i;

function named(stem: string, extension: string): string {
	const name = fitting(stem, MAX_BYTES).replace(/[. ]+$/, '') || 'recording';
	return `${DEVICE.test(name) ? '_' : ''}${name}.${extension}`;
}

/**
 * A recording's file name from date, caller and session, e.g.
 * `2026-11-20_10-15-02_+12025550143_b7c0f1e2-5d3a-4c86-9f41-2a6de8c07f15.mp3`; what is unknown is left out.
 *
 * @param call the trigger's item, or a call log; of another call nothing may be in the name, so then it is empty
 */
export function recordingName(call: IDataObject, sessionId: string, extension: string): string {
	const parts = [
		dated(firstText(call.start_at, call.startAt)),
		firstText(call.caller_number, call.caller),
		firstText(sessionId, call.session_id, call.sessionId),
	];
	return named(
		parts
			.map(safe)
			.filter((part) => part !== '')
			.join('_'),
		extension,
	);
}

/** The name that the user wants, made safe; without an ending of a recording it gets the recording's own. */
export function wantedName(fileName: string, extension: string): string {
	const name = safe(fileName);
	const ending = name.slice(name.lastIndexOf('.') + 1);
	const hasEnding = name.includes('.') && AUDIO_EXTENSIONS.has(ending.toLowerCase());
	return hasEnding ? named(name.slice(0, -ending.length - 1), ending) : named(name, extension);
}
