// @ts-check

/** Whether only the quick form is wanted. */
export const isShort = process.env.RELIABILITY_SHORT === '1';

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
 * Tries out one promise and prints whether it holds; a broken one makes the program exit with 1, the rest goes on.
 * @param {string} text what is promised
 * @param {() => Promise<string | void> | string | void} prove throws when the promise is broken; gives the figures
 */
export async function promise(text, prove) {
	const started = Date.now();
	try {
		const figures = await prove();
		const seconds = ((Date.now() - started) / 1000).toFixed(1);
		console.log(`  ✔ ${text}${figures ? `: ${figures}` : ''} (${seconds} s)`);
	} catch (error) {
		process.exitCode = 1;
		console.log(
			`  ✖ ${text}\n${indented(error instanceof Error ? (error.stack ?? error.message) : String(error))}`,
		);
	}
}

/** @param {string} text */
const indented = (text) => text.replace(/^/gm, '      ');
