import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { callLog } from '../../api/callLogs';
import { isRateLimit, isRefusal, ProblemError, STOPPED } from '../../api/errors';
import { sessionIdIn } from '../../voicefox/ids';

/** So many calls in a row whose answers cannot be had: VoiceFox is out of order, and rows without answers help nobody. */
const MOST_FAILURES = 3;

/** Gets the answers of one call after another. */
export class Answers {
	/** The calls whose answers could not be had */
	missing = 0;

	/** The first of these calls' problems */
	problem = '';

	private failuresInARow = 0;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * @param listed a call as the list has it
	 * @returns the same with its call log's fields; null when VoiceFox does not give the log of this one call
	 * @throws ProblemError when VoiceFox refuses the account, or gives nothing for several calls in a row
	 */
	async of(listed: IDataObject): Promise<IDataObject | null> {
		const read = sessionIdIn(listed.sessionId);
		if (!('id' in read)) return this.miss('The call has no session ID');
		const outcome = await callLog(this.context, read.id).then(
			(log) => ({ log }),
			(error: unknown) => ({ error }),
		);
		if ('log' in outcome) {
			this.failuresInARow = 0;
			return { ...listed, ...outcome.log };
		}
		const { error } = outcome;
		this.failuresInARow += 1;
		if (!(error instanceof ProblemError) || this.isEnd(error)) throw error;
		return this.miss(error.message);
	}

	private isEnd({ problem, message }: ProblemError): boolean {
		// What concerns the account and not one call only gets worse when one asks on.
		const concernsAccount = isRateLimit(problem) || isRefusal(problem);
		return concernsAccount || message === STOPPED || this.failuresInARow >= MOST_FAILURES;
	}

	private miss(problem: string): null {
		this.missing += 1;
		this.problem ||= problem;
		return null;
	}
}
