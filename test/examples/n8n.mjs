// @ts-check
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from '../../scripts/lib/install.mjs';
import { installedN8n } from '../../scripts/lib/n8n-install.mjs';
import { startN8n } from '../../scripts/lib/n8n.mjs';
import { installPackage, packedProject, removeTarball } from '../../scripts/lib/project.mjs';
import { startStandIn } from './stand-in.mjs';

const redirect = fileURLToPath(new URL('./redirect.cjs', import.meta.url));

/**
 * A new n8n with the packed package installed, whose requests to outside services go to a stand-in.
 * @returns {Promise<{ n8n: import('../../scripts/lib/n8n.mjs').RunningN8n, owner: import('../../scripts/lib/rest.mjs').Owner,
 *   standIn: Awaited<ReturnType<typeof startStandIn>>, installedAt: number, stop: () => Promise<void> }>} installedAt:
 *   the moment (performance.now) at which installing the package began
 */
export async function startTestN8n() {
	await ensureDependencies();
	await installedN8n();
	const tarball = await packedProject();
	const userFolder = await mkdtemp(join(tmpdir(), 'voicefox-editor-'));
	const standIn = await startStandIn();
	const installedAt = performance.now();
	await installPackage(tarball, userFolder).finally(() => removeTarball(tarball));
	const env = { NODE_OPTIONS: `--require "${redirect}"`, STAND_IN_URL: standIn.url };
	const n8n = await startN8n({ userFolder, env });
	const stop = async () => {
		await n8n.stop();
		await standIn.stop();
		await rm(userFolder, { recursive: true, force: true });
	};
	return { n8n, owner: newOwner(), standIn, installedAt, stop };
}

const newOwner = () => ({
	email: 'aya@voicefox.example',
	firstName: 'Aya',
	lastName: 'Mori',
	password: `Fox-1-${randomBytes(6).toString('hex')}`,
});
