// @ts-check
// `npm start -- --folder X` may be pointed at anything, a real n8n's folder or somebody's documents.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { ownDemoFolder, resetDemo } from '../../scripts/lib/demo-folder.mjs';
import { projectFolder } from '../../scripts/lib/install.mjs';

const FOREIGN = {
	'thesis.txt': 'three years of work',
	'.n8n/nodes/package.json': '{"name":"installed-nodes"}',
};

/** @type {string} */
let place;

beforeEach(async () => {
	place = await mkdtemp(join(tmpdir(), 'voicefox-place-'));
	await fill(place);
});

afterEach(() => rm(place, { recursive: true, force: true }));

/** @param {string} folder */
async function fill(folder) {
	await mkdir(join(folder, '.n8n', 'nodes'), { recursive: true });
	for (const [name, text] of Object.entries(FOREIGN)) await writeFile(join(folder, name), text);
}

/** @param {string} folder */
async function foreignFilesOf(folder) {
	const read = Object.keys(FOREIGN).map(async (name) => [name, await readFile(join(folder, name), 'utf8')]);
	return Object.fromEntries(await Promise.all(read));
}

test('the demo has a folder of its own, and a reset touches nothing beside it', async () => {
	const folder = await ownDemoFolder(place);
	await mkdir(join(folder, '.n8n'));
	await writeFile(join(folder, '.n8n', 'database.sqlite'), 'of the demo');
	await resetDemo(folder);
	assert.deepEqual(await readdir(folder), ['made-by-n8n-nodes-voicefox.json']);
	assert.deepEqual(await foreignFilesOf(place), FOREIGN);
	assert.deepEqual((await readdir(place)).sort(), ['.n8n', 'thesis.txt', 'voicefox-demo']);
});

test('a reset leaves what somebody else has put into the folder of the demo', async () => {
	const folder = await ownDemoFolder(place);
	await writeFile(join(folder, 'thesis.txt'), 'three years of work');
	await resetDemo(await ownDemoFolder(place));
	assert.equal(await readFile(join(folder, 'thesis.txt'), 'utf8'), 'three years of work');
});

test('a folder of that name that the demo did not make is refused and stays as it is', async () => {
	const folder = join(place, 'voicefox-demo');
	await fill(folder);
	const { status, stderr } = start({}, '--once', '--reset', '--port', '0', '--folder', place);
	assert.equal(status, 1);
	assert.match(stderr, /voicefox-demo was not made by this demo, so nothing was changed in it/);
	assert.deepEqual(await foreignFilesOf(folder), FOREIGN);
	assert.deepEqual((await readdir(folder)).sort(), ['.n8n', 'thesis.txt']);
});

test('a path that n8n itself cannot load a package from is refused before anything is made', async () => {
	await assert.rejects(
		ownDemoFolder(join(place, "Aya's")),
		/n8n itself loads no package from a path with an apostrophe/,
	);
	assert.deepEqual((await readdir(place)).sort(), ['.n8n', 'thesis.txt']);
});

test('an option that npm has kept for itself is refused with what to type', () => {
	const { status, stderr } = start({ npm_config_reset: 'true' });
	assert.equal(status, 2);
	assert.match(stderr, /^\nnpm has kept "--reset" for itself: write -- in front of it\.\nUsage: npm start/);
});

/** @param {NodeJS.ProcessEnv} env @param {string[]} args */
const start = (env, ...args) =>
	spawnSync(process.execPath, ['scripts/start.mjs', ...args], {
		cwd: projectFolder,
		env: { ...process.env, ...env },
		encoding: 'utf8',
	});
