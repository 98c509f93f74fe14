import {
	comparable,
	isExact,
	isObject,
	isPresent,
	jsonText,
	objectsIn,
	talkTime,
	textToNumber,
} from '../../../nodes/VoiceFox/voicefox/values';

describe('isObject', () => {
	it('tells JSON objects from all other JSON values', () => {
		const values = [{}, { a: 1 }, [], null, undefined, 'a', 1, true];
		expect(values.map(isObject)).toEqual([true, true, false, false, false, false, false, false]);
	});
});

describe('isPresent', () => {
	it('counts 0 and false, but nothing empty', () => {
		expect([0, false, 'a', {}, []].map(isPresent)).toEqual([true, true, true, true, true]);
		expect([undefined, null, ''].map(isPresent)).toEqual([false, false, false]);
	});
});

describe('isExact', () => {
	it('refuses what is not finite, and integers beyond 2^53 - 1', () => {
		expect([0, -1.5, 1e300 / 3 + 0.5, 2 ** 53 - 1].map(isExact)).toEqual([true, true, false, true]);
		expect([2 ** 53, -(2 ** 53), Infinity, NaN].map(isExact)).toEqual([false, false, false, false]);
	});
});

describe('textToNumber', () => {
	it('converts only what converts back to the same text', () => {
		expect(['12', '-3', '1.5', '0'].map(textToNumber)).toEqual([12, -3, 1.5, 0]);
		const kept = ['007', '1e3', '', ' 1', '1.50', 'NaN', 'Infinity', '9007199254740993', 12, null, true];
		expect(kept.map(textToNumber)).toEqual(kept);
	});

	it('keeps an object, also one of which JavaScript makes no number', () => {
		const unconvertible = { toString: 1, valueOf: 1 };
		expect(textToNumber(unconvertible)).toBe(unconvertible);
	});
});

describe('jsonText', () => {
	it('is the JSON of a value, null when there is none', () => {
		// What a call stack is too small for depends on the Node; this has no JSON on any.
		const endless: unknown[] = [];
		endless.push(endless);
		expect([{ a: [1, 'b', null] }, 'c', [[]], endless].map(jsonText)).toEqual([
			'{"a":[1,"b",null]}',
			'"c"',
			'[[]]',
			null,
		]);
	});
});

describe('comparable', () => {
	it.each([
		['　Ｈｅｌｌｏ　Wörld\n', 'hello wörld'],
		['e\u0301', 'é'],
		['a  b\r\n\tc\u00a0\u2028d', 'a b c d'],
		['“Don’t” ‘say’ „so‟ ‚or‛ ＂so＂', `"don't" 'say' "so" 'or' "so"`],
		[' \n', ''],
	])('of %j is %j', (text, compared) => {
		expect(comparable(text)).toBe(compared);
	});

	it('is made of the first 1,000 characters', () => {
		expect(comparable(`${'x'.repeat(999)}AB`)).toBe(`${'x'.repeat(999)}a`);
	});
});

it('objectsIn gives the objects in a list', () => {
	expect(objectsIn([{ a: 1 }, null, [], 'b', {}])).toEqual([{ a: 1 }, {}]);
	for (const none of ['b', null, undefined, { length: 1 }]) expect(objectsIn(none)).toEqual([]);
});

describe('talkTime', () => {
	it.each([
		[5, 5],
		['7', 7],
		['07', 7],
		[' 12\n', 12],
		['  7.25  ', 7.25],
	])('is the number in %j', (billsec, seconds) => {
		expect(talkTime({ billsec })).toBe(seconds);
	});

	it.each(['', '7.', 'a7', '7a', '7 8', '1e3', '.5', true, null, undefined, {}])('is 0 for %j', (billsec) => {
		expect(talkTime({ billsec })).toBe(0);
	});
});
