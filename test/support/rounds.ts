import type { IDataObject } from 'n8n-workflow';

import type { CallLogApi, Moment, RoundSettings } from '../../nodes/VoiceFox/callLog/context';
import type { Memory } from '../../nodes/VoiceFox/callLog/memory';
import { readRound } from '../../nodes/VoiceFox/callLog/round';
import { Account, defaultSettings, MINUTE } from './callLog';

/** In UTC, and waiting for nothing. */
export const utc = { ...defaultSettings, settle: 0, timeZone: 'UTC' };

/** An account in UTC whose trigger knows the zone, took its baseline, and does not wait. */
export async function watched(settings = {}, pageSize = 4) {
	const account = new Account('UTC', { ...utc, ...settings }, 'newest first', pageSize);
	account.call(30);
	await account.poll();
	return account;
}

/** So many calls, a second apart. */
export const calls = (account: Account, count: number) =>
	Array.from({ length: count }, () => {
		account.wait(1 / 60);
		return account.call();
	});

/** The first poll of a trigger that was just published. */
export const moment: Moment = {
	now: Date.parse('2026-11-20T12:00:00Z'),
	account: 'one',
	isFirstPoll: true,
	isStart: false,
	isListingOver: () => false,
	isTimeUp: () => false,
};

/** A call as the list has it, of this hour unless `more` says something else. */
export const entryOf = (sessionId: string, more: IDataObject = {}): IDataObject => ({
	sessionId,
	startAt: '2026-11-20 11:30:00',
	endAt: '2026-11-20 11:31:00',
	billsec: 60,
	...more,
});

/** An API whose log has these calls, found by when VoiceFox knows that they started: `listedAt`. */
export const apiOf = (entries: IDataObject[], details: CallLogApi['details']): CallLogApi => ({
	page: async ({ startTime, endTime }, pageIndex) => ({
		calls: entries
			.filter(({ startAt, listedAt = startAt }) => listedAt! >= startTime && listedAt! <= endTime)
			.slice((pageIndex - 1) * 100, pageIndex * 100),
		leftOut: 0,
	}),
	details,
});

/** An API whose log has these calls, all of this hour. */
export const apiWith = (ids: string[], details: CallLogApi['details']) =>
	apiOf(
		ids.map((id) => entryOf(id)),
		details,
	);

export const readable: CallLogApi['details'] = async (sessionId) => ({ sessionId });

/** What polls every five minutes emit. */
export async function polled(api: CallLogApi, settings: RoundSettings, count: number, from = moment.now) {
	const ids = [];
	let memory: Memory | null = null;
	for (let poll = 0; poll < count; poll++) {
		const now = from + poll * 5 * MINUTE;
		const round = await readRound(api, settings, memory, { ...moment, now, isFirstPoll: poll === 0 });
		memory = round.memory;
		ids.push(...round.events.map(({ data }) => data.session_id));
	}
	return ids;
}
