// @ts-check
// The panels of the action node and of the Call Log Trigger, as a person sees them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startAccount } from '../outage/support/account.mjs';
import { startVoiceFox } from '../stand-in/voicefox.mjs';
import { triggerNode, workflowNode } from '../support/workflows.mjs';
import { picture } from './browser.mjs';
import { chooseFromList, closeNode, openNode, openWorkflow } from './editor.mjs';

const ACTION_NODE = 'n8n-nodes-voicefox.voiceFox';
const POLLING_NODE = 'n8n-nodes-voicefox.voiceFoxCallLogTrigger';

/** @param {import('./world.mjs').World} world */
export function otherNodeTests(world) {
	/** @param {ReturnType<typeof workflowNode> & { credentials?: object }} node */
	const opened = async (node) => {
		const { workflowId } = await world.n8n.draft({ name: node.name, nodes: [node] });
		await openWorkflow(world.page, world.n8n.url, workflowId);
		await openNode(world.page, node.name);
	};

	/** @param {string[]} labels what must come up in the open node's panel */
	const untilShown = async (labels) => {
		for (const label of labels) {
			const shown = world.page.getByTestId('ndv').getByText(label, { exact: true }).filter({ visible: true });
			await shown.first().waitFor();
		}
	};

	test('a call is chosen from a list or by its ID, and becomes one row', async () => {
		await opened(workflowNode('Get the Call', ACTION_NODE, 1, { resource: 'call', operation: 'get' }));
		await untilShown(['Session ID', 'Fields', 'Columns', 'Add Column', 'Options']);
		await picture(world.page, 'get-call');
		await closeNode(world.page);
	});

	test('a sample asks for the URL first, then what to send', async () => {
		await opened(
			workflowNode('Send a Sample', ACTION_NODE, 1, { resource: 'trigger', operation: 'sendSample' }),
		);
		await untilShown(['Trigger URL', 'Event', 'Language', 'Questions']);
		await picture(world.page, 'send-sample');
		await closeNode(world.page);
	});

	test("From List offers the questions of the account's assistants", async () => {
		const voiceFox = await startVoiceFox();
		const [call] = voiceFox.world.calls;
		const startAt = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
		voiceFox.world.calls = [{ ...call, startAt, collect: null }];
		const question = 'How many guests will stay with us?';
		Object.assign(/** @type {object} */ (voiceFox.world.assistants[318]), { collect: [{ question }] });
		const data = { apiToken: voiceFox.world.token, region: 'custom', baseUrl: voiceFox.url };
		const credential = await world.n8n.storedCredential('voiceFoxApi', data);
		const columns = { values: [{ field: '', column: 'guests' }] };
		const node = triggerNode({ output: 'row', columns });
		await opened({ ...node, credentials: { ...node.credentials, voiceFoxApi: credential } });
		const offered = await chooseFromList(world.page, question);
		assert.deepEqual(offered.slice(0, 2), [question, 'session_id (unique ID of the call)']);
		await closeNode(world.page);
		await voiceFox.close();
	});

	test('the Call Log Trigger fetches the last call as a sample, without a URL and without a phone', async () => {
		const account = await startAccount();
		account.addPastCalls(1);
		const credential = await world.n8n.storedCredential('voiceFoxApi', account.credential);
		await opened(
			workflowNode(
				'New Calls',
				POLLING_NODE,
				1,
				{ output: 'row' },
				{ credentials: { voiceFoxApi: credential } },
			),
		);
		await world.page.getByTestId('trigger-execute-button').click();
		await world.page.getByText('call_log', { exact: true }).first().waitFor();
		await picture(world.page, 'call-log-trigger');
		await closeNode(world.page);
		await account.close();
	});
}
