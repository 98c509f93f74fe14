import type { IDataObject } from 'n8n-workflow';

import { toItems, toParts, type ItemsSettings } from '../../items';
import { columnsSetting } from '../../items/columns';
import { perCall } from '../../items/forms/perCall';
import { row } from '../../items/forms/row';
import { draggable } from '../../items/names';
import { choice, type ValuesOf } from '../../settings/define';
import { ITEM_SETTINGS, type ItemSettings } from '../../items/settings';
import type { InvalidPayload } from '../../voicefox/events';
import type { VoiceFoxEvent } from '../../voicefox/validation';

const fields = choice({
	displayName: 'Fields',
	name: 'fields',
	options: [
		{
			name: row.option.name,
			value: row.option.value,
			description:
				'Flat, with the names of the VoiceFox Trigger and a column per question, ready for the same table',
		},
		{
			name: perCall.option.name,
			value: perCall.option.value,
			description: 'With the names of the VoiceFox Trigger, and the answers in lists',
		},
		{
			name: 'As VoiceFox Sends Them',
			value: 'asSent',
			description: "The fields of VoiceFox's API under their own names, e.g. startAt and recordFile",
		},
	],
	description:
		"Which fields a call has, and what they are called: the first two are forms of the triggers' parameter 'Output'",
});

/** What the user sets of a call's fields. */
export const CALL_FORM_SETTINGS = [
	fields,
	columnsSetting({ show: { [fields.property.name]: ['row'] } }),
] as const;

/** What can be set in the triggers only. */
const UNSET = Object.fromEntries(
	ITEM_SETTINGS.map(({ property, unset }) => [property.name, unset]),
) as ItemSettings;

/** How calls become the node's records. */
export type CallForm = { asSent: true } | { asSent: false; settings: ItemsSettings };

/** How the user wants calls. @param timeZone the zone of VoiceFox's times; empty leaves them as sent */
export function callFormOf(
	{ fields: output, columns }: ValuesOf<typeof CALL_FORM_SETTINGS>,
	timeZone: string,
): CallForm {
	if (output === 'asSent') return { asSent: true };
	return { asSent: false, settings: { ...UNSET, output, columns, options: { timeZone } } };
}

/** One record per call, and what could not be read of the others. */
export interface CallRecords {
	records: IDataObject[];
	unreadable: InvalidPayload[];
}

/**
 * Calls of the API as the user wants them.
 *
 * @param calls as VoiceFox sends them
 * @param eventOf a call as the trigger's event; how depends on whether it is from the list
 */
export function callRecords(
	calls: IDataObject[],
	form: CallForm,
	eventOf: (call: IDataObject) => VoiceFoxEvent | InvalidPayload,
): CallRecords {
	if (form.asSent) return { records: calls.map((call) => draggable(call)), unreadable: [] };

	const events = calls.map(eventOf);
	return {
		records: events.flatMap((event) =>
			event.valid ? (toItems(toParts(event, form.settings), form.settings).outputs[0] ?? []) : [],
		),
		unreadable: events.filter((event): event is InvalidPayload => !event.valid),
	};
}

/** What is wrong with a call log, e.g. "duration: expected integer"; never a value of it. */
export const issuesText = ({ issues }: InvalidPayload) =>
	issues.map(({ path, message }) => `${path.replace('event_data.', '')}: ${message}`).join('; ');
