/** The largest integer that JavaScript holds exactly, 2^53 - 1, has 16 digits. */
const MANY_DIGITS = /\d{16}/;

/** A number as JSON writes it; outside of a text nothing else begins with a digit. */
const NUMBER = /-?\d[\d.eE+-]*/g;

const isLongInteger = (number: string) => /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));

const quoted = (number: string) => (isLongInteger(number) ? `"${number}"` : number);

/** Where the text ends that begins with the quotation mark at `start`: behind its closing quotation mark, if any. */
function endOfText(json: string, start: number): number {
	let end = start;
	let backslashes: number;
	do {
		end = json.indexOf('"', end + 1);
		if (end === -1) return json.length;
		backslashes = 0;
		while (json[end - 1 - backslashes] === '\\') backslashes++;
	} while (backslashes % 2 === 1);
	return end + 1;
}

/** The same JSON with every integer that JavaScript would round as a text. */
function withLongIntegersAsText(json: string): string {
	if (!MANY_DIGITS.test(json)) return json;

	const parts: string[] = [];
	let position = 0;
	while (position < json.length) {
		const mark = json.indexOf('"', position);
		const start = mark === -1 ? json.length : mark;
		const end = endOfText(json, start);
		parts.push(json.slice(position, start).replace(NUMBER, quoted), json.slice(start, end));
		position = end;
	}
	return parts.join('');
}

/** Tells whether JSON has an integer beyond 2^53 - 1 (written without fraction and exponent), which `JSON.parse` rounds. */
export const hasLongIntegers = (json: string): boolean => withLongIntegersAsText(json) !== json;

/**
 * `JSON.parse` that loses no digit: an integer beyond 2^53 - 1 (written without fraction and exponent), wherever it
 * stands, becomes a text with all its digits.
 *
 * Node 20, which n8n runs on, shows a reviver no source text, so the digits are put into quotation marks beforehand.
 *
 * @throws SyntaxError like `JSON.parse`
 */
export function parseJson(json: string): unknown {
	// The text as it is comes first: a number as a name is not JSON, and must not become it by its quotation marks.
	const parsed: unknown = JSON.parse(json);
	const exact = withLongIntegersAsText(json);
	return exact === json ? parsed : JSON.parse(exact);
}
