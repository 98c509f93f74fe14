import { comparable } from './values';

/** Longer than any phone number, with its spaces and brackets. */
const LONGEST_NUMBER = 200;

/** The commas and semicolons of Chinese and Japanese keyboards count too; white space is a part of a number. */
const SEPARATORS = /[\r\n,，﹐、﹑､;；﹔]+/;

/** A zero that is dialled at home only, e.g. in `+44 (0)20 7946 0123`. */
const TRUNK_ZERO = /\(\s*0\s*\)/g;

/** With so many digits in common at their ends, two numbers are the same: one of them lacks the country, or the area. */
const ENOUGH_DIGITS = 8;

/**
 * The form in which a phone number is compared: its digits, without the zeros that it begins with. Width, spaces, `+`,
 * `-`, `.`, `/`, brackets and a `(0)` don't count. What has no digit is a text, e.g. `anonymous`.
 *
 * @returns "" for what is no phone number at all, e.g. a missing one
 */
export function comparablePhone(number: unknown): string {
	if (typeof number !== 'string' && typeof number !== 'number') return '';

	const text = String(number).slice(0, LONGEST_NUMBER).normalize('NFKC');
	const digits = text
		.replace(TRUNK_ZERO, '')
		.replace(/\D/g, '')
		.replace(/^0+(?=\d)/, '');
	return digits === '' ? comparable(text) : digits;
}

/**
 * Tells whether two phone numbers, in the form in which they are compared, are the same: equal, or the longer one ends
 * with the shorter, which then has 8 digits or more.
 */
export function isSamePhone(one: string, other: string): boolean {
	if (one === other) return one !== '';

	const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
	return shorter.length >= ENOUGH_DIGITS && /^\d+$/.test(shorter) && longer.endsWith(shorter);
}

/**
 * Phone numbers as a user lists them: separated by commas, semicolons or line breaks, as a number, or as a list of these.
 *
 * @returns each in the form in which it is compared
 */
export function phoneNumbersIn(value: string | number | Array<string | number>): string[] {
	const entries = [value].flat().flatMap((entry) => String(entry).split(SEPARATORS));
	return [...new Set(entries.map(comparablePhone))].filter((entry) => entry !== '');
}
