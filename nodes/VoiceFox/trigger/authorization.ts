import { hash, timingSafeEqual } from 'node:crypto';

/** The decrypted `voiceFoxWebhookApi` credential. */
export interface WebhookCredential {
	authorizationToken?: unknown;
	previousAuthorizationToken?: unknown;
}

export type Authorization = 'authorized' | 'headerMissing' | 'headerWrong' | 'tokenUnusable';

/** Why a request is not authorized, and what the credential's owner can do: for n8n's log, and for the screen of a test run. */
export const REFUSALS: Record<Exclude<Authorization, 'authorized'>, string> = {
	headerMissing:
		"The request has no Authorization header. If it came from VoiceFox, enter a value as Authorization on the webhook page of its console, the same as 'Authorization Token' in this node's credential.",
	headerWrong:
		"The request's Authorization header is not the value in this node's credential. Compare 'Authorization Token' in the credential with the Authorization value on the webhook page of the VoiceFox console: every character counts, upper and lower case too.",
	tokenUnusable:
		"This node's credential holds no usable token, so nobody is let in. Open the credential and enter one.",
};

/** A header value may not hold these, so VoiceFox could never send such a token. */
const LINE_BREAK = /[\r\n]/;

/** What no sender puts into a header reliably. */
const NOT_PRINTABLE_ASCII = /[^\x20-\x7e]/;

/** A reduced token that is shorter can be guessed. */
const SHORTEST_TOKEN = 16;

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
 * Says why a credential can authorize nobody at all: neither of its tokens can be in a request.
 *
 * @returns a sentence for its owner, or null when somebody can be let in
 */
export function uselessCredential(credential: WebhookCredential): string | null {
	return usableTokens(credential).some((token) => !LINE_BREAK.test(token)) ? null : tokenProblem(credential);
}

/**
 * Says what is wrong with a credential's tokens, in words for its owner. Some of it still works: a short token matches
 * the same short one.
 *
 * @returns a sentence, or null when both can be used
 */
export function tokenProblem(credential: WebhookCredential): string | null {
	const { authorizationToken, previousAuthorizationToken: previous } = credential;
	return (
		problemOf('Authorization Token', authorizationToken) ??
		(previous === undefined || previous === '' ? null : problemOf('Previous Authorization Token', previous))
	);
}

function problemOf(label: string, token: unknown): string | null {
	if (typeof token !== 'string' || token.trim() === '') {
		return `'${label}' is blank. Enter the Authorization value from the webhook page of the VoiceFox console`;
	}
	if (LINE_BREAK.test(token.trim())) {
		return `'${label}' contains a line break, which no request can carry. Paste the value again, as one line`;
	}
	const reduced = reduceToken(token);
	if (reduced === '') {
		return `'${label}' is only the word "Bearer". Enter the value that follows it on the webhook page of the VoiceFox console`;
	}
	if (reduceToken(reduced) !== reduced) {
		return `'${label}' begins with "Bearer" twice. Remove one of them`;
	}
	if (NOT_PRINTABLE_ASCII.test(reduced)) {
		return `'${label}' contains a character that cannot be sent reliably. Use only letters from A to Z, digits and marks such as - and _`;
	}
	if (reduced.length < SHORTEST_TOKEN) {
		return `'${label}' is too short and can be guessed: use at least ${SHORTEST_TOKEN} characters, here and on the webhook page of the VoiceFox console`;
	}
	return null;
}
