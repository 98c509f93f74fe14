// @ts-check
// What a download costs n8n in memory: a real n8n that keeps files on disk downloads one large recording from the
// stand-in for VoiceFox. Run it with `node bench/download-memory.mjs [MB]`; it needs Linux (/proc).
import { readFile, writeFile } from 'node:fs/promises';
import { executionAfter, newestExecutionId } from '../scripts/lib/executions.mjs';
import { Fault, runScript } from '../scripts/lib/faults.mjs';
import { sampleEvent } from '../scripts/lib/project.mjs';
import { send } from '../scripts/lib/webhook.mjs';
import { startVoiceFox } from '../test/stand-in/voicefox.mjs';
import { startTestN8n } from '../test/support/n8n.mjs';
import { connectionsFrom, TRIGGER_NAME, triggerNode, workflowNode } from '../test/support/workflows.mjs';

const MEGABYTE = 1024 * 1024;
const RUNS = 5;
/** What one download may add to n8n's memory, in MB. */
const ALLOWED = 50;

const megabytes = Number(process.argv[2] ?? 150);

/**
 * @param {number} pid
 * @param {'VmRSS' | 'VmHWM'} name memory now, or at most since the last reset; in MB
 */
async function memory(pid, name) {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

/** Sets VmHWM back to the memory of now (man 5 proc, clear_refs). @param {number} pid */
const resetPeak = (pid) => writeFile(`/proc/${pid}/clear_refs`, '5');

/**
 * Publishes trigger → Download Recording.
 * @param {import('../test/support/n8n.mjs').TestN8n} n8n
 * @param {Awaited<ReturnType<typeof startVoiceFox>>} voiceFox
 */
async function publishedDownload(n8n, voiceFox) {
	const data = { apiToken: voiceFox.world.token, region: 'custom', baseUrl: voiceFox.url };
	const voiceFoxApi = await n8n.storedCredential('voiceFoxApi', data);
	const trigger = { output: 'perCall', options: { ignoreDuplicates: false } };
	const download = { resource: 'call', operation: 'downloadRecording', options: { maxSize: megabytes } };
	return await n8n.publish({
		name: 'download-memory',
		nodes: [
			triggerNode(trigger, { credential: n8n.credential }),
			workflowNode('Download', 'n8n-nodes-voicefox.voiceFox', 1, download, { credentials: { voiceFoxApi } }),
		],
		connections: connectionsFrom(TRIGGER_NAME, [['Download']]),
	});
}

runScript(async () => {
	const voiceFox = await startVoiceFox();
	const n8n = await startTestN8n({ env: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' } });
	const { pid, rest } = n8n;
	try {
		const { workflowId, url } = await publishedDownload(n8n, voiceFox);
		const event = await sampleEvent('inbound-analysis');
		const sessionId = event.event_data.session_id;

		const downloaded = async (/** @type {number} */ size) => {
			voiceFox.record(sessionId, { size });
			event.event_data.record_url = voiceFox.addressOf(sessionId);
			const earlier = await newestExecutionId(rest, workflowId);
			await send(url, event, n8n.authorized);
			const execution = await executionAfter(rest, workflowId, earlier);
			const file = execution?.data.resultData.runData.Download?.[0]?.data?.main[0][0].binary?.data;
			if (file?.bytes !== size) throw new Fault(`The download did not succeed: ${execution?.status}`);
		};

		// The first executions load code; that is not the download's memory.
		for (let run = 0; run < RUNS; run++) await downloaded(MEGABYTE);
		let most = 0;
		for (let run = 1; run <= RUNS; run++) {
			await resetPeak(pid);
			const before = await memory(pid, 'VmRSS');
			const start = performance.now();
			await downloaded(megabytes * MEGABYTE);
			const seconds = (performance.now() - start) / 1000;
			const added = (await memory(pid, 'VmHWM')) - before;
			most = Math.max(most, added);
			console.log(
				`${megabytes} MB in ${seconds.toFixed(1)} s: ${before.toFixed(0)} MB before, at most ${added.toFixed(1)} MB more`,
			);
		}
		console.log(`Most of ${RUNS} downloads: ${most.toFixed(1)} MB (allowed: ${ALLOWED} MB)`);
		return most < ALLOWED ? 0 : 1;
	} finally {
		await n8n.remove({ keepsFolder: false });
		await voiceFox.close();
	}
});
