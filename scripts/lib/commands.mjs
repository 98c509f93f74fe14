// @ts-check
import { dirname, delimiter } from 'node:path';
import { Fault, npmFault } from './faults.mjs';
import { startGroup } from './process-groups.mjs';

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<{ exitCode: number, stdout: string, output: string }>} output: stdout and stderr as they came
 */
export async function runCommand(command, args, options = {}) {
	const child = startGroup(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	let stdout = '';
	let output = '';
	child.stdout?.setEncoding('utf8').on('data', (text) => {
		stdout += text;
		output += text;
	});
	child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
	const exitCode = await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
	return { exitCode, stdout, output };
}

/**
 * Runs npm and gives what it printed; a failure becomes a fault that says why.
 * @param {string[]} args
 * @param {{ cwd: string, task: string, node?: string, env?: NodeJS.ProcessEnv }} options task: what npm is to do, in
 * words. node: the binary that npm and its scripts run with (default: this one)
 */
export async function npm(args, { cwd, task, node = process.execPath, env = {} }) {
	const environment = {
		...process.env,
		npm_config_fund: 'false',
		npm_config_audit: 'false',
		npm_config_update_notifier: 'false',
		...env,
		PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
	};
	const { exitCode, stdout, output } = await startNpm(args, { cwd, env: environment, node });
	if (exitCode !== 0) throw npmFault(output, task);
	return stdout;
}

/**
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, node: string }} options
 */
async function startNpm(args, { cwd, env, node }) {
	// Set by npm for its scripts: the very npm that the user called, wherever it is.
	const script = process.env.npm_execpath;
	if (script?.endsWith('npm-cli.js')) return await runCommand(node, [script, ...args], { cwd, env });
	try {
		return await runCommand('npm', args, { cwd, env, shell: process.platform === 'win32' });
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
		throw new Fault(
			'npm was not found: it comes with Node, so install Node from https://nodejs.org and start again.',
		);
	}
}
