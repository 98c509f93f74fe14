// @ts-check
import { DatabaseSync } from 'node:sqlite';
import { inDatabase, openDatabase } from '../../../scripts/lib/database.mjs';

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
 * Fills the history of the one Remove Duplicates node that has one.
 * @param {string} userFolder
 * @param {number} entries
 */
export const fillHistory = (userFolder, entries) =>
	inDatabase(userFolder, (database) => {
		const data = Array.from({ length: entries }, (_, place) => `filled by the test ${place}`);
		const value = JSON.stringify({ mode: 'entries', data });
		const { changes } = database.prepare('UPDATE processed_data SET value = ?').run(value);
		if (changes !== 1) throw new Error(`${changes} nodes have a history.`);
	});

/**
 * How many items the one Remove Duplicates node remembers.
 * @param {string} userFolder
 * @returns {number}
 */
export const rememberedKeys = (userFolder) =>
	inDatabase(userFolder, (database) => {
		const row = database.prepare('SELECT value FROM processed_data').get();
		return row ? JSON.parse(String(row.value)).data.length : 0;
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

/**
 * The status of a workflow's newest execution, without reading its data.
 * @param {string} userFolder
 * @param {string} workflowId
 * @returns {string} empty when there is none
 */
export const newestStatus = (userFolder, workflowId) =>
	inDatabase(userFolder, (database) => {
		const sql = 'SELECT status FROM execution_entity WHERE workflowId = ? ORDER BY id DESC LIMIT 1';
		return String(database.prepare(sql).get(workflowId)?.status ?? '');
	});
