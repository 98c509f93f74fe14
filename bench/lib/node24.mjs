// @ts-check
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runScript } from '../../scripts/lib/faults.mjs';
import { ensureDependencies } from '../../scripts/lib/install.mjs';
import { installedN8n } from '../../scripts/lib/n8n-install.mjs';

const STOPPING = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a benchmark on the Node that n8n runs with, because it needs `node:sqlite` and WebSocket; started on an older
 * one it starts itself again.
 * @param {string} scriptUrl the benchmark's `import.meta.url`
 * @param {() => Promise<number | void>} benchmark gives the exit code
 */
export const runOnNode24 = (scriptUrl, benchmark) =>
	runScript(async () => {
		await ensureDependencies();
		const { node } = await installedN8n();
		if (Number(process.versions.node.split('.')[0]) >= 24) return await benchmark();
		const again = spawn(node, [fileURLToPath(scriptUrl), ...process.argv.slice(2)], {
			env: { ...process.env, NODE_NO_WARNINGS: '1' },
			stdio: 'inherit',
		});
		// It ends what it has started by itself, and is waited for.
		for (const signal of STOPPING) process.on(signal, () => again.kill(signal));
		return await new Promise((resolve) => again.once('exit', (code) => resolve(code ?? 1)));
	});
