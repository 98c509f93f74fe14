/** A file's type: for n8n's preview, and the ending of its name. */
export interface FileType {
	mimeType: string;
	extension: string;
}

/** How many bytes tell the type: enough to see a web page behind its first blank lines. */
export const HEAD_BYTES = 512;

/** No recording has fewer bytes: RIFF and FORM name their type in bytes 8 to 11. */
export const MIN_BYTES = 12;

const type = (mimeType: string, extension: string): FileType => ({ mimeType, extension });

const MP3 = type('audio/mpeg', 'mp3');
const WAV = type('audio/wav', 'wav');
const M4A = type('audio/mp4', 'm4a');

/** Signatures from the formats' own specifications; `at` is where the text stands. */
const SIGNATURES: Array<{ at: number; text: string; type: FileType }> = [
	{ at: 0, text: 'ID3', type: MP3 },
	{ at: 8, text: 'WAVE', type: WAV },
	{ at: 0, text: 'OggS', type: type('audio/ogg', 'ogg') },
	{ at: 0, text: 'fLaC', type: type('audio/flac', 'flac') },
	{ at: 4, text: 'ftyp', type: M4A },
	{ at: 0, text: '#!AMR', type: type('audio/amr', 'amr') },
	{ at: 0, text: '\x1aE\xdf\xa3', type: type('audio/webm', 'webm') },
	{ at: 8, text: 'AIFF', type: type('audio/aiff', 'aiff') },
];

const UNKNOWN = type('application/octet-stream', 'bin');

/** The types by the names that senders give them. Any other name stays outside: it could be anything. */
const TYPES: Record<string, FileType> = {
	'audio/mpeg': MP3,
	'audio/mp3': MP3,
	'audio/wav': WAV,
	'audio/wave': WAV,
	'audio/x-wav': WAV,
	'audio/ogg': type('audio/ogg', 'ogg'),
	'audio/opus': type('audio/opus', 'opus'),
	'audio/mp4': M4A,
	'audio/x-m4a': M4A,
	'audio/aac': type('audio/aac', 'aac'),
	'audio/flac': type('audio/flac', 'flac'),
	'audio/amr': type('audio/amr', 'amr'),
	'audio/webm': type('audio/webm', 'webm'),
	'audio/basic': type('audio/basic', 'au'),
};

/** The endings that the file of a recording may have. */
export const AUDIO_EXTENSIONS: ReadonlySet<string> = new Set([
	...SIGNATURES.map((signature) => signature.type.extension),
	...Object.values(TYPES).map(({ extension }) => extension),
	...['mp4', '3gp', 'oga', 'weba', 'aif', 'wma', 'gsm', 'au', 'caf', 'pcm', 'raw', 'bin', 'audio'],
]);

/**
 * MPEG audio without an ID3 tag begins with 11 set bits; AAC in ADTS is told apart by layer 00. Layer I (11), which is
 * the byte order mark of a text in UTF-16, is not used on the phone.
 */
function frameType(head: Buffer): FileType | undefined {
	const second = head[1] ?? 0;
	if (head[0] !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
	if ((second & 0xf6) === 0xf0) return type('audio/aac', 'aac');
	return [0x02, 0x04].includes(second & 0x06) ? MP3 : undefined;
}

/** A page or a message: it begins with markup or JSON, or has nothing but letters and white space among them. */
const isText = (head: string) =>
	/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*[<{[]/.test(head) || /^[\t\r\n -~]*[\s][\t\r\n -~]*$/.test(head);

/**
 * The type of a recording, by its first bytes; the sender's word counts only where they say nothing.
 *
 * @param head the first bytes, `HEAD_BYTES` or more, or all that there are
 * @param contentType the sender's header
 * @returns undefined when it is not a recording: a text, whatever the sender calls it, and what is neither known audio
 *   nor called audio, nor left unnamed (`application/octet-stream`)
 */
export function recordingType(head: Buffer, contentType: unknown): FileType | undefined {
	const text = head.toString('latin1', 0, HEAD_BYTES);
	const known = SIGNATURES.find((signature) => text.startsWith(signature.text, signature.at));
	if (known) return known.type;

	const frame = frameType(head);
	if (frame) return frame;

	const said = String(contentType ?? '')
		.split(';')[0]!
		.trim()
		.toLowerCase();
	if (isText(text)) return undefined;
	if (Object.hasOwn(TYPES, said)) return TYPES[said];

	const isUnnamed = ['', 'application/octet-stream', 'binary/octet-stream'].includes(said);
	return isUnnamed || said.startsWith('audio/') ? UNKNOWN : undefined;
}
