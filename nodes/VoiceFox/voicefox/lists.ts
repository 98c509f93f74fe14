/** Longer than any ID or phone number; what is behind it cannot make two entries equal or unequal. */
const LONGEST_ENTRY = 200;

/** The comma of Chinese and Japanese keyboards counts as one. */
const AT_COMMAS_AND_SPACE = /[\s,，、]+/;
const AT_COMMAS_AND_LINES = /[\r\n,，、]+/;

function entriesOf(value: unknown, separator: RegExp): string[] | null {
	if (Array.isArray(value)) {
		const entries = value.map((element) => (Array.isArray(element) ? null : entriesOf(element, separator)));
		return entries.every((each) => each !== null) ? entries.flat() : null;
	}
	if (typeof value === 'number' && Number.isFinite(value)) return [String(value)];
	if (typeof value !== 'string') return null;

	return value
		.split(separator)
		.map((entry) => entry.slice(0, LONGEST_ENTRY).normalize('NFKC').trim())
		.filter((entry) => entry !== '');
}

/**
 * IDs as a user lists them, in every node: separated by commas (also 、 and ，) or white space, with full-width digits,
 * as a number, or as a list of these.
 *
 * @returns null when it is none of these
 */
export const idsIn = (value: unknown) => entriesOf(value, AT_COMMAS_AND_SPACE);

/** Phone numbers as a user lists them: like IDs, but white space is a part of a number. */
export const phoneNumbersIn = (value: unknown) => entriesOf(value, AT_COMMAS_AND_LINES);

/** An ID as a user lists it, and "" for what is none. Events may send anything, even what `String` throws on. */
export const idText = (id: unknown) => (typeof id === 'string' || typeof id === 'number' ? String(id) : '');
