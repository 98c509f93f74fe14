import { DateTime } from 'luxon';
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { assistant } from '../api/assistants';
import { callPages } from '../api/callLogs';
import { fail, toNodeError } from '../api/errors';
import { idText, numberIdIn, sessionIdIn } from '../voicefox/ids';
import { queryRange } from '../voicefox/queryTimes';
import { comparable, isObject } from '../voicefox/values';

const DAYS = 2;

/** The account's zone is not known: its clock may be this much ahead of the workflow's. */
const HOURS_AHEAD = 26;

const MOST_CALLS = 500;
const MOST_ASSISTANTS = 20;

/** The calls of the last two days, the newest first. */
async function recentCalls(context: ILoadOptionsFunctions): Promise<IDataObject[]> {
	const now = DateTime.now();
	const range = queryRange(
		{ startTime: now.minus({ days: DAYS }), endTime: now.plus({ hours: HOURS_AHEAD }) },
		context.getTimezone(),
	);
	const calls: IDataObject[] = [];
	for await (const page of callPages(context, { ...range }, MOST_CALLS)) calls.push(...page.calls);
	return calls.sort((one, other) => idText(other.startAt).localeCompare(idText(one.startAt)));
}

/** `20 Nov 10:15`, on the clock of whoever wrote the time. */
function shortTime(startAt: unknown): string {
	const text = idText(startAt).slice(0, 40);
	const iso = DateTime.fromISO(text, { setZone: true });
	const time = iso.isValid ? iso : DateTime.fromSQL(text);
	return time.isValid ? time.setLocale('en').toFormat('d LLL HH:mm') : 'unknown time';
}

/** `20 Nov 10:15, inbound, +12025550143`: the number is that of the person on the phone. */
function callName({ startAt, direction, caller, callee }: IDataObject): string {
	const number = idText(direction === 'outbound' ? callee : caller).slice(0, 40);
	return [shortTime(startAt), idText(direction).slice(0, 20), number || 'no number']
		.filter(Boolean)
		.join(', ');
}

/** The entries that hold what the user typed, in their name or their ID. */
function matching(results: INodeListSearchItems[], filter = ''): INodeListSearchResult {
	const wanted = comparable(filter);
	return {
		results: results.filter(({ name, value }) => comparable(`${name} ${value}`).includes(wanted)),
	};
}

async function calls(context: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const listed = (await recentCalls(context)).flatMap((call) => {
		const read = sessionIdIn(call.sessionId);
		return 'id' in read ? [{ name: callName(call), value: read.id }] : [];
	});
	return matching(listed, filter);
}

/** The assistants of some calls, each once. */
function assistantIds(listed: IDataObject[]): string[] {
	const ids = listed.flatMap(({ assistant: assistants }) =>
		(Array.isArray(assistants) ? assistants : [])
			.filter(isObject)
			.map(({ id }) => numberIdIn(id))
			.flatMap((read) => ('id' in read ? [read.id] : [])),
	);
	return [...new Set(ids)].slice(0, MOST_ASSISTANTS);
}

/** An assistant that cannot be read is listed by its number. */
async function assistantName(context: ILoadOptionsFunctions, id: string): Promise<string> {
	const { name } = await assistant(context, id).catch(() => ({ name: undefined }));
	return typeof name === 'string' && name.trim() !== '' ? `${name.slice(0, 100)} (${id})` : `Assistant ${id}`;
}

async function assistants(context: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const ids = assistantIds(await recentCalls(context));
	const named = await Promise.all(
		ids.map(async (id) => ({ name: await assistantName(context, id), value: id })),
	);
	return matching(
		named.sort((one, other) => one.name.localeCompare(other.name)),
		filter,
	);
}

/** n8n shows the message where the list would be. */
async function orNodeError(
	context: ILoadOptionsFunctions,
	list: () => Promise<INodeListSearchResult>,
): Promise<INodeListSearchResult> {
	try {
		if (!context.getNode().credentials?.voiceFoxApi) {
			fail(
				"Choose a credential for the VoiceFox API first: this list comes from VoiceFox. 'By ID' works without it",
			);
		}
		return await list();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** For a resource locator: the calls of the last two days, by time, direction and number. */
export async function searchCalls(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await orNodeError(this, async () => await calls(this, filter));
}

/** For a resource locator: the assistants of the last two days' calls, by name. */
export async function searchAssistants(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await orNodeError(this, async () => await assistants(this, filter));
}
