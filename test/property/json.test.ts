import fc from 'fast-check';

import { hasLongIntegers, parseJson } from '../../nodes/VoiceFox/voicefox/json';

/** A JSON value as its text, and as it is to be read. */
interface Written {
	text: string;
	read: unknown;
}

const number = fc.oneof(
	fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
	fc.bigInt({ min: -20n, max: 20n }).map((offset) => 2n ** 53n + offset),
	fc.bigInt({ min: -20n, max: 20n }).map((offset) => -(2n ** 53n) + offset),
);

const integer = number.map((value): Written => {
	const isExact = Number.isSafeInteger(Number(value));
	return { text: String(value), read: isExact ? Number(value) : String(value) };
});

/** Numbers that are no integers by how they are written, and texts with all that could be taken for one. */
const other = fc
	.oneof(
		fc
			.tuple(number, fc.constantFrom('.0', '.5', 'e1', 'E-3', '.25e+2'))
			.map(([value, end]) => `${value}${end}`),
		fc
			.array(fc.constantFrom('"', '\\', '[', ',', '-', ' ', '7615917337495251231', 'é'))
			.map((parts) => JSON.stringify(parts.join(''))),
		fc.constantFrom('true', 'false', 'null', '-0'),
	)
	.map((text): Written => ({ text, read: JSON.parse(text) }));

const name = fc.constantFrom('__proto__', 'a', '"', '\\', '\\"', '9007199254740993', 'a:9007199254740993,');

const space = fc.constantFrom('', ' ', '\n', '\t ');

function objectOf(fields: Array<[string, Written]>, between: string): Written {
	const text = fields.map(([key, { text: value }]) => `${JSON.stringify(key)}${between}:${value}`).join(',');
	// fromEntries makes `__proto__` a field, like JSON.parse.
	return { text: `{${text}}`, read: Object.fromEntries(fields.map(([key, { read }]) => [key, read])) };
}

const written = fc.letrec<{ value: Written }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		integer,
		other,
		fc.tuple(fc.array(tie('value'), { maxLength: 4 }), space).map(([elements, between]): Written => ({
			text: `[${elements.map(({ text }) => between + text).join(',')}]`,
			read: elements.map(({ read }) => read),
		})),
		fc
			.tuple(fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }), space)
			.map(([fields, between]) => objectOf(fields, between)),
	),
})).value;

describe('JSON is read with every digit', () => {
	it('so that an integer is a number where that is exact, else its text, and all else is as JSON.parse reads it', () => {
		fc.assert(
			fc.property(written, ({ text, read }) => {
				expect(parseJson(text)).toStrictEqual(read);
				expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(read));
				// Of two fields of one name, only the last is read.
				if (!hasLongIntegers(text)) expect(read).toStrictEqual(JSON.parse(text));
			}),
			{ numRuns: 2000 },
		);
	});

	it('of any text as JSON.parse takes or refuses it', () => {
		const pieces = fc.array(
			fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '9007199254740993', '-', '.', 'e', ' '),
		);
		const reads = (parse: (text: string) => unknown, text: string) => {
			try {
				parse(text);
				return true;
			} catch {
				return false;
			}
		};
		fc.assert(
			fc.property(pieces, (parts) => {
				const text = parts.join('');
				expect(reads(parseJson, text)).toBe(reads(JSON.parse, text));
				expect(() => hasLongIntegers(text)).not.toThrow();
			}),
			{ numRuns: 2000 },
		);
	});
});
