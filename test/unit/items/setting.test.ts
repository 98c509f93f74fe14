import { z } from 'zod/v4';

import {
	choice,
	choices,
	collection,
	forEvents,
	propertiesOf,
	readSettings,
	setting,
	type Setting,
} from '../../../nodes/VoiceFox/items/setting';

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
const days = choices({
	displayName: 'Days',
	name: 'days',
	default: ['monday'],
	options: [
		{ name: 'Monday', value: 'monday' },
		{ name: 'Sunday', value: 'sunday' },
	],
});
const more = collection({ displayName: 'More', name: 'more' }, [size, forEvents(['task.end'], color)]);

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

	it('is converted by its schema', () => {
		expect(size.read(5)).toEqual({ readable: true, value: { size: 5 } });
		expect(color.read('blue')).toEqual({ readable: true, value: 'blue' });
		expect(days.read([])).toEqual({ readable: true, value: [] });
	});

	it.each([
		[size, 'Size', ['5', NaN, true, [], {}]],
		[color, 'Color', ['green', 1, ['red'], {}]],
		[days, 'Days', ['monday', ['tuesday'], [null], {}]],
		[more, 'More', ['', 5, true]],
	])('cannot be read as null, as undefined, or as what its schema refuses', (each, label, values) => {
		for (const value of [null, undefined, ...values]) {
			expect((each as Setting).read(value)).toEqual({ readable: false, label });
		}
	});
});

describe('a collection', () => {
	it('reads what was added, and has the rest unset', () => {
		expect(more.read({})).toEqual({ readable: true, value: more.unset });
		expect(more.read({ color: 'blue' })).toEqual({
			readable: true,
			value: { size: { size: 3 }, color: 'blue' },
		});
	});

	it('names the entry that was added and came to nothing', () => {
		for (const nothing of [null, undefined]) {
			expect(more.read({ size: 1, color: nothing })).toEqual({ readable: false, label: 'Color' });
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
		expect(read([size, color, more], { color: 'green', more: 5 })).toEqual({
			readable: false,
			label: 'Color',
		});
		expect(read([size, more], { more: { color: 'green' } })).toEqual({ readable: false, label: 'Color' });
		expect(read([size, color], { size: null })).toEqual({ readable: false, label: 'Size' });
	});

	it('names the one for which n8n throws', () => {
		const thrown = readSettings([size, color], (name) => {
			if (name === 'color') throw new Error('the expression is not valid');
			return 1;
		});
		expect(thrown).toEqual({ readable: false, label: 'Color' });
	});

	it('names the entry of a collection for which n8n throws, or the collection when each can be read', () => {
		const throwing = (...names: string[]) =>
			readSettings([size, more], (name) => {
				if (names.includes(name)) throw new Error('the expression is not valid');
				return name === 'size' ? 1 : {};
			});
		expect(throwing('more', 'more.color')).toEqual({ readable: false, label: 'Color' });
		expect(throwing('more')).toEqual({ readable: false, label: 'More' });
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
					size.property,
					{ ...color.property, displayOptions: { show: { '/triggerOn': ['task.end'] } } },
				],
			},
		]);
	});

	it('always shows all in a node that knows no events', () => {
		expect(propertiesOf([forEvents(['other'], size), more])).toEqual([size.property, more.property]);
	});
});
