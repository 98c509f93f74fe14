// @ts-check
import { DatabaseSync } from 'node:sqlite';
import { inDatabase, openDatabase } from '../../support/database.mjs';

const FAULT = 'voicefox_fault';

/**
 * Keeps everybody else from writing to n8n's database.
 * @param {string} userFolder
 * @returns {() => void} ends that
 */
export function lockedDatabase(userFolder) {
	const database = openDatabase(userFolder);
	database.exec('BEGIN IMMEDIATE');
	return () => {
		database.exec('ROLLBACK');
		database.close();
	};
}

/**
 * Makes storing an execution fail, until `mend`.
 * @param {string} userFolder
 * @param {'execution_entity' | 'execution_data'} table whose INSERT is refused
 * @param {string} [condition] SQL about the new row; default: every one
 */
export const breakInserts = (userFolder, table, condition = 'true') =>
	inDatabase(userFolder, (database) =>
		database.exec(`CREATE TRIGGER ${FAULT}_${table} BEFORE INSERT ON ${table} WHEN ${condition}
			BEGIN SELECT RAISE(ABORT, 'this disk is full, says the test'); END`),
	);

/**
 * Makes storing an execution whose data holds a text slow: SQLite counts on the side, in a thread of its own.
 * @param {string} userFolder
 * @param {string} text
 * @param {number} counts
 */
export const slowInserts = (userFolder, text, counts) =>
	inDatabase(userFolder, (database) =>
		database.exec(`CREATE TRIGGER ${FAULT}_slow BEFORE INSERT ON execution_data WHEN NEW.data LIKE '%${text}%'
			AND (${countingTo(counts)}) < 0 BEGIN SELECT 1; END`),
	);

/** @param {number} counts */
const countingTo = (counts) =>
	`WITH RECURSIVE tick(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM tick WHERE n < ${counts}) SELECT count(*) FROM tick`;

/** How far SQLite counts here in one second, which makes a slow INSERT last as long as wanted. */
export function countsPerSecond() {
	const database = new DatabaseSync(':memory:');
	const sample = 2_000_000;
	const started = performance.now();
	database.prepare(countingTo(sample)).get();
	database.close();
	return (sample * 1000) / (performance.now() - started);
}

/** @param {string} userFolder */
export const mend = (userFolder) =>
	inDatabase(userFolder, (database) => {
		const sql = `SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '${FAULT}%'`;
		for (const { name } of database.prepare(sql).all()) database.exec(`DROP TRIGGER ${name}`);
	});

/**
 * Makes a stored credential one that n8n cannot decrypt, as after the loss of its encryption key.
 * @param {string} userFolder
 * @param {string} id
 * @returns {() => void} puts it back
 */
export function unreadableCredential(userFolder, id) {
	const put = (/** @type {import('node:sqlite').SQLInputValue} */ data) =>
		inDatabase(userFolder, (database) =>
			database.prepare('UPDATE credentials_entity SET data = ? WHERE id = ?').run(data, id),
		);
	const stored = inDatabase(userFolder, (database) =>
		database.prepare('SELECT data FROM credentials_entity WHERE id = ?').get(id),
	);
	put('bm90IGEgY3JlZGVudGlhbA==');
	return () => void put(stored?.data ?? null);
}
