import type { IDataObject } from 'n8n-workflow';

import { columnKeys, givingWay, isPresent, joined, picked } from '../../../nodes/VoiceFox/voicefox/fields';

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

describe('isPresent', () => {
	it('counts 0 and false, but nothing empty', () => {
		expect([0, false, 'a', {}, []].map(isPresent)).toEqual([true, true, true, true, true]);
		expect([undefined, null, ''].map(isPresent)).toEqual([false, false, false]);
	});
});

describe('columnKeys', () => {
	it.each<[string, Array<string | null | undefined>, string[]]>([
		['texts that differ', ['A', 'B', 'a'], ['A', 'B', 'a']],
		['white space around a text', [' A', 'A '], [' A', 'A ']],
		[
			'blank texts, by their place',
			['A', '', 'B', null, undefined, '　'],
			['A', 'Question 2', 'B', 'Question 4', 'Question 5', 'Question 6'],
		],
		['a text that repeats', ['A', 'A', 'B', 'A'], ['A', 'A (2)', 'B', 'A (3)']],
		['a number that is used already', ['A (2)', 'A', 'A', 'A'], ['A (2)', 'A', 'A (3)', 'A (4)']],
		['a number that is used later', ['A', 'A', 'A (2)', 'A'], ['A', 'A (2)', 'A (2) (2)', 'A (3)']],
		['a text like a blank one', ['Question 2', ''], ['Question 2', 'Question 2 (2)']],
		[
			'__proto__',
			['__proto__', '__proto__', '__proto__ (1)'],
			['__proto__ (1)', '__proto__ (2)', '__proto__ (1) (2)'],
		],
		[
			'constructor and its like',
			['constructor', 'toString', 'constructor'],
			['constructor', 'toString', 'constructor (2)'],
		],
		['nothing', [], []],
	])('gives a key of its own for %s', (_, texts, keys) => {
		expect(columnKeys(texts, 'Question')).toEqual(keys);
	});
});
