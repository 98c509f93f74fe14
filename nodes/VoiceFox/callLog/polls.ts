import type { IPollFunctions } from 'n8n-workflow';

import { ProblemError, toNodeError, type Problem } from '../api/errors';
import { problemOf } from './newCalls';

/** From this failing poll in a row on, n8n shows the failure to the user. */
const SHOWN_FROM = 3;

/** How much of n8n's time for a poll is used, so that what was read is handed over in time. */
const SHARE_OF_TIME = 0.8;

/** n8n's own limit; versions before 2.41 say nothing. */
const DEFAULT_TIME = 5 * 60_000;

/** How many of a poll's notes the log gets. */
const MOST_NOTES = 5;

/** The polls that run, of all triggers in this process: n8n starts the next one even if the last is not over. */
const running = new Map<string, { context: IPollFunctions; ended: Promise<unknown> }>();

/** How many polls have failed in a row; n8n has one context per publishing and start. */
const failures = new WeakMap<IPollFunctions, number>();

const triggerOf = (context: IPollFunctions) => `${context.getWorkflow().id}/${context.getNode().id}`;

/** A line in n8n's log, with the trigger it is about; JSON keeps names with line breaks on one line. */
function warn(context: IPollFunctions, what: string) {
	const { id, name } = context.getWorkflow();
	context.logger.warn(
		`VoiceFox Call Log Trigger ${JSON.stringify(context.getNode().name)} of workflow ${JSON.stringify(name ?? '')} (${id}): ${what}`,
	);
}

/** Writes a poll's notes into n8n's log. */
export function note(context: IPollFunctions, notes: string[]) {
	for (const each of notes.slice(0, MOST_NOTES)) warn(context, each);
	if (notes.length > MOST_NOTES) warn(context, `${notes.length - MOST_NOTES} more of this kind`);
}

/** What a poll came to: what to emit, null for nothing; and what was in its way. */
export interface Outcome<T> {
	items: T | null;
	problem: Problem | null;
}

/** Counts how many polls in a row had something in their way, and says so in n8n's log. */
function count(context: IPollFunctions, problem: Problem | null): number {
	const inARow = problem === null ? 0 : (failures.get(context) ?? 0) + 1;
	failures.set(context, inARow);
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

/** Tells when a poll that begins now should come to its end. */
export function timer(context: IPollFunctions): () => boolean {
	const { getPollBudgetMs } = context as Partial<IPollFunctions>;
	const time = getPollBudgetMs?.call(context) ?? DEFAULT_TIME;
	const end = Date.now() + time * SHARE_OF_TIME;
	return () => Date.now() > end;
}
