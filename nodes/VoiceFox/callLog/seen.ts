import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../voicefox/values';
import type { Listing } from './listing';
import { HOUR, type LastPoll, type Window } from './window';

/** How long a call that has left the window is remembered: longer than pages that move can hide it. */
const FORGET_AFTER = 24 * HOUR;

/** Enough of a digest that no two of a hundred million calls share it, and short in n8n's database. */
const PRINT_LENGTH = 12;

/** A call that was seen in the log and is not emitted yet. */
export interface Waiting {
	id: string;
	/** When it was first seen, in ms of n8n's clock; 0 for history, which does not wait. */
	since: number;
	/** Its assistants as the list names them, which the details do not. */
	assistant?: IDataObject['assistant'];
	/** Since when its details cannot be read, in ms. */
	failingSince?: number;
}

/** What the trigger remembers from poll to poll. */
export interface Memory extends LastPoll {
	/** In the order in which they are asked for. */
	waiting: Waiting[];
	/** The calls of the window that are done with, by `printOf`: 0, or since when VoiceFox lists them no more (ms). */
	done: Map<string, number>;
}

/** A session ID, however long, in the few characters that are remembered. */
export const printOf = (sessionId: string) =>
	createHash('sha256').update(sessionId).digest('base64url').slice(0, PRINT_LENGTH);

/** What is stored: prints in one text each, by the time since when they are no longer listed. */
function textsOf(done: Memory['done']): Record<string, string> {
	const texts: Record<string, string> = {};
	for (const [print, since] of done) texts[since] = (texts[since] ?? '') + print;
	return texts;
}

function printsIn(texts: unknown): Memory['done'] {
	const done: Memory['done'] = new Map();
	for (const [since, text] of Object.entries(isObject(texts) ? texts : {})) {
		if (typeof text !== 'string' || !Number.isFinite(Number(since))) continue;
		for (let at = 0; at < text.length; at += PRINT_LENGTH) {
			done.set(text.slice(at, at + PRINT_LENGTH), Number(since));
		}
	}
	return done;
}

const isWaiting = (value: unknown): value is Waiting & IDataObject =>
	isObject(value) && typeof value.id === 'string' && typeof value.since === 'number';

/**
 * Reads the memory from n8n's static data of the node.
 *
 * @returns null before the first complete poll
 */
export function readMemory({ calls }: IDataObject): Memory | null {
	if (!isObject(calls)) return null;
	const { polledAt, startTime, waiting, done } = calls;
	if (typeof polledAt !== 'number' || typeof startTime !== 'string') return null;

	const known = Array.isArray(waiting) ? (waiting as unknown[]).filter(isWaiting) : [];
	return { polledAt, startTime, waiting: known.map((call) => ({ ...call })), done: printsIn(done) };
}

/** Writes the memory in one assignment, so that n8n sees the change and never saves half of it. */
export function writeMemory(data: IDataObject, { done, ...memory }: Memory): void {
	data.calls = { ...memory, done: textsOf(done) } as unknown as IDataObject;
}

const MOST_ASSISTANTS = 20;

function toWaiting([id, { assistant }]: [string, IDataObject], since: number): Waiting {
	const isUseful = Array.isArray(assistant) && assistant.length > 0 && assistant.length <= MOST_ASSISTANTS;
	return isUseful ? { id, since, assistant } : { id, since };
}

const allDone = ({ entries }: Listing): Memory['done'] =>
	new Map([...entries.keys()].map((id) => [printOf(id), 0]));

const allWaiting = ({ entries }: Listing, since: number) =>
	[...entries].map((entry) => toWaiting(entry, since));

/**
 * The memory after the first complete poll: without history its calls are the baseline, done with; else they wait to
 * be emitted at once.
 */
export function firstMemory(
	listing: Listing,
	window: Window,
	polledAt: number,
	withHistory: boolean,
): Memory {
	const calls: Pick<Memory, 'waiting' | 'done'> = withHistory
		? { waiting: allWaiting(listing, 0), done: new Map() }
		: { waiting: [], done: allDone(listing) };
	return { polledAt, startTime: window.startTime, ...calls };
}

/** The calls done with, without those that VoiceFox has not listed for a day: the window has passed them. */
function stillKnown(done: Memory['done'], listing: Listing, now: number): Memory['done'] {
	const listed = allDone(listing);
	const kept: Memory['done'] = new Map();
	for (const [print, since] of done) {
		const missingSince = listed.has(print) ? 0 : since === 0 ? now : since;
		if (missingSince === 0 || now - missingSince <= FORGET_AFTER) kept.set(print, missingSince);
	}
	return kept;
}

/**
 * The memory after another reading of the log: calls not seen before wait from now on. Only a complete reading moves
 * the window and lets go of calls.
 */
export function withListing(memory: Memory, listing: Listing, window: Window, now: number): Memory {
	const waits = new Set(memory.waiting.map(({ id }) => id));
	const fresh = [...listing.entries].filter(([id]) => !waits.has(id) && !memory.done.has(printOf(id)));
	const waiting = [...memory.waiting, ...fresh.map((entry) => toWaiting(entry, now))];
	if (!listing.isComplete) return { ...memory, waiting };

	return {
		polledAt: now,
		startTime: window.startTime,
		waiting,
		done: stillKnown(memory.done, listing, now),
	};
}

/** The memory once these calls are emitted. */
export function withDone(memory: Memory, ids: ReadonlySet<string>): Memory {
	const done = new Map(memory.done);
	for (const id of ids) done.set(printOf(id), 0);
	return { ...memory, waiting: memory.waiting.filter(({ id }) => !ids.has(id)), done };
}

/**
 * The memory once these calls could not be read: they are asked for again after all others, and given up when VoiceFox
 * no longer lists them and they have failed for `patience` ms.
 */
export function withFailed(
	memory: Memory,
	ids: ReadonlySet<string>,
	listing: Listing,
	patience: number,
	now: number,
): { memory: Memory; givenUp: string[] } {
	const others = memory.waiting.filter(({ id }) => !ids.has(id));
	const failing = memory.waiting
		.filter(({ id }) => ids.has(id))
		.map((call) => ({ ...call, failingSince: call.failingSince ?? now }));
	const isGivenUp = ({ id, failingSince }: { id: string; failingSince: number }) =>
		listing.isComplete && !listing.entries.has(id) && now - failingSince > patience;
	return {
		memory: { ...memory, waiting: [...others, ...failing.filter((call) => !isGivenUp(call))] },
		givenUp: failing.filter(isGivenUp).map(({ id }) => id),
	};
}
