// @ts-check
// What a download costs n8n in memory: a real n8n that keeps files on disk downloads one large recording from the
// stand-in for VoiceFox. Run it with `node bench/download-memory.mjs [MB]`; it needs Linux (/proc).
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { executionAfter, newestExecutionId } from '../scripts/lib/executions.mjs';
import { Fault, runScript } from '../scripts/lib/faults.mjs';
import { startN8n } from '../scripts/lib/n8n.mjs';
import { installPackage, packedProject, removeTarball, sampleEvent } from '../scripts/lib/project.mjs';
import { createCredential, publishWorkflow, restOf, sessionCookie } from '../scripts/lib/rest.mjs';
import { productionUrl, send, untilRegistered } from '../scripts/lib/webhook.mjs';
import { startVoiceFox } from '../test/stand-in/voicefox.mjs';

const MEGABYTE = 1024 * 1024;
const RUNS = 5;
/** What one download may add to n8n's memory, in MB. */
const ALLOWED = 50;

const webhookToken = randomUUID();
const megabytes = Number(process.argv[2] ?? 150);

/** @param {string} userFolder the folder that our n8n, and no other process, was started in */
async function pidOf(userFolder) {
	for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
		const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
		const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
		if (cwd === userFolder && command.includes('\0start')) return pid;
	}
	throw new Fault('The process of n8n was not found in /proc. This benchmark needs Linux.');
}

/**
 * @param {string} pid
 * @param {'VmRSS' | 'VmHWM'} name memory now, or at most since the last reset; in MB
 */
async function memory(pid, name) {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
}

/** Sets VmHWM back to the memory of now (man 5 proc, clear_refs). @param {string} pid */
const resetPeak = (pid) => writeFile(`/proc/${pid}/clear_refs`, '5');

/**
 * Publishes trigger → Download Recording.
 *
 * @param {import('../scripts/lib/rest.mjs').Rest} rest
 * @param {Awaited<ReturnType<typeof startVoiceFox>>} voiceFox
 */
async function publishedDownload(rest, voiceFox) {
	const webhookId = randomUUID();
	const data = { apiToken: voiceFox.world.token, region: 'custom', baseUrl: voiceFox.url };
	const webhookData = { authorizationToken: webhookToken, previousAuthorizationToken: '' };
	const api = await createCredential(rest, { name: 'REST', type: 'voiceFoxApi', data });
	const webhook = await createCredential(rest, {
		name: 'Webhook',
		type: 'voiceFoxWebhookApi',
		data: webhookData,
	});
	const node = (/** @type {string} */ name, /** @type {object} */ rest) => ({
		id: randomUUID(),
		name,
		position: [0, 0],
		...rest,
	});
	const workflowId = await publishWorkflow(rest, {
		name: 'download-memory',
		nodes: [
			node('Trigger', {
				type: 'n8n-nodes-voicefox.voiceFoxTrigger',
				typeVersion: 2,
				webhookId,
				parameters: { output: 'perCall', options: { ignoreDuplicates: false } },
				credentials: { voiceFoxWebhookApi: { id: webhook, name: 'Webhook' } },
			}),
			node('Download', {
				type: 'n8n-nodes-voicefox.voiceFox',
				typeVersion: 1,
				parameters: {
					resource: 'call',
					operation: 'downloadRecording',
					options: { maxSize: megabytes },
				},
				credentials: { voiceFoxApi: { id: api, name: 'REST' } },
			}),
		],
		connections: { Trigger: { main: [[{ node: 'Download', type: 'main', index: 0 }]] } },
	});
	return { workflowId, webhookId };
}

runScript(async () => {
	const userFolder = await mkdtemp(join(tmpdir(), 'voicefox-memory-'));
	const voiceFox = await startVoiceFox();
	const tarball = await packedProject();
	await installPackage(tarball, userFolder).finally(() => removeTarball(tarball));
	const n8n = await startN8n({ userFolder, env: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' } });
	try {
		const password = `Fox-1-${randomUUID()}`;
		const owner = { email: 'bench@voicefox.example', firstName: 'B', lastName: 'M', password };
		const rest = restOf(n8n.url, await sessionCookie(n8n.url, owner));
		const { workflowId, webhookId } = await publishedDownload(rest, voiceFox);
		const url = productionUrl(n8n.url, webhookId);
		const event = await sampleEvent('inbound-analysis');
		const sessionId = event.event_data.session_id;
		if (!(await untilRegistered(url))) throw new Fault('The workflow was not registered.');

		const downloaded = async (/** @type {number} */ size) => {
			voiceFox.record(sessionId, { size });
			event.event_data.record_url = voiceFox.addressOf(sessionId);
			const earlier = await newestExecutionId(rest, workflowId);
			await send(url, event, { authorization: webhookToken });
			const execution = await executionAfter(rest, workflowId, earlier);
			const file = execution?.data.resultData.runData.Download?.[0]?.data?.main[0][0].binary?.data;
			if (file?.bytes !== size) throw new Fault(`The download did not succeed: ${execution?.status}`);
		};

		const pid = await pidOf(userFolder);
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
		await n8n.stop();
		await voiceFox.close();
		await rm(userFolder, { recursive: true, force: true });
	}
});
