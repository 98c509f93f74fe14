import { phoneDigits, phoneNumbersIn, withUsableNames } from '../../../nodes/VoiceFox/voicefox/phoneNumbers';

describe('phoneDigits', () => {
	it.each([
		['+12025550143', '12025550143'],
		['0012025550143', '12025550143'],
		['+1 (202) 555-0143', '12025550143'],
		['1.202.555.0143', '12025550143'],
		['[1] 202 5550143', '12025550143'],
		['＋１２０２５５５０１４３', '12025550143'],
		['　（０３）１２３４－５６７８', '0312345678'],
		['03-1234-5678', '0312345678'],
		[12025550143, '12025550143'],
		['+', ''],
		['anonymous', ''],
		['', ''],
		[null, ''],
		[undefined, ''],
		[['12'], ''],
		[{}, ''],
		[true, ''],
	])('of %j are %j', (number, digits) => {
		expect(phoneDigits(number)).toBe(digits);
	});

	it('are those of the first 200 characters, whatever is sent', () => {
		expect(phoneDigits('1'.repeat(1000))).toBe('1'.repeat(200));
	});
});

describe('phoneNumbersIn', () => {
	it('separates at commas and line breaks only', () => {
		expect(phoneNumbersIn('+1 202 555, 0143')).toEqual(['+1 202 555', ' 0143']);
		expect(phoneNumbersIn('1，2、3﹐4﹑5､6\n7\r\n8')).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
	});

	it('takes a number, and a list of all these', () => {
		expect(phoneNumbersIn(12025550143)).toEqual(['12025550143']);
		expect(phoneNumbersIn(['1, 2', 3, '4'])).toEqual(['1', ' 2', '3', '4']);
	});

	it('leaves blank entries out', () => {
		expect(phoneNumbersIn('')).toEqual([]);
		expect(phoneNumbersIn(' ,\n,　')).toEqual([]);
		expect(phoneNumbersIn([])).toEqual([]);
	});
});

describe('withUsableNames', () => {
	it('renames caller and callee in place', () => {
		const fields = { a: 1, callee: '2', b: 3, caller: null, c: 4 };
		expect(Object.entries(withUsableNames(fields))).toEqual([
			['a', 1],
			['callee_number', '2'],
			['b', 3],
			['caller_number', null],
			['c', 4],
		]);
	});

	it('gives the very object back when there is nothing to rename', () => {
		const fields = { caller_number: 'theirs', Caller: 1, callers: 2 };
		expect(withUsableNames(fields)).toBe(fields);
	});

	it("moves VoiceFox's fields of these names to voicefox_<name>, in place", () => {
		const fields = { caller_number: 'theirs', caller: 'c', callee_number: 'kept', voicefox_caller_number: 1 };
		expect(Object.entries(withUsableNames(fields))).toEqual([
			['voicefox_voicefox_caller_number', 'theirs'],
			['caller_number', 'c'],
			['callee_number', 'kept'],
			['voicefox_caller_number', 1],
		]);
	});

	it('keeps __proto__ a plain field', () => {
		const fields = JSON.parse('{"__proto__":{"a":1},"caller":2}') as { caller: number };
		expect(JSON.stringify(withUsableNames(fields))).toBe('{"__proto__":{"a":1},"caller_number":2}');
	});
});
