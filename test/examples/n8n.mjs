// @ts-check
import { fileURLToPath } from 'node:url';
import { startTestN8n } from '../support/n8n.mjs';
import { startStandIn } from './stand-in.mjs';

const redirect = fileURLToPath(new URL('./redirect.cjs', import.meta.url));

/**
 * A new n8n whose requests to outside services go to a stand-in.
 * @param {{ signsIn?: boolean }} [options]
 */
export async function startN8nWithStandIn(options) {
	const standIn = await startStandIn();
	const env = { NODE_OPTIONS: `--require "${redirect}"`, STAND_IN_URL: standIn.url };
	const n8n = await startTestN8n({ ...options, env });
	const stop = async () => {
		await n8n.remove();
		await standIn.close();
	};
	return { n8n, standIn, stop };
}
