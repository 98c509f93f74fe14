import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { withoutSecretPieces } from './privacy';

/** What went wrong, as n8n shows it: a sentence that says what to do, and the details below it. */
export interface Problem {
	message: string;
	description?: string;
	/** The status where a server refused */
	httpCode?: string;
}

/** An ordinary failure on the way to a result; the node turns it into n8n's own errors. */
export class ProblemError extends Error {
	constructor(readonly problem: Problem) {
		super(problem.message);
	}
}

/** Ends the operation with a sentence for the user. */
export function fail(message: string, description?: string, httpCode?: string): never {
	throw new ProblemError({ message, description, httpCode });
}

/** The user has pressed the button that stops the workflow. */
export const STOPPED = 'The workflow was stopped';

/** For an address that answers, but not as VoiceFox does. */
export const NOT_VOICEFOX = "The answer is not VoiceFox's. Check 'Region' and 'Base URL' in the credential";

const SENTENCES: Record<number, string> = {
	401: "VoiceFox does not know the API token. Check 'API Token' and 'Region' in the credential; tokens are made in the console under Open Platform > API Token",
	403: 'VoiceFox refuses access. The API token belongs to one workspace: use a token of the workspace that owns this data',
	429: 'VoiceFox limits requests just now. Try again later, send fewer requests, or ask VoiceFox for a higher quota',
};

const SENTENCES_BY_HUNDRED: Record<number, string> = {
	3: "VoiceFox answered with a redirect, which is not followed so that the API token stays with its host. Check 'Region' and 'Base URL' in the credential",
	4: "VoiceFox did not accept the request. Check the node's fields",
	5: 'VoiceFox could not answer just now. Try again later',
};

/** Whether VoiceFox takes no more requests of the account just now. */
export const isRateLimit = ({ httpCode }: Problem): boolean => httpCode === '429';

/** Whether VoiceFox does not let the account in. */
export const isRefusal = ({ httpCode }: Problem): boolean => httpCode === '401' || httpCode === '403';

/** How much of the server's own words is looked at, and how much is passed on; their format is unknown. */
const READ_LENGTH = 5_000;
const SHOWN_LENGTH = 300;

function wordsOf(body: unknown): string | undefined {
	if (body === null || typeof body !== 'object') return undefined;

	const { message, msg, error } = body as Record<string, unknown>;
	return [message, msg, error].find((text): text is string => typeof text === 'string' && text.trim() !== '');
}

/**
 * The problem with an answer of the REST API whose status is not 2xx.
 *
 * @param subject what was asked for, e.g. "call with session ID abc"; named when it is not there (404)
 * @param secrets the credential's, which VoiceFox's own words may repeat
 */
export function statusProblem(
	status: number,
	body: unknown,
	subject: string,
	secrets: readonly string[],
): Problem {
	const message =
		status === 404
			? `VoiceFox has no ${subject}. Check the ID, and that the credential's region and workspace are the right ones`
			: (SENTENCES[status] ??
				SENTENCES_BY_HUNDRED[Math.floor(status / 100)] ??
				`VoiceFox answered ${status}`);
	const words = wordsOf(body)?.trim().slice(0, READ_LENGTH);
	const said = words && withoutSecretPieces(words, secrets).slice(0, SHOWN_LENGTH);
	return {
		message,
		description: said === undefined ? `Status ${status}` : `VoiceFox says: ${said}`,
		httpCode: String(status),
	};
}

/**
 * The problem with a request that got no answer at all, or that n8n itself did not send.
 *
 * @param secrets the credential's
 */
export function unreachedProblem(error: unknown, secrets: readonly string[]): Problem {
	const { message, description, messages } = error as {
		message?: string;
		description?: string | null;
		messages?: string[];
	};
	// n8n's protection against internal addresses explains itself in its description.
	const details = [messages?.[0] ?? message, description].filter((text) => typeof text === 'string');
	return {
		message:
			"VoiceFox could not be reached. Check 'Region' and 'Base URL' in the credential, and that this n8n may reach the internet",
		description: withoutSecretPieces([...new Set(details)].join(' ').slice(0, READ_LENGTH), secrets),
	};
}

/** The error and what caused it: n8n's errors wrap the one that says what happened. */
function causesOf(error: unknown): Array<Error & { description?: string; code?: string }> {
	if (typeof error !== 'object' || error === null) return [];

	return [error as Error, ...causesOf((error as Error).cause)];
}

/** n8n's protection against internal addresses, where it kept a request from being sent. */
export const blockedBy = (error: unknown) => causesOf(error).find(({ name }) => name?.startsWith('Ssrf'));

const CODE_LENGTH = 60;

/** The code of Node or axios for what went wrong, e.g. ECONNRESET; undefined when there is none. */
export const codeIn = (error: unknown): string | undefined =>
	causesOf(error)
		.map(({ code }) => code)
		.find((code): code is string => typeof code === 'string')
		?.slice(0, CODE_LENGTH);

/** A problem as n8n's own error: with the status where a server refused, else as one of the node's settings. */
function nodeErrorOf(node: INode, { message, description, httpCode }: Problem, itemIndex?: number) {
	if (httpCode === undefined) return new NodeOperationError(node, message, { description, itemIndex });

	return new NodeApiError(node, { message, httpCode }, { message, description, httpCode, itemIndex });
}

/** Whatever was thrown while an item was worked on, as an error that names the item. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof ProblemError) return nodeErrorOf(node, error.problem, itemIndex);

	return new NodeOperationError(node, error as Error, { itemIndex });
}
