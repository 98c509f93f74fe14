// @ts-check
import { join } from 'node:path';
import { ensureDependencies, projectFolder } from '../../scripts/lib/install.mjs';
import { runScript } from '../../scripts/lib/faults.mjs';
import { startGroup } from '../../scripts/lib/process-groups.mjs';

/**
 * Runs test files, one after another; each starts what it needs by itself.
 * @param {string[]} files below the project's folder
 * @param {Record<string, string>} [env] added to the environment
 */
export const runTestFiles = (files, env = {}) =>
	runScript(async () => {
		await ensureDependencies();
		const args = ['--test', '--test-concurrency=1', ...files.map((file) => join(projectFolder, file))];
		const tests = startGroup(process.execPath, args, {
			cwd: projectFolder,
			env: { ...process.env, ...env },
			stdio: 'inherit',
		});
		return await new Promise((resolve) => tests.once('exit', (code) => resolve(code ?? 1)));
	});
