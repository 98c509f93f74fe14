import { isRateLimit, isRefusal, type Problem } from '../api/errors';
import { eventOfCallLog } from '../voicefox/callLog';
import type { VoiceFoxEvent } from '../voicefox/validation';
import { problemOf, type CallLogApi, type Note } from './context';
import type { Memory, Waiting } from './memory';
import { DAY } from './window';

/** How many calls one execution carries. */
const MOST_AT_ONCE = 500;

/** After so many unanswered requests in a row, the other calls wait for the next poll. */
const MOST_FAILURES_IN_A_ROW = 5;

/** Other refusals (404 …) are about the one call, and say nothing about the next. */
const isAboutTheCall = ({ httpCode }: Problem) => httpCode?.startsWith('4') === true;

/** Whether a call has had its time for the analysis. A clock that was turned back makes nobody wait. */
function isDue({ ended, since }: Waiting, settle: number, now: number): boolean {
	if (ended === undefined) return Math.abs(now - since) >= DAY;
	return ended === 0 || Math.abs(now - ended) >= settle;
}

/** The calls whose turn it is for the first time. */
function newCalls({ waiting }: Memory, settle: number, now: number): Waiting[] {
	return waiting.filter((call) => call.failingSince === undefined && isDue(call, settle, now));
}

/** Whether more calls than an execution carries would wait if more were found. */
export const areEnough = (memory: Memory, settle: number, now: number) =>
	newCalls(memory, settle, now).length >= MOST_AT_ONCE;

/** The calls whose turn it is, those that failed before at the end. */
export function dueCalls(memory: Memory, settle: number, now: number): Waiting[] {
	const failing = memory.waiting.filter(({ failingSince }) => failingSince !== undefined);
	return [...newCalls(memory, settle, now), ...failing].slice(0, MOST_AT_ONCE);
}

interface Details {
	events: VoiceFoxEvent[];
	done: Set<string>;
	failed: Set<string>;
	problem: Problem | null;
	notes: Note[];
}

/** What came of asking for a call: its event, why it must be asked for again, or what ends the round. */
type ReadCall =
	{ event: VoiceFoxEvent } | { failure: Problem; isAboutTheCall: boolean } | { end: Problem | null };

async function readCall(api: CallLogApi, { id, assistant }: Waiting): Promise<ReadCall> {
	try {
		const event = eventOfCallLog(await api.details(id), { assistant });
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

/**
 * Reads the calls one after the other until all are read, time is up, or VoiceFox does not answer.
 *
 * @param windowStart a local time: earlier calls that cannot be read are not asked for again
 */
export async function readDetails(
	api: CallLogApi,
	calls: Waiting[],
	windowStart: string,
	isTimeUp: () => boolean,
): Promise<Details> {
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
		const isOver = read.isAboutTheCall && call.start !== '' && call.start < windowStart;
		(isOver ? details.done : details.failed).add(call.id);
		if (isOver || call.failingSince === undefined) {
			const next = isOver ? " and is given up (it is older than 'Look Back')" : ', later polls try again';
			details.notes.push({
				text: `The call ${call.id} cannot be read${next}: ${read.failure.message}`,
			});
		}
		unanswered = read.isAboutTheCall ? 0 : unanswered + 1;
		if (unanswered === MOST_FAILURES_IN_A_ROW) return { ...details, problem: read.failure };
	}
	return details;
}
