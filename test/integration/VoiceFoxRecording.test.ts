/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import { sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';

import inbound from '../fixtures/inbound-analysis.json';
import missedCall from '../fixtures/missed-call.json';
import { bytesOf, errorOf, initStorage, runVoiceFox, type Run } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';

declare const voiceFox: StandIn;
declare const storage: { files: () => Promise<string[]> };

/** The node's pauses between two attempts, in ms; they go by a thousand times faster than in n8n. */
const mockPauses: number[] = [];
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	const sleepQuickly = async (milliseconds: number) => {
		if (milliseconds >= 1000) mockPauses.push(milliseconds);
		await actual.sleep(milliseconds >= 1000 ? milliseconds / 1000 : milliseconds);
	};
	return { ...actual, sleep: sleepQuickly };
});

const call = inbound.event_data;
const name = `2026-11-20_10-15-02_+12025550143_${call.session_id}.mp3`;
const MP3 = 'ID3';

const download = async (parameters: INodeParameters, settings: Partial<Run> = {}) =>
	await runVoiceFox(
		{ resource: 'call', operation: 'downloadRecording', ...parameters },
		{ credential: credentialFor(voiceFox), ...settings },
	);
/** The trigger's item, with an address on the stand-in's host. */
const item = (seconds?: number) => ({ ...call, record_url: voiceFox.addressOf(call.session_id, seconds) });
const messageOf = async (items: IDataObject[], options: IDataObject = {}) =>
	(await errorOf(download({ options: options as INodeParameters }, { items }))).message;

const hostsAsked = () => voiceFox.requests.map(({ host }) => host);

beforeAll(initStorage);
beforeEach(() => {
	voiceFox.reset();
	mockPauses.length = 0;
});

it('stores the recording as a file of the incoming item, without sending the token to its host', async () => {
	voiceFox.record(call.session_id, { size: 300_000, contentType: 'application/octet-stream' });
	const incoming = [{ json: item(), binary: { other: { data: '', mimeType: 'text/plain' } } }];
	const [output] = await download({}, { incoming });

	expect(output).toEqual({
		json: incoming[0]!.json,
		binary: {
			...incoming[0]!.binary,
			data: expect.objectContaining({
				mimeType: 'audio/mpeg',
				fileType: 'audio',
				fileExtension: 'mp3',
				fileName: name,
				bytes: 300_000,
				data: 'filesystem-v2',
			}),
		},
		pairedItem: { item: 0 },
	});
	const bytes = await bytesOf(output!.binary!.data!);
	expect([bytes.length, bytes.toString('latin1', 0, 3)]).toEqual([300_000, MP3]);
	expect(voiceFox.requests).toEqual([
		{ host: 'recordings', path: expect.any(String), authorization: undefined },
	]);
});

it.each([16, 511, 512, 513])('stores all of a recording of %i bytes', async (size) => {
	voiceFox.record(call.session_id, { size });
	const [output] = await download({}, { items: [item()] });
	expect(output!.binary!.data).toMatchObject({ bytes: size, fileName: name });
	expect(await bytesOf(output!.binary!.data!)).toHaveLength(size);
});

it('does not name the signed address in the file', async () => {
	const [output] = await download({}, { items: [item()] });
	expect(JSON.stringify(output!.binary)).not.toContain('sign=');
});

it('follows a redirect to another host, without the token', async () => {
	voiceFox.record('moved', {});
	voiceFox.record(call.session_id, {
		redirectsTo: voiceFox.addressOf('moved').replace('127.0.0.1', 'localhost'),
	});
	const [output] = await download({}, { items: [item()] });

	expect(output!.binary!.data!.bytes).toBe(20_000);
	expect(voiceFox.requests.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
});

describe('a fresh address by session ID', () => {
	it.each([
		['missing', () => ({ session_id: call.session_id })],
		['empty', () => ({ ...call, record_url: '' })],
	])('when the address is %s', async (_case, itemWithout) => {
		const [output] = await download({}, { items: [itemWithout()] });

		expect(output!.binary!.data!.fileName).toBe(name);
		expect(hostsAsked()).toEqual(['api', 'recordings']);
		expect(voiceFox.requests.at(-1)!.authorization).toBeUndefined();
	});

	it.each(['recordings.example.com/a.mp3', 'file:///etc/passwd', 'none'])(
		'when the address is not one: %s',
		async (address) => {
			const [output] = await download({}, { items: [{ ...call, record_url: address }] });
			expect(output!.binary!.data!.bytes).toBe(20_000);
			expect(hostsAsked()).toEqual(['api', 'recordings']);
		},
	);

	it('when the address has expired (403)', async () => {
		const [output] = await download({}, { items: [item(-1)] });
		expect(output!.binary!.data!.bytes).toBe(20_000);
		expect(hostsAsked()).toEqual(['recordings', 'api', 'recordings']);
	});

	it.each([400, 401, 404, 410, 451])('when the address is refused with %d', async (status) => {
		voiceFox.record('old', { status });
		const [output] = await download(
			{},
			{
				items: [{ ...call, record_url: voiceFox.addressOf('old') }],
			},
		);
		expect(output!.binary!.data!.bytes).toBe(20_000);
	});

	it('when the address leads to an empty file', async () => {
		voiceFox.record('old', { size: 0 });
		const [output] = await download({}, { items: [{ ...call, record_url: voiceFox.addressOf('old') }] });
		expect(output!.binary!.data!.bytes).toBe(20_000);
		expect(hostsAsked()).toEqual(['recordings', 'api', 'recordings']);
	});
});

describe('asks again', () => {
	const whole = 20_000;

	it.each([{ status: 404 }, { size: 0 }])(
		'after 2, 4, 8 and 16 s while the recording is not there yet on a fresh address: %j',
		async (recording) => {
			voiceFox.record(call.session_id, { ...recording, times: 5 });
			const [output] = await download({}, { items: [item()] });
			expect(output!.binary!.data!.bytes).toBe(whole);
			expect(hostsAsked()).toEqual(['recordings', 'api', ...new Array<string>(5).fill('recordings')]);
			expect(mockPauses).toEqual([2000, 4000, 8000, 16_000]);
		},
	);

	it('while the recording is empty and there is no session ID', async () => {
		voiceFox.record(call.session_id, { size: 0, times: 4 });
		const [output] = await download({}, { items: [{ record_url: voiceFox.addressOf(call.session_id) }] });
		expect(output!.binary!.data!.bytes).toBe(whole);
		expect(mockPauses).toEqual([2000, 4000, 8000, 16_000]);
	});

	it.each([{ status: 500 }, { status: 503 }, { status: 429 }, { status: 206 }, { breaksAfter: 600 }])(
		'twice for %j, and leaves nothing of it behind',
		async (recording) => {
			const before = await storage.files();
			voiceFox.record(call.session_id, { ...recording, times: 2 });
			const [output] = await download({}, { items: [item()] });
			expect(output!.binary!.data!.bytes).toBe(whole);
			expect(mockPauses).toEqual([1000, 2000]);
			// A file of n8n's storage, and one with what is known of it.
			expect(await storage.files()).toHaveLength(before.length + 2);
		},
	);

	it.each([
		[{ status: 500 }, "The recording's host answered 500. Try again later"],
		[{ status: 429 }, "The recording's host answered 429. Try again later"],
		[{ status: 206 }, "The recording's host sent only a part of it (206). Try again later"],
	])('no more than twice for %j', async (recording, message) => {
		voiceFox.record(call.session_id, recording);
		expect(await messageOf([item()])).toBe(message);
		expect(hostsAsked()).toEqual(['recordings', 'recordings', 'recordings']);
	});

	it.each([304, 399])('for nothing that only another answer than %i would help', async (status) => {
		voiceFox.record(call.session_id, { status });
		expect(await messageOf([item()])).toBe(`The recording's host answered ${status}. Try again later`);
		expect(hostsAsked()).toEqual(['recordings']);
	});

	it('until the user stops the workflow', async () => {
		voiceFox.record(call.session_id, { status: 500 });
		const stop = new AbortController();
		const running = errorOf(download({}, { items: [item()], abortSignal: stop.signal }));
		while (mockPauses.length === 0) await sleep(0);
		stop.abort();
		expect((await running).message).toBe('The workflow was stopped');
	});
});

describe('with a session that is not the one of the item', () => {
	const other = {
		...call,
		session_id: 'another',
		start_at: '2020-01-01 00:00:00',
		caller_number: '+4930123456',
	};

	it('downloads the recording of that session, and names nothing of the item', async () => {
		const items = [{ ...other, record_url: voiceFox.addressOf('another') }];
		const [output] = await download({ sessionId: call.session_id }, { items });
		expect(output!.binary!.data!.fileName).toBe(name);
		expect(hostsAsked()).toEqual(['api', 'recordings']);
	});

	it('names the file after that session alone when the address is typed, too', async () => {
		const parameters = { sessionId: call.session_id, recordUrl: voiceFox.addressOf(call.session_id) };
		const [output] = await download(parameters, { items: [other] });
		expect(output!.binary!.data!.fileName).toBe(`${call.session_id}.mp3`);
	});
});

describe('with the session of the item', () => {
	const { session_id: sessionId, ...unnamed } = call;

	it.each<[string, INodeParameters, () => IDataObject, string]>([
		['a call as VoiceFox sends it', { sessionId }, () => ({ ...unnamed, sessionId }), name],
		['an item that names none', { sessionId }, () => unnamed, `${sessionId}.mp3`],
		['no session ID in the node', { sessionId: '' }, () => call, name],
	])('downloads from its link: %s', async (_, parameters, fields, fileName) => {
		const items = [{ ...fields(), record_url: voiceFox.addressOf(call.session_id) }];
		const [output] = await download(parameters, { items });
		expect(output!.binary!.data!.fileName).toBe(fileName);
		expect(hostsAsked()).toEqual(['recordings']);
	});
});

describe('says what to do', () => {
	it('when the address has expired and there is no session ID', async () => {
		expect(await messageOf([{ record_url: voiceFox.addressOf(call.session_id, -1) }])).toBe(
			"The recording's address has expired (403). Fill in 'Session ID', so that the node can ask VoiceFox for a fresh one",
		);
	});

	it('when the fresh address is refused too', async () => {
		voiceFox.record(call.session_id, { status: 410 });
		expect(await messageOf([item()])).toMatch(
			/fresh address for the recording, but it was refused too \(410\)/,
		);
	});

	it('when nobody answered the call', async () => {
		expect(await messageOf([missedCall.event_data])).toMatch(/^VoiceFox has no recording of this call/);
	});

	it('when there is neither an address nor a session ID', async () => {
		for (const odd of [{}, { record_url: { toString: 1 }, session_id: { toString: 1 } }]) {
			expect(await messageOf([odd])).toMatch(/^'Recording URL' and 'Session ID' are both empty/);
		}
	});

	it.each([
		'file:///etc/passwd',
		'ftp://recordings.example.com/a.mp3',
		'recordings.example.com/a.mp3',
		'//a/b',
	])('when the address is not http(s) and there is no session ID: %s', async (address) => {
		expect(await messageOf([{ record_url: address }])).toMatch(
			/^'Recording URL' is not a URL that starts with http/,
		);
	});

	it.each([{}, { hidesSize: true }])('when the recording is larger than the limit %j', async (recording) => {
		voiceFox.record(call.session_id, { ...recording, size: 3 * 1024 * 1024 });
		const before = await storage.files();

		expect(await messageOf([item()], { maxSize: 2 })).toBe(
			"The recording is larger than 2 MB. Raise 'Max Size' in the options to download it",
		);
		expect(await storage.files()).toEqual(before);
	});

	it('when the sender stalls', async () => {
		voiceFox.record(call.session_id, { stalls: true });
		const before = await storage.files();

		expect(await messageOf([item()], { timeout: 1 })).toBe(
			"The download took longer than 1 s. Raise 'Timeout' in the options, or try again",
		);
		expect(await storage.files()).toEqual(before);
	});

	it.each([
		{ breaksAfter: 200_000 },
		{ breaksAfter: 200_000, hidesSize: true },
		{ breaksAfter: 100 },
		{ breaksAfter: 100, hidesSize: true },
	])('when the transfer breaks off %j', async (recording) => {
		voiceFox.record(call.session_id, { size: 500_000, ...recording });
		const before = await storage.files();

		expect(await messageOf([item()])).toMatch(/^The recording's download broke off\. Try again later$/);
		expect(await storage.files()).toEqual(before);
	});

	it('when nobody is at the address, naming the host only', async () => {
		const error = await errorOf(
			download({}, { items: [{ ...call, record_url: 'http://127.0.0.1:1/a.mp3?sign=secret' }] }),
		);
		expect(error.message).toBe(
			"The recording's host 127.0.0.1:1 was not reached. Check 'Recording URL', and that this n8n may reach that host",
		);
		expect(error.description).toBe('Code ECONNREFUSED');
		expect(`${JSON.stringify(error)} ${error.stack}`).not.toContain('sign=secret');
	});

	it("when the address is a sample's, which never works", async () => {
		const url = 'https://recordings.example.com/2026/11/20/b7c0f1e2.mp3?expires=1&sign=6b1f';
		expect(await messageOf([{ record_url: url }])).toBe(
			"The recording's host recordings.example.com was not reached. This is the made-up link of a sample event, which never works: try it with the event of a real call",
		);
	});

	it.each([
		[0, 'The recording is empty. VoiceFox may still be writing it: try again in a minute'],
		[1, "The recording is only 1 byte long, so it can't be audio. Check 'Recording URL'"],
		[11, "The recording is only 11 bytes long, so it can't be audio. Check 'Recording URL'"],
	])('when the file has %d bytes', async (size, message) => {
		voiceFox.record(call.session_id, { size });
		expect(await messageOf([item()])).toBe(message);
	});

	it.each(['text/html', 'audio/mpeg'])('when the address gives a web page as %s', async (contentType) => {
		const page = Buffer.from(`${' '.repeat(100)}<!doctype html><p>`).toString('hex');
		voiceFox.record(call.session_id, { head: page, contentType });
		expect(await messageOf([item()])).toMatch(/^The address does not lead to a recording/);
	});
});

it('ends when the user stops the workflow', async () => {
	voiceFox.record(call.session_id, { stalls: true });
	const stop = new AbortController();
	const running = errorOf(download({}, { items: [item()], abortSignal: stop.signal }));
	stop.abort();
	expect((await running).message).toBe('The workflow was stopped');
});

it('takes the type from the first bytes, and the name from the user', async () => {
	const wav = Buffer.from('RIFF\0\0\0\0WAVEfmt ').toString('hex');
	voiceFox.record(call.session_id, { head: wav, contentType: 'audio/mpeg' });
	const [output] = await download(
		{ binaryPropertyName: 'recording', options: { fileName: '../Aufnahme: 1' } },
		{ items: [item()] },
	);
	expect(output!.binary!.recording).toMatchObject({
		mimeType: 'audio/wav',
		fileExtension: 'wav',
		fileName: '_Aufnahme_ 1.wav',
	});
});

it('takes what is typed with spaces around it, and a blank name for none', async () => {
	const { record_url: recordUrl } = item();
	const typed = { recordUrl: ` ${recordUrl} `, binaryPropertyName: ' file ', options: { fileName: ' ' } };
	const [output] = await download(typed, { items: [call] });
	expect(output!.binary!.file).toMatchObject({ bytes: 20_000, fileName: name });
});

it.each([
	[{ binaryPropertyName: ' ' }, "'Put Output File in Field' is empty. Enter a name such as data"],
	[{ options: { maxSize: 0 } }, "'Max Size' must be a number, 1 or more"],
	[{ options: { timeout: 0.5 } }, "'Timeout' must be a number, 1 or more"],
	[{ sessionId: '..', recordUrl: '' }, "'Session ID' is not the ID of a call: .."],
])('is not begun with %j', async (parameters, message) => {
	expect((await errorOf(download(parameters, { items: [item()] }))).message).toBe(message);
	expect(voiceFox.requests).toEqual([]);
});

it.each([
	[' ', /^VoiceFox has no recording of this call/],
	['ftp://recordings.test/a.mp3', /^VoiceFox gave a link to the recording that is not a valid URL/],
])('says what is wrong with the link %j of the call log', async (recordFile, message) => {
	const body = { sessionId: call.session_id, recordFile };
	voiceFox.world.faults.push({ path: '/openapi/call_logs/', status: 200, body });
	expect(await messageOf([{ session_id: call.session_id }])).toMatch(message);
	expect(hostsAsked()).toEqual(['api']);
});

describe('leaves no connection open', () => {
	const page = Buffer.from('<!doctype html><p>').toString('hex');
	const mega = 1024 * 1024;

	it.each([
		['a success', {}],
		['a recording that is too large', { size: 50 * mega }],
		['one that turns out too large', { size: 50 * mega, hidesSize: true }],
		['an endless one', { isEndless: true }],
		['one that stalls', { stalls: true }],
		['a host that never answers', { hangs: true }],
		['a web page', { head: page, size: 50 * mega }],
		...[400, 403, 404, 410, 500].flatMap((status) => [
			[`status ${status}`, { status }],
			[`status ${status} with a long text`, { status, size: 5 * mega }],
		]),
		['a redirect to nowhere', { redirectsTo: 'http://127.0.0.1:1/' }],
		['a redirect in circles', { redirectsTo: '' }],
	] as Array<[string, Parameters<StandIn['record']>[1]]>)('after %s', async (_what, recording) => {
		const record_url = voiceFox.addressOf(call.session_id);
		const redirectsTo = recording.redirectsTo === '' ? record_url : recording.redirectsTo;
		voiceFox.record(call.session_id, { ...recording, redirectsTo });
		await download({ options: { maxSize: 2, timeout: 1 } }, { items: [{ record_url }] }).catch(() => {});

		expect(await openAfter(1000)).toBe(0);
	});

	/** How many are open, as soon as none is, at the latest after `ms`. */
	async function openAfter(ms: number) {
		const deadline = performance.now() + ms;
		let open = await voiceFox.openDownloads();
		for (; open > 0 && performance.now() < deadline; open = await voiceFox.openDownloads()) await sleep(20);
		return open;
	}
});
