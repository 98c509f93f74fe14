// @ts-check
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { transformSync } from '@swc/core';

const require = createRequire(import.meta.url);
const swc = /** @type {const} */ ({
	jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
	module: { type: 'commonjs' },
});
require.extensions['.ts'] = (/** @type {any} */ module, /** @type {string} */ file) =>
	module._compile(transformSync(readFileSync(file, 'utf8'), swc).code, file);

/**
 * Loads a module of the package from its TypeScript sources, without a build that could be an older one.
 * @param {string} path from the project's folder, without `.ts`
 * @returns {any} what it exports
 */
export const sourceModule = (path) => require(`../../${path}.ts`);
