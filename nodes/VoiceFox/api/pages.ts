import { createHash } from 'node:crypto';

import type { IDataObject } from 'n8n-workflow';

import { isPresent, jsonText } from '../voicefox/values';

/** One page of the list of calls, as it was sent. */
export interface CallPage {
	calls: IDataObject[];
	/** How many elements of the list were not calls */
	leftOut: number;
	/** How many calls match in all; undefined when VoiceFox does not say */
	total?: number;
}

/** What a page adds to a list that is read to its end. */
export interface AddedCalls {
	/** Those that no earlier page had */
	calls: IDataObject[];
	/** How many elements of the page were not calls */
	leftOut: number;
	/** At the end of the list: how many calls VoiceFox counts that it did not send. Before the end 0 */
	missing: number;
}

/** What is kept of a call between pages: its ID, letter by letter, or a digest of what is longer or has none. */
const MAX_KEPT_LENGTH = 200;

function identityOf(call: IDataObject): string {
	const { sessionId } = call;
	const id = ['string', 'number'].includes(typeof sessionId) ? String(sessionId) : '';
	if (isPresent(id) && id.length <= MAX_KEPT_LENGTH) return `id ${id}`;

	return createHash('sha256')
		.update(isPresent(id) ? id : (jsonText(call) ?? ''))
		.digest('base64');
}

/**
 * Reads a list of calls page by page, each call once: a call that comes in meanwhile moves the others to later
 * places, so that some are sent twice.
 *
 * The list ends at a page that is empty or brings nothing new. `total` does not end it: nobody knows what it counts.
 *
 * @param readPage reads a page by its number, from 1; what it throws is thrown on
 * @param limit how many calls at most
 * @returns the calls page by page; beyond a page, only what tells calls apart is kept in memory
 */
export async function* callsByPage(
	readPage: (pageIndex: number) => Promise<CallPage>,
	limit = Infinity,
): AsyncGenerator<AddedCalls> {
	const seen = new Set<string>();
	const isFirstTime = (call: IDataObject) => {
		const identity = identityOf(call);
		const isNew = !seen.has(identity);
		seen.add(identity);
		return isNew;
	};
	let counted = 0;
	let leftOutSoFar = 0;

	for (let pageIndex = 1, given = 0; given < limit; pageIndex++) {
		const { calls: sent, total = 0, ...page } = await readPage(pageIndex);
		const calls = sent.filter(isFirstTime).slice(0, limit - given);
		const isEnd = calls.length === 0;
		// Beside calls that were sent before, what is not a call was sent before, too.
		const leftOut = isEnd && sent.length > 0 ? 0 : page.leftOut;
		given += calls.length;
		leftOutSoFar += leftOut;
		counted = Math.max(counted, total);

		yield { calls, leftOut, missing: isEnd ? Math.max(0, counted - given - leftOutSoFar) : 0 };
		if (isEnd) return;
	}
}
