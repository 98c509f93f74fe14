import { DateTime } from 'luxon';

import { endText, startText } from '../api/queryTimes';
import { fromVoiceFox, VOICEFOX_TIME } from '../voicefox/times';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** No zone's clock is further from UTC than this (the Line Islands, UTC+14). */
const WIDEST_OFFSET = 14 * HOUR;

/** What clocks may differ, and what a call's entry may be late. */
const MARGIN = HOUR;

/** What every poll reads; what is older is read once an hour. */
export const NEAR = 2 * HOUR;

/** How often the whole window is read. */
const LONG_EVERY = HOUR;

/** Where no call of VoiceFox's is earlier or later, and what any database takes. */
export const BEGINNING_OF_TIME = '1970-01-02 00:00:00';
export const END_OF_TIME = '2037-12-31 00:00:00';

/** The query's `startTime` and `endTime`, in the account's local time. */
export interface Window {
	startTime: string;
	endTime: string;
}

/** What the user set of it; times in ms. */
export interface WindowSettings {
	/** Where the history begins that is emitted first; null for none. */
	startFrom: number | null;
	lookBack: number;
	/** The account's IANA zone; empty when nobody knows. */
	timeZone: string;
}

/** What of the log was read so far. Local times are the account's, whatever zone it is in. */
export interface WhatWasRead {
	/** Calls that started earlier are none of ours, or forgotten: they are never new. A local time. */
	floor: string;
	/** When the latest call of the log started; empty before there was one. A local time. */
	latest: string;
	/** When the last complete long window was read, in ms of n8n's clock. */
	longAt: number;
}

/** A long window that is being read, in slices from its oldest one on. */
export interface Reading {
	/** Where the next slice begins, in the account's local time. */
	from: string;
	/** How long it is, in ms. */
	span: number;
	/** How many times VoiceFox sent less of it than it counts. */
	tries: number;
	/** When the slice before it was read, in ms of n8n's clock. */
	readAt: number;
}

const zoneOf = ({ timeZone }: WindowSettings) => (timeZone === '' ? 'UTC' : timeZone);
const widening = ({ timeZone }: WindowSettings) => (timeZone === '' ? WIDEST_OFFSET : 0);

/** The account's local time at an instant (ms): where its zone is unknown, the earliest that it can be. */
export const earliest = (time: number, settings: WindowSettings): string =>
	startText(DateTime.fromMillis(time - widening(settings), { zone: zoneOf(settings) }));

/** The same, but the latest that it can be. */
export const latest = (time: number, settings: WindowSettings): string =>
	endText(DateTime.fromMillis(time + widening(settings), { zone: zoneOf(settings) }));

/** The latest local time that it can be anywhere. */
export const latestAnywhere = (time: number) => latest(time, { startFrom: null, lookBack: 0, timeZone: '' });

/** A local time so many ms later, or earlier when negative. */
export const shifted = (text: string, by: number): string =>
	fromVoiceFox(text, 'UTC').plus(by).toFormat(VOICEFOX_TIME);

/** The local time in the middle of two, and how far they are apart (ms). */
export function between(from: string, to: string): { middle: string; apart: number } {
	const apart = fromVoiceFox(to, 'UTC').diff(fromVoiceFox(from, 'UTC')).toMillis();
	return { middle: shifted(from, Math.floor(apart / 2)), apart };
}

export const later = (one: string, other: string) => (one > other ? one : other);
export const sooner = (one: string, other: string) => (one < other ? one : other);

/** Where what is remembered begins, when this is the local time of the log's last call. */
export const floorAt = (last: string, lookBack: number) => shifted(last, -Math.max(lookBack, NEAR));

/** Where windows end: nothing starts later, unless n8n's clock is behind. Then VoiceFox's latest call says how far. */
export function endOfLog({ latest: lastStart }: WhatWasRead, settings: WindowSettings, now: number): string {
	const end = latest(now + MARGIN, settings);
	return lastStart > end ? shifted(lastStart, MARGIN) : end;
}

/** What every poll reads: the last two hours by n8n's clock, and by VoiceFox's where that is ahead of it. */
export function nearWindows(memory: WhatWasRead, settings: WindowSettings, now: number): Window[] {
	const end = latest(now + MARGIN, settings);
	const lastStart = memory.latest;
	const windows = [{ startTime: earliest(now - NEAR, settings), endTime: end }];
	if (lastStart > end) {
		windows.push({ startTime: shifted(lastStart, -NEAR), endTime: shifted(lastStart, MARGIN) });
	}
	return windows
		.map(({ startTime, endTime }) => ({ startTime: later(startTime, memory.floor), endTime }))
		.filter(({ startTime, endTime }) => startTime <= endTime);
}

/** Whether all of the window is to be read again; a clock that was turned back does not say when it was read last. */
export const isLongDue = ({ longAt }: WhatWasRead, now: number) => now < longAt || now - longAt >= LONG_EVERY;

/**
 * Where the long window begins: at Look Back or an hour before the last complete one, whichever is earlier. A clock that
 * was turned back knows neither: then at the first call that may be new.
 */
export function startOfLong({ floor, longAt }: WhatWasRead, settings: WindowSettings, now: number): string {
	if (now < longAt) return floor;
	const start = Math.min(now - settings.lookBack, longAt - MARGIN);
	return later(floor, earliest(start, settings));
}

/**
 * Where a long window that an earlier poll has begun goes on. What lay in the future then is not read yet; nor is anything,
 * as far as is known, when the clock was turned back since.
 */
export function resumed(
	{ from, readAt }: Reading,
	memory: WhatWasRead,
	settings: WindowSettings,
	now: number,
): string {
	if (now < readAt) return memory.floor;
	return sooner(from, later(memory.floor, earliest(readAt - MARGIN, settings)));
}
