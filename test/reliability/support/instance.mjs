// @ts-check
import { randomBytes, randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countExecutions } from '../../../scripts/lib/executions.mjs';
import { Fault } from '../../../scripts/lib/faults.mjs';
import { startN8n } from '../../../scripts/lib/n8n.mjs';
import {
	createCredential,
	createWorkflow,
	publishWorkflow,
	restOf,
	sessionCookie,
} from '../../../scripts/lib/rest.mjs';
import { productionUrl, send, testUrl, untilRegistered } from '../../../scripts/lib/webhook.mjs';

export const TRIGGER_NAME = 'VoiceFox Trigger';

const randomSecret = () => randomBytes(24).toString('base64url');

/** The folder that `npm run test:reliability` has put the packed package into. */
export function packageFolder() {
	const folder = process.env.RELIABILITY_FOLDER;
	if (!folder) throw new Fault('Start this with `npm run test:reliability`.');
	return join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-voicefox');
}

/**
 * A real n8n of its own with the package installed, an owner signed in and a credential stored.
 * @typedef {Awaited<ReturnType<typeof freshN8n>>} Instance
 * @param {Record<string, string>} [env] added to n8n's environment
 */
export async function freshN8n(env = {}) {
	const nodes = join(packageFolder(), '..', '..');
	const userFolder = await mkdtemp(join(tmpdir(), 'voicefox-reliable-n8n-'));
	await mkdir(join(userFolder, '.n8n'), { recursive: true });
	await cp(nodes, join(userFolder, '.n8n', 'nodes'), { recursive: true });

	let n8n = await startN8n({ userFolder, env });
	const owner = {
		email: 'owner@voicefox.example',
		firstName: 'Re',
		lastName: 'Liable',
		password: `Fox-1-${randomSecret()}`,
	};
	const cookie = await sessionCookie(n8n.url, owner);
	const token = randomSecret();
	const stored = {
		name: 'VoiceFox',
		type: 'voiceFoxWebhookApi',
		data: { authorizationToken: token, previousAuthorizationToken: '' },
	};
	const credentialId = await createCredential(restOf(n8n.url, cookie), stored);

	return {
		token,
		userFolder,
		credential: { id: credentialId, name: stored.name },
		get url() {
			return n8n.url;
		},
		get log() {
			return n8n.log();
		},
		get logFile() {
			return n8n.logFile;
		},
		get hasEnded() {
			return n8n.hasEnded();
		},
		get rest() {
			return restOf(n8n.url, cookie);
		},
		stop: () => n8n.stop(),
		kill: () => n8n.kill(),
		/** Starts it again, at the same address, as after a crash or an update. */
		start: async () => {
			n8n = await startN8n({ userFolder, env, port: n8n.port });
		},
		/** Ends it; its data and log stay for a look when a promise was broken. */
		remove: async () => {
			await n8n.stop();
			if (process.exitCode) console.log(`  n8n's data and log stay for a look: ${userFolder}`);
			else await rm(userFolder, { recursive: true, force: true });
		},
	};
}

/**
 * A workflow of this node alone, published unless it is a draft.
 * @typedef {Awaited<ReturnType<typeof triggerOn>>} Trigger
 * @param {Instance} n8n
 * @param {object} [parameters] the rest keeps its defaults
 * @param {{ isDraft?: boolean, credential?: { id: string, name: string } }} [options]
 */
export async function triggerOn(n8n, parameters = {}, { isDraft = false, credential = n8n.credential } = {}) {
	const webhookId = randomUUID();
	const node = {
		parameters,
		id: randomUUID(),
		name: TRIGGER_NAME,
		type: 'n8n-nodes-voicefox.voiceFoxTrigger',
		typeVersion: 2,
		position: [0, 0],
		webhookId,
		credentials: { voiceFoxWebhookApi: credential },
	};
	const workflow = { name: `reliability ${webhookId}`, nodes: [node], settings: { executionOrder: 'v1' } };
	const workflowId = await (isDraft ? createWorkflow : publishWorkflow)(n8n.rest, workflow);
	const trigger = triggerAt(n8n, workflowId, webhookId);
	if (!isDraft && !(await untilRegistered(trigger.url)))
		throw new Fault(`n8n does not register ${trigger.url}`);
	return trigger;
}

/**
 * @param {Instance} n8n
 * @param {string} workflowId
 * @param {string} webhookId
 */
export function triggerAt(n8n, workflowId, webhookId) {
	const headers = { authorization: `Bearer ${n8n.token}` };
	return {
		workflowId,
		headers,
		get url() {
			return productionUrl(n8n.url, webhookId);
		},
		get testUrl() {
			return testUrl(n8n.url, webhookId);
		},
		/**
		 * @param {object} event
		 * @returns {Promise<string>} the answer, such as `200 {}`
		 */
		async answerTo(event) {
			const { status, text } = await send(productionUrl(n8n.url, webhookId), event, headers);
			return `${status} ${text}`;
		},
		executions: () => countExecutions(n8n.userFolder, workflowId),
	};
}
