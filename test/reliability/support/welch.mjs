// @ts-check
import { mean, sampleVariance } from 'simple-statistics';

/** Only samples below these percentiles of all are compared; 1 is all of them. */
const PERCENTILES = [0.5, 0.75, 0.9, 0.95, 0.99, 1];

/**
 * Compares two classes of samples at several croppings.
 * @param {Float64Array} one
 * @param {Float64Array} other
 * @returns {{ t: number, difference: number, percentile: number }} Welch's t where it is largest, and the difference of the
 * means there (one minus other)
 */
export function largestT(one, other) {
	const all = Float64Array.from([...one, ...other]).sort();
	const tests = PERCENTILES.map((percentile) => {
		const limit = all[Math.min(all.length - 1, Math.floor(all.length * percentile))] ?? Infinity;
		return { percentile, ...welch(below(one, limit), below(other, limit)) };
	});
	return tests.reduce((largest, test) => (Math.abs(test.t) > Math.abs(largest.t) ? test : largest));
}

/** @param {Float64Array} samples @param {number} limit */
const below = (samples, limit) => [...samples].filter((sample) => sample <= limit);

/**
 * @param {number[]} one
 * @param {number[]} other
 */
function welch(one, other) {
	const difference = mean(one) - mean(other);
	const error = Math.sqrt(sampleVariance(one) / one.length + sampleVariance(other) / other.length);
	return { t: error === 0 ? 0 : difference / error, difference };
}
