import type { IDataObject } from 'n8n-workflow';

import type { CallLogApi, Moment } from '../../../nodes/VoiceFox/callLog/context';
import { readRound } from '../../../nodes/VoiceFox/callLog/round';
import { DAY, HOUR } from '../../../nodes/VoiceFox/callLog/window';
import { defaultSettings, MINUTE } from '../../support/callLog';

const BEGIN = Date.parse('2026-11-20T00:00:00Z');
const PAGE_SIZE = 100;

/** The part of a day that is polled here; the hours of a day are all alike. */
const HOURS = 1;

const textOf = (time: number) => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** An account in UTC with calls at equal distances, long before and after: what it is asked for. */
function accountWith(callsPerDay: number) {
	const requests = { pages: 0, details: 0 };
	const distance = DAY / callsPerDay;
	const clock = { now: BEGIN };
	const known = new Map<number, IDataObject>();
	function call(index: number): IDataObject {
		const startAt = textOf(BEGIN + index * distance);
		const entry = known.get(index) ?? { sessionId: `call ${index}`, startAt, endAt: startAt, billsec: 60 };
		known.set(index, entry);
		return entry;
	}
	const indexAt = (text: string) => Math.ceil((Date.parse(`${text.replace(' ', 'T')}Z`) - BEGIN) / distance);
	const api: CallLogApi = {
		page: async ({ startTime, endTime }, pageIndex) => {
			requests.pages++;
			const last = Math.min(indexAt(endTime), Math.floor((clock.now - BEGIN) / distance));
			const first = indexAt(startTime) + (pageIndex - 1) * PAGE_SIZE;
			const length = Math.max(0, Math.min(PAGE_SIZE, last - first));
			return { calls: Array.from({ length }, (_, place) => call(first + place)), leftOut: 0 };
		},
		details: async (sessionId) => {
			requests.details++;
			return { sessionId, collect: null };
		},
	};
	return { api, requests, clock };
}

/** How many requests a day of polls costs: for lists, and for the calls. */
async function requestsPerDay(callsPerDay: number, everyMinutes: number, timeZone: string) {
	const { api, requests, clock } = accountWith(callsPerDay);
	const moment: Moment = {
		now: 0,
		account: 'one',
		isFirstPoll: true,
		isStart: false,
		isListingOver: () => false,
		isTimeUp: () => false,
	};
	const settings = { ...defaultSettings, timeZone };
	let { memory } = await readRound(api, settings, null, { ...moment, now: clock.now });
	const poll = async () => {
		({ memory } = await readRound(api, settings, memory, { ...moment, now: clock.now, isFirstPoll: false }));
	};
	// The calls of the time since the baseline are behind it, and those that wait are as many as ever.
	for (let warmUp = 0; warmUp < 12; warmUp++, clock.now += 5 * MINUTE) await poll();
	Object.assign(requests, { pages: 0, details: 0 });
	const end = clock.now + HOURS * HOUR;
	for (; clock.now < end; clock.now += everyMinutes * MINUTE) await poll();
	const perDay = DAY / HOUR / HOURS;
	const lists = Math.round((requests.pages * perDay) / 100) * 100;
	return { lists, perCall: Math.round((requests.details * perDay) / callsPerDay) };
}

describe('A day of polls', () => {
	it.each([
		[100, 1, 'UTC', 3000],
		[100, 5, 'UTC', 600],
		[1000, 1, 'UTC', 3400],
		[1000, 5, 'UTC', 1100],
		[1000, 1, '', 11_900],
		[1000, 5, '', 2700],
		[10_000, 1, 'UTC', 19_000],
		[10_000, 5, 'UTC', 7500],
	])(
		'with %i calls, polled every %i minutes, zone %j, costs %i requests for lists, and one per call',
		async (calls, every, zone, lists) => {
			expect(await requestsPerDay(calls, every, zone)).toEqual({ lists, perCall: 1 });
		},
	);
});
