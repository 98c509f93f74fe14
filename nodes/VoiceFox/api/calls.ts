import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { withUsableNames } from '../voicefox/phoneNumbers';
import { idList, sessionIdIn } from '../voicefox/ids';
import { refuse } from './problems';
import { read, readObject } from './client';
import { toVoiceFoxTime } from '../voicefox/queryTimes';

/** VoiceFox's own limit for one page. */
const PAGE_SIZE = 100;

const MAX_TASK_IDS = 10;

export interface CallFilters {
	assistantIds?: unknown;
	callType?: string;
	direction?: string;
	endTime?: unknown;
	phone?: unknown;
	startTime?: unknown;
	taskIds?: unknown;
}

/** One call log by its session ID, and its numbers under names that expressions can read. */
export async function call(context: IExecuteFunctions, sessionId: unknown): Promise<IDataObject> {
	const id = sessionIdIn(sessionId);
	const sent = await readObject(context, {
		path: `/openapi/call_logs/${encodeURIComponent(id)}`,
		subject: `call with session ID ${id}`,
	});
	return withUsableNames(sent);
}

const isSet = (value: unknown) => value !== undefined && value !== null && value !== '';

/**
 * The query of GET /openapi/calllog for the node's filters; unset ones are left out.
 *
 * @param zone the IANA zone that VoiceFox's times are in
 * @throws ProblemError when a filter cannot be used
 */
export function callQuery(filters: CallFilters, zone: string): IDataObject {
	const { startTime, endTime, direction, phone, callType } = filters;
	const query: IDataObject = {
		startTime: isSet(startTime) ? toVoiceFoxTime(startTime, zone, 'Start Time') : undefined,
		endTime: isSet(endTime) ? toVoiceFoxTime(endTime, zone, 'End Time') : undefined,
		direction,
		phone: String(phone ?? '').trim(),
		// Typed as an integer in VoiceFox's documents, but described as a comma list.
		taskId: idList(filters.taskIds, 'Task IDs', MAX_TASK_IDS).join(','),
		assistantIds: idList(filters.assistantIds, 'Assistant IDs'),
		description: callType,
	};
	if (isSet(startTime) && isSet(endTime) && String(query.startTime) > String(query.endTime)) {
		refuse("'Start Time' is after 'End Time'. Swap them");
	}
	return Object.fromEntries(
		Object.entries(query).filter(
			([, value]) => isSet(value) && !(Array.isArray(value) && value.length === 0),
		),
	);
}

interface Page {
	calls: IDataObject[];
	/** How many calls match in all; undefined when VoiceFox does not say */
	total?: number;
}

async function page(context: IExecuteFunctions, query: IDataObject, pageIndex: number): Promise<Page> {
	const answer = await readObject(context, {
		path: '/openapi/calllog',
		query: { ...query, pageIndex },
		subject: 'list of calls at this address',
	});
	// Go writes an empty list as null.
	if (answer.items !== null && !Array.isArray(answer.items)) {
		refuse("The answer is not VoiceFox's list of calls. Check 'Region' and 'Base URL' in the credential");
	}
	const { total } = answer;
	return {
		calls: (answer.items ?? []) as IDataObject[],
		total: typeof total === 'number' ? total : undefined,
	};
}

/**
 * Reads the list of calls page by page, each call once: a call that comes in meanwhile moves the others
 * to later places, so that some are sent twice.
 *
 * @param limit how many calls at most; Infinity for all
 * @returns the calls page by page; what is kept between pages are the session IDs only
 */
export async function* calls(
	context: IExecuteFunctions,
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
			const isFresh = !isSet(sessionId) || !seen.has(sessionId);
			seen.add(sessionId);
			return isFresh;
		});
		const wanted = fresh.slice(0, limit - given);
		given += wanted.length;
		received += sent.length;
		yield wanted.map(withUsableNames);

		const isLast = total === undefined ? fresh.length === 0 : received >= total;
		if (sent.length === 0 || isLast) return;
	}
}

/** The conversation's entries as VoiceFox sends them; an unanswered call has none. */
export async function trace(context: IExecuteFunctions, sessionId: unknown): Promise<IDataObject[]> {
	const id = sessionIdIn(sessionId);
	const subject = `conversation with session ID ${id}`;
	const entries = await read(context, { path: `/openapi/calltrace/${encodeURIComponent(id)}`, subject });
	if (entries === null) return [];
	if (!Array.isArray(entries)) {
		refuse(
			`VoiceFox's answer for the ${subject} is no list. Check 'Region' and 'Base URL' in the credential`,
		);
	}
	return entries as IDataObject[];
}
