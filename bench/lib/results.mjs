// @ts-check
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readOptions } from '../../scripts/lib/arguments.mjs';
import { writeFormatted } from '../../test/support/write-formatted.mjs';

const FILE = fileURLToPath(new URL('../RESULTS.md', import.meta.url));

/** The forms of output, as 'Output' of our triggers has them. */
export const FORMS = ['separate', 'row', 'perCall', 'list'];

/** @param {string} command how the benchmark is called */
export const readBenchOptions = (command) =>
	readOptions(`Usage: ${command} -- [--short] [--write]\n  --write  puts the tables into bench/RESULTS.md`, {
		short: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false },
	});

/**
 * Prints what was measured, and with `--write` puts it into bench/RESULTS.md between `<!-- NAME -->` and `<!-- /NAME -->`.
 * @param {string} name the benchmark's
 * @param {string} text markdown
 * @param {{ write: boolean }} options
 */
export async function show(name, text, { write }) {
	console.log(`\n${text}\n`);
	if (!write) return;
	const document = await readFile(FILE, 'utf8');
	const place = new RegExp(`(<!-- ${name} -->)[^]*(<!-- /${name} -->)`);
	if (!place.test(document)) throw new Error(`bench/RESULTS.md has no place for ${name}`);
	await writeFormatted(
		FILE,
		document.replace(place, (_, start, end) => `${start}\n\n${text}\n\n${end}`),
	);
}

/**
 * A markdown table, numbers to the right.
 * @param {string[]} heads
 * @param {string[][]} rows the first cell of a row is its name
 */
export const table = (heads, rows) =>
	[heads, heads.map((_, place) => (place === 0 ? '---' : '---:')), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
