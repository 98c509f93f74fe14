// @ts-check
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import jestNode from 'jest-environment-node';

import { startVoiceFox } from './voicefox.mjs';

/** npm may install several copies of this package; n8n-core's services live in its own. */
const containerOfN8n = createRequire(createRequire(import.meta.url).resolve('n8n-core')).resolve('@n8n/di');

/**
 * Tells Stryker which test reaches which line; under jest alone it changes nothing.
 * @type {{ mixinJestEnvironment: <T>(environment: T) => T }}
 */
const { mixinJestEnvironment } = createRequire(import.meta.url)('@stryker-mutator/jest-runner');

/** @type {typeof import('jest-environment-node').TestEnvironment} */
const NodeEnvironment = mixinJestEnvironment(jestNode.TestEnvironment ?? jestNode);

/**
 * A jest environment with the stand-in for VoiceFox as the global `voiceFox`, and a scratch folder for
 * n8n-core as the global `storage`. Test files are linted by n8n, which forbids Node's own modules there.
 */
export default class VoiceFoxEnvironment extends NodeEnvironment {
	/**
	 * @param {import('@jest/environment').JestEnvironmentConfig} config
	 * @param {import('@jest/environment').EnvironmentContext} context
	 */
	constructor(config, context) {
		super(config, context);
		/** n8n's settings for this test file, by `@jest-environment-options` */
		this.settings = /** @type {Record<string, string>} */ (config.projectConfig.testEnvironmentOptions);
	}

	/** @override */
	async setup() {
		await super.setup();
		this.folder = await mkdtemp(join(tmpdir(), 'voicefox-test-'));
		this.standIn = await startVoiceFox();
		const { folder } = this;
		Object.assign(this.global.process.env, {
			N8N_USER_FOLDER: folder,
			N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
			...this.settings,
		});
		Object.assign(this.global, {
			voiceFox: this.standIn,
			storage: {
				containerOfN8n,
				/** A stream of these bytes, as n8n's HTTP client gives one */
				streamOf: (/** @type {Buffer[]} */ ...chunks) => Readable.from(chunks, { objectMode: false }),
				/** Everything that was stored, temporary files too */
				files: async () =>
					(await readdir(folder, { recursive: true, withFileTypes: true }))
						.filter((entry) => entry.isFile())
						.map((entry) => entry.name),
			},
		});
	}

	/** @override */
	async teardown() {
		await this.standIn?.close();
		if (this.folder) await rm(this.folder, { recursive: true, force: true });
		await super.teardown();
	}
}
