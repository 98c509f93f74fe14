// @ts-check
// `npm start -- --catch-up`: calls that end while n8n is stopped appear in the table after it is back. Shown with the ledger of
// examples/ and a stand-in for VoiceFox's account, which posts each event once and never again.
import { setTimeout as pause } from 'node:timers/promises';
import { startAccount } from '../../test/outage/support/account.mjs';
import { setUpLedger } from '../../test/outage/support/ledger.mjs';
import { startTestN8n } from '../../test/support/n8n.mjs';
import { step } from './progress.mjs';

const CALLS_BEFORE = 2;
const CALLS_MEANWHILE = 5;
/** The first poll takes what is in the log as known; then a call waits for its analysis, and for the next full minute. */
const POLL_MS = 65_000;
const PATIENCE_MS = 240_000;

/** Shows it, and ends what it started. @returns {Promise<number>} the exit code */
export async function showCatchUp() {
	const account = await startAccount();
	const n8n = await step('Starting n8n', () => startTestN8n());
	try {
		const ledger = await step('Publishing the ledger', () => setUpLedger(n8n, account.credential));
		await step('Waiting for the first look into the call log', () => pause(POLL_MS));

		await account.makeCalls(CALLS_BEFORE, 1000, ledger.url, n8n.authorized);
		await step(`${CALLS_BEFORE} calls, by their events`, () => untilRows(ledger, CALLS_BEFORE));
		await step('Stopping n8n', () => n8n.stop());
		await account.makeCalls(CALLS_MEANWHILE, 1000, ledger.url, n8n.authorized);
		console.log(`\n  Events of ${CALLS_BEFORE + CALLS_MEANWHILE} calls: ${account.fates()}\n`);

		await step('Starting n8n again', () => n8n.start());
		const all = CALLS_BEFORE + CALLS_MEANWHILE;
		const rows = await step('Waiting for the Call Log Trigger', () => untilRows(ledger, all));
		console.log(`\n  The table holds:\n\n${rows.map(line).join('\n')}\n`);
		return rows.length === all ? 0 : 1;
	} finally {
		await n8n.remove();
		await account.close();
	}
}

/**
 * @param {Awaited<ReturnType<typeof setUpLedger>>} ledger
 * @param {number} count
 */
async function untilRows(ledger, count) {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const rows = await ledger.rows();
		if (rows.length >= count || Date.now() > deadline) return rows;
		await pause(2000);
	}
}

/** @param {{ id: string, source: string | null }} row */
const line = ({ id, source }) => `    ${id}  ${source === 'call_log' ? 'from the call log' : 'by its event'}`;
