import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { fail } from '../api/errors';
import { idsIn, numberIdIn, sessionIdIn } from '../voicefox/ids';
import { isTimeZone } from '../voicefox/times';
import { isObject } from '../voicefox/values';

/** A text field; an expression without a value gives undefined or null. */
export const textOf = (value: unknown) => (value === undefined || value === null ? '' : String(value));

/** What the user chose, from a list or by ID; a workflow file may also have the ID alone. */
const chosen = (locator: unknown) => (isObject(locator) && 'value' in locator ? locator.value : locator);

/** What the user added to a collection of options or filters. */
export const collectionOf = (context: IExecuteFunctions, name: string, itemIndex: number) =>
	context.getNodeParameter(name, itemIndex, {}) as IDataObject;

/** The call that an operation is about. */
export const sessionIdParameter: INodeProperties = {
	displayName: 'Session ID',
	name: 'sessionId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'id', value: '={{ $json.session_id }}' },
	description: "The call: from the list of the last two days, or by its unique ID, an item's session_id",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchCalls', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. b7c0f1e2-5d3a-4c86-9f41-2a6de8c07f15',
		},
	],
};

/** The session ID as the user gave it, blank when it is missing. */
export const givenSessionId = (context: IExecuteFunctions, itemIndex: number) =>
	textOf(chosen(context.getNodeParameter('sessionId', itemIndex, ''))).trim();

/** @throws ProblemError when the parameter `sessionId` is blank or not an ID */
export function sessionIdOf(context: IExecuteFunctions, itemIndex: number): string {
	const read = sessionIdIn(chosen(context.getNodeParameter('sessionId', itemIndex, '')));
	if ('id' in read) return read.id;
	if (read.unusable === 'malformed') fail(`'Session ID' is not the ID of a call: ${read.text}`);
	return fail("'Session ID' is empty. Choose a call from the list, or map an item's session_id");
}

/**
 * The ID of a task or an assistant.
 *
 * @param value the parameter's
 * @param label the parameter's label, e.g. "Task ID"
 * @throws ProblemError when it is not a whole number above 0
 */
export function numberIdOf(value: unknown, label: string): string {
	const read = numberIdIn(chosen(value));
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

/** The zones to choose from. Apart, so that the label can be ours: n8n's linter wants "… Name or ID" for IDs. */
const timeZoneList: INodeProperties['typeOptions'] = { loadOptionsMethod: 'getTimeZones' };

/** The zone of the VoiceFox account; what it does is said by each operation. */
export const timeZoneParameter: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'options',
	typeOptions: timeZoneList,
	default: '',
};

/** @throws ProblemError when the option 'Time Zone' names a zone that nobody knows */
export function timeZoneOf(options: IDataObject): string {
	const zone = textOf(options.timeZone).trim();
	if (zone !== '' && !isTimeZone(zone)) {
		fail(`The time zone "${zone.slice(0, 60)}" is not known. Use a name such as Asia/Tokyo`);
	}
	return zone;
}

/** Whether a big answer is cut down to what most workflows need. */
export const simplifyParameter: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const isSimplified = (context: IExecuteFunctions, itemIndex: number) =>
	context.getNodeParameter(simplifyParameter.name, itemIndex, simplifyParameter.default) as boolean;
