import type { IDataObject } from 'n8n-workflow';

import { idText } from '../voicefox/ids';
import { isObject } from '../voicefox/values';
import { getJson, getObject } from './client';
import type { ApiContext } from './pauses';
import { fail, NOT_VOICEFOX } from './errors';
import { callsByPage, type AddedCalls, type CallPage } from './pages';
import { askAgain, type RetryPolicy } from './retries';

/** How much of another call's ID an error shows. */
const SHOWN_LENGTH = 60;

/** VoiceFox's own limit for one page. */
export const PAGE_SIZE = 100;

function failForeign(sessionId: string, sent: string): never {
	if (sent === '') fail(NOT_VOICEFOX, "A call's log was expected");
	fail(
		'VoiceFox answered with the log of another call, which is not used. Try again later',
		`Asked for session ID ${sessionId}, received ${sent.slice(0, SHOWN_LENGTH)}`,
	);
}

/**
 * One call log: GET /openapi/call_logs/{sessionID}.
 *
 * @param sessionId as `sessionIdIn` reads it
 * @param retries polls don't ask again: `askOnce`
 * @throws ProblemError when VoiceFox does not give it, or gives the log of another call
 */
export async function callLog(
	context: ApiContext,
	sessionId: string,
	retries: RetryPolicy = askAgain,
): Promise<IDataObject> {
	const log = await getObject(context, {
		path: `/openapi/call_logs/${encodeURIComponent(sessionId)}`,
		subject: `call with session ID ${sessionId}`,
		retries,
	});
	const sent = idText(log.sessionId);
	if (sent !== sessionId) failForeign(sessionId, sent);
	return log;
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
 * @param retries polls don't ask again: `askOnce`
 */
export async function callPage(
	context: ApiContext,
	query: IDataObject,
	pageIndex: number,
	retries: RetryPolicy = askAgain,
): Promise<CallPage> {
	const body = await getObject(context, {
		path: '/openapi/calllog',
		query: { ...query, pageIndex },
		subject: 'list of calls at this address',
		retries,
	});
	if (!isListOfCalls(body)) {
		fail("The answer is not VoiceFox's list of calls. Check 'Region' and 'Base URL' in the credential");
	}
	const { objects: calls, leftOut } = objectsIn((body.items ?? []) as unknown[]);
	return { calls, leftOut, total: typeof body.total === 'number' ? body.total : undefined };
}

/**
 * The list of calls, page by page, each call once.
 *
 * @param query the parameters of GET /openapi/calllog
 * @param limit how many calls at most; Infinity for all
 */
export function callPages(
	context: ApiContext,
	query: IDataObject,
	limit: number,
): AsyncGenerator<AddedCalls> {
	const pageSize = Math.min(limit, PAGE_SIZE);
	return callsByPage(async (pageIndex) => await callPage(context, { ...query, pageSize }, pageIndex), limit);
}
