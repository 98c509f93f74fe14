import { hash, timingSafeEqual } from 'node:crypto';

/** The decrypted `voiceFoxWebhookApi` credential. */
export interface WebhookCredential {
	authorizationToken?: unknown;
	previousAuthorizationToken?: unknown;
}

/** What is read of a request to know who sent it: Node's IncomingMessage, with headers as Node gives them (latin1). */
export interface SignedRequest {
	headers: { authorization?: string };
}

/** A header ends there, so nobody could ever send such a token. */
const LINE_BREAK = /[\r\n]/;

/** What Node's HTTP client refuses in a header: control characters, but not a tab. */
const NOT_IN_A_HEADER = /[^\t\x20-\x7e\x80-\u{10ffff}]/u;

/** What no sender puts into a header reliably. */
const NOT_PRINTABLE_ASCII = /[^\x20-\x7e]/;

/** A reduced token that is shorter can be guessed. */
export const SHORTEST_TOKEN = 16;

/** Of any kind, in a value that was pasted; a header holds spaces. */
const AFTER_BEARER = /(?<=^bearer)\s+/i;

/** Throws on bytes that are not UTF-8 and keeps a byte order mark, so that no two inputs give one text. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The digest as text, in bytes: for something this short, cheaper than `createHash` and its object. */
const digest = (text: string) => Buffer.from(hash('sha256', text));

/**
 * Reduces a token as a person types it or VoiceFox sends it: white space around it and one leading
 * "Bearer" are dropped. "Bearer" counts only as a word of its own: a token may begin with these letters.
 */
const reduced = (token: string) => token.trim().replace(/^bearer(?:\s+|$)/i, '');

const isShort = (reducedToken: string) => [...reducedToken].length < SHORTEST_TOKEN;

/** Why a value cannot be used as a token, or should not be; null when nothing is wrong with it. */
function problemOf(label: string, value: unknown): string | null {
	if (typeof value !== 'string' || value.trim() === '') {
		return `'${label}' is blank. Enter the Authorization value from the webhook page of the VoiceFox console`;
	}
	if (LINE_BREAK.test(value.trim())) {
		return `'${label}' contains a line break, which no request can carry. Paste the value again, as one line`;
	}
	const token = reduced(value);
	if (token === '') {
		return `'${label}' is only the word "Bearer". Enter the value that follows it on the webhook page of the VoiceFox console`;
	}
	if (isShort(token)) {
		return `'${label}' is too short and can be guessed: use at least ${SHORTEST_TOKEN} characters, here and on the webhook page of the VoiceFox console`;
	}
	if (reduced(token) !== token) {
		return `'${label}' begins with "Bearer" twice. Remove one of them`;
	}
	if (NOT_PRINTABLE_ASCII.test(token)) {
		return `'${label}' contains a character that cannot be sent reliably. Use only letters from A to Z, digits and marks such as - and _`;
	}
	return null;
}

/** Whether a value can authorize anybody: some that the credential's test warns of can. */
const isUsable = (value: unknown): value is string =>
	typeof value === 'string' && !isShort(reduced(value)) && !NOT_IN_A_HEADER.test(reduced(value));

/** The values that the user entered, each with its label; the previous one only while there is one. */
function entered({ authorizationToken, previousAuthorizationToken: previous }: WebhookCredential) {
	const current: [label: string, value: unknown] = ['Authorization Token', authorizationToken];
	const old: [label: string, value: unknown] = ['Previous Authorization Token', previous];
	return previous === undefined || previous === null || previous === '' ? [current] : [current, old];
}

const firstProblem = (values: Array<[label: string, value: unknown]>): string | null =>
	values.map(([label, value]) => problemOf(label, value)).find((problem) => problem !== null) ?? null;

/**
 * Says what is wrong with a credential's tokens, for the credential's test. Some of it works all the same.
 *
 * @returns a sentence for its owner that repeats no token; null when nothing is wrong
 */
export const tokenProblem = (credential: WebhookCredential): string | null =>
	firstProblem(entered(credential));

/**
 * Says which of a credential's tokens authorizes nobody, and why: it is blank, short, or no request can carry it.
 *
 * @returns a sentence for its owner that repeats no token; null when all that were entered can be used
 */
export const unusableProblem = (credential: WebhookCredential): string | null =>
	firstProblem(entered(credential).filter(([, value]) => !isUsable(value)));

/** The tokens of a credential that can authorize somebody, reduced. */
const usableTokens = (credential: WebhookCredential): string[] =>
	entered(credential)
		.map(([, value]) => value)
		.filter(isUsable)
		.map(reduced);

/** Whether a credential can authorize anybody at all. */
export const canAuthorize = (credential: WebhookCredential): boolean => usableTokens(credential).length > 0;

/** The text of a header, which Node hands over byte by byte (latin1); null when its bytes are not UTF-8. */
function headerText(header: string): string | null {
	try {
		return utf8.decode(Buffer.from(header, 'latin1'));
	} catch {
		return null;
	}
}

/**
 * Tells whether a request comes from who knows one of a credential's tokens: it is the `Authorization` header. They are
 * compared as SHA-256 digests in constant time, all of them each time, so that neither the answer nor its time tells
 * where a wrong value differs.
 */
export function isFrom({ headers }: SignedRequest, credential: WebhookCredential): boolean {
	const sent = headerText(headers.authorization ?? '');
	if (sent === null) return false;

	const sentDigest = digest(reduced(sent));
	const matches = usableTokens(credential).filter((token) => timingSafeEqual(digest(token), sentDigest));
	return matches.length > 0;
}

/**
 * The header to send so that a trigger with the same credential lets the request in: its UTF-8 bytes, which the HTTP
 * client writes one by one.
 *
 * @returns the header, or what keeps the credential's token from being used
 */
export function tokenHeader({
	authorizationToken: token,
}: WebhookCredential): { header: string } | { problem: string } {
	return isUsable(token)
		? { header: Buffer.from(token.trim().replace(AFTER_BEARER, ' '), 'utf8').toString('latin1') }
		: { problem: problemOf('Authorization Token', token)! };
}

/** The same text without the token, should whoever was sent it repeat it. */
export const withoutToken = (text: string, header: string): string => text.replaceAll(reduced(header), '***');
