// @ts-check
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeFormatted } from '../../scripts/lib/write-formatted.mjs';

const documentFile = fileURLToPath(new URL('../../docs/performance.md', import.meta.url));

/**
 * Puts a benchmark's tables into docs/performance.md, between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`,
 * so that no figure there is typed by hand.
 *
 * @param {string} name the benchmark's
 * @param {string} tables markdown
 */
export async function writeTables(name, tables) {
	const text = await readFile(documentFile, 'utf8');
	const [start, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
	const [from, to] = [text.indexOf(start), text.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for the tables of ${name}`);
	const filled = `${text.slice(0, from + start.length)}\n${tables.trim()}\n${text.slice(to)}`;
	await writeFormatted(documentFile, filled);
}

/**
 * @param {string[]} heads
 * @param {Array<Array<string | number>>} rows the first cell of a row is its name
 * @returns {string} a markdown table, numbers to the right
 */
export const markdownTable = (heads, rows) =>
	[heads, heads.map((_, index) => (index === 0 ? '---' : '---:')), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
