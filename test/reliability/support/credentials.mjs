// @ts-check
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Makes a stored credential one that n8n cannot decrypt, as after the loss of its encryption key.
 * @param {string} userFolder
 * @param {string} id
 * @returns {() => void} puts it back
 */
export function unreadableCredential(userFolder, id) {
	const stored = inDatabase(userFolder, 'SELECT data FROM credentials_entity WHERE id = ?', id)?.data;
	const put = (/** @type {any} */ data) =>
		inDatabase(userFolder, 'UPDATE credentials_entity SET data = ? WHERE id = ? RETURNING id', data, id);
	put('bm90IGEgY3JlZGVudGlhbA==');
	return () => void put(stored);
}

/**
 * @param {string} userFolder
 * @param {string} sql
 * @param {...string} values
 */
function inDatabase(userFolder, sql, ...values) {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { timeout: 5000 });
	try {
		return database.prepare(sql).get(...values);
	} finally {
		database.close();
	}
}
