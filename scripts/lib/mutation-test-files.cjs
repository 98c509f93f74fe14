// @ts-check
'use strict';

/** @type {Set<string> | undefined} */
let wanted;

/** jest's `filter` for mutation-runner.mjs: of the test files that jest has found, those to open. */
module.exports = Object.assign(
	(/** @type {string[]} */ found) => ({ filtered: found.filter((path) => wanted?.has(path) ?? true) }),
	{
		/** @param {Set<string> | undefined} files default: all */
		open: (files) => {
			wanted = files;
		},
	},
);
