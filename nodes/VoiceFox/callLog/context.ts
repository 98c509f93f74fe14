import type { IDataObject } from 'n8n-workflow';

import { isRateLimit, isRefusal, ProblemError, type Problem } from '../api/errors';
import type { ReadPage } from './listing';
import type { WindowSettings } from './window';

/** What is asked of VoiceFox. Both throw a ProblemError when there is no answer to use. */
export interface CallLogApi {
	page: ReadPage;
	details: (sessionId: string) => Promise<IDataObject>;
}

export interface RoundSettings extends WindowSettings {
	/** How long a call waits for its analysis, in ms. */
	settle: number;
}

/** When and where a poll takes place. */
export interface Moment {
	/** n8n's time, in ms. */
	now: number;
	/** A digest of the account. */
	account: string;
	/** Whether this process polls for the first time: then the long window is due. */
	isFirstPoll: boolean;
	/** Whether n8n has just started, and the workflow was published before. */
	isStart: boolean;
	/** Tells when no more pages should be read. */
	isListingOver: () => boolean;
	/** Tells when the rest should wait for the next poll. */
	isTimeUp: () => boolean;
}

/** A line for n8n's log. */
export interface Note {
	text: string;
	/** Whether it is only said once, until n8n starts again. */
	once?: boolean;
}

/** What went wrong, whatever was thrown. */
export const problemOf = (error: unknown): Problem =>
	error instanceof ProblemError ? error.problem : { message: (error as Error).message };

/** The answer to a question about other times than a poll's; undefined when VoiceFox takes none of that length. */
export async function ifTaken<T>(answer: Promise<T>): Promise<T | undefined> {
	const outcome = await answer.then((value) => ({ value })).catch((error: unknown) => problemOf(error));
	if ('value' in outcome) return outcome.value;
	if (outcome.httpCode !== undefined && !isRateLimit(outcome) && !isRefusal(outcome)) return undefined;
	throw new ProblemError(outcome);
}
