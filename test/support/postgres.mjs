// @ts-check
// A PostgreSQL database of a test's own, on a server that is there.
import { isAlive } from '../../scripts/lib/cache.mjs';
import { Fault } from '../../scripts/lib/faults.mjs';

const { env } = process;

/** Where the server is; everything else would be a matter of the machine. */
export const POSTGRES = {
	host: env.QUEUE_TEST_POSTGRES_HOST ?? '127.0.0.1',
	port: Number(env.QUEUE_TEST_POSTGRES_PORT ?? 5432),
	user: env.QUEUE_TEST_POSTGRES_USER ?? 'postgres',
	password: env.QUEUE_TEST_POSTGRES_PASSWORD ?? '',
};
const REACH_MS = 5000;

/**
 * Creates a database; what earlier runs have left behind is dropped. Faults: the server cannot be reached or used.
 * @param {any} pg n8n's own client, so that the test needs none
 * @param {string} prefix of its name; the rest is this process's ID
 */
export async function ownDatabase(pg, prefix) {
	const name = `${prefix}${process.pid}`;
	const client = await connectedPostgres(pg, 'postgres');
	try {
		await client.query(`CREATE DATABASE ${name}`);
	} catch (error) {
		throw new Fault(`PostgreSQL's user "${POSTGRES.user}" cannot create a database: ${messageOf(error)}`);
	}
	const own = await connectedPostgres(pg, name);
	return {
		name,
		client: own,
		/** The names of databases of runs that were stopped before their end. */
		leftovers: await droppedLeftovers(client, prefix),
		drop: async () => {
			await own.end();
			await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
			await client.end();
		},
	};
}

/**
 * Drops the databases of runs that were stopped before their end.
 * @param {any} client
 * @param {string} prefix
 * @returns {Promise<string[]>} their names
 */
async function droppedLeftovers(client, prefix) {
	const found = await client.query(`SELECT datname FROM pg_database WHERE datname LIKE '${prefix}%'`);
	const names = found.rows.map((/** @type {{ datname: string }} */ { datname }) => datname);
	const ended = names.filter((/** @type {string} */ name) => !isAlive(Number(name.slice(prefix.length))));
	const dropped = [];
	for (const name of ended) {
		// Without FORCE, so one that is in use from another machine stays.
		if (await client.query(`DROP DATABASE ${name}`).catch(() => undefined)) dropped.push(name);
	}
	return dropped;
}

/** @param {any} pg @param {string} database */
async function connectedPostgres(pg, database) {
	const client = new pg.Client({ ...POSTGRES, database, connectionTimeoutMillis: REACH_MS });
	client.on('error', () => {});
	try {
		await client.connect();
	} catch (error) {
		throw new Fault(
			`This test needs PostgreSQL, and ${POSTGRES.user}@${POSTGRES.host}:${POSTGRES.port} cannot be used (${messageOf(error)}): start one, or say where it is with QUEUE_TEST_POSTGRES_HOST, _PORT, _USER and _PASSWORD.`,
		);
	}
	return client;
}

/** @param {unknown} error */
const messageOf = (error) => /** @type {any} */ (error).message || /** @type {any} */ (error).code;
