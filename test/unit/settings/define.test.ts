import { z } from 'zod/v4';

import {
	choice,
	choices,
	collection,
	flag,
	forEvents,
	locator,
	number,
	propertiesOf,
	readNodeSettings,
	readSettings,
	setting,
	shownAs,
	text,
	textsSchema,
	time,
	type Setting,
} from '../../../nodes/VoiceFox/settings/define';

const size = setting(
	{ displayName: 'Size', name: 'size', type: 'number', default: 3 },
	z.number().transform((value) => ({ size: value })),
);
const color = choice({
	displayName: 'Color',
	name: 'color',
	options: [
		{ name: 'Red', value: 'red' },
		{ name: 'Blue', value: 'blue' },
	],
});
const DAYS = [
	{ name: 'Monday', value: 'monday' as const },
	{ name: 'Sunday', value: 'sunday' as const },
];
const days = choices({
	displayName: 'Days',
	name: 'days',
	default: ['monday'],
	options: DAYS,
});
const more = collection({ displayName: 'More', name: 'more' }, [size, forEvents(['task.end'], color)]);

const cannotBeRead = (label: string) =>
	`The setting '${label}' cannot be read. Open the node and look for what is marked red, or for an expression that comes to nothing`;

const unreadable = (label: string, problem = cannotBeRead(label)) => ({
	readable: false,
	label,
	problem,
});

const read = (settings: readonly Setting[], values: Record<string, unknown>) =>
	readSettings(settings, (name) => values[name]);

describe('a setting', () => {
	it('has its unset value from the default of the editor, as the schema converts it', () => {
		expect(size.unset).toEqual({ size: 3 });
		expect(color.unset).toBe('red');
		expect(days.unset).toEqual(['monday']);
		expect(more.unset).toEqual({ size: { size: 3 }, color: 'red' });
	});

	it('may have another unset value than the one that the editor shows first', () => {
		const { property } = color;
		const other = choice(
			{
				displayName: 'Color',
				name: 'color',
				options: [
					{ name: 'Red', value: 'red' },
					{ name: 'Blue', value: 'blue' },
				],
			},
			'blue',
		);
		expect(other.unset).toBe('blue');
		expect(other.property).toEqual(property);
	});

	it('shows in the editor the values to choose from', () => {
		const options = [
			{ name: 'Red', value: 'red' },
			{ name: 'Blue', value: 'blue' },
		];
		expect([color.property, days.property]).toEqual([
			{ displayName: 'Color', name: 'color', type: 'options', default: 'red', options },
			{ displayName: 'Days', name: 'days', type: 'multiOptions', default: ['monday'], options: DAYS },
		]);
	});

	it('is converted by its schema', () => {
		expect(size.read(5)).toEqual({ readable: true, value: { size: 5 } });
		expect(color.read('blue')).toEqual({ readable: true, value: 'blue' });
		expect(days.read([])).toEqual({ readable: true, value: [] });
		expect(days.read(['tuesday', 'sunday', null, 'monday'])).toEqual({
			readable: true,
			value: ['sunday', 'monday'],
		});
		expect(days.read('sunday')).toEqual({ readable: true, value: ['sunday'] });
	});

	it.each([
		[size, 'Size', ['5', NaN, true, [], {}]],
		[color, 'Color', ['green', 1, ['red'], {}]],
		[days, 'Days', [5, {}]],
		[more, 'More', ['', 5, true]],
		[time({ displayName: 'Start', name: 'start' }), 'Start', []],
	])('cannot be read as null, as undefined, or as what its schema refuses', (each, label, values) => {
		for (const value of [null, undefined, ...values]) {
			expect((each as Setting).read(value)).toEqual(unreadable(label));
		}
	});
});

describe('each kind of setting', () => {
	const valuesOf = ({ read: readOne }: Setting, ...values: unknown[]) =>
		values.map((value) => {
			const reading = readOne(value);
			return reading.readable ? reading.value : reading.problem;
		});

	it('is a text, trimmed', () => {
		const name = text({ displayName: 'Name', name: 'name' });
		expect(name).toMatchObject({ unset: '', property: { type: 'string', default: '' } });
		expect(valuesOf(name, ' a ', '', 5, true)).toEqual(['a', '', '5', 'true']);
		expect(valuesOf(name, {}, [])).toEqual(Array(2).fill(cannotBeRead('Name')));
	});

	it('is a number, as text too', () => {
		const limit = number({ displayName: 'Limit', name: 'limit', default: 50 }, 1);
		expect(limit).toMatchObject({ unset: 50, property: { type: 'number', default: 50 } });
		expect(valuesOf(limit, 3, '3', ' 2.50 ', '07', 1)).toEqual([3, 3, 2.5, 7, 1]);
		expect(valuesOf(limit, 0, '-1')).toEqual(Array(2).fill("'Limit' must be a number, 1 or more"));
		expect(valuesOf(limit, '', 'three', '0x10', '1e3', NaN, true, [], ['3'])).toEqual(
			Array(8).fill(cannotBeRead('Limit')),
		);
		expect(valuesOf(number({ displayName: 'Least', name: 'least', default: 0 }), -5)).toEqual([-5]);
	});

	it('is on or off, as text too', () => {
		const simplify = flag({ displayName: 'Simplify', name: 'simplify', default: true });
		expect(simplify).toMatchObject({ unset: true, property: { type: 'boolean', default: true } });
		expect(valuesOf(simplify, true, 'TRUE', ' true ', '1', 1)).toEqual(Array(5).fill(true));
		expect(valuesOf(simplify, false, 'false', '0', 0)).toEqual(Array(4).fill(false));
		expect(valuesOf(simplify, 'yes', '', 2, [], ['true'])).toEqual(Array(5).fill(cannotBeRead('Simplify')));
	});

	it('is a time, read by who knows its zone', () => {
		const start = time({ displayName: 'Start', name: 'start' }, (value) => value === 'now');
		expect(start).toMatchObject({ unset: '', property: { type: 'dateTime', default: '' } });
		expect(valuesOf(start, '', 'now', 'later')).toEqual([
			'',
			'now',
			"'Start' is not a time that can be read",
		]);
		expect(valuesOf(time({ displayName: 'End', name: 'end' }), '', 'later')).toEqual(['', 'later']);
	});

	it('is chosen from a list or typed: the value counts, however it was given', () => {
		const assistant = locator(
			{ displayName: 'Assistant', name: 'assistantId' },
			{
				searchListMethod: 'searchAssistants',
				typed: { displayName: 'By ID', name: 'id', placeholder: 'e.g. 318' },
			},
		);
		expect(assistant.unset).toBe('');
		expect(assistant.property).toEqual({
			displayName: 'Assistant',
			name: 'assistantId',
			type: 'resourceLocator',
			default: { mode: 'id', value: '' },
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchAssistants', searchable: true },
				},
				{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 318' },
			],
		});
		expect(valuesOf(assistant, { __rl: true, mode: 'list', value: ' 318 ' }, { value: 318 }, '318')).toEqual(
			Array(3).fill('318'),
		);
		expect(valuesOf(assistant, { __rl: true, mode: 'list', value: null }, {}, [])).toEqual(
			Array(3).fill(cannotBeRead('Assistant')),
		);
	});

	it('is a list of texts, chosen or typed', () => {
		const ids = setting({ displayName: 'IDs', name: 'ids', type: 'string', default: '' }, textsSchema);
		const chosen = { __rl: true, mode: 'list', value: 'b' };
		expect(valuesOf(ids, 'a, b', 5, chosen, ['a', 5, chosen], [])).toEqual([
			['a, b'],
			['5'],
			['b'],
			['a', '5', 'b'],
			[],
		]);
		expect(valuesOf(ids, {}, [null], [{}])).toEqual(Array(3).fill(cannotBeRead('IDs')));
	});

	it('says in its own words what is wrong, where its schema does', () => {
		const short = setting(
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
			z.string().refine((value) => value.length < 3, 'is too long'),
		);
		expect(short.read('long')).toEqual(unreadable('Name', "'Name' is too long"));
	});

	it('has more in the editor where a node says more', () => {
		const shown = shownAs(size, { description: 'How large', type: 'string' });
		expect(shown.property).toEqual({ ...size.property, description: 'How large', type: 'string' });
		expect(shown.read(5)).toEqual(size.read(5));
	});

	it('cannot be read without any value that is known, where one is required', () => {
		const required = choices({ ...days.property, required: true, default: ['monday'], options: DAYS });
		for (const none of [[], ['tuesday'], 'tuesday']) {
			expect(required.read(none)).toEqual(unreadable('Days', "'Days' has no value that this version knows"));
		}
	});
});

describe('a collection', () => {
	it('shows its entries by label', () => {
		expect(more.property.options?.map(({ name }) => name)).toEqual(['color', 'size']);
	});

	it('reads what was added, and has the rest unset', () => {
		expect(more.read({})).toEqual({ readable: true, value: more.unset });
		expect(more.read({ color: 'blue' })).toEqual({
			readable: true,
			value: { size: { size: 3 }, color: 'blue' },
		});
	});

	it('names the entry that was added and came to nothing', () => {
		for (const nothing of [null, undefined]) {
			expect(more.read({ size: 1, color: nothing })).toEqual(unreadable('Color'));
		}
	});

	it('reads own fields only', () => {
		const inherited = Object.create({ size: 'wrong' }) as object;
		expect(more.read(Object.assign(inherited, { color: 'blue' }))).toMatchObject({ readable: true });
	});
});

describe('readSettings', () => {
	it('gives a value for each, the unset one where there is none', () => {
		expect(read([size, color], { color: 'blue' })).toEqual({
			readable: true,
			value: { size: { size: 3 }, color: 'blue' },
		});
	});

	it('names the first that cannot be read, inside a collection too', () => {
		expect(read([size, color, more], { color: 'green', more: 5 })).toEqual(unreadable('Color'));
		expect(read([size, more], { more: { color: 'green' } })).toEqual(unreadable('Color'));
		expect(read([size, color], { size: null })).toEqual(unreadable('Size'));
	});

	it('names the one for which n8n throws', () => {
		const thrown = readSettings([size, color], (name) => {
			if (name === 'color') throw new Error('the expression is not valid');
			return 1;
		});
		expect(thrown).toEqual(unreadable('Color'));
	});

	it('names the entry of a collection for which n8n throws, or the collection when each can be read', () => {
		const throwing = (...names: string[]) =>
			readSettings([size, more], (name) => {
				if (names.includes(name)) throw new Error('the expression is not valid');
				return name === 'size' ? 1 : {};
			});
		expect(throwing('more', 'more.color')).toEqual(unreadable('Color'));
		expect(throwing('more')).toEqual(unreadable('More'));
	});
});

describe('readNodeSettings', () => {
	const readNode = (resolved: (name: string) => unknown, ...stored: string[]) =>
		readNodeSettings(
			[color, more],
			{ parameters: Object.fromEntries(stored.map((name) => [name, ''])) },
			resolved,
		);

	it('has unset what n8n does not store with the node, whatever n8n gives for it', () => {
		expect(readNode(() => 'blue', 'color')).toEqual({
			readable: true,
			value: { color: 'blue', more: more.unset },
		});
	});

	it.each([null, undefined])('cannot read what is stored and comes to %p', (nothing) => {
		expect(readNode(() => nothing, 'color')).toEqual(unreadable('Color'));
	});

	it('names the entry of a stored collection for which n8n throws', () => {
		const resolved = (name: string) => {
			if (name === 'more' || name === 'more.size') throw new Error('the expression is not valid');
			return 'blue';
		};
		expect(readNode(resolved, 'color', 'more')).toEqual(unreadable('Size'));
	});
});

describe('propertiesOf', () => {
	const shownFor = (events: readonly string[]) => ({ show: { '/triggerOn': [...events] } });

	it('says for which events a setting is shown, inside a collection too', () => {
		expect(propertiesOf([forEvents(['other'], size), more], shownFor)).toEqual([
			{ ...size.property, displayOptions: { show: { '/triggerOn': ['other'] } } },
			{
				...more.property,
				options: [
					{ ...color.property, displayOptions: { show: { '/triggerOn': ['task.end'] } } },
					size.property,
				],
			},
		]);
	});

	it('always shows all in a node that knows no events', () => {
		expect(propertiesOf([forEvents(['other'], size), more])).toEqual([size.property, more.property]);
	});
});
