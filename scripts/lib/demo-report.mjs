// @ts-check
import { outputsOf } from './executions.mjs';
import { productionUrl } from './webhook.mjs';

/** What the table shows of each output's first item, and how many items a sample event must give there. */
const OUTPUTS = [
	{
		name: 'Call',
		fields: ['direction', 'caller_number', 'callee_number', 'billsec', 'answers_hit', 'answers_total'],
		expected: () => 1,
	},
	{
		name: 'Collected Answers',
		fields: ['question', 'result', 'hit'],
		expected: (/** @type {any} */ event) => event.event_data.collect_targets.length,
	},
	{
		name: 'Conversation Analysis',
		fields: ['title', 'result'],
		expected: (/** @type {any} */ event) => event.event_data.conversation_analysis.length,
	},
];

/** @typedef {{ event: string, output: string, branch: string, items: any[], expected: number, fields: string[] }} Received */

/**
 * What the workflow's branches received in an execution.
 * @param {any} event the event that started it
 * @param {any} workflow
 * @param {import('./executions.mjs').Execution | undefined} execution undefined: there was none
 * @returns {Received[]} one per output of the trigger
 */
export function receivedByBranches(event, workflow, execution) {
	const branches = Object.values(workflow.connections)[0].main;
	return OUTPUTS.map(({ name, fields, expected }, output) => {
		const branch = branches[output][0].node;
		const items = execution ? (outputsOf(execution, branch)[0] ?? []) : [];
		return { event: event.event_name, output: name, branch, items, expected: expected(event), fields };
	});
}

/** @param {Received[]} received */
export function outputTable(received) {
	const header = ['Event', 'Output', 'Node', 'Items', 'First item'];
	const rows = received.map(({ event, output, branch, items, expected, fields }) => [
		event,
		output,
		branch,
		items.length === expected ? String(items.length) : `${items.length}, not ${expected}!`,
		fields.map((field) => `${field}: ${items[0]?.[field] ?? '-'}`).join(', '),
	]);
	const widths = header.map((_, column) =>
		Math.max(...[header, ...rows].map((row) => (row[column] ?? '').length)),
	);
	const line = (/** @type {string[]} */ cells) =>
		`  ${cells.map((cell, column) => (column === 4 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')}`;
	const rule = line(widths.map((width, column) => '-'.repeat(column === 4 ? 'First item'.length : width)));
	return ['', line(header), rule, ...rows.map(line), ''].join('\n');
}

/**
 * @param {import('./n8n.mjs').RunningN8n} n8n
 * @param {import('./demo-folder.mjs').Demo} demo
 */
export function howToGoOn(n8n, demo) {
	const address = `http://localhost:${n8n.port}`;
	return `  n8n's editor     ${address}
  Sign in with     ${demo.owner.email}
  Password         ${demo.owner.password}
  The demo         ${address}/workflow/${demo.workflowId}
  What arrived     ${address}/workflow/${demo.workflowId}/executions

  Send another call from a second terminal (in this folder):

  ${curlLine(productionUrl(address, demo.webhookId), demo.token)}

  It appears in the list "What arrived" a moment later. Ctrl-C ends everything.
`;
}

/**
 * @param {string} url
 * @param {string} token
 */
function curlLine(url, token) {
	const request = `curl -i -X POST ${url} -H "Authorization: Bearer ${token}" -H "Content-Type: application/json"`;
	const sample = 'test/fixtures/inbound-analysis.json';
	if (process.platform === 'win32') return `${request} --data-binary @${sample}`;
	// A session ID of its own each time: the same event sent twice is a repeat, not another call.
	return `sed "s/b7c0f1e2/$(date +%s)/" ${sample} | ${request} --data-binary @-`;
}
