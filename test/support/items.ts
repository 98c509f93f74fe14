import type { IDataObject } from 'n8n-workflow';

import { toItems, toParts, type Items } from '../../nodes/VoiceFox/items';
import type { VoiceFoxEvent } from '../../nodes/VoiceFox/voicefox/validation';
import { settingsWith } from './settings';

/** What becomes of an event in a node on which the user changed these parameters. */
export function itemsOf(event: VoiceFoxEvent, parameters: IDataObject = {}): Items {
	const settings = settingsWith(parameters);
	return toItems(toParts(event, settings), settings);
}

/** The records of each output. */
export const recordsOf = (event: VoiceFoxEvent, parameters: IDataObject = {}): IDataObject[][] =>
	itemsOf(event, parameters).outputs;

const LEADS = ['session_id', 'start_at', 'direction', 'caller_number', 'callee_number', 'billsec'];

/** The fields of a call in the order of its items: first what people look for. */
export const leadsFirst = (fields: IDataObject): IDataObject => ({
	...Object.fromEntries(LEADS.filter((name) => name in fields).map((name) => [name, fields[name]])),
	...fields,
});
