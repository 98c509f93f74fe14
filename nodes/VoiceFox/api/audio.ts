/** A file's type: for n8n's preview, and the ending of its name. */
export interface FileType {
	mimeType: string;
	extension: string;
}

/** How many bytes tell the type: RIFF and FORM name it in bytes 8 to 11. */
export const HEAD_BYTES = 12;

const type = (mimeType: string, extension: string): FileType => ({ mimeType, extension });

const MP3 = type('audio/mpeg', 'mp3');
const WAV = type('audio/wav', 'wav');

/** Signatures from the formats' own specifications; `at` is where the text stands. */
const SIGNATURES: Array<{ at: number; text: string; type: FileType }> = [
	{ at: 0, text: 'ID3', type: MP3 },
	{ at: 8, text: 'WAVE', type: WAV },
	{ at: 0, text: 'OggS', type: type('audio/ogg', 'ogg') },
	{ at: 0, text: 'fLaC', type: type('audio/flac', 'flac') },
	{ at: 4, text: 'ftyp', type: type('audio/mp4', 'm4a') },
	{ at: 0, text: '#!AMR', type: type('audio/amr', 'amr') },
	{ at: 0, text: '\x1aE\xdf\xa3', type: type('audio/webm', 'webm') },
	{ at: 8, text: 'AIFF', type: type('audio/aiff', 'aiff') },
];

/** What a sender's word is worth: the ending that belongs to a name of a type. */
const EXTENSIONS: Record<string, string> = {
	'audio/mpeg': 'mp3',
	'audio/mp3': 'mp3',
	'audio/wav': 'wav',
	'audio/wave': 'wav',
	'audio/x-wav': 'wav',
	'audio/ogg': 'ogg',
	'audio/opus': 'opus',
	'audio/mp4': 'm4a',
	'audio/x-m4a': 'm4a',
	'audio/aac': 'aac',
	'audio/flac': 'flac',
	'audio/amr': 'amr',
	'audio/webm': 'webm',
};

/** MPEG audio without an ID3 tag begins with 11 set bits; AAC in ADTS is told apart by layer 00. */
function frameType(head: Buffer): FileType | undefined {
	const second = head[1] ?? 0;
	if (head[0] !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
	if ((second & 0xf6) === 0xf0) return type('audio/aac', 'aac');
	return (second & 0x06) === 0 ? undefined : MP3;
}

/**
 * The type of a recording, by its first bytes; the sender's word counts only where they say nothing.
 *
 * @param head the first bytes, `HEAD_BYTES` or more
 * @param contentType the sender's header
 * @returns undefined when it is no recording: something that is neither known audio nor called audio,
 *   nor left unnamed (`application/octet-stream`) by the sender, e.g. a web page
 */
export function recordingType(head: Buffer, contentType: unknown): FileType | undefined {
	const text = head.toString('latin1');
	const known = SIGNATURES.find((signature) => text.startsWith(signature.text, signature.at));
	if (known) return known.type;

	const frame = frameType(head);
	if (frame) return frame;

	const said = String(contentType ?? '')
		.split(';')[0]!
		.trim()
		.toLowerCase();
	if (said.startsWith('audio/')) return type(said, EXTENSIONS[said] ?? 'audio');

	const isText = /^\s*[<{[]/.test(text);
	const isUnnamed = said === '' || /^(application|binary)\/octet-stream$/.test(said);
	return isUnnamed && !isText ? type('application/octet-stream', 'bin') : undefined;
}
