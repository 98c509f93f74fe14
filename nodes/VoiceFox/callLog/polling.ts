import type { IPollFunctions } from 'n8n-workflow';

import { fail, ProblemError, toNodeError, type Problem } from '../api/errors';
import { logLine } from '../log/log';
import { problemOf, type Note } from './context';

/** From this failing poll in a row on, n8n shows the failure to the user. */
const SHOWN_FROM = 3;

/** How much of n8n's time for a poll is used, and how much of it for lists, so that what was read is handed over in time. */
const SHARE_OF_TIME = 0.8;
const SHARE_OF_LISTS = 0.5;

/** n8n's own limit under its present scheduler; versions before 2.41 say nothing. */
const DEFAULT_TIME = 5 * 60_000;

/** How many of a poll's notes the log gets. */
const MOST_NOTES = 5;

/** How many notes of all triggers are known to be in the log. */
const MOST_SAID = 1000;

/** The polls that run, of all triggers in this process: n8n starts the next one even if the last is not over. */
const running = new Map<string, { context: IPollFunctions; ended: Promise<unknown> }>();

/** How many polls of a trigger have failed in a row, and the context of the last. */
const failures = new Map<string, { inARow: number; context: WeakRef<IPollFunctions> }>();

const said = new Set<string>();

/** The trigger of a poll: what n8n saves by name, and what it runs by ID. */
export function triggerOf(context: IPollFunctions): string {
	const { id, name } = context.getNode();
	return JSON.stringify([context.getWorkflow().id, id, name]);
}

const NODE_TYPE = 'VoiceFox Call Log Trigger';

const warn = (context: IPollFunctions, what: string) =>
	context.logger.warn(logLine(context, NODE_TYPE, what));

/** Says in n8n's debug log why a call starts nothing. */
export const logLeftOut = (context: IPollFunctions, refusal: string) =>
	context.logger.debug(logLine(context, NODE_TYPE, `left out a call: ${refusal}`));

/** Whether this was not said of this trigger since n8n's start; what numbers it says does not count. */
function isNews(context: IPollFunctions, text: string): boolean {
	const key = `${triggerOf(context)} ${text.replace(/\d+/g, '')}`;
	if (said.has(key) || said.size >= MOST_SAID) return false;
	said.add(key);
	return true;
}

/** Writes a poll's notes into n8n's log. */
export function note(context: IPollFunctions, notes: Note[]) {
	const news = notes.filter(({ text, once }) => !once || isNews(context, text));
	for (const { text } of news.slice(0, MOST_NOTES)) warn(context, text);
	if (news.length > MOST_NOTES) warn(context, `${news.length - MOST_NOTES} more of this kind`);
}

/** What a poll came to: what to emit, null for nothing; and what was in its way. */
export interface Outcome<T> {
	items: T | null;
	problem: Problem | null;
}

const timeOf = (context: IPollFunctions): number => {
	const { getPollBudgetMs } = context as Partial<IPollFunctions>;
	return getPollBudgetMs?.call(context) ?? DEFAULT_TIME;
};

/**
 * Whether n8n publishes the workflow or starts with this poll, so that a failure would be the publishing's. Its present
 * scheduler has one context for all polls until the next publishing; its newer ones have one for each poll, and less time.
 */
function isPublishing(context: IPollFunctions): boolean {
	const last = failures.get(triggerOf(context))?.context.deref();
	return last !== context && timeOf(context) >= DEFAULT_TIME;
}

/** Counts how many polls in a row had something in their way, and says so in n8n's log. */
function count(context: IPollFunctions, problem: Problem | null): number {
	const trigger = triggerOf(context);
	const before = isPublishing(context) ? 0 : (failures.get(trigger)?.inARow ?? 0);
	const inARow = problem === null ? 0 : before + 1;
	failures.set(trigger, { inARow, context: new WeakRef(context) });
	if (problem === null) return 0;

	const { message, description } = problem;
	warn(context, description ? `${message} (${description})` : message);
	return inARow;
}

/**
 * Runs a poll, unless the one before is still running: then waits for its end.
 *
 * @param poll what to do; what it throws is a problem as well
 * @returns what to emit
 * @throws n8n's error for the problem of a poll without items, from the third such poll in a row on: the first one after
 *   publishing or n8n's start could take other triggers down
 */
export async function oneAtATime<T>(
	context: IPollFunctions,
	poll: () => Promise<Outcome<T>>,
): Promise<T | null> {
	const trigger = triggerOf(context);
	const other = running.get(trigger);
	if (other) {
		// With the end of any poll n8n takes away what evaluates expressions, the credential's too, from the one that still
		// runs (n8n-core, poll-trigger-executor). Another publishing has its own, and must not be held up.
		if (other.context === context) await other.ended;
		return null;
	}
	const outcome = poll()
		.catch(failed)
		.finally(() => running.delete(trigger));
	running.set(trigger, { context, ended: outcome });

	const { items, problem } = await outcome;
	const inARow = count(context, problem);
	if (items === null && problem !== null && inARow >= SHOWN_FROM) {
		throw toNodeError(context.getNode(), new ProblemError(problem));
	}
	return items;
}

const failed = (error: unknown) => ({ items: null, problem: problemOf(error) });

/** The time of a poll that begins now, by a clock that nobody sets. */
export interface PollTime {
	/** Tells when no more pages should be read. */
	isListingOver: () => boolean;
	/** Tells when the rest should wait for the next poll. */
	isTimeUp: () => boolean;
	/** The response, if it comes before the poll's time is up: what n8n has given up emits nothing. */
	inTime: <T>(response: Promise<T>) => Promise<T>;
}

/** Starts the clock of a poll. */
export function pollTime(context: IPollFunctions): PollTime {
	const time = timeOf(context) * SHARE_OF_TIME;
	const end = performance.now() + time;
	const up = AbortSignal.timeout(time);
	const whenUp = new Promise<never>((_, reject) => {
		up.addEventListener('abort', () => reject(new ProblemError(UNANSWERED)));
	});
	// Whoever races against it hears of it.
	whenUp.catch(() => undefined);
	return {
		isListingOver: () => performance.now() > end - time * (1 - SHARE_OF_LISTS),
		isTimeUp: () => performance.now() > end,
		inTime: async (response) => {
			if (performance.now() > end) fail(UNANSWERED.message);
			return await Promise.race([response, whenUp]);
		},
	};
}

const UNANSWERED: Problem = {
	message: 'VoiceFox did not answer within the time that n8n gives a poll. The next poll goes on from here',
};
