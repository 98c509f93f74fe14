import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { fail } from '../api/errors';
import { idsIn, numberIdIn, sessionIdIn } from '../voicefox/ids';

/** A text field; an expression without a value gives undefined or null. */
export const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value));

/** The call that an operation is about. */
export const sessionIdParameter: INodeProperties = {
	displayName: 'Session ID',
	name: 'sessionId',
	type: 'string',
	required: true,
	default: '={{ $json.session_id }}',
	description:
		"The call's unique ID: session_id in the items of the VoiceFox Trigger, sessionId in those of Get Many",
};

/** @throws ProblemError when the parameter `sessionId` is blank or not an ID */
export function sessionIdOf(context: IExecuteFunctions, itemIndex: number): string {
	const read = sessionIdIn(context.getNodeParameter('sessionId', itemIndex, ''));
	if ('id' in read) return read.id;
	if (read.unusable === 'malformed') fail(`'Session ID' is not the ID of a call: ${read.text}`);
	return fail(
		"'Session ID' is empty. Map the session_id of the VoiceFox Trigger, or the sessionId of Get Many",
	);
}

/**
 * The ID of a task or an assistant.
 *
 * @param label the parameter's label, e.g. "Task ID"
 * @throws ProblemError when it is not a whole number above 0
 */
export function numberIdOf(value: unknown, label: string): string {
	const read = numberIdIn(value);
	if ('id' in read) return read.id;
	if (read.unusable === 'malformed') fail(`'${label}' must be a whole number above 0, not "${read.text}"`);
	return fail(`'${label}' is empty. Enter a number or map a field that has it`);
}

/**
 * A list of IDs of tasks or assistants.
 *
 * @param label the parameter's label, e.g. "Task IDs"
 * @throws ProblemError when one is not a whole number, or there are more than `most`
 */
export function idListOf(value: unknown, label: string, most = Infinity): string[] {
	const { ids, unreadable } = idsIn(value);
	if (unreadable.length > 0) {
		fail(`'${label}' takes whole numbers separated by commas, not "${unreadable[0]}"`);
	}
	if (ids.length > most) {
		fail(`'${label}' takes at most ${most} IDs, not ${ids.length}. Use several VoiceFox nodes`);
	}
	return ids;
}

/** What the user added to a collection of options or filters. */
export const collectionOf = (context: IExecuteFunctions, name: string, itemIndex: number) =>
	context.getNodeParameter(name, itemIndex, {}) as IDataObject;
