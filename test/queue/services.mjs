// @ts-check
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Fault } from '../../scripts/lib/faults.mjs';
import { installedN8n } from '../../scripts/lib/n8n-install.mjs';
import { ownDatabase, POSTGRES } from '../support/postgres.mjs';

const { env } = process;

/** Where the service is; everything else would be a matter of the machine. */
const REDIS = {
	host: env.QUEUE_TEST_REDIS_HOST ?? '127.0.0.1',
	port: Number(env.QUEUE_TEST_REDIS_PORT ?? 6379),
	password: env.QUEUE_TEST_REDIS_PASSWORD ?? '',
	db: Number(env.QUEUE_TEST_REDIS_DB ?? 0),
};
const REACH_MS = 5000;
const NAME = 'voicefox_queue_test_';

/**
 * A PostgreSQL database and a corner of Redis of this run's own. Faults: one of them cannot be reached or used.
 * @typedef {Awaited<ReturnType<typeof ownServices>>} Services
 */
export async function ownServices() {
	const { modules } = await installedN8n();
	// n8n's own clients, so that the test needs none.
	const load = createRequire(join(modules, 'n8n', 'package.json'));
	const redis = await connectedRedis(load('ioredis'));
	const database = await ownDatabase(load('pg'), NAME).catch(async (error) => {
		await redis.quit();
		throw error;
	});
	const { name } = database;
	for (const left of database.leftovers) await forgetKeys(redis, left);
	return {
		environment: { ...postgresEnvironment(name), ...redisEnvironment(name) },
		/** @param {string} sql @param {unknown[]} [values] @returns {Promise<any[]>} */
		query: async (sql, values) => (await database.client.query(sql, values)).rows,
		remove: async () => {
			await database.drop();
			await forgetKeys(redis, name);
			await redis.quit();
		},
	};
}

/** @param {any} Redis */
async function connectedRedis(Redis) {
	const redis = new Redis({ ...REDIS, lazyConnect: true, connectTimeout: REACH_MS, retryStrategy: null });
	redis.on('error', () => {});
	try {
		await redis.connect();
		await redis.ping();
	} catch (error) {
		redis.disconnect();
		throw new Fault(
			`Queue mode needs Redis, and ${REDIS.host}:${REDIS.port} cannot be used (${messageOf(error)}): start one, or say where it is with QUEUE_TEST_REDIS_HOST, _PORT, _PASSWORD and _DB.`,
		);
	}
	return redis;
}

/** @param {any} redis @param {string} prefix */
async function forgetKeys(redis, prefix) {
	for (const pattern of [`${prefix}*`, `{${prefix}*`]) {
		for await (const keys of redis.scanStream({ match: pattern, count: 500 })) {
			if (keys.length > 0) await redis.del(keys);
		}
	}
}

/** @param {string} database */
const postgresEnvironment = (database) => ({
	DB_TYPE: 'postgresdb',
	DB_POSTGRESDB_HOST: POSTGRES.host,
	DB_POSTGRESDB_PORT: String(POSTGRES.port),
	DB_POSTGRESDB_USER: POSTGRES.user,
	DB_POSTGRESDB_PASSWORD: POSTGRES.password,
	DB_POSTGRESDB_DATABASE: database,
});

/** @param {string} prefix */
const redisEnvironment = (prefix) => ({
	QUEUE_BULL_REDIS_HOST: REDIS.host,
	QUEUE_BULL_REDIS_PORT: String(REDIS.port),
	QUEUE_BULL_REDIS_PASSWORD: REDIS.password,
	QUEUE_BULL_REDIS_DB: String(REDIS.db),
	QUEUE_BULL_PREFIX: prefix,
	N8N_REDIS_KEY_PREFIX: prefix,
});

/** @param {unknown} error */
const messageOf = (error) => /** @type {any} */ (error).message || /** @type {any} */ (error).code;
