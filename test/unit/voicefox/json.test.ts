import { hasLongIntegers, parseJson } from '../../../nodes/VoiceFox/voicefox/json';

const LONG = '7615917337495251231';

describe('parseJson', () => {
	it.each([
		['9007199254740991', 9007199254740991],
		['-9007199254740991', -9007199254740991],
		['9007199254740992', '9007199254740992'],
		['-9007199254740992', '-9007199254740992'],
		[LONG, LONG],
		[`-${LONG}`, `-${LONG}`],
		[` [${LONG},\n-${LONG} ]`, [LONG, `-${LONG}`]],
		[`{"a":{"b":[1,${LONG}]},"c":2}`, { a: { b: [1, LONG] }, c: 2 }],
		['1000000000000000000000', '1000000000000000000000'],
	])('keeps the digits of %s', (json, value) => {
		expect(parseJson(json)).toStrictEqual(value);
		expect(hasLongIntegers(json)).toBe(typeof value !== 'number');
	});

	it.each([
		'-0',
		'0',
		'1e400',
		'-1E+30',
		'1.00000000000000000001',
		'12345678901234567890.5',
		'12345678901234567890e0',
		'0.1234567890123456789',
		`"${LONG}"`,
		`"\\"${LONG}"`,
		`"\\\\\\"${LONG}\\\\"`,
		`{"${LONG}":"call ${LONG} ","a":"\\\\","b":"]${LONG}["}`,
		'true',
		'null',
		'""',
	])('reads %s as JSON.parse does', (json) => {
		expect(parseJson(json)).toStrictEqual(JSON.parse(json));
		expect(hasLongIntegers(json)).toBe(false);
	});

	it('tells a text that ends with a backslash from one with a quotation mark', () => {
		expect(parseJson(`["\\\\",${LONG},"\\",${LONG},\\"",${LONG}]`)).toStrictEqual([
			'\\',
			LONG,
			`",${LONG},"`,
			LONG,
		]);
	});

	it('keeps a field called __proto__ a field', () => {
		const read = parseJson(`{"__proto__":{"id":${LONG}}}`) as object;
		expect(Object.getOwnPropertyNames(read)).toEqual(['__proto__']);
		expect(JSON.stringify(read)).toBe(`{"__proto__":{"id":"${LONG}"}}`);
	});

	it.each([
		'',
		LONG + LONG + '-',
		`0${LONG}`,
		`{${LONG}:1}`,
		`[${LONG} ${LONG}]`,
		`"${LONG}`,
		`+${LONG}`,
		`${LONG}"a"`,
		`[${LONG},"\\"]`,
	])('refuses %s, as JSON.parse does', (json) => {
		expect(() => JSON.parse(json) as unknown).toThrow(SyntaxError);
		expect(() => parseJson(json)).toThrow(SyntaxError);
	});
});
