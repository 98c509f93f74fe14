// @ts-check
const RESAMPLES = 4000;

/**
 * @param {number[]} values at least one
 * @param {number} share 0 to 1
 */
export function quantile(values, share) {
	const sorted = [...values].sort((one, other) => one - other);
	const place = (sorted.length - 1) * share;
	const [below, above] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
	return below + (above - below) * (place - Math.floor(place));
}

/** @param {number[]} values */
export const median = (values) => quantile(values, 0.5);

/**
 * The median with the interval in which it lies with a probability of 95 % (percentile bootstrap).
 * @param {number[]} values
 * @returns {{ median: number, low: number, high: number }}
 */
export function medianWithInterval(values) {
	const medians = Array.from({ length: RESAMPLES }, () =>
		median(values.map(() => values[Math.floor(Math.random() * values.length)] ?? NaN)),
	);
	return { median: median(values), low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}

/**
 * @template T
 * @param {T[]} values
 * @returns {T[]} the same in another order, each order equally likely
 */
export function shuffled(values) {
	const result = [...values];
	for (let last = result.length - 1; last > 0; last--) {
		const chosen = Math.floor(Math.random() * (last + 1));
		[result[last], result[chosen]] = [/** @type {T} */ (result[chosen]), /** @type {T} */ (result[last])];
	}
	return result;
}
