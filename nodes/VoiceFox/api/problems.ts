/** What went wrong, as n8n shows it: a sentence that says what to do, and the details below it. */
export interface Problem {
	message: string;
	description?: string;
	httpCode?: string;
}

/** An ordinary refusal on the way to a result; the node turns it into n8n's own errors. */
export class ProblemError extends Error {
	constructor(readonly problem: Problem) {
		super(problem.message);
	}
}

/** Stops the operation with a sentence for the user. */
export function refuse(message: string, description?: string, httpCode?: string): never {
	throw new ProblemError({ message, description, httpCode });
}

const SENTENCES: Record<number, string> = {
	400: "VoiceFox did not accept the request. Check the node's fields",
	401: "VoiceFox does not know the API token. Check 'API Token' and 'Region' in the credential; tokens are made in the console under Open Platform > API Token",
	403: 'VoiceFox refuses access. The API token belongs to one workspace: use a token of the workspace that owns this data',
	429: 'VoiceFox is still limiting requests after several waits. Try again later, send fewer requests, or ask VoiceFox for a higher quota',
};

const OTHER_SENTENCES: Record<number, string> = {
	3: "VoiceFox answered with a redirect, which is not followed so that the API token stays with its host. Check 'Region' and 'Base URL' in the credential",
	4: "VoiceFox did not accept the request. Check the node's fields",
	5: "VoiceFox could not answer just now. Try again later, or switch on 'Retry On Fail' in the node's settings",
};

/** The server's own words about a refusal, if its answer has any; bounded, because the format is unknown. */
function wordsOf(body: unknown): string | undefined {
	if (body === null || typeof body !== 'object') return undefined;

	const { message, msg, error } = body as Record<string, unknown>;
	const words = [message, msg, error].find((text) => typeof text === 'string' && text.trim() !== '');
	return words === undefined ? undefined : `VoiceFox says: ${String(words).trim().slice(0, 300)}`;
}

/**
 * The sentence for an answer of the REST API that is not 2xx.
 *
 * @param subject what was asked for, e.g. "call with session ID abc"; named when it is not there (404)
 */
export function answerProblem(status: number, body: unknown, subject: string): Problem {
	const message =
		status === 404
			? `VoiceFox has no ${subject}. Check the ID, and that the credential's region and workspace are the right ones`
			: (SENTENCES[status] ?? OTHER_SENTENCES[Math.floor(status / 100)] ?? `VoiceFox answered ${status}`);
	return { message, description: wordsOf(body) ?? `Status ${status}`, httpCode: String(status) };
}

/** The sentence for a request that got no answer at all, or that n8n itself did not send. */
export function unansweredProblem(error: unknown): Problem {
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
		description: [...new Set(details)].join(' '),
	};
}
