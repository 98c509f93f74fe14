// @ts-check
// n8n-core writes its settings below N8N_USER_FOLDER as soon as it is used, by default into the home folder.
// Jest hands the environment on to its workers, so one scratch folder serves a whole run.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const PREFIX = join(tmpdir(), 'n8n-nodes-voicefox-');

/** Jest's `globalSetup`; Stryker calls it once per run in one process, where the folder is kept. */
module.exports = function makeUserFolder() {
	if (process.env.N8N_USER_FOLDER?.startsWith(PREFIX)) return;

	const folder = mkdtempSync(PREFIX);
	process.env.N8N_USER_FOLDER = folder;
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
};
