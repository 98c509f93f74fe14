import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { callsByPage, type CallPage } from '../api/pages';
import { sessionIdIn } from '../voicefox/ids';
import { isZeroTime, VOICEFOX_TIME } from '../voicefox/times';
import { talkTime } from '../voicefox/values';
import { BEGINNING_OF_TIME, between, END_OF_TIME, HOUR, type Window } from './window';

/** Reads a page of a window, by its number from 1. */
export type ReadPage = (window: Window, pageIndex: number) => Promise<CallPage>;

/** The calls of a window. */
export interface Listing {
	/** The entries by session ID, in the order of their start. */
	entries: Map<string, IDataObject>;
	/** Whether the list was read to its end. */
	isWhole: boolean;
	/** How many calls VoiceFox counts that it did not send. */
	missing: number;
	/** Session IDs that no request can be made with, shortened. */
	unusable: string[];
}

const LOCAL_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)/;

/** A time that names its own offset. */
const WITH_OFFSET = /^\d{4}-\d\d-\d\dT[\d:.,]{1,40}(Z|[+-]\d\d:?\d\d)$/;

/** The entry with the start in the account's local time, where its zone is known. */
export function inLocalTime(entry: IDataObject, timeZone: string): IDataObject {
	const { startAt } = entry;
	if (timeZone === '' || typeof startAt !== 'string' || !WITH_OFFSET.test(startAt)) return entry;
	const start = DateTime.fromISO(startAt, { zone: timeZone });
	return start.isValid ? { ...entry, startAt: start.toFormat(VOICEFOX_TIME) } : entry;
}

/** When a call started, in the account's local time; empty when VoiceFox does not say it in a form that can be read. */
export function startOf({ startAt }: IDataObject): string {
	const [, date, time] = (typeof startAt === 'string' && LOCAL_TIME.exec(startAt)) || [];
	return date === undefined ? '' : `${date} ${time}`;
}

/** A time that Go has not set is empty, or long ago. */
const isSet = (time: unknown) => typeof time === 'string' && time.trim() !== '' && !isZeroTime(time);

/** Whether the call is over. */
export const hasEnded = ({ endAt }: IDataObject) => isSet(endAt);

/** Whether nobody answered: there is no analysis to wait for. */
export const isMissed = (entry: IDataObject) => talkTime(entry) <= 0;

function byStart(entries: Map<string, IDataObject>): Map<string, IDataObject> {
	const started = [...entries].map(([id, entry]) => ({ id, entry, start: startOf(entry) }));
	started.sort(({ start: one }, { start: other }) => (one < other ? -1 : Number(one > other)));
	return new Map(started.map(({ id, entry }) => [id, entry]));
}

/**
 * Reads all pages of a window, in whatever order VoiceFox gives the calls.
 *
 * @param readPage what it throws is thrown on
 * @param isOver tells after each page, with the number of calls so far, whether the reading should end before the list does
 */
export async function readListing(
	readPage: (pageIndex: number) => Promise<CallPage>,
	isOver: (calls: number) => boolean,
): Promise<Listing> {
	const entries = new Map<string, IDataObject>();
	const unusable: string[] = [];
	let missing = 0;
	for await (const page of callsByPage(readPage)) {
		for (const entry of page.calls) {
			const read = sessionIdIn(entry.sessionId);
			// With its outer white space, where it has some: without it, it could be another call's.
			if ('id' in read) entries.set(String(entry.sessionId), entry);
			else unusable.push(read.text);
		}
		missing = page.missing;
		const isEnd = page.calls.length === 0;
		if (!isEnd && isOver(entries.size)) {
			return { entries: byStart(entries), isWhole: false, missing: 0, unusable };
		}
	}
	return { entries: byStart(entries), isWhole: true, missing, unusable };
}

/** Whether any call started in this window. */
export async function hasCalls(readPage: ReadPage, window: Window): Promise<boolean> {
	const { calls, leftOut } = await readPage(window, 1);
	return calls.length + leftOut > 0;
}

/**
 * When the log's last call started, found by halving, since its order is not documented: some twenty requests.
 *
 * @returns a local time within an hour after it; null when the log is empty
 */
export async function lastStart(readPage: ReadPage): Promise<string | null> {
	let from = BEGINNING_OF_TIME;
	let to = END_OF_TIME;
	if (!(await hasCalls(readPage, { startTime: from, endTime: to }))) return null;

	for (let next = between(from, to); next.apart > HOUR; next = between(from, to)) {
		if (await hasCalls(readPage, { startTime: next.middle, endTime: END_OF_TIME })) from = next.middle;
		else to = next.middle;
	}
	return to;
}
