import type { Form } from './form';
import { outputsOf } from './separate';

/** Everything on one output, told apart by `type`. */
export const list: Form<'list'> = {
	option: {
		name: 'One List',
		value: 'list',
		description: "One output with all items, told apart by their field 'type'",
	},
	labels: ['Items'],
	toItems: (parts, settings) => ({
		outputs: [outputsOf(parts, settings, (type) => ({ type })).flat()],
		warnings: [],
	}),
};
