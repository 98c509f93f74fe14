import { ifTaken, type CallLogApi, type Moment, type Note, type RoundSettings } from './context';
import { areEnough } from './details';
import { lastStart, readListing, type Listing } from './listing';
import { withFound, withRead, type Memory } from './memory';
import {
	BEGINNING_OF_TIME,
	DAY,
	earliest,
	endOfLog,
	floorAt,
	HOUR,
	latest,
	nearWindows,
	shifted,
	sooner,
	type Reading,
} from './window';

/** How long a slice of the long window is at most, how much longer it gets over times without calls, and how short at least. */
const SLICE = DAY;
const LONGEST_SLICE = 30 * DAY;
const SHORTEST_SLICE = HOUR / 60;

/** A slice with more calls is cut, so that what waits to be emitted stays small. */
const MOST_IN_SLICE = 10_000;

/** A slice of which VoiceFox sends less than it counts is taken as it is after so many polls. */
const MOST_TRIES = 3;

/** A long window that begins here, in the account's local time. */
export const readingFrom = (from: string, now: number): Reading => ({
	from,
	span: SLICE,
	tries: 0,
	readAt: now,
});

/** What the reading of the log has come to so far; it stays when a request fails. */
export interface Read {
	memory: Memory;
	/** Whether n8n should save it: a first long window has come to its end, or a poll's time while one was read. */
	isMilestone: boolean;
	notes: Note[];
}

const notesOf = ({ missing, unusable }: Listing): Note[] => [
	...(missing > 0
		? [{ text: `VoiceFox counts more calls than it sends (${missing} in one list)`, once: true }]
		: []),
	...unusable.map((id) => ({ text: `A call cannot be asked for by its session ID '${id}'`, once: true })),
];

type ReadLog = (api: CallLogApi, settings: RoundSettings, read: Read, moment: Moment) => Promise<void>;

/** Reads what every poll reads. */
export const readNear: ReadLog = async (api, settings, read, { now, isListingOver }) => {
	for (const window of nearWindows(read.memory, settings, now)) {
		const readPage = async (pageIndex: number) => await api.page(window, pageIndex);
		const listing = await readListing(readPage, isListingOver);
		const memory = withFound(read.memory, listing.entries, now);
		// What is too much for one poll is read in slices, which are not begun anew each time.
		const slices = readingFrom(window.startTime, now);
		read.memory = listing.isWhole ? memory : { ...memory, reading: memory.reading ?? slices };
		read.notes.push(...notesOf(listing));
	}
};

/**
 * The memory once the long window is read to its end. A baseline goes on when it does not reach as far back from the log's
 * last call as calls are remembered: n8n's clock may be ahead.
 */
async function finished(
	api: CallLogApi,
	memory: Memory,
	{ lookBack }: RoundSettings,
	now: number,
): Promise<Memory> {
	const read: Memory = { ...memory, phase: 'watching', reading: null, longAt: now };
	if (memory.phase !== 'baseline') return read;

	const last = memory.latest || (await ifTaken(lastStart(api.page)));
	if (last === undefined) return read;
	if (last === null) return { ...read, floor: BEGINNING_OF_TIME };

	const floor = floorAt(last, lookBack);
	if (floor >= memory.floor) return read;
	return { ...memory, floor, latest: last, reading: readingFrom(floor, now) };
}

/**
 * How long the next slice is: shorter when there was too much in it, longer where there is nothing, however long in the
 * future and in a log without calls.
 */
function nextSpan(span: number, { entries, isWhole }: Listing, isEmpty: boolean): number {
	if (!isWhole) return Math.max(SHORTEST_SLICE, span / 4);
	return Math.min(entries.size > 0 ? SLICE : isEmpty ? Infinity : LONGEST_SLICE, span * 2);
}

/** Reads the next slice of the long window; tells whether it can go on to the one after it. */
async function readSlice(
	api: CallLogApi,
	settings: RoundSettings,
	read: Read,
	reading: Reading,
	end: string,
	{ now, isListingOver }: Moment,
): Promise<boolean> {
	const { from, span, tries } = reading;
	const endTime = sooner(shifted(from, span), end);
	const mostCalls = span > SHORTEST_SLICE ? MOST_IN_SLICE : Infinity;
	const listing = await readListing(
		async (pageIndex) => await api.page({ startTime: from, endTime }, pageIndex),
		(calls) => calls > mostCalls || isListingOver(),
	);
	const { isWhole, missing, entries } = listing;
	const isOver = isListingOver();
	const known = isWhole || isOver ? withFound(read.memory, entries, now) : read.memory;
	read.notes.push(...notesOf(listing));

	// What was read lately is read again within the hour; what is older, and the first long window, only now.
	const isReadAgain =
		known.phase === 'watching' && from >= earliest(now - settings.lookBack - HOUR, settings);
	const isIncomplete = missing > 0 && !isReadAgain;
	if (isIncomplete && tries + 1 < MOST_TRIES) {
		read.memory = { ...known, reading: { ...reading, tries: tries + 1 } };
		return false;
	}
	const isEmpty = endTime > latest(now, settings) || known.floor === BEGINNING_OF_TIME;
	const next = {
		from: isWhole ? endTime : from,
		span: nextSpan(span, listing, isEmpty),
		tries: isIncomplete ? tries : 0,
		readAt: now,
	};
	read.memory = { ...known, reading: next };
	if (isWhole) read.memory = withRead(read.memory, endTime, latest(now, settings), settings.lookBack);
	read.isMilestone ||= isOver && isWhole;
	return !isOver;
}

/** Reads the long window from where the last poll left it, slice by slice, as far as time and calls that wait allow. */
export const readLong: ReadLog = async (api, settings, read, moment) => {
	const { now } = moment;
	for (let canGoOn = true; canGoOn;) {
		const { memory } = read;
		const end = endOfLog(memory, settings, now);
		const { reading } = memory;
		if (reading === null || reading.from >= end) {
			read.memory = await finished(api, memory, settings, now);
			if (read.memory.reading !== null) continue;
			read.isMilestone ||= memory.phase !== 'watching' || memory.saves === 0;
			return;
		}
		if (areEnough(memory, settings.settle, now)) return;
		canGoOn = await readSlice(api, settings, read, reading, end, moment);
	}
};
