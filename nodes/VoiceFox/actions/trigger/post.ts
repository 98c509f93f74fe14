import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { blockedBy, codeIn, fail } from '../../api/errors';
import { tokenHeader, withoutToken } from '../../token/token';
import { unansweredSentence, type TriggerAnswer } from './explanations';
import { triggerUrlIn } from './triggerUrl';

const CREDENTIAL = 'voiceFoxWebhookApi';

/** n8n answers when the execution is stored; seconds. */
const ANSWER_TIMEOUT = 30;

/** The URL of a trigger of this n8n, and the header that its credential asks for. */
export interface Target {
	url: string;
	header: string;
}

/** Where this n8n can be reached, as n8n tells a node: the editor's address, and the one of its webhooks. */
const ownAddresses = (context: IExecuteFunctions, itemIndex: number) => [
	context.getInstanceBaseUrl(),
	context.evaluateExpression('{{ $execution.resumeUrl }}', itemIndex),
];

/**
 * Where to send something, and with which token.
 *
 * @param typed the URL as the user gave it
 * @throws ProblemError when the URL is not one of this n8n's triggers, or the token can be used by nobody
 */
export async function targetOf(
	context: IExecuteFunctions,
	typed: string,
	itemIndex: number,
): Promise<Target> {
	const url = triggerUrlIn(typed, ownAddresses(context, itemIndex));
	const token = tokenHeader(await context.getCredentials(CREDENTIAL, itemIndex));
	return 'header' in token
		? { url, header: token.header }
		: fail(`In this node's credential, ${token.problem}`);
}

/** The same answer without the token, should whoever gave it repeat what was sent. */
function hidden(body: unknown, header: string): unknown {
	if (body === undefined) return body;
	const hide = (_name: string, value: unknown) =>
		typeof value === 'string' ? withoutToken(value, header) : value;
	return JSON.parse(JSON.stringify(body), hide);
}

/** Why n8n got no answer. Its own error holds the request with the token in it, so it is not passed on. */
function failUnanswered(error: unknown): never {
	const blocked = blockedBy(error);
	if (blocked) {
		fail(
			"n8n's protection against internal addresses keeps it from calling its own URL. Whoever runs n8n can allow that address",
			blocked.description,
		);
	}
	const code = codeIn(error);
	fail(unansweredSentence(code, ANSWER_TIMEOUT), code === undefined ? undefined : `Code ${code}`);
}

/**
 * Sends something to a trigger the way VoiceFox does.
 *
 * @returns the answer, whatever its status, without the token
 * @throws ProblemError when there is none after 30 s
 */
export async function post(
	context: IExecuteFunctions,
	{ url, header }: Target,
	body: object,
): Promise<TriggerAnswer> {
	try {
		const answer = (await context.helpers.httpRequest({
			method: 'POST',
			url,
			headers: { Authorization: header },
			body: body as IDataObject,
			json: true,
			timeout: ANSWER_TIMEOUT * 1000,
			abortSignal: context.getExecutionCancelSignal(),
			// The token would go along to wherever a redirect leads.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as TriggerAnswer;
		return { ...answer, body: hidden(answer.body, header) };
	} catch (error) {
		return failUnanswered(error);
	}
}
