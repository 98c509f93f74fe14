import { fail } from '../../api/errors';

/** Every VoiceFox Trigger's URL ends so, behind n8n's endpoint and the node's own ID. */
const TRIGGER_PATH = /\/[^/]+\/[^/]+\/webhook$/;

/** The editor shows a workflow there. */
const EDITOR_PATH = /\/workflow(\/|$)/;

const HOW_TO_COPY = 'Open the VoiceFox Trigger, and copy its test URL or its production URL';

const isHttp = ({ protocol }: URL) => protocol === 'http:' || protocol === 'https:';

/** The address without its path; undefined when it is not one of http or https. */
function originOf(address: unknown): string | undefined {
	if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
	const url = new URL(address);
	return isHttp(url) ? url.origin : undefined;
}

/**
 * Reads the URL of a trigger of this n8n. The token is sent to what this gives back, so scheme, host and port must be
 * those of one of n8n's own addresses, compared as the URL standard writes them (the way the HTTP client reads them).
 *
 * @param text what the user typed or an expression gave
 * @param ownAddresses addresses of this n8n, as n8n itself names them
 * @returns the URL in the standard's form, which is the one to use
 * @throws ProblemError with what to do, for every other URL
 */
export function triggerUrlIn(text: unknown, ownAddresses: unknown[]): string {
	const typed = typeof text === 'string' ? text.trim() : '';
	if (typed === '') fail(`'Trigger URL' is empty. ${HOW_TO_COPY}`);

	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (!url || !isHttp(url)) {
		fail(`'Trigger URL' is not a valid URL that starts with http:// or https://. ${HOW_TO_COPY}`);
	}
	if (EDITOR_PATH.test(url.pathname)) {
		fail(
			`'Trigger URL' is the address of a workflow in the editor, where no event can be sent. ${HOW_TO_COPY}`,
		);
	}

	const origins = [...new Set(ownAddresses.map(originOf).filter((origin) => origin !== undefined))];
	if (!origins.includes(url.origin)) {
		fail(
			`'Trigger URL' leads to ${url.origin}, which is not an address of this n8n (${origins.join(' or ')}). Nothing was sent, because the credential's token is for this n8n only. ${HOW_TO_COPY}`,
			"n8n's settings N8N_EDITOR_BASE_URL and WEBHOOK_URL say what its own addresses are.",
		);
	}
	// The HTTP client would send these in place of the token.
	if (url.username !== '' || url.password !== '') {
		fail(`'Trigger URL' holds a user name or password, which a trigger's URL never does. ${HOW_TO_COPY}`);
	}
	if (!TRIGGER_PATH.test(url.pathname)) {
		fail(`'Trigger URL' is not the URL of a VoiceFox Trigger, which ends in /webhook. ${HOW_TO_COPY}`);
	}
	return url.href;
}
