import type { IDataObject } from 'n8n-workflow';

import type { CallPage } from '../api/callLogs';
import { ProblemError, type Problem } from '../api/errors';
import { eventOfCallLog } from '../voicefox/callLog';
import type { VoiceFoxEvent } from '../voicefox/validation';
import { detailsOf } from './details';
import { MOST_CALLS, readListing, type Listing } from './listing';
import { firstMemory, withDone, withFailed, withListing, type Memory, type Waiting } from './seen';
import { windowOf, type Window, type WindowSettings } from './window';

/** How many calls one execution carries. */
export const MOST_AT_ONCE = 500;

/** After so many unanswered requests in a row, the other calls wait for the next poll. */
const MOST_FAILURES_IN_A_ROW = 5;

/** What is asked of VoiceFox. Both throw a ProblemError when there is no answer to use. */
export interface CallLogApi {
	page: (window: Window, pageIndex: number) => Promise<CallPage>;
	details: (sessionId: string) => Promise<IDataObject>;
}

export interface RoundSettings extends WindowSettings {
	/** How long a call waits for its analysis, in ms. */
	settle: number;
}

/** What a poll came to. */
export interface Round {
	/** What to remember; null as long as no poll was complete. */
	memory: Memory | null;
	/** The new calls. */
	events: VoiceFoxEvent[];
	/** Whether there is a memory for the first time, which n8n saves only with an execution. */
	isFirst: boolean;
	/** Why the round ended early; null when it did not, or when VoiceFox only limits requests. */
	problem: Problem | null;
	/** What the log should say. */
	notes: string[];
}

/** What went wrong, whatever was thrown. */
export const problemOf = (error: unknown): Problem =>
	error instanceof ProblemError ? error.problem : { message: (error as Error).message };

const isRateLimit = ({ httpCode }: Problem) => httpCode === '429';
const isRefusal = ({ httpCode }: Problem) => httpCode === '401' || httpCode === '403';

/** Other refusals (404 …) are about the one call, and say nothing about the next. */
const isAboutTheCall = ({ httpCode }: Problem) => httpCode?.startsWith('4') === true;

const unlessRateLimit = (problem: Problem) => (isRateLimit(problem) ? null : problem);

/** The calls whose turn it is, those that failed before at the end. A clock that was turned back makes nobody wait. */
function dueCalls({ waiting }: Memory, settle: number, now: number): Waiting[] {
	const due = waiting.filter(({ since }) => Math.abs(now - since) >= settle);
	const isFailing = ({ failingSince }: Waiting) => failingSince !== undefined;
	return [...due.filter((call) => !isFailing(call)), ...due.filter(isFailing)].slice(0, MOST_AT_ONCE);
}

interface Details {
	events: VoiceFoxEvent[];
	done: Set<string>;
	failed: Set<string>;
	problem: Problem | null;
	notes: string[];
}

/** What came of asking for a call: its event, why it must be asked for again, or what ends the round. */
type ReadCall =
	{ event: VoiceFoxEvent } | { failure: Problem; isAboutTheCall: boolean } | { end: Problem | null };

async function readCall(api: CallLogApi, { id, assistant }: Waiting): Promise<ReadCall> {
	try {
		const event = eventOfCallLog(await detailsOf(api.details, id), { assistant });
		if (event.valid) return { event };

		const paths = event.issues.map(({ path }) => path);
		return { failure: { message: paths.join(', ') }, isAboutTheCall: true };
	} catch (error) {
		const problem = problemOf(error);
		if (isRateLimit(problem)) return { end: null };
		if (isRefusal(problem)) return { end: problem };
		return { failure: problem, isAboutTheCall: isAboutTheCall(problem) };
	}
}

/** Reads the calls one after the other until all are read, time is up, or VoiceFox does not answer. */
async function readDetails(api: CallLogApi, calls: Waiting[], isTimeUp: () => boolean): Promise<Details> {
	const details: Details = { events: [], done: new Set(), failed: new Set(), problem: null, notes: [] };
	let unanswered = 0;
	for (const call of calls) {
		if (isTimeUp()) break;

		const read = await readCall(api, call);
		if ('end' in read) return { ...details, problem: read.end };

		if ('event' in read) {
			details.events.push(read.event);
			details.done.add(call.id);
			unanswered = 0;
			continue;
		}
		details.failed.add(call.id);
		if (call.failingSince === undefined) {
			const reason = `later polls try again: ${read.failure.message}`;
			details.notes.push(`The call ${call.id} cannot be read, ${reason}`);
		}
		unanswered = read.isAboutTheCall ? 0 : unanswered + 1;
		if (unanswered === MOST_FAILURES_IN_A_ROW) return { ...details, problem: read.failure };
	}
	return details;
}

function withReading(
	memory: Memory | null,
	listing: Listing,
	window: Window,
	settings: RoundSettings,
	now: number,
): Memory | null {
	if (memory !== null) return withListing(memory, listing, window, now);
	return listing.isComplete ? firstMemory(listing, window, now, settings.startFrom !== null) : null;
}

/**
 * One poll: reads the window of the call log, finds the calls that are new, and reads those whose turn it is.
 *
 * @param memory what the last poll left; null before the first complete one
 * @param now n8n's time, in ms
 * @param isTimeUp tells when the rest should wait for the next poll
 * @returns what to emit and to remember; it throws nothing
 */
export async function readRound(
	api: CallLogApi,
	settings: RoundSettings,
	memory: Memory | null,
	now: number,
	isTimeUp: () => boolean,
): Promise<Round> {
	const nothing = { memory, events: [], isFirst: false, notes: [] };
	const window = windowOf(settings, memory, now);
	let listing: Listing;
	try {
		listing = await readListing(async (pageIndex) => await api.page(window, pageIndex));
	} catch (error) {
		return { ...nothing, problem: unlessRateLimit(problemOf(error)) };
	}
	if (listing.entries.size > MOST_CALLS) return { ...nothing, problem: tooManyCalls() };

	const known = withReading(memory, listing, window, settings, now);
	if (known === null) return { ...nothing, problem: null, notes: [MOVING_PAGES] };

	const details = await readDetails(api, dueCalls(known, settings.settle, now), isTimeUp);
	const { events, done, failed, problem } = details;
	const { memory: next, givenUp } = withFailed(
		withDone(known, done),
		failed,
		listing,
		settings.lookBack,
		now,
	);
	const notes = [
		...details.notes,
		...givenUp.map((id) => `The call ${id} is given up: VoiceFox lists it no more`),
	];
	return { memory: next, events, isFirst: memory === null, problem, notes };
}

const MOVING_PAGES =
	'The call log changed all the time while it was read; the next poll tries again to see all of it';

const tooManyCalls = (): Problem => ({
	message: `The call log holds more than ${MOST_CALLS} calls in this time. Lower 'Look Back', or set a later 'Start From'`,
});
