// @ts-check
import { test } from 'node:test';

/** Whether only the quick form is wanted. */
export const isShort = process.env.TEST_SHORT === '1';

/**
 * How much of something to do.
 * @param {{ full: number, short: number }} amounts
 */
export const amount = ({ full, short }) => (isShort ? short : full);

/** @param {number} value */
export const grouped = (value) => Math.round(value).toLocaleString('en-US');

/** @param {number} started what `performance.now()` gave then */
export const secondsSince = (started) => (performance.now() - started) / 1000;

/**
 * A test of one promise.
 * @param {string} text what is promised
 * @param {() => Promise<string | void> | string | void} prove throws when the promise is broken; gives the figures
 */
export const promise = (text, prove) =>
	test(text, async (context) => {
		try {
			const figures = await prove();
			if (figures) context.diagnostic(figures);
		} catch (error) {
			// What n8n has stored and printed is kept for a look.
			process.exitCode = 1;
			throw error;
		}
	});
