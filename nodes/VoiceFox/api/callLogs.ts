import type { IDataObject } from 'n8n-workflow';

import { isPresent } from '../voicefox/values';
import { getJson, getObject, type ApiContext } from './client';
import { fail } from './errors';

/** VoiceFox's own limit for one page. */
const PAGE_SIZE = 100;

/**
 * One call log: GET /openapi/call_logs/{sessionID}.
 *
 * @param sessionId as `sessionIdIn` reads it
 */
export async function callLog(context: ApiContext, sessionId: string): Promise<IDataObject> {
	return await getObject(context, {
		path: `/openapi/call_logs/${encodeURIComponent(sessionId)}`,
		subject: `call with session ID ${sessionId}`,
	});
}

/**
 * A conversation's entries as VoiceFox sends them: GET /openapi/calltrace/{sessionId}. A call that nobody answered
 * has none.
 */
export async function conversation(context: ApiContext, sessionId: string): Promise<IDataObject[]> {
	const subject = `conversation with session ID ${sessionId}`;
	const entries = await getJson(context, {
		path: `/openapi/calltrace/${encodeURIComponent(sessionId)}`,
		subject,
	});
	if (entries === null) return [];
	if (!Array.isArray(entries)) {
		fail(
			`VoiceFox's answer for the ${subject} is not a list. Check 'Region' and 'Base URL' in the credential`,
		);
	}
	return entries as IDataObject[];
}

interface Page {
	calls: IDataObject[];
	/** How many calls match in all; undefined when VoiceFox does not say */
	total?: number;
}

async function page(context: ApiContext, query: IDataObject, pageIndex: number): Promise<Page> {
	const { items, total } = await getObject(context, {
		path: '/openapi/calllog',
		query: { ...query, pageIndex },
		subject: 'list of calls at this address',
	});
	// Go writes an empty list as null.
	if (items !== null && !Array.isArray(items)) {
		fail("The answer is not VoiceFox's list of calls. Check 'Region' and 'Base URL' in the credential");
	}
	return { calls: (items ?? []) as IDataObject[], total: typeof total === 'number' ? total : undefined };
}

/**
 * Reads the list of calls page by page, each call once: a call that comes in meanwhile moves the others to later
 * places, so that some are sent twice.
 *
 * @param query the parameters of GET /openapi/calllog
 * @param limit how many calls at most; Infinity for all
 * @returns the calls page by page; what is kept between pages are the session IDs only
 */
export async function* callPages(
	context: ApiContext,
	query: IDataObject,
	limit: number,
): AsyncGenerator<IDataObject[]> {
	const pageSize = Math.min(limit, PAGE_SIZE);
	const seen = new Set<unknown>();
	let received = 0;
	let given = 0;

	for (let pageIndex = 1; given < limit; pageIndex++) {
		const { calls: sent, total } = await page(context, { ...query, pageSize }, pageIndex);
		const fresh = sent.filter(({ sessionId }) => {
			const isFresh = !isPresent(sessionId) || !seen.has(sessionId);
			seen.add(sessionId);
			return isFresh;
		});
		const wanted = fresh.slice(0, limit - given);
		given += wanted.length;
		received += sent.length;
		yield wanted;

		const isLast = total === undefined ? fresh.length === 0 : received >= total;
		if (sent.length === 0 || isLast) return;
	}
}
