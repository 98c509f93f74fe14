// @ts-check
// The ledger under outages of n8n in queue mode, with PostgreSQL: the main process is killed, the worker lives.
import { promise } from '../reliability/support/report.mjs';
import { ownServices } from '../queue/services.mjs';
import { startTestN8n } from '../support/n8n.mjs';
import { CALLS, proveLedger } from './support/outages.mjs';

const services = await ownServices();
const n8n = await startTestN8n({ env: { EXECUTIONS_MODE: 'queue', ...services.environment } });
await n8n.startProcess('worker', { args: ['--concurrency=10'] });

/** @param {string} workflowId */
async function isRunning(workflowId) {
	const sql = `SELECT 1 FROM execution_entity WHERE "workflowId" = $1 AND status IN ('running', 'waiting')`;
	return (await services.query(sql, [workflowId])).length > 0;
}

await promise(`Queue mode: ${CALLS} calls, each once in the table`, () => proveLedger(n8n, isRunning));

await n8n.remove();
await services.remove();
