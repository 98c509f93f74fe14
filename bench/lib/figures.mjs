// @ts-check
import { medianWithInterval } from './statistics.mjs';

/** How many answers the usual event has. */
export const USUAL_ANSWERS = 20;

/** @typedef {import('./rounds.mjs').Cell} Cell */
/** @typedef {import('../n8n.mjs').Figures} Figures */

export const fixed = (/** @type {number} */ value, digits = 0) => value.toFixed(digits);
export const percent = (/** @type {number} */ share) => `${(share * 100).toFixed(1)} %`;
export const grouped = (/** @type {number} */ value) => Math.round(value).toLocaleString('en');
export const kilobytes = (/** @type {number} */ bytes) =>
	Number.isFinite(bytes) ? fixed(bytes / 1000, 1) : '–';
export const megabytes = (/** @type {number} */ bytes) => fixed(bytes / 1e6);

/** @param {number[]} ratios */
export function ratioWithInterval(ratios) {
	const { median: middle, low, high } = medianWithInterval(ratios);
	return `${fixed(middle, 2)} (${fixed(low, 2)}–${fixed(high, 2)})`;
}

/**
 * @param {Figures} figures
 * @param {string} name
 * @returns {{ cells: Cell[], memory: any }}
 */
export function phaseOf({ phases }, name) {
	const phase = phases.find((one) => one.name === name);
	return { cells: phase?.cells ?? [], memory: phase?.memory };
}
