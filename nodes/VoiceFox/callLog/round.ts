import { isRateLimit, type Problem } from '../api/errors';
import type { VoiceFoxEvent } from '../voicefox/validation';
import { ifTaken, problemOf, type CallLogApi, type Moment, type Note, type RoundSettings } from './context';
import { dueCalls, readDetails } from './details';
import { hasCalls, inLocalTime, lastStart, readListing, type ReadPage } from './listing';
import { digestOf, withDone, withFailed, type Memory } from './memory';
import { readingFrom, readLong, readNear, type Read } from './reading';
import {
	DAY,
	earliest,
	END_OF_TIME,
	endOfLog,
	HOUR,
	isLongDue,
	NEAR,
	resumed,
	shifted,
	sooner,
	startOfLong,
} from './window';

/** What a poll came to. */
export interface Round {
	/** What to remember; null as long as nothing is known. */
	memory: Memory | null;
	/** The new calls. */
	events: VoiceFoxEvent[];
	/** Whether n8n should save the memory now, which it does with an execution only. */
	isMilestone: boolean;
	/** Why the round ended early; null when it did not, or when VoiceFox only limits requests. */
	problem: Problem | null;
	/** What the log should say. */
	notes: Note[];
}

const unlessRateLimit = (problem: Problem) => (isRateLimit(problem) ? null : problem);

/**
 * A memory that knows no call yet, and where its first long window begins.
 *
 * @param other that of another account, which this one replaces
 */
async function begin(
	api: CallLogApi,
	settings: RoundSettings,
	{ now, account, isStart }: Moment,
	other: Memory | null,
): Promise<Memory> {
	const isOtherAccount = other !== null;
	const startFrom = isOtherAccount ? null : settings.startFrom;
	const isRepeated = startFrom === null && isStart && !isOtherAccount;
	// A baseline reaches back far enough from a call of the last hours, so that it need not go on (`finished`).
	const start = now - settings.lookBack - (isRepeated ? 0 : NEAR);
	const floor = earliest(startFrom ?? start, settings);
	const memory: Memory = {
		account,
		saves: other?.saves ?? 0,
		savedAt: now,
		savedBy: other?.savedBy ?? '',
		floor,
		latest: '',
		phase: startFrom !== null ? 'history' : isRepeated ? 'watching' : 'baseline',
		...(startFrom !== null && startFrom > now && { startsAt: startFrom }),
		longAt: now,
		reading: readingFrom(floor, now),
		waiting: [],
		done: new Map(),
	};
	return { ...memory, latest: await startBeyond(api, endOfLog(memory, settings, now)) };
}

/**
 * Whether n8n's clock is behind: then calls started after the end of the log, and are in it already.
 *
 * @returns when the last of them started; empty when there is none
 */
async function startBeyond({ page }: CallLogApi, end: string): Promise<string> {
	const window = { startTime: shifted(end, 1000), endTime: END_OF_TIME };
	const isBehind = await ifTaken(hasCalls(page, window));
	return isBehind ? ((await ifTaken(lastStart(page))) ?? '') : '';
}

/** Whether the log of this account has the latest call that is remembered: a new token of the same account. */
async function isSameAccount(api: CallLogApi, { latest: last, done, waiting }: Memory): Promise<boolean> {
	if (last === '') return false;
	const window = { startTime: shifted(last, -HOUR), endTime: last };
	const { entries } = await readListing(
		async (pageIndex) => await api.page(window, pageIndex),
		() => false,
	);
	const waits = new Set(waiting.map(({ id }) => id));
	return [...entries.keys()].some((id) => waits.has(id) || done.has(digestOf(id)));
}

/** What is remembered as the poll begins: of this account, with a long window to read when one is due. */
async function prepared(
	api: CallLogApi,
	settings: RoundSettings,
	known: Memory | null,
	moment: Moment,
): Promise<{ memory: Memory; notes: Note[] }> {
	const notes: Note[] = [];
	let memory = known;
	const isOtherToken = memory !== null && memory.account !== moment.account;
	if (memory !== null && isOtherToken && (await isSameAccount(api, memory))) {
		memory = { ...memory, account: moment.account };
	}
	if (memory === null || memory.account !== moment.account) {
		if (isOtherToken) notes.push({ text: OTHER_ACCOUNT });
		else if (moment.isStart && settings.startFrom === null) notes.push({ text: NO_MEMORY });
		return { memory: await begin(api, settings, moment, memory), notes };
	}
	if (memory.startsAt !== undefined && moment.now >= memory.startsAt) {
		memory = { ...memory, startsAt: undefined };
	}
	return { memory: { ...memory, reading: readingOf(memory, settings, moment) }, notes };
}

/** The long window to read: the one that was begun, or one that is due. */
function readingOf(memory: Memory, settings: RoundSettings, { now, isFirstPoll }: Moment): Memory['reading'] {
	const { reading } = memory;
	if (reading !== null) return { ...reading, from: resumed(reading, memory, settings, now) };
	if (!isFirstPoll && !isLongDue(memory, now)) return null;

	const from = startOfLong(memory, settings, now);
	// Only the log tells when a call that goes on has ended; none goes on for more than a day.
	const earliestStart = shifted(from, -DAY);
	const going = memory.waiting.filter(({ ended, start }) => ended === undefined && start >= earliestStart);
	return readingFrom([from, ...going.map(({ start }) => start)].reduce(sooner), now);
}

/** Pages whose calls start in the account's local time. */
const localPages =
	({ page }: CallLogApi, { timeZone }: RoundSettings): ReadPage =>
	async (...asked) => {
		const { calls, ...rest } = await page(...asked);
		return { ...rest, calls: calls.map((entry) => inLocalTime(entry, timeZone)) };
	};

/**
 * One poll: reads what is due of the call log, finds the calls that are new, and reads those whose turn it is.
 *
 * @param memory what the last poll left; null before the first
 * @returns what to emit and to remember; it throws nothing
 */
export async function readRound(
	voiceFox: CallLogApi,
	settings: RoundSettings,
	memory: Memory | null,
	moment: Moment,
): Promise<Round> {
	const { now, isTimeUp } = moment;
	const api = { ...voiceFox, page: localPages(voiceFox, settings) };
	let read: Read | null = null;
	try {
		read = { ...(await prepared(api, settings, memory, moment)), isMilestone: false };
		const readLog = read.memory.reading === null ? readNear : readLong;
		await readLog(api, settings, read, moment);
	} catch (error) {
		const soFar = read ?? { memory, isMilestone: false, notes: [] };
		return { ...soFar, events: [], problem: unlessRateLimit(problemOf(error)) };
	}
	const windowStart = earliest(now - settings.lookBack, settings);
	const due = dueCalls(read.memory, settings.settle, now);
	const details = await readDetails(api, due, windowStart, isTimeUp);
	const { memory: next, givenUp } = withFailed(
		withDone(read.memory, details.done, now),
		details.failed,
		windowStart,
		settings.lookBack,
		now,
	);
	const { events, problem } = details;
	const givenUpNotes = givenUp.map((id) => ({
		text: `The call ${id} is given up: it is older than 'Look Back'`,
	}));
	const notes = [...read.notes, ...details.notes, ...givenUpNotes];
	return { memory: next, events, isMilestone: read.isMilestone, problem, notes };
}

const OTHER_ACCOUNT =
	"The credential belongs to another account: the calls that are in its log now don't start this workflow";
const NO_MEMORY =
	"n8n has started, and nothing is saved of the calls that this trigger knew: those within 'Look Back' start the workflow, maybe again";
