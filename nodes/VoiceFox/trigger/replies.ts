import {
	NodeOperationError,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { REFUSALS, type Authorization } from './authorization';
import { LineLimit } from './logLimit';
import { toNotProcessedItem, type LeftOut } from './notProcessed';
import type { TriggerSettings } from './settings';

const lines = new LineLimit();

/** Which trigger of which workflow speaks, for n8n's log; JSON keeps names with line breaks on one line. */
function speaker(context: IWebhookFunctions): string {
	const { id, name } = context.getWorkflow();
	return `VoiceFox Trigger ${JSON.stringify(context.getNode().name)} of workflow ${JSON.stringify(name ?? '')} (${id})`;
}

/**
 * A line in n8n's log, with the trigger it is about.
 *
 * @param kind lines of one kind and trigger share a limit
 */
function log(context: IWebhookFunctions, level: 'info' | 'warn', kind: string, what: string) {
	const who = speaker(context);
	lines.write(`${who} ${kind}`, (remark) => context.logger[level](`${who} ${what}${remark}`));
}

/** A line in n8n's log about a setting that does less than its user thinks. */
export const warn = (context: IWebhookFunctions, kind: string, what: string) =>
	log(context, 'warn', kind, what);

const isTestRun = (context: IWebhookFunctions) => context.getMode() === 'manual';

interface Answer {
	status: number;
	body: object;
	headers?: Record<string, string>;
}

/**
 * Answers on the response itself, which is n8n's way to let a node answer with a status of its own. In a test run the
 * person who waits is told as well: n8n shows a thrown error on the node, and runs nothing behind it. It closes the
 * connection then, so the answer has to be on its way before.
 */
async function answer(
	context: IWebhookFunctions,
	{ status, body, headers = {} }: Answer,
	reason: string,
): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
	if (!isTestRun(context)) {
		response.end(JSON.stringify(body));
		return { noWebhookResponse: true };
	}

	// `end` takes no callback here: n8n's compression drops it.
	const isSent = new Promise<void>((resolve) => void response.once('finish', resolve).once('close', resolve));
	response.end(JSON.stringify(body));
	await isSent;
	throw new NodeOperationError(context.getNode(), reason, { level: 'info' });
}

async function refuse(context: IWebhookFunctions, refusal: Answer, kind: string, reason: string) {
	log(context, 'warn', `${refusal.status} ${kind}`, `refused a request with ${refusal.status}: ${reason}`);
	return await answer(context, refusal, reason);
}

/** 200 `{}`, which n8n sends after it has stored the execution (n8n 2.8 and later). */
export const accept = (items: INodeExecutionData[][]): IWebhookResponseData => ({
	workflowData: items,
	webhookResponse: {},
});

/** 401: the sender is not the one that the credential names. */
export const refuseUnauthorized = async (
	context: IWebhookFunctions,
	authorization: Exclude<Authorization, 'authorized'>,
) =>
	await refuse(
		context,
		{ status: 401, body: { error: 'Unauthorized' }, headers: { 'WWW-Authenticate': 'Bearer' } },
		authorization,
		REFUSALS[authorization],
	);

const refuseUnavailable = async (context: IWebhookFunctions, reason: string, retryAfter: number) =>
	await refuse(
		context,
		{ status: 503, body: { error: 'Unavailable' }, headers: { 'Retry-After': String(retryAfter) } },
		reason,
		reason,
	);

/** What a setting that cannot be read asks of the user. */
export const unreadable = (what: string) =>
	`${what} cannot be read. Open the node and look for what is marked red, or for an expression that gives nothing.`;

/** 503, again in a minute: somebody must mend what this trigger reads before it lets anybody in. */
export const refuseUnreadable = async (context: IWebhookFunctions, what: string) =>
	await refuseUnavailable(context, unreadable(what), 60);

/** 503, again in 5 seconds: it is a duplicate, and whether its first delivery gets stored is still open. */
export const refuseUndecided = async (context: IWebhookFunctions) =>
	await refuseUnavailable(context, 'n8n has not stored the first delivery of this event yet.', 5);

/**
 * What an authorized request gets that starts nothing: an item on the output 'Not Processed' where the user wants it, 400
 * when it is not valid, else 200.
 */
export async function leaveOut(
	context: IWebhookFunctions,
	settings: TriggerSettings,
	left: LeftOut,
): Promise<IWebhookResponseData> {
	const { kind, reason, issues } = left;
	if (settings.options.notProcessed.includes(kind)) {
		log(context, 'info', kind, `passed an event on as not processed: ${reason}`);
		return accept(toNotProcessedItem(left, settings));
	}
	if (kind === 'invalid') {
		return await refuse(context, { status: 400, body: { error: 'Invalid payload', issues } }, kind, reason);
	}
	log(context, 'info', kind, `ignored an event: ${reason}`);
	if (!isTestRun(context)) return { webhookResponse: {} };

	const body = { ignored: reason };
	// With a real call, "call ended" comes before the analysis: n8n goes on listening for what is selected.
	if (kind === 'notSelected') return { webhookResponse: body };
	return await answer(context, { status: 200, body }, reason);
}
