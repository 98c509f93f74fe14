// @ts-check
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, isAlive } from './cache.mjs';
import { Fault } from './faults.mjs';
import { projectFolder } from './install.mjs';
import { runN8nTool } from './n8n.mjs';
import { readJson } from './project.mjs';

const SECRETS = 'secrets.json';
const LOCK = 'running.json';
const IMPORTED = 'imported.json';
const WORKFLOW_FILE = 'examples/demo-workflow.json';

/**
 * @typedef {object} Demo
 * @property {string} userFolder
 * @property {string} token what the trigger's credential holds
 * @property {import('./rest.mjs').Owner} owner
 * @property {string} workflowId
 * @property {string} rowWebhookId of the trigger that gives a row per call
 * @property {string} outputsWebhookId of the trigger with the three outputs
 * @property {any} workflow
 */

/** Where the demo's n8n keeps its database between starts, unless another folder is asked for. */
export const usualDemoFolder = () => join(cacheFolder(), 'demo');

/**
 * The demo's user folder with credential and workflow imported: on the first start, and when the workflow's file changed.
 * @param {string} userFolder
 * @returns {Promise<Demo>}
 */
export async function prepareDemo(userFolder) {
	await mkdir(userFolder, { recursive: true });
	const secrets = await keptSecrets(userFolder);
	const workflow = await readJson(WORKFLOW_FILE);
	const [row, outputs] = workflow.nodes.filter(
		(/** @type {any} */ node) => node.type === 'n8n-nodes-voicefox.voiceFoxTrigger',
	);
	await importOnce(userFolder, workflow, row.credentials.voiceFoxWebhookApi, secrets.token);
	return {
		userFolder,
		token: secrets.token,
		owner: {
			email: 'demo@voicefox.example',
			firstName: 'VoiceFox',
			lastName: 'Demo',
			password: secrets.password,
		},
		workflowId: workflow.id,
		rowWebhookId: row.webhookId,
		outputsWebhookId: outputs.webhookId,
		workflow,
	};
}

/**
 * Forgets the demo of earlier starts.
 * @param {string} userFolder
 */
export async function resetDemo(userFolder) {
	// Never a folder that holds anything else.
	if (!(await readKept(userFolder, SECRETS))) return;
	await rm(userFolder, { recursive: true, force: true });
}

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
	const file = await writeJson(userFolder, 'import.json', [
		{ ...credential, type: 'voiceFoxWebhookApi', data },
	]);
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
