import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../voicefox/values';
import { hasEnded, isMissed, startOf } from './listing';
import {
	END_OF_TIME,
	floorAt,
	later,
	latestAnywhere,
	sooner,
	type Reading,
	type WhatWasRead,
} from './window';

/** Enough of a digest that no two of a hundred million calls share it, and short in n8n's database. */
const DIGEST_LENGTH = 12;

const HOUR_LENGTH = 'yyyy-MM-dd HH'.length;

/** More calls are not remembered: then the oldest are too old to be new. 4 MB in n8n's database. */
export const MOST_DONE = 300_000;

/** A call that was seen in the log and is not emitted yet. */
export interface Waiting {
	id: string;
	/** When it started, in the account's local time; empty when nobody knows. */
	start: string;
	/** When it was first seen, in ms of n8n's clock. */
	since: number;
	/** When it was first seen ended; 0 for what has nothing to wait for. */
	ended?: number;
	/** Its assistants as the list names them, which the details do not. */
	assistant?: IDataObject['assistant'];
	/** Since when its details cannot be read, in ms. */
	failingSince?: number;
}

/**
 * What is found in the log: `baseline`, nobody wants it; `history`, it is emitted without waiting; `watching`, it is
 * emitted once it is complete. The first two end with the first long window.
 */
export type Phase = 'baseline' | 'history' | 'watching';

/** What the trigger remembers from poll to poll. Local times are the account's, whatever zone it is in. */
export interface Memory extends WhatWasRead {
	/** A digest of the account. */
	account: string;
	/** How many times it was handed to n8n to be saved, when last (ms), and by which process. */
	saves: number;
	savedAt: number;
	savedBy: string;
	phase: Phase;
	/** Until when what is found is done with: Start From was in the future. */
	startsAt?: number;
	reading: Reading | null;
	/** In the order in which they are asked for. */
	waiting: Waiting[];
	/** The calls that are done with, by `digestOf`: the hour in which they started. */
	done: Map<string, string>;
}

/** A text, however long, in the few characters that are remembered. */
export const digestOf = (text: string) =>
	createHash('sha256').update(text).digest('base64url').slice(0, DIGEST_LENGTH);

/** The hour under which a call is remembered that started then, or when nobody knows, but before now. */
const hourOf = (start: string, latest: string, now: number) =>
	(start || later(latest, latestAnywhere(now))).slice(0, HOUR_LENGTH);

/** What is stored: digests in one text each, by the hour. */
function textsOf(done: Memory['done']): Record<string, string> {
	const byHour = new Map<string, string[]>();
	for (const [digest, hour] of done) {
		const others = byHour.get(hour);
		if (others) others.push(digest);
		else byHour.set(hour, [digest]);
	}
	return Object.fromEntries([...byHour].map(([hour, digests]) => [hour, digests.join('')]));
}

function digestsIn(texts: unknown): Memory['done'] {
	const done: Memory['done'] = new Map();
	for (const [hour, text] of Object.entries(isObject(texts) ? texts : {})) {
		if (typeof text !== 'string') continue;
		for (let at = 0; at < text.length; at += DIGEST_LENGTH)
			done.set(text.slice(at, at + DIGEST_LENGTH), hour);
	}
	return done;
}

const isWaiting = (value: unknown): value is Waiting & IDataObject =>
	isObject(value) &&
	typeof value.id === 'string' &&
	typeof value.start === 'string' &&
	typeof value.since === 'number';

const isReading = (value: unknown): value is Reading & IDataObject =>
	isObject(value) &&
	typeof value.from === 'string' &&
	[value.span, value.tries, value.readAt].every((number) => typeof number === 'number');

/**
 * Reads the memory from n8n's static data of the node.
 *
 * @returns null when there is none, or none of ours
 */
export function readMemory({ calls }: IDataObject): Memory | null {
	if (!isObject(calls)) return null;
	const { waiting, done, reading, ...rest } = calls;
	const { account, saves, savedAt, savedBy, floor, latest, longAt, phase } = rest;
	const areTexts = [account, savedBy, floor, latest, phase].every((value) => typeof value === 'string');
	const areNumbers = [saves, savedAt, longAt].every((value) => typeof value === 'number');
	if (!areTexts || !areNumbers) return null;

	const known = Array.isArray(waiting) ? (waiting as unknown[]).filter(isWaiting) : [];
	return {
		...(rest as unknown as Omit<Memory, 'waiting' | 'done' | 'reading'>),
		reading: isReading(reading) ? { ...reading } : null,
		waiting: known.map((call) => ({ ...call })),
		done: digestsIn(done),
	};
}

/** Writes the memory in one assignment, so that n8n sees the change and never saves half of it. */
export function writeMemory(data: IDataObject, { done, ...memory }: Memory): void {
	data.calls = structuredClone({ ...memory, done: textsOf(done) }) as unknown as IDataObject;
}

const MOST_ASSISTANTS = 20;

/** Since when a call has waited for its analysis; undefined while it goes on. */
function endedOf(entry: IDataObject, phase: Phase, now: number): number | undefined {
	if (!hasEnded(entry)) return undefined;
	return isMissed(entry) || phase === 'history' ? 0 : now;
}

function toWaiting(id: string, entry: IDataObject, phase: Phase, now: number): Waiting {
	const { assistant } = entry;
	const ended = endedOf(entry, phase, now);
	const isUseful = Array.isArray(assistant) && assistant.length > 0 && assistant.length <= MOST_ASSISTANTS;
	return {
		id,
		start: startOf(entry),
		since: now,
		...(ended !== undefined && { ended }),
		...(isUseful && { assistant }),
	};
}

/** Whether calls that are found now are not to be emitted. */
const isBaseline = ({ phase, startsAt = 0 }: Memory, now: number) => phase === 'baseline' || now < startsAt;

/** The memory with these entries of the log: those not seen before wait from now on, or are done with. */
export function withFound(memory: Memory, entries: ReadonlyMap<string, IDataObject>, now: number): Memory {
	const waiting = new Map(memory.waiting.map((call) => [call.id, call]));
	const done = new Map(memory.done);
	let { latest } = memory;
	for (const [id, entry] of entries) {
		const start = startOf(entry);
		latest = later(latest, sooner(start, END_OF_TIME));
		const known = waiting.get(id);
		if (known) {
			const ended = known.ended ?? endedOf(entry, memory.phase, now);
			if (ended !== known.ended) waiting.set(id, { ...known, ended });
			continue;
		}
		const isOld = start !== '' && start < memory.floor;
		if (isOld || done.has(digestOf(id))) continue;

		if (isBaseline(memory, now)) done.set(digestOf(id), hourOf(start, latest, now));
		else waiting.set(id, toWaiting(id, entry, memory.phase, now));
	}
	return { ...memory, latest, waiting: [...waiting.values()], done };
}

/** The memory without the calls that started before its floor. */
function pruned(memory: Memory): Memory {
	const hour = memory.floor.slice(0, HOUR_LENGTH);
	return { ...memory, done: new Map([...memory.done].filter(([, started]) => started >= hour)) };
}

/** The memory with so few calls done that n8n can store it: the oldest hours go, and nothing in them is new any more. */
function bounded(memory: Memory): Memory {
	if (memory.done.size <= MOST_DONE) return memory;
	const [floorHour] = [...memory.done.values()].sort().slice(-MOST_DONE / 2);
	return pruned({ ...memory, floor: later(memory.floor, `${floorHour}:00:00`) });
}

/**
 * The memory once the log is read up to `end`: what started longer than Look Back before that is forgotten, and so never
 * new. It is VoiceFox's latest call that moves it on, not a clock that may be ahead.
 *
 * @param clock the account's local time by n8n's clock
 */
export function withRead(memory: Memory, end: string, clock: string, lookBack: number): Memory {
	const seen = sooner(sooner(end, clock), memory.latest);
	if (seen === '') return memory;
	const floor = later(memory.floor, floorAt(seen, lookBack));
	return bounded(floor > memory.floor ? pruned({ ...memory, floor }) : memory);
}

/** The memory once these calls are emitted, or given up. */
export function withDone(memory: Memory, ids: ReadonlySet<string>, now: number): Memory {
	const done = new Map(memory.done);
	for (const { id, start } of memory.waiting) {
		if (ids.has(id)) done.set(digestOf(id), hourOf(start, memory.latest, now));
	}
	return { ...memory, waiting: memory.waiting.filter(({ id }) => !ids.has(id)), done };
}

/**
 * The memory once these calls could not be read: they are asked for again after all others, and given up when they
 * started before the window and have failed for `patience` ms.
 *
 * @param start where the window begins, in local time
 */
export function withFailed(
	memory: Memory,
	ids: ReadonlySet<string>,
	start: string,
	patience: number,
	now: number,
): { memory: Memory; givenUp: string[] } {
	const others = memory.waiting.filter(({ id }) => !ids.has(id));
	const failing = memory.waiting
		.filter(({ id }) => ids.has(id))
		.map((call) => ({ ...call, failingSince: call.failingSince ?? now }));
	const givenUp = failing
		.filter((call) => call.start < start && now - call.failingSince > patience)
		.map(({ id }) => id);
	return {
		memory: withDone({ ...memory, waiting: [...others, ...failing] }, new Set(givenUp), now),
		givenUp,
	};
}
