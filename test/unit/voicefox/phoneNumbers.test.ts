import { comparablePhone, isSamePhone, phoneNumbersIn } from '../../../nodes/VoiceFox/voicefox/phoneNumbers';

describe('comparablePhone', () => {
	it.each([
		['+12025550143', '12025550143'],
		['0012025550143', '12025550143'],
		['+1 (202) 555-0143', '12025550143'],
		['1.202.555/0143', '12025550143'],
		['[1] 202 5550143', '12025550143'],
		['＋１２０２５５５０１４３', '12025550143'],
		['　（０３）１２３４－５６７８', '312345678'],
		['03-1234-5678', '312345678'],
		['+44 (0)20 7946 0123', '442079460123'],
		['+44（ ０ ）20 7946 0123', '442079460123'],
		[12025550143, '12025550143'],
		['0', '0'],
		['00', '0'],
		['Anonymous ', 'anonymous'],
		['非通知', '非通知'],
		['+', '+'],
		['', ''],
		[' ', ''],
		[null, ''],
		[undefined, ''],
		[['12'], ''],
		[{}, ''],
		[true, ''],
	])('of %j is %j', (number, compared) => {
		expect(comparablePhone(number)).toBe(compared);
	});

	it('is made of the first 200 characters, whatever is sent', () => {
		expect(comparablePhone('1'.repeat(1000))).toBe('1'.repeat(200));
	});
});

describe('isSamePhone', () => {
	const isSame = (one: unknown, other: unknown) => [
		isSamePhone(comparablePhone(one), comparablePhone(other)),
		isSamePhone(comparablePhone(other), comparablePhone(one)),
	];

	it.each([
		['090-1234-5678', '+81 90 1234 5678'],
		['+44 (0)20 7946 0123', '0044 20 7946 0123'],
		['+44 (0)20 7946 0123', '020 7946 0123'],
		['(202) 555-0143', '+1 202 555 0143'],
		['555-01430', '1 202 555 01430'],
		['1001', '1001'],
		['Anonymous', 'anonymous'],
	])('takes %s and %s for the same', (one, other) => {
		expect(isSame(one, other)).toEqual([true, true]);
	});

	it.each([
		['555-0143', '+1 202 555 0143'],
		['1001', '21001'],
		['+1 202 555 0143', '+1 202 555 0144'],
		['12025550', '12025550143'],
		['anonymous', 'call anonymous'],
		['anonymous', '12025550143'],
		['', ''],
		[null, undefined],
		['', '12025550143'],
	])('tells %s from %s', (one, other) => {
		expect(isSame(one, other)).toEqual([false, false]);
	});
});

describe('phoneNumbersIn', () => {
	it('separates at commas, semicolons and line breaks only', () => {
		expect(phoneNumbersIn('+1 202 555, 0143; 0144')).toEqual(['1202555', '143', '144']);
		expect(phoneNumbersIn('1，2、3﹐4﹑5､6\n7\r\n8；9')).toEqual([
			'1',
			'2',
			'3',
			'4',
			'5',
			'6',
			'7',
			'8',
			'9',
		]);
	});

	it('takes a number, and a list of all these', () => {
		expect(phoneNumbersIn(12025550143)).toEqual(['12025550143']);
		expect(phoneNumbersIn(['1, 2', 3, '4; 1'])).toEqual(['1', '2', '3', '4']);
	});

	it('leaves blank entries out', () => {
		expect(phoneNumbersIn('')).toEqual([]);
		expect(phoneNumbersIn(' ,\n,　;')).toEqual([]);
		expect(phoneNumbersIn([])).toEqual([]);
	});
});
