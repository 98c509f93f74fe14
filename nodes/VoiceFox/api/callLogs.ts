import type { IDataObject } from 'n8n-workflow';

import { isObject, isPresent } from '../voicefox/values';
import { getJson, getObject, type ApiContext } from './client';
import { fail } from './errors';

/** VoiceFox's own limit for one page. */
export const PAGE_SIZE = 100;

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

/** The elements that are objects; a null or a text among them is left out, and counted. */
function objectsIn(sent: unknown[]) {
	const objects = sent.filter(isObject);
	return { objects, leftOut: sent.length - objects.length };
}

/** A conversation as VoiceFox sends it. */
export interface Conversation {
	entries: IDataObject[];
	/** How many elements of its list were not entries */
	leftOut: number;
}

/**
 * A conversation: GET /openapi/calltrace/{sessionId}. A call that nobody answered has no entries.
 *
 * @param sessionId as `sessionIdIn` reads it
 */
export async function conversation(context: ApiContext, sessionId: string): Promise<Conversation> {
	const subject = `conversation with session ID ${sessionId}`;
	const path = `/openapi/calltrace/${encodeURIComponent(sessionId)}`;
	const sent = (await getJson(context, { path, subject })) ?? [];
	if (!Array.isArray(sent)) {
		fail(
			`VoiceFox's answer for the ${subject} is not a list. Check 'Region' and 'Base URL' in the credential`,
		);
	}
	const { objects: entries, leftOut } = objectsIn(sent);
	return { entries, leftOut };
}

/** One page of the list of calls. */
export interface CallPage {
	calls: IDataObject[];
	/** How many elements of the list were not calls */
	leftOut: number;
	/** How many calls match in all; undefined when VoiceFox does not say */
	total?: number;
}

/** Go writes an empty list as null or leaves it out; then the numbers beside it tell VoiceFox's list from others. */
const isListOfCalls = ({ items, total, pageIndex, pageSize }: IDataObject) =>
	Array.isArray(items) ||
	items === null ||
	(items === undefined && [total, pageIndex, pageSize].some((value) => typeof value === 'number'));

/**
 * One page of GET /openapi/calllog.
 *
 * @param query its parameters, `pageSize` included
 * @param pageIndex from 1
 */
export async function callPage(
	context: ApiContext,
	query: IDataObject,
	pageIndex: number,
): Promise<CallPage> {
	const body = await getObject(context, {
		path: '/openapi/calllog',
		query: { ...query, pageIndex },
		subject: 'list of calls at this address',
	});
	if (!isListOfCalls(body)) {
		fail("The answer is not VoiceFox's list of calls. Check 'Region' and 'Base URL' in the credential");
	}
	const { objects: calls, leftOut } = objectsIn((body.items ?? []) as unknown[]);
	return { calls, leftOut, total: typeof body.total === 'number' ? body.total : undefined };
}

/** What a page adds to a list that is read to its end. */
export interface AddedCalls {
	/** Those that no earlier page had */
	calls: IDataObject[];
	/** How many elements of the list were not calls */
	leftOut: number;
	/** The list ends here although more calls may match: VoiceFox repeats itself */
	isIncomplete: boolean;
}

/** A page of nothing but repeats may come of many new calls at once; a second one shows that nothing else comes. */
const MAX_REPEATED_PAGES = 2;

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
): AsyncGenerator<AddedCalls> {
	const pageSize = Math.min(limit, PAGE_SIZE);
	const seen = new Set<unknown>();
	const isFirstTime = ({ sessionId }: IDataObject) => {
		const isFresh = !isPresent(sessionId) || !seen.has(sessionId);
		seen.add(sessionId);
		return isFresh;
	};
	let received = 0;
	let given = 0;
	let repeatedPages = 0;

	for (let pageIndex = 1; given < limit; pageIndex++) {
		const {
			calls: sent,
			leftOut,
			total = Infinity,
		} = await callPage(context, { ...query, pageSize }, pageIndex);
		const calls = sent.filter(isFirstTime).slice(0, limit - given);
		given += calls.length;
		received += sent.length + leftOut;
		repeatedPages = calls.length === 0 ? repeatedPages + 1 : 0;

		const isLast = sent.length + leftOut === 0 || received >= total;
		const isIncomplete = !isLast && repeatedPages === MAX_REPEATED_PAGES;
		yield { calls, leftOut, isIncomplete };
		if (isLast || isIncomplete) return;
	}
}
