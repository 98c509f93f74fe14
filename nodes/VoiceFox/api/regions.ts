import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { textIn } from '../voicefox/values';

/** VoiceFox's two REST hosts; accounts are separate, so the user picks one. */
export const REGION_URLS = {
	global: 'https://openapi.voicefox.ai',
	china: 'https://openapi.voicefox.cn',
} as const;

type Region = keyof typeof REGION_URLS;

const isRegion = (value: unknown): value is Region =>
	typeof value === 'string' && Object.hasOwn(REGION_URLS, value);

/**
 * What does not belong to a base URL: slashes at its end, and the `/openapi` with which each path begins. The
 * credential's test, which n8n runs as an expression, uses it too. It begins at the first of several slashes only,
 * so that many of them take no quadratic time.
 */
export const BASE_URL_END = /(?<![/:])(?:\/+openapi)?\/*$/;

/**
 * Where the credential's account lives.
 *
 * @returns the base URL without a slash or `/openapi` at its end; undefined when the user's own URL is no http(s) URL, or one
 *   with a query
 */
export function baseUrlOf({ region, baseUrl }: ICredentialDataDecryptedObject): string | undefined {
	if (isRegion(region)) return REGION_URLS[region];

	const url = textIn(baseUrl).trim();
	return /^https?:\/\/[^/?#][^?#]*$/i.test(url) && URL.canParse(url)
		? url.replace(BASE_URL_END, '')
		: undefined;
}

/** The console's sample shows `Bearer <token>`, so some paste that too. The credential uses it in an expression. */
export const BEFORE_TOKEN = /^Bearer\s+/i;

/** The credential's token as it is sent, without the `Bearer` before it. */
export const apiTokenOf = ({ apiToken }: ICredentialDataDecryptedObject): string =>
	textIn(apiToken).trim().replace(BEFORE_TOKEN, '');

/** A shorter text is a part of many words: masking it everywhere would hide what is no secret. */
const LEAST_SECRET = 8;

/**
 * What of a credential must never be seen: its token, as pasted and as sent, and a password in its own address. A
 * short password is masked where it stands in the address, a short token is none.
 */
export function secretsOf(credential: ICredentialDataDecryptedObject): string[] {
	const { baseUrl } = credential;
	const token = apiTokenOf(credential);
	const url = textIn(baseUrl).trim();
	const password = URL.canParse(url) ? new URL(url).password : '';
	const isShort = password.length < LEAST_SECRET;
	return [
		...(token.length < LEAST_SECRET ? [] : [token]),
		...(password === '' ? [] : [isShort ? `:${password}@` : password]),
	];
}
