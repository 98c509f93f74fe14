/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import callLogs from '../fixtures/rest/call-logs.json';
import { errorOf } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';
import { callLogTrigger, PublishedTrigger } from './support/polls';

declare const voiceFox: StandIn;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let now: number;

/** A call that ended this many minutes ago, in an account whose zone is UTC. */
function addCall(sessionId: string, minutesAgo = 1, more: IDataObject = {}) {
	const startAt = new Date(now - minutesAgo * MINUTE).toISOString().slice(0, 19).replace('T', ' ');
	voiceFox.world.calls.push({ ...(callLogs[0] as IDataObject), sessionId, startAt, ...more });
}

const published = (options: IDataObject = {}, more: IDataObject = {}) =>
	new PublishedTrigger(credentialFor(voiceFox), { output: 'perCall', options, ...more });

const idsOf = (outputs: IDataObject[][] | null) => outputs?.[0]?.map(({ session_id: id }) => id) ?? null;

const pathsAsked = () => voiceFox.requests.map(({ path }) => path.split('?')[0]);

const fail = (path: string, status: number, times?: number) =>
	voiceFox.world.faults.push({ path, status, times });

beforeEach(() => {
	voiceFox.reset();
	voiceFox.world.calls = [];
	now = Date.parse('2026-11-20T12:00:00Z');
	jest.spyOn(Date, 'now').mockImplementation(() => now);
});

afterEach(() => jest.restoreAllMocks());

describe('Published,', () => {
	it('it emits what comes into the call log after the first poll, once, ten minutes after it was seen', async () => {
		addCall('old');
		const trigger = published();
		expect(await trigger.poll()).toEqual([[]]);

		addCall('new');
		expect(await trigger.poll()).toBeNull();
		now += 9 * MINUTE;
		expect(await trigger.poll()).toBeNull();
		now += MINUTE;
		expect(idsOf(await trigger.poll())).toEqual(['new']);
		now += HOUR;
		expect(await trigger.poll()).toBeNull();
		expect(trigger.log).toEqual([]);
	});

	it("it gives the trigger's items, with the assistant that only the list names, and where they are from", async () => {
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		addCall('new', 3, { recordFile: '' });

		const [[item]] = (await trigger.poll()) as [[IDataObject]];
		expect(item).toMatchObject({
			event_name: 'callin.collect',
			session_id: 'new',
			caller_number: '+12025550143',
			start_at: '2026-11-20 11:57:00',
			answers_total: 1,
			answers_hit: 1,
			answers: { 'ご予約の人数は何名様ですか?': '4名' },
			analysis: {},
			conversation_analysis: [],
			assistant_infos: [{ assistant_id: 318, assistant_vid: 2045 }],
			caller_attribute: 'Washington',
			source: 'call_log',
		});
		expect(item).not.toHaveProperty('extra');
		expect(Object.keys(item).at(-1)).toBe('source');
	});

	it.each([
		['separate', 3],
		['row', 1],
		['perCall', 1],
		['list', 1],
	])('with the output %s its first execution has no items on %i outputs', async (output, outputs) => {
		addCall('old');
		expect(await published({}, { output }).poll()).toEqual(Array.from({ length: outputs }, () => []));
	});

	it('it gives all new calls of a poll in one execution, output by output', async () => {
		const trigger = published({ settleMinutes: 0 }, { output: 'separate' });
		await trigger.poll();
		addCall('one', 3);
		addCall('two', 2);
		const outputs = await trigger.poll();
		expect(outputs?.map((items) => items.map(({ session_id: id }) => id))).toEqual([
			['one', 'two'],
			['one', 'two'],
			[],
		]);
	});

	it('it emits only what passes the filters, and does not ask for the rest again', async () => {
		const trigger = published({ settleMinutes: 0 }, { filters: { minimumTalkTime: 100 } });
		await trigger.poll();
		addCall('short', 2, { billsec: 99 });
		addCall('long', 1, { billsec: 100 });
		expect(idsOf(await trigger.poll())).toEqual(['long']);
		expect(trigger.log).toEqual([
			expect.stringMatching(
				/^debug VoiceFox Call Log Trigger ".*" of workflow .*: left out a call: Minimum Talk Time: 99 is below 100$/,
			),
		]);

		voiceFox.requests.length = 0;
		expect(await trigger.poll()).toBeNull();
		expect(pathsAsked()).toEqual(['/openapi/calllog', '/openapi/calllog']);
	});

	it('it asks for each page of the last two hours and each new call once', async () => {
		for (let index = 0; index < 150; index++) addCall(`old-${index}`, 60);
		for (let index = 0; index < 150; index++) addCall(`older-${index}`, 24 * 60);
		const trigger = published({ settleMinutes: 0, timeZone: 'UTC' });
		await trigger.poll();

		for (let index = 0; index < 3; index++) addCall(`new-${index}`);
		voiceFox.requests.length = 0;
		await trigger.poll();
		expect(voiceFox.requests).toHaveLength(3 + 3);
	});

	it('it emits the history from Start From at once, the oldest first', async () => {
		addCall('before', 100 * 60);
		addCall('first', 70 * 60);
		addCall('last', 60);
		const trigger = published({ startFrom: '2026-11-17T00:00:00Z', timeZone: 'UTC' });
		expect(idsOf(await trigger.poll())).toEqual(['first', 'last']);
	});

	it('it reads the window in the zone of the account, or 14 hours more on both sides', async () => {
		const windows = [];
		for (const options of [{ timeZone: 'Asia/Tokyo' }, {}]) {
			const trigger = published(options);
			await trigger.poll();
			voiceFox.requests.length = 0;
			await trigger.poll();
			const query = new URL(String(voiceFox.requests[0]?.path), voiceFox.url).searchParams;
			windows.push(['startTime', 'endTime', 'pageSize'].map((name) => query.get(name)));
		}
		expect(windows).toEqual([
			['2026-11-20 19:00:00', '2026-11-20 22:00:00', '100'],
			['2026-11-19 20:00:00', '2026-11-21 03:00:00', '100'],
		]);
	});

	it('it gives times with the offset of the zone', async () => {
		const trigger = published({ timeZone: 'UTC', settleMinutes: 0 });
		await trigger.poll();
		addCall('new', 3);
		expect((await trigger.poll())?.[0]?.[0]).toMatchObject({ start_at: '2026-11-20T11:57:00.000Z' });
	});

	it('it polls once at a time', async () => {
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		addCall('new');
		const polls = await Promise.all([trigger.poll(), trigger.poll(), trigger.poll()]);
		expect(polls.map(idsOf)).toEqual([['new'], null, null]);
	});

	it('a poll that finds another one running ends after it, unless the workflow was published anew', async () => {
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		const ended: string[] = [];
		const noted = (name: string) => trigger.poll().finally(() => ended.push(name));
		const polls = [noted('running'), noted('waiting')];
		trigger.publish();
		polls.push(noted('published anew'));
		await Promise.all(polls);
		expect(ended).toEqual(['published anew', 'running', 'waiting']);
	});
});

describe('After n8n was down,', () => {
	it('it finds the calls of the meantime, however long that was', async () => {
		const trigger = published();
		await trigger.poll();
		now += 30 * 24 * HOUR;
		for (const days of [29, 10, 1]) addCall(`${days} days ago`, days * 24 * 60);
		trigger.start();
		expect(await trigger.poll()).toBeNull();
		now += 10 * MINUTE;
		expect(idsOf(await trigger.poll())).toEqual(['29 days ago', '10 days ago', '1 days ago']);
	});

	it('it knows the baseline and what it emitted', async () => {
		addCall('old');
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		addCall('emitted');
		await trigger.poll();
		trigger.start();
		addCall('new');
		expect(idsOf(await trigger.poll())).toEqual(['new']);
	});

	it('and has lost what it had saved, it emits the window, and says so', async () => {
		addCall('before', 60);
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		trigger.saved = '{}';
		trigger.start();
		addCall('meanwhile', 1);
		expect(idsOf(await trigger.poll())).toEqual(['before', 'meanwhile']);
		expect(trigger.log.join()).toContain('nothing is saved of the calls that this trigger knew');
	});
});

describe("Whatever n8n's data says,", () => {
	it('it knows what it emitted, when the workflow is published anew with an older copy, or none', async () => {
		addCall('old', 60);
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		const older = trigger.saved;
		addCall('emitted');
		await trigger.poll();
		for (const copy of ['{}', older]) {
			trigger.saved = copy;
			trigger.publish();
			expect(await trigger.poll()).toEqual([[]]);
			expect(JSON.stringify(trigger.saved)).not.toBe(copy);
			expect(await trigger.poll()).toBeNull();
		}
	});

	it('it works when each poll has a new context and sees what is saved, as under the newer schedulers', async () => {
		const trigger = published();
		const poll = async () => {
			trigger.publish('update', 45_000);
			return await trigger.poll();
		};
		expect(await poll()).toEqual([[]]);
		addCall('new');
		expect(await poll()).toBeNull();
		now += 10 * MINUTE;
		expect(idsOf(await poll())).toEqual(['new']);
		expect(await poll()).toBeNull();

		fail('/openapi/calllog', 401);
		expect([await poll(), await poll()]).toEqual([null, null]);
		expect((await errorOf(poll())).httpCode).toBe('401');
	});

	it("it ends within n8n's time when VoiceFox hangs, and says so", async () => {
		const trigger = published();
		voiceFox.world.faults.push({ path: '/', hang: true });
		trigger.publish('update', 500);
		expect(await trigger.poll()).toBeNull();
		expect(trigger.log.join()).toContain('VoiceFox did not answer within the time that n8n gives a poll');
	});

	it('it emits again what n8n has not taken', async () => {
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		addCall('dropped');
		await trigger.poll({ isDropped: true });
		trigger.publish();
		expect(idsOf(await trigger.poll())).toEqual(['dropped']);
	});

	it('another account has a baseline of its own', async () => {
		addCall('one', 60);
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		voiceFox.world.calls = [];
		for (let index = 0; index < 61; index++) addCall(`other-${index}`, index);
		voiceFox.world.token = 'another-example-token';
		trigger.credential = credentialFor(voiceFox, voiceFox.world.token);
		trigger.publish();
		expect(await trigger.poll()).toEqual([[]]);
		addCall('new');
		expect(idsOf(await trigger.poll())).toEqual(['new']);
	});
});

describe('When VoiceFox does not answer as it should,', () => {
	it('a call whose details fail is asked for again, and the others go on', async () => {
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		addCall('failing', 2);
		addCall('fine', 1);
		fail('/openapi/call_logs/failing', 500, 2);
		expect(idsOf(await trigger.poll())).toEqual(['fine']);
		expect(await trigger.poll()).toBeNull();
		expect(idsOf(await trigger.poll())).toEqual(['failing']);
		expect(trigger.log).toHaveLength(1);
		expect(trigger.log[0]).toContain('The call failing cannot be read, later polls try again: VoiceFox');
	});

	it('it is quiet at first, and says what to do from the third poll on', async () => {
		const trigger = published({ settleMinutes: 0 });
		fail('/openapi/calllog', 401);
		expect([await trigger.poll(), await trigger.poll()]).toEqual([null, null]);
		const error = await errorOf(trigger.poll());
		expect([error.name, error.message, error.httpCode]).toEqual([
			'NodeApiError',
			"VoiceFox does not know the API token. Check 'API Token' and 'Region' in the credential; tokens are made in the console under Open Platform > API Token",
			'401',
		]);
		expect(trigger.log).toHaveLength(3);
		await expect(trigger.poll()).rejects.toThrow();

		voiceFox.world.faults = [];
		expect(await trigger.poll()).toEqual([[]]);
		fail('/openapi/calllog', 503);
		expect(await trigger.poll()).toBeNull();
	});

	it.each([
		[{ status: 401 }],
		[{ status: 403 }],
		[{ status: 429, headers: { 'retry-after': '3600' } }],
		[{ status: 500 }],
		[{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
		[{ status: 200, body: '<html>' }],
		[{ status: 200, body: [] }],
		[{ status: 200, body: { items: 'none' } }],
	])('the first poll after publishing or a start throws nothing: %j', async (fault) => {
		const trigger = published();
		voiceFox.world.faults.push({ path: '/', ...fault });
		for (let start = 0; start < 4; start++) {
			expect(await trigger.poll()).toBeNull();
			trigger.start();
		}
	});

	it('the first poll throws nothing when there is no credential, or a setting cannot be read', async () => {
		const { token } = voiceFox.world;
		const withoutUrl = new PublishedTrigger({ apiToken: token, region: 'custom', baseUrl: 'nowhere' });
		expect(await withoutUrl.poll()).toBeNull();
		expect(withoutUrl.log[0]).toContain("'Base URL' is not a valid URL");

		const unreadable = published({ lookBackHours: '={{ undefined }}' });
		expect(await unreadable.poll()).toBeNull();
		expect(unreadable.log[0]).toContain("The setting 'Look Back' cannot be read");

		const nothing = published({}, { output: '={{ undefined }}' });
		expect(await nothing.poll()).toBeNull();
		expect(nothing.log[0]).toContain("The setting 'Output' cannot be read");
	});

	it('limited requests end the round quietly, and what is complete is emitted', async () => {
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		addCall('one', 3);
		addCall('two', 2);
		addCall('three', 1);
		voiceFox.world.faults.push({
			path: '/openapi/call_logs/two',
			status: 429,
			headers: { 'retry-after': '3600' },
			times: 1,
		});
		expect(idsOf(await trigger.poll())).toEqual(['one']);
		expect(idsOf(await trigger.poll())).toEqual(['two', 'three']);
		expect(trigger.log.filter((line) => !line.startsWith('debug'))).toEqual([]);
	});

	it('a call with what JavaScript cannot make a text of keeps no other one from coming', async () => {
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		const odd = { toString: 1, valueOf: 1 } as unknown as IDataObject;
		addCall('odd', 2, { direction: null, taskId: odd, collect: [{ vid: odd, items: [] }] });
		addCall('good', 1);
		expect(idsOf(await trigger.poll())).toEqual(['odd', 'good']);
	});

	it('an unknown zone is one line in the log, and reads 14 hours more', async () => {
		const trigger = published({ timeZone: 'Asia/Nowhere' });
		expect(await trigger.poll()).toEqual([[]]);
		expect(await trigger.poll()).toBeNull();
		expect(trigger.log).toEqual([expect.stringContaining(`"Asia/Nowhere" in 'VoiceFox's Time Zone'`)]);
	});

	it("an unknown zone in 'Show Times In' is one line in the log, too", async () => {
		const trigger = published({ timeZone: 'UTC', showTimesIn: 'Europe/Nowhere' });
		await trigger.poll();
		await trigger.poll();
		expect(trigger.log).toEqual([expect.stringContaining(`"Europe/Nowhere" in 'Show Times In'`)]);
	});

	it('its log names no number', async () => {
		const trigger = published({ settleMinutes: 0 });
		await trigger.poll();
		addCall('odd', 1, { collect: 'none' });
		await trigger.poll();
		expect(trigger.log.join()).toContain('event_data.collect_targets');
		expect(trigger.log.join()).not.toContain('+1202');
	});
});

describe('Fetch Test Event', () => {
	it('gives the last call, whatever the filters say, and changes nothing remembered', async () => {
		addCall('earlier', 60);
		addCall('last', 1);
		addCall('middle', 30);
		const trigger = published({}, { filters: { direction: 'outbound' } });
		expect(idsOf(await trigger.fetchTestEvent())).toEqual(['last']);
		expect((await trigger.fetchTestEvent())[0]?.[0]).toMatchObject({ source: 'call_log' });
	});

	it.each([1, -1])('finds it on many pages, whichever way they are sorted (%i)', async (direction) => {
		for (let index = 0; index < 250; index++) addCall(`call-${index}`, 300 - index);
		if (direction === -1) voiceFox.world.calls.reverse();
		expect(idsOf(await published().fetchTestEvent())).toEqual(['call-249']);
		expect(voiceFox.requests).toHaveLength(3);
	});

	it('says what to do when there is no call', async () => {
		const error = await errorOf(published().fetchTestEvent());
		expect(error.message).toBe(
			"VoiceFox has no call of the last 48 hours. Make a call, or raise 'Look Back' in the options",
		);
	});

	it('finds it among entries that name no call or no time', async () => {
		addCall('last', 30);
		addCall('..', 1);
		const [call] = voiceFox.world.calls;
		const items = [
			{ sessionId: 'untimed', startAt: 20261120 },
			'none',
			...voiceFox.world.calls,
			{ ...call, startAt: '' },
		];
		voiceFox.world.faults.push({ path: '/openapi/calllog', status: 200, body: { items } });
		expect(idsOf(await published().fetchTestEvent())).toEqual(['last']);
	});

	it("says what VoiceFox's call log does not say in a form that can be read", async () => {
		addCall('odd', 1, { collect: 'none' });
		expect((await errorOf(published().fetchTestEvent())).message).toBe(
			"VoiceFox's call log has a form that cannot be read: event_data.collect_targets.0",
		);
	});

	it("says what to do when the call's details are not VoiceFox's", async () => {
		addCall('last');
		voiceFox.world.faults.push({
			path: '/openapi/call_logs/',
			status: 200,
			body: { code: 500, message: 'busy' },
		});
		expect((await errorOf(published().fetchTestEvent())).message).toBe(
			"The answer is not VoiceFox's. Check 'Region' and 'Base URL' in the credential",
		);
	});

	it('says what to do when the token is wrong, at once', async () => {
		const trigger = new PublishedTrigger(credentialFor(voiceFox, 'another-example-token'));
		expect((await errorOf(trigger.fetchTestEvent())).message).toContain('does not know the API token');
	});
});

describe('Its description', () => {
	it("offers n8n's time zones, the workflow's own before the others", async () => {
		const context = { getTimezone: () => 'Asia/Tokyo' } as ILoadOptionsFunctions;
		const zones = await callLogTrigger.methods.loadOptions.getTimeZones.call(context);
		expect(zones.slice(0, 2).map(({ value }) => value)).toEqual(['', 'Asia/Tokyo']);
	});

	it('has no parameter of the webhook trigger', () => {
		expect(callLogTrigger.description.properties.map(({ name }) => name)).toEqual([
			'output',
			'columns',
			'hitStatus',
			'filters',
			'options',
		]);
	});
});
