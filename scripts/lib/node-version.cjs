// @ts-check
// Loaded before everything else and written in the oldest JavaScript, so that a Node too old to even parse the
// scripts beside it still gets to say one clear sentence instead of a SyntaxError.
'use strict';

var OLDEST_SUPPORTED_MAJOR = 20;

if (Number(process.versions.node.split('.')[0]) < OLDEST_SUPPORTED_MAJOR) {
	console.error(
		'\n\u2716 Node ' +
			process.versions.node +
			' is too old: this project needs Node ' +
			OLDEST_SUPPORTED_MAJOR +
			' or newer (https://nodejs.org).\n',
	);
	process.exit(1);
}
