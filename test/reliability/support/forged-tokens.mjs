// @ts-check
import { randomBytes } from 'node:crypto';
import { randomFrom } from '../../../scripts/lib/random.mjs';

/** Values that might stand for "no token" in some code. */
const EMPTY = [
	' ',
	'\t',
	'Bearer',
	'bearer ',
	'Bearer null',
	'undefined',
	'[object Object]',
	'Bearer true',
	'0',
	'*',
	'Bearer *',
	'""',
];

/** Characters that some comparison might drop or treat alike. */
const EXTRA = [
	' ',
	'\t',
	'"',
	"'",
	'%00',
	'\\0',
	'\u00a0',
	'\u00ad',
	';',
	',',
	'=',
	'.',
	'\u00df',
	'\u00ff',
	'%20',
	'*',
];

/**
 * Authorization values that are close to the right one, or to none, and never it.
 * @param {string} token
 * @param {number} seed
 * @param {number} count
 * @returns {string[]}
 */
export function forgedTokens(token, seed, count) {
	const random = randomFrom(seed);
	const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
	const oneOf = (/** @type {string[]} */ list) => list[below(list.length)] ?? '';
	const at = () => 1 + below(token.length - 1);
	/** @type {(() => string)[]} */
	const ways = [
		() => token.slice(0, at()),
		() => token.slice(at()),
		() => token + oneOf(EXTRA.filter((extra) => extra.trim() !== '')),
		() => oneOf(EXTRA.filter((extra) => extra.trim() !== '')) + token,
		() => withInserted(token, at(), oneOf(EXTRA)),
		() => withReplaced(token, below(token.length), String.fromCharCode(33 + below(94))),
		() => withReplaced(token, below(token.length), swappedCase),
		() => [...token].reverse().join(''),
		() => token + token,
		() => Buffer.from(token).toString(random() < 0.5 ? 'base64' : 'hex'),
		() => encodeURIComponent(token).replace(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
		() => `Basic ${Buffer.from(`${token}:${token}`).toString('base64')}`,
		() => `Bearer Bearer ${token}`,
		() => `Token ${token}`,
		() => randomBytes(1 + below(40)).toString('base64url'),
		() => token[below(token.length)] ?? '',
		() => oneOf(EMPTY),
	];
	/** @type {string[]} */
	const values = [];
	while (values.length < count) {
		const value = `${random() < 0.5 ? 'Bearer ' : ''}${ways[below(ways.length)]?.()}`;
		if (value.trim().replace(/^bearer\s+/i, '') !== token) values.push(value);
	}
	return values;
}

const swappedCase = (/** @type {string} */ letter) =>
	letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();

/** @param {string} text @param {number} place @param {string} extra */
const withInserted = (text, place, extra) => text.slice(0, place) + extra + text.slice(place);

/** @param {string} text @param {number} place @param {string | ((letter: string) => string)} change */
const withReplaced = (text, place, change) =>
	text.slice(0, place) +
	(typeof change === 'string' ? change : change(text[place] ?? '')) +
	text.slice(place + 1);
