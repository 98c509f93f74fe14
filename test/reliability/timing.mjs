// @ts-check
// Whether the time of a refusal tells where a forged Authorization value differs from the secret.
//
// Method (after dudect, Reparaz, Balasch, Verbauwhede 2017, "Dude, is my code constant time?"): two classes of
// forged values, one that differs in the first character and one that differs only in the last. In pairs of random order each
// is timed on fresh strings. The slowest samples are noise (scheduler, garbage collector), so the two classes are
// compared by Welch's t-test on all samples and on what is left below several percentiles of both together. |t| over
// 4.5 anywhere is a leak: by chance it happens less than once in 100,000 tests. A leak grows with the root of the number of
// samples and chance does not, so a finding is measured again with twice as many; only a finding that stays counts.
// The same measurement must find the leak of a plain `===` (positive control) and none between two equal classes.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { randomFrom } from '../../scripts/lib/random.mjs';
import { packageFolder } from './support/instance.mjs';
import { amount, grouped, promise } from './support/report.mjs';
import { largestT } from './support/welch.mjs';

const require = createRequire(import.meta.url);
const { authorize } = require(
	join(packageFolder(), 'dist', 'nodes', 'VoiceFox', 'trigger', 'authorization.js'),
);

const THRESHOLD = 4.5;
const SAMPLES = amount({ full: 200_000, short: 20_000 });
/** As long as Node lets a header be, about, where a comparison that stops early shows most. */
const LENGTH = 12_000;
const random = randomFrom(20_260_804);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const letter = () => ALPHABET[Math.floor(random() * ALPHABET.length)] ?? 'A';
// Not with the first letter of "Bearer", which whoever sends it knows anyway.
const secret = `x${Array.from({ length: LENGTH - 1 }, letter).join('')}`;
const credential = { authorizationToken: secret, previousAuthorizationToken: '' };

const places = { first: 0, last: LENGTH - 1 };
const bytes = Buffer.from(secret);

/**
 * The secret with another character at this place, as a new string each time: engines remember what they know of an old
 * one. It is made from the same bytes for each class, so that where these lie in memory makes no difference.
 * @param {number} place
 */
function forgedAt(place) {
	const right = bytes.readUInt8(place);
	bytes[place] = right === 48 ? 49 : 48;
	const header = bytes.toString('latin1');
	bytes[place] = right;
	return header;
}

/** @param {string} header */
const byPackage = (header) => authorize(header, credential);
/** @param {string} header */
const byEquals = (header) => (header === secret ? 'authorized' : 'headerWrong');

/**
 * Nanoseconds of each comparison, by class. Both classes are timed in pairs, in random order, so that a machine that
 * becomes slower or faster meanwhile does it to both.
 * @param {(header: string) => string} compare
 * @param {[number, number]} classes where the forged values differ
 * @param {number} samples of each class
 * @returns {[Float64Array, Float64Array]}
 */
function timesOf(compare, classes, samples) {
	const times = /** @type {[Float64Array, Float64Array]} */ (classes.map(() => new Float64Array(samples)));
	for (let pair = 0; pair < samples; pair++) {
		for (const which of random() < 0.5 ? [0, 1] : [1, 0]) {
			const header = forgedAt(classes[which] ?? 0);
			const started = process.hrtime.bigint();
			const answer = compare(header);
			const time = process.hrtime.bigint() - started;
			assert.equal(answer, 'headerWrong');
			/** @type {Float64Array} */ (times[which])[pair] = Number(time);
		}
	}
	return times;
}

/** @param {(header: string) => string} compare @param {[number, number]} classes */
function findingOf(compare, classes) {
	timesOf(compare, classes, 2000);
	for (let round = 0, samples = SAMPLES; ; round++, samples *= 2) {
		const finding = largestT(...timesOf(compare, classes, samples));
		if (Math.abs(finding.t) <= THRESHOLD || round === 2) return { ...finding, samples };
	}
}

/** @param {{ t: number, difference: number, samples: number }} finding */
const inWords = ({ t, difference, samples }) =>
	`largest |t| ${Math.abs(t).toFixed(1)}, difference there ${Math.abs(difference).toFixed(1)} ns, ${grouped(samples)} samples of each class`;

await promise('positive control: the method finds that === takes longer on a long shared prefix', () => {
	const finding = findingOf(byEquals, [places.first, places.last]);
	assert.ok(Math.abs(finding.t) > THRESHOLD, inWords(finding));
	return inWords(finding);
});

await promise('negative control: it finds nothing between two equal classes', () => {
	const finding = findingOf(byPackage, [places.last, places.last]);
	assert.ok(Math.abs(finding.t) <= THRESHOLD, inWords(finding));
	return inWords(finding);
});

await promise('the package takes the same time wherever a forged value differs', () => {
	const finding = findingOf(byPackage, [places.first, places.last]);
	assert.ok(Math.abs(finding.t) <= THRESHOLD, inWords(finding));
	return inWords(finding);
});
