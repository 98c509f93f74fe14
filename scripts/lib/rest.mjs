// @ts-check
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from './faults.mjs';

const REST_TIMEOUT_MS = 60_000;

/**
 * @typedef {{ email: string, firstName: string, lastName: string, password: string }} Owner
 * @typedef {(method: string, path: string, body?: unknown) => Promise<any>} Rest gives the answer's `data`
 */

/**
 * Signs in to n8n's editor as its owner; on a new n8n the owner is set up first.
 * @param {string} url
 * @param {Owner} owner password: at least 8 characters, a capital letter and a digit
 * @returns {Promise<string>} the session's cookie. n8n allows few logins a minute: keep it
 */
export async function sessionCookie(url, owner) {
	const settings = await editorSettings(url);
	const isNew = settings.data.userManagement.showSetupOnFirstLoad;
	const login = { emailOrLdapLoginId: owner.email, password: owner.password };
	const answer = await fetch(`${url}/rest/${isNew ? 'owner/setup' : 'login'}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(isNew ? owner : login),
	});
	if (!answer.ok) throw new Fault(`n8n refused to sign in ${owner.email}: ${await answer.text()}`);
	const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
	return cookies.join('; ');
}

/**
 * What n8n tells its editor. Older ones say that they are ready before their REST interface is.
 * @param {string} url
 * @returns {Promise<any>}
 */
async function editorSettings(url) {
	const deadline = Date.now() + REST_TIMEOUT_MS;
	for (;;) {
		const answer = await fetch(`${url}/rest/settings`);
		if (answer.ok && answer.headers.get('content-type')?.includes('json')) return await answer.json();
		if (Date.now() > deadline) throw new Fault(`n8n's REST interface does not answer at ${url}.`);
		await pause(200);
	}
}

/**
 * n8n's internal REST interface, as the editor uses it; asked again while an n8n that is too busy misses its database.
 * @param {string} url
 * @param {string} cookie what `sessionCookie` gave
 * @returns {Rest} throws when n8n answers with an error
 */
export const restOf = (url, cookie) => async (method, path, body) => {
	const deadline = Date.now() + REST_TIMEOUT_MS;
	for (;;) {
		const answer = await fetch(`${url}/rest${path}`, {
			method,
			headers: { cookie, 'content-type': 'application/json', 'push-ref': 'script' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await answer.text();
		if (answer.ok) return text ? JSON.parse(text).data : undefined;
		if (answer.status !== 503 || !text.includes('Database is not ready') || Date.now() > deadline)
			throw new Error(`${method} ${path}: ${answer.status} ${text}`);
		await pause(500);
	}
};
