import { recordingType } from '../../../nodes/VoiceFox/recording/audio';

const head = (text: string) => Buffer.from(text.padEnd(12, '\0'), 'latin1');

describe('the type of a recording', () => {
	it.each([
		['ID3\x04', 'audio/mpeg', 'mp3'],
		['\xff\xfb\x90\x64', 'audio/mpeg', 'mp3'],
		['\xff\xf3\x84', 'audio/mpeg', 'mp3'],
		['\xff\xe3\x18', 'audio/mpeg', 'mp3'],
		['\xff\xf1\x50', 'audio/aac', 'aac'],
		['\xff\xf9\x50', 'audio/aac', 'aac'],
		['RIFF\x24\x08\0\0WAVE', 'audio/wav', 'wav'],
		['OggS', 'audio/ogg', 'ogg'],
		['fLaC', 'audio/flac', 'flac'],
		['\0\0\0\x20ftypM4A ', 'audio/mp4', 'm4a'],
		['#!AMR\n', 'audio/amr', 'amr'],
		['\x1aE\xdf\xa3', 'audio/webm', 'webm'],
		['FORM\0\0\0\0AIFF', 'audio/aiff', 'aiff'],
	])('is told by the first bytes %j, whatever the sender says', (bytes, mimeType, extension) => {
		expect(recordingType(head(bytes), 'text/html')).toEqual({ mimeType, extension });
	});

	it('is the sender’s word when the bytes say nothing, if it is audio', () => {
		expect(recordingType(head('raw'), 'Audio/X-WAV; rate=8000')).toEqual({
			mimeType: 'audio/wav',
			extension: 'wav',
		});
		expect(recordingType(head('raw'), 'audio/basic')).toEqual({
			mimeType: 'audio/basic',
			extension: 'au',
		});
	});

	it.each(['audio/x-unknown', 'audio/', 'audio/html" onload="', 'audio/constructor'])(
		'is never a name that only the sender knows: %s',
		(contentType) => {
			expect(recordingType(head('raw'), contentType)).toEqual({
				mimeType: 'application/octet-stream',
				extension: 'bin',
			});
		},
	);

	it.each(['raw-sound-data', '\x80raw sound data', 'raw sound data\x80', '\x80<raw-sound>'])(
		'is the sender’s word for %j too, which is neither a text nor a page',
		(bytes) => {
			expect(recordingType(head(bytes), ' audio/basic ; rate=8000')?.mimeType).toBe('audio/basic');
		},
	);

	it.each(['\xff\x1b\x90\x64', '\0\xfb\x90\x64'])('is not MP3 for half of its mark: %j', (bytes) => {
		expect(recordingType(head(bytes), 'text/html')).toBeUndefined();
	});

	it.each([undefined, '', 'application/octet-stream', 'binary/octet-stream'])(
		'stays open when neither says anything (%j)',
		(contentType) => {
			expect(recordingType(head('raw'), contentType)).toEqual({
				mimeType: 'application/octet-stream',
				extension: 'bin',
			});
		},
	);

	it.each([
		['<!doctype html>', 'text/html'],
		['<!doctype html>', 'audio/mpeg'],
		['\xef\xbb\xbf\r\n\t <html>', 'audio/mpeg'],
		[`${' '.repeat(60)}<html>`, 'audio/wav'],
		['{"code":403}', 'audio/mpeg'],
		['The link has expired', 'audio/mpeg'],
		['\xff\xfe<\0!\0d\0o\0c\0', 'audio/mpeg'],
		['<Error><Code>', undefined],
		['  {"message":""}', 'application/octet-stream'],
		['[1,2,3]', ''],
		['plain', 'text/plain'],
		['\xff\xe1\0\0', 'image/jpeg'],
		['%PDF-1.7', 'application/pdf'],
	])('is none for %j from a sender that says %j', (bytes, contentType) => {
		expect(recordingType(head(bytes), contentType)).toBeUndefined();
	});
});
