// @ts-check
// What can be wrong with VoiceFox's REST API for a while.
import { isShort } from '../../reliability/support/report.mjs';

/** @typedef {import('./watched.mjs').WatchedAccount} WatchedAccount */
/**
 * @typedef {object} Trouble
 * @property {string} what
 * @property {string} [zone] of the account; n8n's is UTC
 * @property {object} [options] of the Call Log Trigger
 * @property {(watched: WatchedAccount) => unknown} begin
 * @property {(watched: WatchedAccount) => unknown} [end] default: the faults are over
 * @property {string} [says] what n8n's failed executions tell the user to do; absent: none fails
 */

const UNREACHED =
	"VoiceFox could not be reached. Check 'Region' and 'Base URL' in the credential, and that this n8n may reach the internet";
const LATER = 'VoiceFox could not answer just now. Try again later';
const TOKEN =
	"VoiceFox does not know the API token. Check 'API Token' and 'Region' in the credential; tokens are made in the console under Open Platform > API Token";
const NOT_VOICEFOX = "The answer is not VoiceFox's. Check 'Region' and 'Base URL' in the credential";
const NOT_A_LIST =
	"The answer is not VoiceFox's list of calls. Check 'Region' and 'Base URL' in the credential";

const ALL = '/openapi/';
const DETAILS = '/openapi/call_logs/';
const HTML = '<!doctype html><title>Bad gateway</title>';
const BROKEN_JSON = '{"items":[{"sessionId":"b7c0f1e2';
const OTHER_JSON = { code: 500, message: 'busy' };
const asJson = { 'Content-Type': 'application/json' };

/** @typedef {Omit<import('../../stand-in/rest-api.mjs').Fault, 'path'>} FaultAnswer */

/** @param {string} path @param {FaultAnswer} answer @returns {Trouble['begin']} */
const answers =
	(path, answer) =>
	({ account }) =>
		account.faults.push({ path, ...answer });

/** Some calls that nobody can read, each for another reason, while the others can be read. @param {WatchedAccount} watched */
function failSomeCalls({ account }) {
	for (const answer of [
		{ status: 500 },
		{ status: 404 },
		{ status: 200, body: HTML },
		{ status: 200, body: {} },
	])
		account.faults.push({ path: `${DETAILS}${account.addCall()}`, ...answer });
}

/** @type {Trouble} */
const HANGS = { what: 'it never answers', begin: answers(ALL, { hang: true }), says: UNREACHED };

/** @type {Trouble[]} */
export const TROUBLES = [
	{
		what: 'it cannot be reached',
		begin: ({ account }) => account.close(),
		end: ({ account }) => account.reopen(),
		says: UNREACHED,
	},
	{ what: 'it answers 503', begin: answers(ALL, { status: 503 }), says: LATER },
	{ what: 'it limits requests', begin: answers(ALL, { status: 429, headers: { 'Retry-After': '2' } }) },
	{ what: 'some calls cannot be read', begin: failSomeCalls },
	{ what: 'no call can be read', begin: answers(DETAILS, { status: 500 }), says: LATER },
	{
		what: 'calls are answered with other JSON',
		begin: answers(DETAILS, { status: 200, body: OTHER_JSON }),
		says: NOT_VOICEFOX,
	},
	{
		what: 'the token is revoked, and a new one stored',
		begin: ({ account }) => account.renewToken(),
		end: ({ storeToken }) => storeToken(),
		says: TOKEN,
	},
	{ what: 'it answers with HTML', begin: answers(ALL, { status: 200, body: HTML }), says: NOT_VOICEFOX },
	{
		what: 'it answers with broken JSON',
		begin: answers(ALL, { status: 200, body: BROKEN_JSON, headers: asJson }),
		says: NOT_VOICEFOX,
	},
	{
		what: 'it answers with other JSON',
		begin: answers(ALL, { status: 200, body: OTHER_JSON }),
		says: NOT_A_LIST,
	},
	{
		what: 'pages are shuffled, and calls come in between them',
		begin: ({ account }) => account.move(true),
		end: ({ account }) => account.move(false),
	},
	// Look Back is shorter than the zones are apart.
	...['Asia/Tokyo', 'America/Los_Angeles'].flatMap((zone) =>
		['', zone].map((timeZone) => ({
			what: `the account is in ${zone}, Time Zone ${timeZone === '' ? 'empty' : 'set'}, and it answers 503`,
			zone,
			options: { lookBackHours: 1, timeZone },
			begin: answers(ALL, { status: 503 }),
			says: LATER,
		})),
	),
	// A poll gives up after a minute.
	...(isShort ? [] : [HANGS]),
];
