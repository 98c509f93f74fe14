// @ts-check
const TICK_MS = { terminal: 1000, log: 30_000 };

/**
 * Does a step of the work and shows it: `label … 12 s`, counting on a terminal, an occasional line in a log.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @param {string} [expectation] roughly how long it takes, in words
 * @returns {Promise<T>}
 */
export async function step(label, work, expectation) {
	const started = Date.now();
	const isTerminal = Boolean(process.stdout.isTTY);
	const line = `  ${label}${expectation ? ` (${expectation})` : ''} …`;
	const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
	if (isTerminal) process.stdout.write(line);
	else console.log(line);
	const show = () =>
		isTerminal ? process.stdout.write(`\r${line} ${seconds()}`) : console.log(`  … ${seconds()}`);
	const ticker = setInterval(show, isTerminal ? TICK_MS.terminal : TICK_MS.log);
	try {
		const result = await work();
		if (isTerminal) process.stdout.write(`\r${line} ${seconds()}\n`);
		else console.log(`  … done in ${seconds()}`);
		return result;
	} catch (error) {
		if (isTerminal) process.stdout.write('\n');
		throw error;
	} finally {
		clearInterval(ticker);
	}
}
