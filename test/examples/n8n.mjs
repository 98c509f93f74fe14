// @ts-check
import { fileURLToPath } from 'node:url';
import { startTestN8n } from '../support/n8n.mjs';
import { startVoiceFox } from '../stand-in/voicefox.mjs';
import { triggerNode } from '../support/workflows.mjs';
import { callsOfTask, example, TRIGGER } from './samples.mjs';
import { startStandIn } from './stand-in.mjs';

const redirect = fileURLToPath(new URL('./redirect.cjs', import.meta.url));

/**
 * Where the stand-ins are.
 * @typedef {{ standInUrl: string, voiceFox: Awaited<ReturnType<typeof startVoiceFox>> }} Addresses
 */

/**
 * A new n8n whose requests to outside services go to a stand-in, and a stand-in for VoiceFox's API.
 * @param {{ signsIn?: boolean }} [options]
 */
export async function startN8nWithStandIn(options) {
	const standIn = await startStandIn();
	const voiceFox = await startVoiceFox();
	voiceFox.world.calls.push(...callsOfTask);
	const env = { NODE_OPTIONS: `--require "${redirect}"`, STAND_IN_URL: standIn.url };
	const n8n = await startTestN8n({ ...options, env });
	const stop = async () => {
		await n8n.remove();
		await standIn.close();
		await voiceFox.close();
	};
	return { n8n, standIn, addresses: { standInUrl: standIn.url, voiceFox }, stop };
}

/**
 * Publishes an example as its user would: with credentials chosen, an address of its own, and nothing pinned.
 * @param {import('../support/n8n.mjs').N8n} n8n
 * @param {string} name
 * @param {(node: any) => any} withCredential gives a node what its user would fill in
 */
export async function publishExample(n8n, name, withCredential) {
	const { pinData, ...workflow } = await example(name);
	const { webhookId, credentials } = triggerNode({}, { credential: n8n.credential });
	const nodes = workflow.nodes.map((/** @type {any} */ node) =>
		node.name === TRIGGER ? { ...node, webhookId, credentials } : withCredential(node),
	);
	return { workflow, ...(await n8n.publish({ ...workflow, nodes })) };
}
