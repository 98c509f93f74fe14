import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { conversation } from '../../api/callLogs';
import { isPresent, textIn } from '../../voicefox/values';
import { hintAtLeftOut } from '../hints';

/** What the two sides of a call are called in the output. */
export interface SpeakerNames {
	assistant: string;
	customer: string;
}

/** What they are called unless the user says otherwise. */
export const SPEAKERS: SpeakerNames = { assistant: 'Assistant', customer: 'Customer' };

/** What a transcript says of an event that nobody spoke. */
const EVENT_WORDS = new Map([
	['begin', 'call begins'],
	['hangup', 'call ends'],
	['transfer.connected', 'transferred to a person'],
]);

function speakerOf(event: unknown, names: SpeakerNames): string | null {
	if (event === 'system.say') return names.assistant;
	if (event === 'customer.say') return names.customer;
	return null;
}

const wordsOf = ({ content }: IDataObject) => (typeof content === 'string' ? content : '');

/**
 * One turn as an item's fields.
 *
 * @param entry an element of GET /openapi/calltrace
 * @param sessionId the call that was asked for, for entries that don't name it
 * @returns `speaker` is null for what nobody said (begin, hangup, transfer); `offset_ms` counts from the start
 */
export function turn(entry: IDataObject, sessionId: string, names: SpeakerNames): IDataObject {
	return {
		speaker: speakerOf(entry.event, names),
		text: wordsOf(entry),
		offset_ms: typeof entry.elapsedMillSeconds === 'number' ? entry.elapsedMillSeconds : null,
		created_at: entry.createdAt ?? null,
		event: entry.event ?? null,
		session_id: isPresent(entry.sessionId) ? entry.sessionId : sessionId,
	};
}

/** `07:05`, from an hour on `1:07:05`. */
function clock(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const twoDigits = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const rest = `${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
	return hours === 0 ? rest : `${hours}:${rest}`;
}

function line({ event, speaker, text, offset_ms: offset }: IDataObject): string | undefined {
	const words = String(text).replace(/\s+/g, ' ').trim();
	if (speaker !== null && words === '') return undefined;

	const start = typeof offset === 'number' ? `[${clock(offset)}] ` : '';
	if (speaker !== null) return `${start}${String(speaker)}: ${words}`;

	const name = textIn(event) || 'event';
	const inWords = EVENT_WORDS.get(name) ?? name;
	return `${start}(${words === '' ? inWords : `${inWords}: ${words}`})`;
}

/**
 * The whole conversation as text, a line per turn: `[00:07] Assistant: …`, or `[02:32] (call ends)` for
 * what nobody said. Turns without words are left out.
 */
export function transcript(turns: IDataObject[]): string {
	return turns
		.map(line)
		.filter((text) => text !== undefined)
		.join('\n');
}

/**
 * The turns of a call's conversation, none when nobody answered.
 *
 * @throws ProblemError when VoiceFox has no such call or cannot be asked
 */
export async function turnsOf(
	context: IExecuteFunctions,
	sessionId: string,
	names: SpeakerNames = SPEAKERS,
): Promise<IDataObject[]> {
	const { entries, leftOut } = await conversation(context, sessionId);
	hintAtLeftOut(context, leftOut, 'turn');
	return entries.map((entry) => turn(entry, sessionId, names));
}

/** The same as text. */
export const transcriptOf = async (context: IExecuteFunctions, sessionId: string) =>
	transcript(await turnsOf(context, sessionId));
