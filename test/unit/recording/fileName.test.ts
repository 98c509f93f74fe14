import inbound from '../../fixtures/inbound-analysis.json';
import callLogs from '../../fixtures/rest/call-logs.json';
import { recordingName, wantedName } from '../../../nodes/VoiceFox/recording/fileName';

const call = inbound.event_data;
const name = '2026-11-20_10-15-02_+12025550143_b7c0f1e2-5d3a-4c86-9f41-2a6de8c07f15.mp3';

it('is made of date, caller and session, of an event and of a call log alike', () => {
	expect(recordingName(call, call.session_id, 'mp3')).toBe(name);
	expect(recordingName(callLogs[0]!, '', 'mp3')).toBe(name);
	expect(recordingName({ ...call, start_at: '2026-11-20T10:15:02.000+09:00' }, '', 'mp3')).toBe(name);
});

it('leaves out what is unknown', () => {
	expect(recordingName({ session_id: 'abc' }, '', 'wav')).toBe('abc.wav');
	expect(recordingName({ caller_number: 110, session_id: 7 }, '', 'wav')).toBe('110_7.wav');
	expect(recordingName({ caller: '', start_at: null }, '', 'ogg')).toBe('recording.ogg');
});

it('never leads to another folder, and is never too long', () => {
	expect(recordingName({ caller: '../../etc/passwd' }, 'a/b\\c:d', 'mp3')).toBe('_.._etc_passwd_a_b_c_d.mp3');
	expect(recordingName({ caller: 'x'.repeat(500) }, '', 'mp3')).toBe(`${'x'.repeat(200)}.mp3`);
});

it.each([
	['Anruf', 'Anruf.mp3'],
	['Anruf.wav', 'Anruf.wav'],
	['予約 4名', '予約 4名.mp3'],
	['Cafe\u0301', 'Café.mp3'],
	['../a', '_a.mp3'],
	['a\u0000b', 'a_b.mp3'],
	['...', 'recording.mp3'],
	['a\u0000\u0001b', 'a_b.mp3'],
	['.. Anruf. . ', 'Anruf.mp3'],
	['mp3', 'mp3.mp3'],
	[`${'x'.repeat(198)}. .wav.txt`, `${'x'.repeat(198)}.mp3`],
	['v1.final version', 'v1.final version.mp3'],
	['Call 2026.11.20', 'Call 2026.11.20.mp3'],
	['Call v1.final', 'Call v1.final.mp3'],
	['Call.M4A', 'Call.M4A'],
	[`${' '.repeat(2000)}Call`, 'Call.mp3'],
	['x'.repeat(300), `${'x'.repeat(200)}.mp3`],
])('the user’s name %j becomes %j', (wanted, expected) => {
	expect(wantedName(wanted, 'mp3')).toBe(expected);
});

const bytesOf = (text: string) => Buffer.byteLength(text);
const isWellFormed = (text: string) => Buffer.from(text).toString() === text;

it.each(['予', '𠮷', '👩‍👩‍👧‍👦', 'e\u0301', 'x'])(
	'is cut between characters, at what a file system takes: %s',
	(unit) => {
		for (const shift of ['', 'a', 'ab', 'abc']) {
			const text = shift + unit.repeat(400);
			const names = [wantedName(text, 'mp3'), recordingName({ caller: text, start_at: text }, text, 'webm')];
			expect(names.map((name) => [bytesOf(name) <= 255, isWellFormed(name)])).toEqual([
				[true, true],
				[true, true],
			]);
		}
	},
);

it.each([
	['CON', '_CON.mp3'],
	['con.mp3', '_con.mp3'],
	['Nul .backup', '_Nul .backup.mp3'],
	['LPT9.a.b', '_LPT9.a.b.mp3'],
	['com¹', '_com¹.mp3'],
	['CONSOLE', 'CONSOLE.mp3'],
	['my CON', 'my CON.mp3'],
	['com10', 'com10.mp3'],
])('a name that Windows keeps for a device gets another beginning: %s', (name, expected) => {
	expect(wantedName(name, 'mp3')).toBe(expected);
	expect(recordingName({}, name, 'mp3').startsWith('_')).toBe(expected.startsWith('_'));
});
