// @ts-check
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeFormatted } from '../../scripts/lib/write-formatted.mjs';

/** The long tables are in the first, those that help to set up n8n in the second. */
const documentFiles = ['../RESULTS.md', '../../docs/performance.md'].map((path) =>
	fileURLToPath(new URL(path, import.meta.url)),
);

/**
 * Puts a benchmark's tables into the document that has a place for them, between `<!-- bench:NAME -->` and
 * `<!-- /bench:NAME -->`, so that no figure there is typed by hand.
 *
 * @param {string} name the benchmark's
 * @param {string} tables markdown
 */
export async function writeTables(name, tables) {
	const [start, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
	for (const file of documentFiles) {
		const text = await readFile(file, 'utf8');
		const [from, to] = [text.indexOf(start), text.indexOf(end)];
		if (from < 0 || to < from) continue;
		const filled = `${text.slice(0, from + start.length)}
${tables.trim()}
${text.slice(to)}`;
		return await writeFormatted(file, filled);
	}
	throw new Error(`No document has a place for the tables of ${name}`);
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
