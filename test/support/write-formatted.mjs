// @ts-check
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';

/**
 * Writes a generated file the way `npm run format` would leave it.
 * @param {string} path
 * @param {string} text
 */
export async function writeFormatted(path, text) {
	const style = await resolveConfig(path);
	await writeFile(path, await format(text, { ...style, filepath: path }));
}
