// @ts-check
import { cacheFolder } from './cache.mjs';
import { productionUrl } from './webhook.mjs';

/**
 * @param {import('./n8n.mjs').RunningN8n} n8n
 * @param {import('./demo-folder.mjs').Demo} demo
 * @param {{ address: string }} table
 */
export function howToGoOn(n8n, demo, table) {
	const address = `http://localhost:${n8n.port}`;
	return `  The demo         ${address}/workflow/${demo.workflowId}
  Its table        ${address}${table.address}
  Sign in with     ${demo.owner.email}
  Password         ${demo.owner.password}
  n8n's log        ${n8n.logFile}

  Send another call from a second terminal, in this folder:

  npm run send -- --kind inbound --language en --token ${demo.token} --url ${productionUrl(address, demo.rowWebhookId)}

  It becomes a row of the table a moment later. Ctrl-C ends everything.
`;
}

/** @param {string} demoFolder */
export const whatStays = (
	demoFolder,
) => `  Stopped. For the next start these stay; to be rid of them, delete them:
  n8n and its Node (3 GB)   ${cacheFolder()}
  The demo's data           ${demoFolder}`;
