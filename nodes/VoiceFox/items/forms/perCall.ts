import type { IDataObject } from 'n8n-workflow';

import { uniqueKeys } from '../names';
import { record, type ElementList } from '../parts';
import { endOf, type Form } from './form';

/** Everything of an event in one item. */
export const perCall: Form<'perCall'> = {
	option: {
		name: 'One Item per Call',
		value: 'perCall',
		description: 'One item with everything in it: the call, and its answers and analysis in lists',
	},
	labels: ['Call'],
	toItems(parts, settings) {
		const { event, fields, counters, lists } = parts;
		const after = {
			...counters,
			...(Object.assign({}, ...lists.map(valuesByText)) as IDataObject),
			...Object.fromEntries(lists.map(emittedOf)),
			...endOf(parts, settings),
		};
		return { outputs: [[record({ event_name: event.name }, fields, after)]], warnings: [] };
	},
};

const emittedOf = ({ list, elements }: ElementList) =>
	[list.field, elements.filter(({ isEmitted }) => isEmitted).map(({ fields }) => fields)] as const;

/**
 * What came of each element by its text, e.g. `answers`. Keys are given over the whole list as sent, so that a filter does
 * not move a question to another column.
 */
function valuesByText({ list, elements }: ElementList): IDataObject {
	if (list.key === undefined) return {};

	const keys = uniqueKeys(elements.map(({ filled }) => filled));
	const entries = elements.map(({ fields }, place) => [keys[place]!, fields[list.value] ?? null] as const);
	return { [list.key]: Object.fromEntries(entries.filter((_, place) => elements[place]!.isEmitted)) };
}
