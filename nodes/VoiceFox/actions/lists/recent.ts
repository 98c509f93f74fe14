import { DateTime } from 'luxon';
import type { IDataObject, ILoadOptionsFunctions } from 'n8n-workflow';

import { assistant } from '../../api/assistants';
import { callLog, callPages } from '../../api/callLogs';
import { queryRange } from '../../api/queryTimes';
import { task } from '../../api/tasks';
import { idText, numberIdIn, sessionIdIn } from '../../voicefox/ids';
import { objectsIn, talkTime } from '../../voicefox/values';
import { remembered } from './remembered';

const DAYS = 2;

/** The account's zone is not known: its clock may be this much ahead of the workflow's. */
const HOURS_AHEAD = 26;

const MOST_CALLS = 500;
const MOST_ASSISTANTS = 20;
const MOST_TASKS = 20;
const MOST_LOGS = 10;

/** So many requests at a time: a list should be there soon, and leave some of the account's quota. */
const AT_ONCE = 5;

/** A task as lists need it. */
export interface RecentTask {
	id: string;
	/** Blank when VoiceFox does not give it. */
	name: string;
}

/** An assistant as lists need it. */
export interface RecentAssistant extends RecentTask {
	questions: string[];
}

/**
 * The calls of the last two days as GET /openapi/calllog gives them, the newest first; at most 500 of them.
 *
 * @throws ProblemError when VoiceFox cannot be asked
 */
export const recentCalls = async (context: ILoadOptionsFunctions): Promise<IDataObject[]> =>
	await remembered(context, 'calls', async () => {
		const now = DateTime.now();
		const range = queryRange(
			{ startTime: now.minus({ days: DAYS }), endTime: now.plus({ hours: HOURS_AHEAD }) },
			context.getTimezone(),
		);
		const calls: IDataObject[] = [];
		for await (const page of callPages(context, { ...range }, MOST_CALLS)) calls.push(...page.calls);
		return calls.sort((one, other) => idText(other.startAt).localeCompare(idText(one.startAt)));
	});

/**
 * The assistants of these calls, each once, those of the latest calls first; at most 20 of them.
 *
 * @throws ProblemError when VoiceFox cannot be asked for the calls; an assistant that it does not give has no name
 */
export const recentAssistants = async (context: ILoadOptionsFunctions): Promise<RecentAssistant[]> =>
	await remembered(context, 'assistants', async () => {
		const ids = (await recentCalls(context)).flatMap(({ assistant: assistants }) =>
			objectsIn(assistants).flatMap(({ id }) => numberId(id)),
		);
		return await forEach(firstOf(ids, MOST_ASSISTANTS), async (id) => {
			const { name, collect } = await orNothing(assistant(context, id));
			return { id, name: idText(name).trim(), questions: questionsIn(collect) };
		});
	});

/**
 * The questions that the latest calls were asked, as their call logs have them; only the latest ten answered calls are
 * looked at.
 *
 * @throws ProblemError when VoiceFox cannot be asked for the calls; a call whose log it does not give adds nothing
 */
export const recentQuestions = async (context: ILoadOptionsFunctions): Promise<string[]> =>
	await remembered(context, 'questions', async () => {
		const answered = (await recentCalls(context)).filter((call) => talkTime(call) > 0);
		const ids = answered.flatMap(({ sessionId }) => {
			const read = sessionIdIn(sessionId);
			return 'id' in read ? [read.id] : [];
		});
		const logs = await forEach(firstOf(ids, MOST_LOGS), async (id) => await orNothing(callLog(context, id)));
		return logs.flatMap(({ collect }) => objectsIn(collect).flatMap(({ items }) => questionsIn(items)));
	});

/**
 * The outbound tasks of these calls, each once; at most 20 of them.
 *
 * @throws ProblemError when VoiceFox cannot be asked for the calls; a task that it does not give has no name
 */
export const recentTasks = async (context: ILoadOptionsFunctions): Promise<RecentTask[]> =>
	await remembered(context, 'tasks', async () => {
		const ids = (await recentCalls(context)).flatMap(({ taskId }) => numberId(taskId));
		return await forEach(firstOf(ids, MOST_TASKS), async (id) => {
			const { name } = await orNothing(task(context, id));
			return { id, name: idText(name).trim() };
		});
	});

const firstOf = (ids: string[], most: number) => [...new Set(ids)].slice(0, most);

/** VoiceFox gives calls without a task the task ID 0, which is the ID of none. */
function numberId(value: unknown): string[] {
	const read = numberIdIn(value);
	return 'id' in read ? [read.id] : [];
}

const questionsIn = (asked: unknown): string[] =>
	objectsIn(asked).flatMap(({ question }) =>
		typeof question === 'string' && question.trim() !== '' ? [question] : [],
	);

/** What one request gives, and an empty object where it fails: the others are still a list. */
const orNothing = async (request: Promise<IDataObject>): Promise<IDataObject> =>
	await request.catch(() => ({}));

/** The same for each of some IDs, a few at a time, in their order. */
async function forEach<T>(ids: string[], ask: (id: string) => Promise<T>): Promise<T[]> {
	const given: T[] = [];
	for (let start = 0; start < ids.length; start += AT_ONCE) {
		given.push(...(await Promise.all(ids.slice(start, start + AT_ONCE).map(ask))));
	}
	return given;
}
