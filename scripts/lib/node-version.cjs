// @ts-check
// Preloaded by package.json's scripts and written in the oldest JavaScript, so that a Node too old to even parse the
// scripts still gets to say one clear sentence instead of a SyntaxError.
'use strict';

// The same as "engines" in package.json: n8n's linter does not load on an older one.
var OLDEST_SUPPORTED = { major: 20, minor: 19 };

var version = process.versions.node.split('.').map(Number);
var major = version[0] || 0;
var minor = version[1] || 0;

if (major < OLDEST_SUPPORTED.major || (major === OLDEST_SUPPORTED.major && minor < OLDEST_SUPPORTED.minor)) {
	console.error(
		'\n\u2716 Node ' +
			process.versions.node +
			' is too old: this project needs Node ' +
			OLDEST_SUPPORTED.major +
			'.' +
			OLDEST_SUPPORTED.minor +
			' or newer (https://nodejs.org).\n',
	);
	process.exit(1);
}
