import type { IDataObject } from 'n8n-workflow';

import { givingWay, has, joined, picked } from '../../../nodes/VoiceFox/voicefox/fields';

/** Somebody who has fields of these names. */
const taken = (...names: string[]): IDataObject => Object.fromEntries(names.map((name) => [name, 'theirs']));

const json = (text: string) => JSON.parse(text) as IDataObject;

describe('givingWay', () => {
	it('moves the names that are taken, in their place', () => {
		const moved = givingWay({ a: 1, type: 2, b: 3 }, taken('type'), 'voicefox_');
		expect(Object.entries(moved)).toEqual([
			['a', 1],
			['voicefox_type', 2],
			['b', 3],
		]);
	});

	it('gives the very object back when nothing is taken', () => {
		const fields = { a: 1 };
		expect(givingWay(fields, taken('b'), 'p_')).toBe(fields);
	});

	it('repeats the prefix while that name is taken too, so that nothing is lost', () => {
		expect(givingWay({ type: 1, p_type: 2, p_p_type: 3 }, taken('type'), 'p_')).toEqual({
			p_p_p_type: 1,
			p_type: 2,
			p_p_type: 3,
		});
		expect(givingWay({ type: 1, p_type: 2 }, taken('type', 'p_type'), 'p_')).toEqual({
			p_p_type: 1,
			p_p_p_type: 2,
		});
	});

	it('keeps __proto__ and its like plain fields', () => {
		const moved = givingWay(json('{"__proto__":{"a":1},"constructor":2,"type":3}'), taken('type'), 'p_');
		expect(JSON.stringify(moved)).toBe('{"__proto__":{"a":1},"constructor":2,"p_type":3}');
		expect(JSON.stringify(givingWay(json('{"__proto__":1}'), taken('__proto__'), 'p_'))).toBe(
			'{"p___proto__":1}',
		);
	});
});

describe('joined', () => {
	it('lets the first win and moves the second', () => {
		expect(Object.entries(joined({ a: 1, b: 2 }, { c: 3, a: 4 }, 'call_'))).toEqual([
			['a', 1],
			['b', 2],
			['c', 3],
			['call_a', 4],
		]);
		expect(joined({ a: 1 }, {}, 'call_')).toEqual({ a: 1 });
		expect(joined({}, { a: 1 }, 'call_')).toEqual({ a: 1 });
	});
});

describe('picked', () => {
	it('takes the fields that are there, in the order asked for', () => {
		expect(Object.entries(picked({ a: 1, b: null, c: 3 }, ['b', 'toString', 'x', 'a']))).toEqual([
			['b', null],
			['a', 1],
		]);
	});
});

describe('has', () => {
	it('knows own fields only', () => {
		expect(['a', 'b', 'toString', '__proto__'].map(has({ a: undefined }))).toEqual([
			true,
			false,
			false,
			false,
		]);
	});
});
