// @ts-check
import { join } from 'node:path';

/**
 * Opens n8n's SQLite file, also while n8n runs. Needs Node 24, which n8n itself runs with; this file may be loaded on an
 * older one.
 * @param {string} userFolder n8n's N8N_USER_FOLDER
 * @param {import('node:sqlite').DatabaseSyncOptions} [options]
 * @returns {import('node:sqlite').DatabaseSync} whoever opens it closes it
 */
export function openDatabase(userFolder, options) {
	const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
	return new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { timeout: 5000, ...options });
}

/**
 * Does something with n8n's SQLite file.
 * @template T
 * @param {string} userFolder
 * @param {(database: import('node:sqlite').DatabaseSync) => T} action
 * @param {import('node:sqlite').DatabaseSyncOptions} [options]
 * @returns {T} what the action gave
 */
export function inDatabase(userFolder, action, options) {
	const database = openDatabase(userFolder, options);
	try {
		return action(database);
	} finally {
		database.close();
	}
}
