import { hash, timingSafeEqual } from 'node:crypto';

/** The decrypted `voiceFoxWebhookApi` credential. */
export interface WebhookCredential {
	authorizationToken?: unknown;
	previousAuthorizationToken?: unknown;
}

export type Authorization = 'authorized' | 'headerMissing' | 'headerWrong' | 'tokenUnusable';

/** What n8n's log says about a request that is not authorized, and what its reader can do. */
export const REFUSALS: Record<Exclude<Authorization, 'authorized'>, string> = {
	headerMissing:
		'it has no Authorization header. If it came from VoiceFox, enter a value on the webhook page of its console.',
	headerWrong:
		"its Authorization header differs from the credential. Compare the credential's token with the value on VoiceFox's webhook page.",
	tokenUnusable:
		'the credential holds no usable token, so nobody is let in. Open the credential and enter one.',
};

/** A header value may not hold these, so VoiceFox could never send such a token. */
const LINE_BREAK = /[\r\n]/;

/** Throws on bytes that are not UTF-8 and keeps a byte order mark, so that no two inputs give one text. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reduces a token as a person types it or VoiceFox sends it: white space around it and one leading
 * "Bearer" are dropped. "Bearer" counts only as a word of its own: a token may begin with these letters.
 */
const reduceToken = (token: string) => token.trim().replace(/^bearer(?:\s+|$)/i, '');

/** The digest as text, in bytes: for something this short, cheaper than `createHash` and its object. */
const digest = (text: string) => Buffer.from(hash('sha256', text));

/** The text of a header, which Node hands over byte by byte (latin1); null when its bytes are not UTF-8. */
function headerText(header: string): string | null {
	try {
		return utf8.decode(Buffer.from(header, 'latin1'));
	} catch {
		return null;
	}
}

function usableTokens(credential: WebhookCredential): string[] {
	return [credential.authorizationToken, credential.previousAuthorizationToken]
		.map((token) => (typeof token === 'string' ? reduceToken(token) : ''))
		.filter((token) => token !== '');
}

/**
 * Tells whether the sender of a request is the one that the credential names.
 *
 * @param header the request's `Authorization` header as Node gives it (latin1), undefined when absent
 * @param credential the stored credential; the previous token is accepted as well while it is set
 * @returns `authorized`, or why not. Tokens are compared as SHA-256 digests in constant time, all of
 * them each time, so that neither the answer nor its time tells where a wrong value differs.
 */
export function authorize(header: string | undefined, credential: WebhookCredential): Authorization {
	const tokens = usableTokens(credential);
	if (tokens.length === 0) return 'tokenUnusable';
	if (header === undefined || header.trim() === '') return 'headerMissing';

	const sent = headerText(header);
	if (sent === null) return 'headerWrong';

	const sentDigest = digest(reduceToken(sent));
	const matches = tokens.filter((token) => timingSafeEqual(digest(token), sentDigest));
	return matches.length > 0 ? 'authorized' : 'headerWrong';
}

/**
 * Says what keeps a credential from ever matching a request, in words for its owner.
 *
 * @returns a sentence, or null when the credential can be used
 */
export function tokenProblem(credential: WebhookCredential): string | null {
	const { authorizationToken, previousAuthorizationToken } = credential;
	return (
		problemOf('Authorization Token', authorizationToken) ??
		(previousAuthorizationToken === undefined || previousAuthorizationToken === ''
			? null
			: problemOf('Previous Authorization Token', previousAuthorizationToken))
	);
}

function problemOf(label: string, token: unknown): string | null {
	if (typeof token !== 'string' || token.trim() === '') {
		return `'${label}' is blank. Enter the value from VoiceFox's webhook page.`;
	}
	if (reduceToken(token) === '') {
		return `'${label}' is only the word "Bearer". Enter the value that follows it on VoiceFox's webhook page.`;
	}
	if (LINE_BREAK.test(token.trim())) {
		return `'${label}' contains a line break, which no request can carry. Copy the value again, as one line.`;
	}
	return null;
}
