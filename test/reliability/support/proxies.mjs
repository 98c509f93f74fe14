// @ts-check
import { spawnSync } from 'node:child_process';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault, lastLines } from '../../../scripts/lib/faults.mjs';
import { projectFolder } from '../../../scripts/lib/install.mjs';
import { freePort } from '../../../scripts/lib/ports.mjs';
import { endGroup, hasEnded, startGroup } from '../../../scripts/lib/process-groups.mjs';

const START_MS = 20_000;

/**
 * A proxy that runs with a configuration of docs/.
 * @typedef {object} Proxy
 * @property {string} name
 * @property {string} url its address, without a slash at the end
 * @property {() => Promise<void>} remove ends it and forgets its files
 */

/**
 * Caddy with a Caddyfile of docs/. Faults: there is no Caddy here, or it does not start.
 * @param {string} caddyfile its path inside the repository
 * @param {Record<string, string>} env what the Caddyfile takes from its environment besides PUBLIC_HOST
 * @returns {Promise<Proxy>}
 */
export async function startCaddy(caddyfile, env) {
	const program = foundProgram('caddy', ['caddy'], 'version');
	const folder = await mkdtemp(join(tmpdir(), 'voicefox-caddy-'));
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const config = join(folder, 'Caddyfile');
	const options = '{\n\tadmin off\n\tdefault_bind 127.0.0.1\n}\n';
	const text = await readFile(join(projectFolder, caddyfile), 'utf8');
	await writeFile(config, options + text);
	const args = ['run', '--config', config, '--adapter', 'caddyfile'];
	const environment = { XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, PUBLIC_HOST: url, ...env };
	return await startProxy({
		name: 'Caddy',
		program,
		args,
		env: environment,
		folder,
		port,
	});
}

/**
 * nginx with docs/proxy/nginx.conf, changed only in its addresses and certificate. Faults: there is no nginx here, or it
 * does not start.
 * @param {number[]} n8nPorts
 * @returns {Promise<Proxy>}
 */
export async function startNginx(n8nPorts) {
	const program = foundProgram('nginx', ['nginx', '/usr/sbin/nginx'], '-v');
	const folder = await mkdtemp(join(tmpdir(), 'voicefox-nginx-'));
	const port = await freePort();
	await writeFile(join(folder, 'n8n.conf'), await ownNginxConfiguration(port, n8nPorts));
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
	const config = join(folder, 'nginx.conf');
	await writeFile(
		config,
		`user ${userInfo().username};
		daemon off;
		pid ${folder}/nginx.pid;
		error_log stderr;
		events {}
		http {
			access_log off;
			${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n')}
			include ${folder}/n8n.conf;
		}`,
	);
	return await startProxy({
		name: 'nginx',
		program,
		args: ['-e', 'stderr', '-c', config],
		env: {},
		folder,
		port,
	});
}

/** @param {number} port @param {number[]} n8nPorts */
async function ownNginxConfiguration(port, n8nPorts) {
	const servers = n8nPorts.map((n8nPort) => `server 127.0.0.1:${n8nPort};`).join(' ');
	const text = await readFile(join(projectFolder, 'docs', 'proxy', 'nginx.conf'), 'utf8');
	return changed(text, [
		[/listen 443 ssl;/, `listen 127.0.0.1:${port};`],
		[/ssl_certificate .*;/, ''],
		[/ssl_certificate_key .*;/, ''],
		[/server 127\.0\.0\.1:5678;/, servers],
		[/127\.0\.0\.1:5680/g, `127.0.0.1:${await freePort()}`],
	]);
}

/** @param {string} text @param {[RegExp, string][]} changes each of which must find something */
function changed(text, changes) {
	return changes.reduce((changing, [from, to]) => {
		if (changing.search(from) < 0) throw new Error(`The proxy's configuration no longer has ${from}`);
		return changing.replace(from, to);
	}, text);
}

/**
 * @param {'caddy' | 'nginx'} name
 * @param {string[]} places
 * @param {string} harmless an argument that only makes it print something
 */
function foundProgram(name, places, harmless) {
	const wanted = process.env[name.toUpperCase()];
	const found = (wanted ? [wanted] : places).find((place) => spawnSync(place, [harmless]).status === 0);
	if (found) return found;
	throw new Fault(
		`This test needs Caddy and nginx, and ${wanted ?? name} cannot be started: install both (Debian: apt-get install caddy nginx-light), or say where it is with ${name.toUpperCase()}.`,
	);
}

/**
 * @param {{ name: string, program: string, args: string[], env: Record<string, string>, folder: string, port: number }} options
 * @returns {Promise<Proxy>}
 */
async function startProxy({ name, program, args, env, folder, port }) {
	const logFile = join(folder, 'log');
	const log = await open(logFile, 'w');
	const child = startGroup(program, args, {
		cwd: folder,
		env: { ...process.env, ...env },
		stdio: ['ignore', log.fd, log.fd],
	});
	await log.close();
	const deadline = Date.now() + START_MS;
	while (!(await answers(`http://127.0.0.1:${port}`))) {
		if (hasEnded(child) || Date.now() > deadline) {
			await endGroup(child);
			throw new Fault(
				`${name} does not start. The end of its log:\n${lastLines(await readFile(logFile, 'utf8'), 15)}`,
			);
		}
		await pause(100);
	}
	return {
		name,
		url: `http://127.0.0.1:${port}`,
		remove: async () => {
			await endGroup(child);
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** @param {string} url */
const answers = (url) =>
	fetch(url).then(
		() => true,
		() => false,
	);
