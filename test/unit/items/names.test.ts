import { isSafeObjectProperty } from 'n8n-workflow';

import {
	draggable,
	draggableText,
	filledTexts,
	REFUSED_NAMES,
	uniqueKeys,
} from '../../../nodes/VoiceFox/items/names';

const draggedEntries = (fields: object) => Object.entries(draggable(fields));

describe('the names that n8n refuses', () => {
	it("are refused by n8n-workflow's isSafeObjectProperty", () => {
		expect([...REFUSED_NAMES].filter(isSafeObjectProperty)).toEqual([]);
	});

	it('are all that it refuses of what JavaScript itself names', () => {
		const objects = [Object, Object.prototype, Function, Function.prototype, Error, Reflect, Array.prototype];
		const names = objects.flatMap((object) => Object.getOwnPropertyNames(object));
		const refused = [...new Set(names)].filter((name) => !isSafeObjectProperty(name));
		expect(refused.length).toBeGreaterThan(10);
		expect(refused.filter((name) => !REFUSED_NAMES.has(name))).toEqual([]);
	});
});

describe('draggable', () => {
	it('renames caller and callee in place', () => {
		expect(draggedEntries({ a: 1, callee: '2', b: 3, caller: null, c: 4 })).toEqual([
			['a', 1],
			['callee_number', '2'],
			['b', 3],
			['caller_number', null],
			['c', 4],
		]);
	});

	it('gives the very value back when there is nothing to rename', () => {
		const fields = { caller_number: 'theirs', Caller: 1, callers: [{ a: { b: ['x', null] } }] };
		expect(draggable(fields)).toBe(fields);
		expect(draggable(fields.callers)).toBe(fields.callers);
		for (const value of ['caller', 5, null, undefined, true]) expect(draggable(value)).toBe(value);
	});

	it("moves VoiceFox's fields called caller_number and callee_number to voicefox_<name>, in place", () => {
		const fields = { caller_number: 'theirs', caller: 'c', callee_number: 'kept', voicefox_caller_number: 1 };
		expect(draggedEntries(fields)).toEqual([
			['voicefox_voicefox_caller_number', 'theirs'],
			['caller_number', 'c'],
			['callee_number', 'kept'],
			['voicefox_caller_number', 1],
		]);
	});

	it('gives every other refused name a number, the next that is free', () => {
		const fields = JSON.parse(
			'{"a":1,"__proto__":{"b":2},"arguments":3,"arguments (1)":4,"constructor":5}',
		) as object;
		expect(draggedEntries(fields)).toEqual([
			['a', 1],
			['__proto__ (1)', { b: 2 }],
			['arguments (2)', 3],
			['arguments (1)', 4],
			['constructor (1)', 5],
		]);
	});

	it('keeps names apart that become the same', () => {
		expect(draggedEntries({ 'a\nb': 1, 'a b': 2, 'a\n b': 3 })).toEqual([
			['a b (2)', 1],
			['a b', 2],
			['a b (3)', 3],
		]);
	});

	it('reaches every depth, in lists too, and leaves what was sent as it was', () => {
		const sent = { extra: { caller: 1, list: [[{ arguments: { 'a\\b': 'caller' } }]], kept: { a: 1 } } };
		const before = JSON.stringify(sent);
		const items = draggable<object>(sent);
		expect(items).toEqual({
			extra: { caller_number: 1, list: [[{ 'arguments (1)': { 'a/b': 'caller' } }]], kept: { a: 1 } },
		});
		expect(JSON.stringify(sent)).toBe(before);
	});

	it('leaves what is nested more deeply than any event as it is, instead of ending n8n', () => {
		let nested: object = { caller: 1 };
		for (let depth = 0; depth < 100_000; depth++) nested = [nested];
		expect(draggable(nested)).toBe(nested);
	});
});

describe('draggableText', () => {
	it.each([
		['two\nlines', 'two lines'],
		['two \r\n\t lines\u2028more', 'two lines more'],
		['spaces   stay', 'spaces   stay'],
		['C:\\calls\\', 'C:/calls/'],
		['{{ name }} {one} {{{three}}}', '{ name } {one} {three}'],
		['caller', 'caller'],
	])('makes of %j a name that the editor can write a path to: %j', (sent, name) => {
		expect(draggableText(sent)).toBe(name);
	});
});

describe('filledTexts', () => {
	it('names blank texts and what is no text by their place, and leaves others as they are', () => {
		expect(filledTexts([' A', '', 'B', null, undefined, '　', {}, true, 5, 'a\nb'], 'Question')).toEqual([
			...[' A', 'Question 2', 'B', 'Question 4', 'Question 5'],
			...['Question 6', 'Question 7', 'Question 8', '5', 'a b'],
		]);
		expect(filledTexts([], 'Topic')).toEqual([]);
	});
});

describe('uniqueKeys', () => {
	it.each<[string, string[], string[]]>([
		['texts that differ', ['A', 'B', 'a'], ['A', 'B', 'a']],
		['white space around a text', [' A', 'A '], [' A', 'A ']],
		['a text that repeats', ['A', 'A', 'B', 'A'], ['A', 'A (2)', 'B', 'A (3)']],
		['a number that is used already', ['A (2)', 'A', 'A', 'A'], ['A (2)', 'A', 'A (3)', 'A (4)']],
		['a number that is used later', ['A', 'A', 'A (2)', 'A'], ['A', 'A (2)', 'A (2) (2)', 'A (3)']],
		[
			'__proto__',
			['__proto__', '__proto__', '__proto__ (1)'],
			['__proto__ (1)', '__proto__ (2)', '__proto__ (1) (2)'],
		],
		[
			'other names that n8n refuses, and what only looks like them',
			['constructor', 'toString', 'constructor', 'caller', 'callers'],
			['constructor (1)', 'toString', 'constructor (2)', 'caller (1)', 'callers'],
		],
		['nothing', [], []],
	])('gives a key of its own for %s', (_, texts, keys) => {
		expect(uniqueKeys(texts)).toEqual(keys);
	});

	it('gives no text a name that is taken', () => {
		expect(uniqueKeys(['A', 'A', 'B'], ['A', 'A (3)'])).toEqual(['A (2)', 'A (4)', 'B']);
		expect(uniqueKeys(['direction'], ['direction', 'direction (2)'])).toEqual(['direction (3)']);
	});
});
