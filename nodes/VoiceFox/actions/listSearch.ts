import { DateTime } from 'luxon';
import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { fail, toNodeError } from '../api/errors';
import { idText, sessionIdIn } from '../voicefox/ids';
import { fromVoiceFox } from '../voicefox/times';
import { comparable } from '../voicefox/values';
import { FIELDS } from './lists/fields';
import { recentAssistants, recentCalls, recentQuestions, recentTasks } from './lists/recent';

/** How much of a text the editor shows. */
const SHOWN_LENGTH = 100;

const shown = (text: string) => {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH)}…` : line;
};

/** `20 Nov 10:15`, on the clock of whoever wrote the time. */
function shortTime(startAt: unknown): string {
	const text = idText(startAt).slice(0, 40);
	const iso = DateTime.fromISO(text, { setZone: true });
	const time = iso.isValid ? iso : fromVoiceFox(text, 'UTC');
	return time.isValid ? time.setLocale('en').toFormat('d LLL HH:mm') : 'unknown time';
}

/** `20 Nov 10:15, inbound, +12025550143`: the number is that of the person on the phone. */
function callName({ startAt, direction, caller, callee }: IDataObject): string {
	const number = idText(direction === 'outbound' ? callee : caller).slice(0, 40);
	return [shortTime(startAt), idText(direction).slice(0, 20), number || 'no number']
		.filter(Boolean)
		.join(', ');
}

/** `Reservations (318)`; what has no name is listed by its number. */
const nameWithId = (name: string, id: string, kind: string) =>
	name === '' ? `${kind} ${id}` : `${shown(name)} (${id})`;

const byName = (entries: INodeListSearchItems[]) =>
	entries.sort((one, other) => one.name.localeCompare(other.name));

async function calls(context: ILoadOptionsFunctions): Promise<INodeListSearchItems[]> {
	return (await recentCalls(context)).flatMap((call) => {
		const read = sessionIdIn(call.sessionId);
		return 'id' in read ? [{ name: callName(call), value: read.id }] : [];
	});
}

async function assistants(context: ILoadOptionsFunctions): Promise<INodeListSearchItems[]> {
	const recent = await recentAssistants(context);
	return byName(recent.map(({ id, name }) => ({ name: nameWithId(name, id, 'Assistant'), value: id })));
}

async function tasks(context: ILoadOptionsFunctions): Promise<INodeListSearchItems[]> {
	const recent = await recentTasks(context);
	return byName(recent.map(({ id, name }) => ({ name: nameWithId(name, id, 'Task'), value: id })));
}

/** Each assistant's own list, and what the latest calls were asked beyond it, each question once. */
async function questions(context: ILoadOptionsFunctions): Promise<INodeListSearchItems[]> {
	const own = (await recentAssistants(context)).flatMap((assistant) => assistant.questions);
	const texts = [...own, ...(await recentQuestions(context))];
	const byText = new Map<string, string>();
	for (const text of texts) if (!byText.has(comparable(text))) byText.set(comparable(text), text);
	return [...byText.values()].map((text) => ({ name: shown(text), value: text }));
}

/** What a row's columns can be: the questions, then the fields. */
async function fields(context: ILoadOptionsFunctions): Promise<INodeListSearchItems[]> {
	const named = FIELDS.map(([name, meaning]) => ({ name: `${name} (${meaning})`, value: name }));
	return [...(await questions(context)), ...named];
}

type List = (context: ILoadOptionsFunctions) => Promise<INodeListSearchItems[]>;

/** n8n shows the message of an error where the list would be. */
async function listed(context: ILoadOptionsFunctions, list: List): Promise<INodeListSearchItems[]> {
	try {
		if (!context.getNode().credentials?.voiceFoxApi) {
			fail(
				"This list comes from VoiceFox: choose a credential for 'VoiceFox API' in this node first. What you type works without it",
			);
		}
		return await list(context);
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

/** A list for a resource locator: the entries that hold what the user typed, in their name or their value. */
const searched = (list: List) =>
	async function (this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
		const wanted = comparable(filter);
		const entries = await listed(this, list);
		return {
			results: entries.filter(({ name, value }) => comparable(`${name} ${value}`).includes(wanted)),
		};
	};

/** The lists behind **From List** of all three nodes. Read in the editor only; an account is asked once in half a minute. */
export const listSearch = {
	/** The calls of the last two days, by time, direction and number. */
	searchCalls: searched(calls),
	/** The assistants of these calls, by name. */
	searchAssistants: searched(assistants),
	/** The outbound tasks of these calls, by name. */
	searchTasks: searched(tasks),
	/** The questions of these assistants. */
	searchQuestions: searched(questions),
	/** The same questions, and then the fields of a call. */
	searchFields: searched(fields),
};
