// @ts-check
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, isAlive } from './cache.mjs';
import { Fault } from './faults.mjs';
import { projectFolder } from './install.mjs';
import { runN8nTool } from './n8n.mjs';
import { readJson } from './project.mjs';

const SECRETS = 'secrets.json';
const LOCK = 'running.json';
const IMPORTED = 'imported.json';
const IMPORT = 'import.json';
const NAME = 'voicefox-demo';
const MARK = 'made-by-n8n-nodes-voicefox.json';
/** All that the demo and its n8n write into their folder. */
const MADE = ['.n8n', 'n8n-start.log', SECRETS, LOCK, IMPORTED, IMPORT];
const WORKFLOW_FILE = 'examples/demo-workflow.json';

/**
 * Where the demo's n8n keeps its data between starts: never the folder that the user names, which may hold an n8n of theirs,
 * but one of the demo's own in it, with a mark that says so. A fault when a folder of this name is there without the mark.
 * @param {string} [place] default: the cache
 * @returns {Promise<string>}
 */
export async function ownDemoFolder(place = cacheFolder()) {
	const folder = join(place, NAME);
	// n8n writes the path into JavaScript between apostrophes (n8n-core's load-class-in-isolation.ts).
	if (folder.includes("'"))
		throw new Fault(
			`n8n itself loads no package from a path with an apostrophe (${folder}): choose another place with --folder.`,
		);
	await mkdir(folder, { recursive: true });
	const entries = await readdir(folder);
	if (entries.length > 0 && !entries.includes(MARK))
		throw new Fault(
			`${folder} was not made by this demo, so nothing was changed in it: choose another place with --folder.`,
		);
	await writeJson(folder, MARK, { madeBy: 'npm start of n8n-nodes-voicefox' });
	return folder;
}

/**
 * The demo's user folder with credential and workflow imported: on the first start, and when the workflow's file changed.
 * @typedef {Awaited<ReturnType<typeof prepareDemo>>} Demo
 * @param {string} userFolder what `ownDemoFolder` gave
 */
export async function prepareDemo(userFolder) {
	const secrets = await keptSecrets(userFolder);
	const workflow = await readJson(WORKFLOW_FILE);
	const [row, outputs] = workflow.nodes.filter(
		(/** @type {any} */ node) => node.type === 'n8n-nodes-voicefox.voiceFoxTrigger',
	);
	await importOnce(userFolder, workflow, row.credentials.voiceFoxWebhookApi, secrets.token);
	return {
		userFolder,
		/** What the trigger's credential holds. @type {string} */
		token: secrets.token,
		owner: {
			email: 'demo@voicefox.example',
			firstName: 'VoiceFox',
			lastName: 'Demo',
			password: secrets.password,
		},
		/** @type {string} */
		workflowId: workflow.id,
		/** Of the trigger that gives a row per call. @type {string} */
		rowWebhookId: row.webhookId,
		/** Of the trigger with the three outputs. @type {string} */
		outputsWebhookId: outputs.webhookId,
		/** @type {string} */
		outputsTrigger: outputs.name,
		workflow,
	};
}

/**
 * Forgets the demo of earlier starts: removes what it has made, and nothing that somebody else has put there.
 * @param {string} userFolder what `ownDemoFolder` gave
 */
export const resetDemo = (userFolder) =>
	Promise.all(MADE.map((name) => rm(join(userFolder, name), { recursive: true, force: true })));

/**
 * Notes that a demo is running, because two n8n must not share one database.
 * @param {string} userFolder
 * @param {string} url
 */
export const lockDemo = (userFolder, url) => writeJson(userFolder, LOCK, { pid: process.pid, url });

/**
 * A fault when a demo is running already.
 * @param {string} userFolder
 */
export async function refuseSecondDemo(userFolder) {
	const lock = await readKept(userFolder, LOCK);
	if (!lock || !isAlive(lock.pid)) return;
	// Another program may have got the process ID of an ended demo.
	const answers = await fetch(`${lock.url}/healthz`).then(
		({ ok }) => ok,
		() => false,
	);
	if (answers)
		throw new Fault(
			`The demo is running already, at ${lock.url} (process ${lock.pid}): stop that one first.`,
		);
}

/**
 * The demo's secrets: made once, never in the repository.
 * @param {string} userFolder
 */
async function keptSecrets(userFolder) {
	const kept = await readKept(userFolder, SECRETS);
	if (kept) return kept;
	const secrets = {
		token: randomBytes(24).toString('base64url'),
		password: `Fox-1-${randomBytes(6).toString('hex')}`,
	};
	await writeJson(userFolder, SECRETS, secrets);
	return secrets;
}

/**
 * @param {string} userFolder
 * @param {{ id: string }} workflow
 * @param {{ id: string, name: string }} credential
 * @param {string} authorizationToken
 */
async function importOnce(userFolder, workflow, credential, authorizationToken) {
	const fingerprint = createHash('sha256').update(JSON.stringify(workflow)).digest('hex');
	if ((await readKept(userFolder, IMPORTED))?.fingerprint === fingerprint) return;
	const data = { authorizationToken, previousAuthorizationToken: '' };
	const file = await writeJson(userFolder, IMPORT, [{ ...credential, type: 'voiceFoxWebhookApi', data }]);
	try {
		await runN8nTool(['import:credentials', `--input=${file}`], { userFolder });
	} finally {
		await rm(file, { force: true });
	}
	await runN8nTool(['import:workflow', `--input=${join(projectFolder, WORKFLOW_FILE)}`], { userFolder });
	await runN8nTool(['publish:workflow', `--id=${workflow.id}`], { userFolder });
	await writeJson(userFolder, IMPORTED, { fingerprint });
}

/**
 * @param {string} userFolder
 * @param {string} name
 */
async function readKept(userFolder, name) {
	const text = await readFile(join(userFolder, name), 'utf8').catch(() => undefined);
	return text === undefined ? undefined : JSON.parse(text);
}

/**
 * @param {string} userFolder
 * @param {string} name
 * @param {unknown} content
 * @returns {Promise<string>} the file's path
 */
async function writeJson(userFolder, name, content) {
	const file = join(userFolder, name);
	await writeFile(file, JSON.stringify(content, null, '\t'), { mode: 0o600 });
	return file;
}
