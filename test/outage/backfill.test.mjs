// @ts-check
// The history of an account, emitted 500 calls at a time: each call once, and n8n's memory stays flat.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { outputsOf } from '../../scripts/lib/executions.mjs';
import { amount, grouped, promise } from '../reliability/support/report.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { CALL_LOG_TRIGGER_NAME, callLogTriggerNode } from '../support/workflows.mjs';
import { startAccount } from './support/account.mjs';

const CALLS = amount({ full: 10_000, short: 600 });
const AT_ONCE = 500;
const DAYS = 40;
const PAGE_SIZE = 100;
const POLL_MS = 60_000;
const FLAT_WITHIN_MB = 100;

const account = await startAccount();
const n8n = await startTestN8n();

/** What n8n's process holds, in MB (Linux). */
const residentMb = () =>
	Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${n8n.pid}/status`, 'utf8'))?.[1]) / 1024;

await promise(`${CALLS} calls of the past, each once`, async () => {
	account.addPastCalls(CALLS);
	const credential = await n8n.storedCredential('voiceFoxApi', account.credential);
	const parameters = {
		pollTimes: { item: [{ mode: 'everyMinute' }] },
		output: 'row',
		options: { startFrom: new Date(Date.now() - DAYS * 86_400_000).toISOString() },
	};
	const { workflowId } = await n8n.publish({
		name: 'backfill',
		nodes: [callLogTriggerNode(parameters, credential)],
	});
	const polls = Math.ceil(CALLS / AT_ONCE);
	const memory = [];
	const deadline = Date.now() + (polls + 3) * POLL_MS;
	while ((await n8n.executionCount(workflowId)) < polls && Date.now() < deadline) {
		await pause(POLL_MS / 4);
		memory.push(residentMb());
	}
	// The last execution is being stored.
	await pause(POLL_MS / 4);

	const ids = (await n8n.executions(workflowId)).flatMap((execution) =>
		(outputsOf(execution, CALL_LOG_TRIGGER_NAME)[0] ?? []).map((/** @type {any} */ { session_id: id }) => id),
	);
	assert.equal(new Set(ids).size, ids.length, 'none doubled');
	assert.deepEqual(ids.sort(), account.sessionIds().sort());

	const growth = Math.max(...memory) - (memory[0] ?? 0);
	assert.ok(growth < FLAT_WITHIN_MB, `n8n grew by ${growth} MB`);
	// The history is read once, a day with its calls and the page that ends it at a time; the polls after it read little.
	const pages = account.requests() - CALLS;
	assert.ok(pages <= CALLS / PAGE_SIZE + 3 * DAYS + 10 * polls, `${pages} pages`);
	return `${polls} executions; ${grouped(account.requests())} requests: ${pages} pages and ${grouped(CALLS)} calls; n8n grew by ${grouped(growth)} MB`;
});

await n8n.remove();
await account.close();
