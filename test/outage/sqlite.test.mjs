// @ts-check
// The ledger under outages of one n8n with SQLite.
import assert from 'node:assert/strict';
import { inDatabase } from '../support/database.mjs';
import { send, untilRegistered } from '../../scripts/lib/webhook.mjs';
import { sampleEvent } from '../../scripts/lib/project.mjs';
import { promise } from '../reliability/support/report.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { callLogTriggerNode, triggerNode } from '../support/workflows.mjs';
import { startAccount } from './support/account.mjs';
import { CALLS, proveLedger } from './support/outages.mjs';

const n8n = await startTestN8n();

/** @param {string} workflowId */
const isRunning = (workflowId) =>
	inDatabase(
		n8n.userFolder,
		(database) =>
			database
				.prepare(`SELECT 1 FROM execution_entity WHERE workflowId = ? AND status IN ('running', 'waiting')`)
				.get(workflowId) !== undefined,
		{ readOnly: true },
	);

await promise(`SQLite: ${CALLS} calls, each once in the table`, () => proveLedger(n8n, isRunning));

/**
 * A workflow with both triggers is published and takes events, whatever the API answers; also after a start of n8n.
 * @param {object} apiCredential
 */
async function takesEvents(apiCredential) {
	const credential = await n8n.storedCredential('voiceFoxApi', apiCredential);
	const pollTimes = { item: [{ mode: 'everyMinute' }] };
	const { url } = await n8n.publish({
		name: 'both triggers',
		nodes: [triggerNode({}, { credential: n8n.credential }), callLogTriggerNode({ pollTimes }, credential)],
	});
	return url;
}

const account = await startAccount();
await promise('With the API down or a wrong token, another trigger of the workflow stays up', async () => {
	const nowhere = { ...account.credential, baseUrl: 'http://127.0.0.1:1' };
	const urls = [
		await takesEvents(nowhere),
		await takesEvents({ ...account.credential, apiToken: 'another example' }),
	];
	const event = await sampleEvent('inbound-analysis');
	const answers = async () =>
		await Promise.all(urls.map(async (url) => (await send(url, event, n8n.authorized)).text));
	assert.deepEqual(await answers(), ['{}', '{}'], 'after publishing');
	await n8n.stop();
	await n8n.start();
	for (const url of urls) assert.ok(await untilRegistered(url, 60_000));
	assert.deepEqual(await answers(), ['{}', '{}'], 'after a start of n8n');
});

await account.close();
await n8n.remove();
