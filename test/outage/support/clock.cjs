// @ts-check
'use strict';

// Loaded into n8n with --require: its clock is as far ahead, in ms, as the file says that TEST_CLOCK_FILE names.
const { readFileSync } = require('node:fs');

const RealDate = Date;
let ahead = 0;
setInterval(() => {
	try {
		ahead = Number(readFileSync(String(process.env.TEST_CLOCK_FILE), 'utf8'));
	} catch {
		ahead = 0;
	}
}, 200).unref();

/** @type {any} */
const Shifted = class extends RealDate {
	/** @param {any[]} parts */
	constructor(...parts) {
		if (parts.length === 0) super(RealDate.now() + ahead);
		else super(.../** @type {[number]} */ (parts));
	}

	/** @override */
	static now() {
		return RealDate.now() + ahead;
	}
};
globalThis.Date = Shifted;
