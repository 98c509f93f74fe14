// @ts-check
import { outputsOf } from './executions.mjs';
import { productionUrl } from './webhook.mjs';

/** The demo workflow's nodes behind its trigger with three outputs, and how many items an event must give there. */
const BRANCHES = [
	{ output: 'Call', node: 'Call', expected: () => 1 },
	{
		output: 'Answers',
		node: 'Each Answer',
		expected: (/** @type {any} */ event) => event.event_data.collect_targets.length,
	},
	{
		output: 'Analysis',
		node: 'Each Analysis',
		expected: (/** @type {any} */ event) => event.event_data.conversation_analysis.length,
	},
];

/** As wide as a terminal usually is. */
const WIDTH = 118;

/** @typedef {{ output: string, items: number, expected: number }} Received */

/**
 * What the branches of the three outputs received in an execution.
 * @param {any} event the event that started it
 * @param {import('./executions.mjs').Execution | undefined} execution undefined: there was none
 * @returns {Received[]} one per output
 */
export const receivedByBranches = (event, execution) =>
	BRANCHES.map(({ output, node, expected }) => ({
		output,
		items: execution ? (outputsOf(execution, node)[0] ?? []).length : 0,
		expected: expected(event),
	}));

/** @param {Received[]} received @returns {string} in a line */
export const outputLine = (received) =>
	received
		.map(
			({ output, items, expected }) => `${output}: ${items}${items === expected ? '' : `, not ${expected}!`}`,
		)
		.join('   ');

/**
 * Rows as a table for the terminal, as many columns as fit.
 * @param {import('./demo-table.mjs').Row[]} rows
 */
export function rowTable(rows) {
	const cells = [
		Object.keys(rows[0] ?? {}),
		...rows.map((row) => Object.values(row).map((value) => `${value ?? ''}`)),
	];
	const widths = (cells[0] ?? []).map((_, column) =>
		Math.max(...cells.map((row) => (row[column] ?? '').length)),
	);
	const fitting = widths.filter(
		(_, column) => widths.slice(0, column + 1).reduce((sum, width) => sum + width + 2, 0) <= WIDTH,
	);
	const line = (/** @type {string[]} */ row) =>
		`    ${fitting.map((width, column) => (row[column] ?? '').padEnd(width)).join('  ')}`.trimEnd();
	const [header = [], ...others] = cells;
	return [line(header), line(fitting.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}

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
