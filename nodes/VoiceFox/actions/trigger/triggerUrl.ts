import { fail } from '../../api/errors';
import { text } from '../../settings/define';

/** Every VoiceFox Trigger's URL ends so, behind n8n's endpoint and the node's own ID. */
const TRIGGER_PATH = /\/[^/]+\/[^/]+\/webhook$/;

/** The editor's own pages: a workflow, the list of them, its executions. */
const EDITOR_PATH = /\/(workflow|home|projects|executions)(\/|$)/;

const HOW_TO_COPY = 'Open the VoiceFox Trigger, and copy its test URL or its production URL';

/**
 * The trigger that an operation is about.
 *
 * @param hint where to get it
 */
export const triggerUrl = (hint: string) =>
	text({
		displayName: 'Trigger URL',
		name: 'url',
		required: true,
		placeholder: 'e.g. https://n8n.example.com/webhook/…/webhook',
		description:
			'The test URL or the production URL of a VoiceFox Trigger of this n8n. The token is never sent to any other server.',
		hint,
	});

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
 * @param typed what the user typed or an expression gave, trimmed
 * @param ownAddresses addresses of this n8n, as n8n itself names them
 * @returns the URL in the standard's form, which is the one to use
 * @throws ProblemError with what to do, for every other URL
 */
export function triggerUrlIn(typed: string, ownAddresses: unknown[]): string {
	if (typed === '') fail(`'Trigger URL' is empty. ${HOW_TO_COPY}`);

	const url = URL.canParse(typed) ? new URL(typed) : undefined;
	if (!url || !isHttp(url)) {
		fail(`'Trigger URL' is not a valid URL that starts with http:// or https://. ${HOW_TO_COPY}`);
	}
	const isTrigger = TRIGGER_PATH.test(url.pathname);
	if (!isTrigger && EDITOR_PATH.test(url.pathname)) {
		fail(`'Trigger URL' is the address of a page of the editor, where no event can be sent. ${HOW_TO_COPY}`);
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
	if (!isTrigger) {
		fail(`'Trigger URL' is not the URL of a VoiceFox Trigger, which ends in /webhook. ${HOW_TO_COPY}`);
	}
	return url.href;
}
