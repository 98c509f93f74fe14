// @ts-check
// The ledger under outages of one n8n with SQLite.
import { after } from 'node:test';
import { inDatabase } from '../../scripts/lib/database.mjs';
import { promise } from '../reliability/support/report.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { CALLS, proveLedger } from './support/outages.mjs';

const n8n = await startTestN8n();
after(() => n8n.remove());

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
