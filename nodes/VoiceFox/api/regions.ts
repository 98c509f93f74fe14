import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** VoiceFox's two REST hosts; accounts are separate, so the user picks one. */
export const REGION_URLS = {
	global: 'https://openapi.voicefox.ai',
	china: 'https://openapi.voicefox.cn',
} as const;

type Region = keyof typeof REGION_URLS;

const isRegion = (value: unknown): value is Region =>
	typeof value === 'string' && Object.hasOwn(REGION_URLS, value);

/** A regular expression for this takes quadratic time where slashes stand inside. */
function withoutSlashesAtEnd(url: string): string {
	let end = url.length;
	while (url[end - 1] === '/') end--;
	return url.slice(0, end);
}

/**
 * Where the credential's account lives.
 *
 * @returns the base URL without a slash at its end; undefined when the user's own URL is no http(s) URL
 */
export function baseUrlOf({ region, baseUrl }: ICredentialDataDecryptedObject): string | undefined {
	if (isRegion(region)) return REGION_URLS[region];

	const url = String(baseUrl ?? '').trim();
	return /^https?:\/\/[^/]/i.test(url) && URL.canParse(url) ? withoutSlashesAtEnd(url) : undefined;
}

/** What of a credential must never be seen: its token, as pasted and as sent, and a password in its own address. */
export function secretsOf({ apiToken, baseUrl }: ICredentialDataDecryptedObject): string[] {
	const token = String(apiToken ?? '').trim();
	const url = String(baseUrl ?? '').trim();
	const password = URL.canParse(url) ? new URL(url).password : '';
	return [token.replace(/^Bearer\s+/i, ''), password].filter((secret) => secret !== '');
}
