import type { IDataObject } from 'n8n-workflow';

import { givingWay } from './fields';

/** n8n's expressions refuse `caller` and `callee` (n8n-workflow's list of unsafe properties): the names beside them work. */
const USABLE_NAMES = [
	['caller', 'caller_number'],
	['callee', 'callee_number'],
] as const;

/**
 * A call's fields, and after them its two phone numbers once more, under names that can be dragged into an expression.
 *
 * @param fields an event's or a call log's; one that already has such a name moves to `voicefox_<name>`
 */
export function withUsableNumbers(fields: IDataObject): IDataObject {
	const numbers: IDataObject = {};
	for (const [name, usable] of USABLE_NAMES) {
		if (Object.hasOwn(fields, name)) numbers[usable] = fields[name];
	}
	return { ...givingWay(fields, numbers, 'voicefox_'), ...numbers };
}
