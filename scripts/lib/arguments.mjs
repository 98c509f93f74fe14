// @ts-check
import { parseArgs } from 'node:util';
import { usageFault } from './faults.mjs';

/**
 * Reads the command line. `--help` prints how the script is called and ends the process; what the script does not know is a
 * fault that says the same.
 * @template {import('node:util').ParseArgsOptionsConfig} T
 * @param {string} usage how the script is called
 * @param {T} options as `parseArgs` takes them
 * @returns {ReturnType<typeof parseArgs<{ options: T, allowPositionals: true }>>} `positionals`: what is no option
 */
export function readArguments(usage, options) {
	const args = process.argv.slice(2);
	if (args.includes('--help')) {
		console.log(usage);
		process.exit(0);
	}
	// npm keeps what stands in front of a `--` for itself, and says so only in its environment.
	const taken = Object.keys(options).find((name) => process.env[`npm_config_${name.replaceAll('-', '_')}`]);
	if (taken) throw usageFault(`npm has kept "--${taken}" for itself: write -- in front of it.\n${usage}`);
	try {
		return parseArgs({ args, options, allowPositionals: true });
	} catch (error) {
		throw usageFault(`${/** @type {Error} */ (error).message}\n${usage}`);
	}
}

/**
 * The same for a script that takes options only.
 * @template {import('node:util').ParseArgsOptionsConfig} T
 * @param {string} usage
 * @param {T} options
 */
export function readOptions(usage, options) {
	const { values, positionals } = readArguments(usage, options);
	if (positionals.length > 0) throw usageFault(`"${positionals[0]}" is no option.\n${usage}`);
	return values;
}

/**
 * @param {string} usage
 * @param {string} name of the option
 * @param {string} text what was given
 * @returns {number} a whole one above 0; a fault for anything else
 */
export function wholeNumber(usage, name, text) {
	const number = Number(text);
	if (number > 0 && Number.isInteger(number)) return number;
	throw usageFault(`--${name} must be a whole number above 0.\n${usage}`);
}
