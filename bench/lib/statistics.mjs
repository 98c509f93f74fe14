// @ts-check
import { median, quantile, sampleWithReplacement } from 'simple-statistics';

const RESAMPLES = 4000;

/**
 * The median with the interval in which it lies with a probability of 95 % (percentile bootstrap).
 * @param {number[]} values at least one
 * @returns {{ median: number, low: number, high: number }}
 */
export function medianWithInterval(values) {
	const medians = Array.from({ length: RESAMPLES }, () =>
		median(sampleWithReplacement(values, values.length)),
	);
	return { median: median(values), low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}
