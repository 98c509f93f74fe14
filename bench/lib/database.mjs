// @ts-check
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../scripts/lib/database.mjs';
import { Fault } from '../../scripts/lib/faults.mjs';
import { installedN8n } from '../../scripts/lib/n8n-install.mjs';

const FINISH_TIMEOUT_MS = 60_000;

/** @typedef {'sqlite' | 'postgres'} DatabaseKind */

/**
 * @typedef {object} Database what n8n has stored, read beside n8n
 * @property {(column: string) => string} bytesOf SQL for the length of a text
 * @property {(sql: string) => Promise<any[]>} rows
 * @property {() => Promise<void>} drop
 */

/**
 * @typedef {object} PreparedDatabase
 * @property {Record<string, string>} env makes n8n use it
 * @property {(userFolder: string) => Database} open userFolder: n8n's, where SQLite has its file
 */

/** Whether there is a PostgreSQL to measure with: the usual PGHOST, PGPORT, PGUSER and PGPASSWORD name it. */
export const hasPostgres = () => Boolean(process.env.PGHOST);

/**
 * An empty database for one n8n.
 * @param {DatabaseKind} kind
 * @returns {Promise<PreparedDatabase>}
 */
export const preparedDatabase = async (kind) =>
	kind === 'sqlite' ? { env: {}, open: sqliteDatabase } : await postgresDatabase();

/**
 * @param {string} userFolder
 * @returns {Database}
 */
function sqliteDatabase(userFolder) {
	const database = openDatabase(userFolder, { readOnly: true });
	return {
		bytesOf: (column) => `length(CAST(${column} AS BLOB))`,
		rows: async (sql) => database.prepare(sql).all(),
		drop: async () => database.close(),
	};
}

/** @returns {Promise<PreparedDatabase>} */
async function postgresDatabase() {
	const { modules } = await installedN8n();
	// The client that n8n itself uses.
	const { Client } = createRequire(join(modules, 'n8n', 'package.json'))('pg');
	const { PGHOST = '', PGPORT = '5432', PGUSER = process.env.USER ?? 'root', PGPASSWORD = '' } = process.env;
	const connection = { host: PGHOST, port: Number(PGPORT), user: PGUSER, password: PGPASSWORD };
	const name = `voicefox_bench_${process.pid}_${Date.now()}`;
	const connected = async (/** @type {string} */ database) => {
		const client = new Client({ ...connection, database });
		await client.connect();
		return client;
	};
	const server = await connected('postgres');
	await server.query(`CREATE DATABASE ${name}`);
	const client = await connected(name);
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: PGHOST,
			DB_POSTGRESDB_PORT: PGPORT,
			DB_POSTGRESDB_USER: PGUSER,
			DB_POSTGRESDB_PASSWORD: PGPASSWORD,
			DB_POSTGRESDB_DATABASE: name,
		},
		open: () => ({
			bytesOf: (column) => `octet_length(CAST(${column} AS text))`,
			rows: async (sql) => (await client.query(sql)).rows,
			drop: async () => {
				await client.end();
				await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
				await server.end();
			},
		}),
	};
}

/**
 * @param {Database} database
 * @returns {Promise<number>} 0 when there is none
 */
export async function newestExecution({ rows }) {
	const [row] = await rows('SELECT max(id) AS id FROM execution_entity');
	return Number(row?.id ?? 0);
}

/**
 * Waits until every execution after this one has ended.
 * @param {Database} database
 * @param {number} after
 */
export async function untilFinished({ rows }, after) {
	const deadline = Date.now() + FINISH_TIMEOUT_MS;
	const sql = `SELECT count(*) AS left_over FROM execution_entity
		WHERE id > ${Number(after)} AND status IN ('new', 'running', 'waiting')`;
	while (Date.now() < deadline) {
		const [row] = await rows(sql);
		if (Number(row.left_over) === 0) return;
		await pause(5);
	}
	throw new Fault('n8n has not finished its executions within a minute.');
}

/**
 * What the executions after this one take in the database.
 * @param {Database} database
 * @param {number} after
 * @returns {Promise<{ count: number, succeeded: number, bytes: number }>} bytes: of one on average, its items and the
 * workflow as it was
 */
export async function storedAfter({ rows, bytesOf }, after) {
	const [row] =
		await rows(`SELECT count(*) AS total, sum(CASE WHEN status = 'success' THEN 1 ELSE 0 END) AS succeeded,
		avg(${bytesOf('d.data')} + ${bytesOf('d."workflowData"')}) AS bytes
		FROM execution_entity e LEFT JOIN execution_data d ON d."executionId" = e.id WHERE e.id > ${Number(after)}`);
	return { count: Number(row.total), succeeded: Number(row.succeeded), bytes: Number(row.bytes) };
}

/**
 * @param {Database} database
 * @param {number} after
 * @returns {Promise<string>} the run data of the first execution after this one
 */
export async function firstRunDataAfter({ rows }, after) {
	const [row] = await rows(`SELECT data FROM execution_data WHERE "executionId" > ${Number(after)}
		ORDER BY "executionId" LIMIT 1`);
	return String(row?.data);
}
