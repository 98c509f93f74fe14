import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import type { Issue } from './delivery';
import { LineLimit } from './logLimit';

const refusalLines = new LineLimit();

/** Which trigger of which workflow speaks, for n8n's log; JSON keeps names with line breaks on one line. */
function speaker(context: IWebhookFunctions): string {
	const { id, name } = context.getWorkflow();
	return `VoiceFox Trigger ${JSON.stringify(context.getNode().name)} of workflow ${JSON.stringify(name ?? '')} (${id})`;
}

/** A line in n8n's log, with the trigger it is about. */
export const warn = (context: IWebhookFunctions, what: string) =>
	context.logger.warn(`${speaker(context)} ${what}`);

/** Answers on the response itself, which is n8n's way to let a node answer with a status of its own. */
function refuse(
	context: IWebhookFunctions,
	status: number,
	body: object,
	headers: Record<string, string>,
	reason: string,
): IWebhookResponseData {
	// The issues of a payload differ each time, the other reasons are few.
	const kind = `${speaker(context)} ${status === 400 ? status : reason}`;
	refusalLines.write(kind, (left) => warn(context, `refused a request with ${status}: ${reason}${left}`));
	context
		.getResponseObject()
		.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers })
		.end(JSON.stringify(body));
	return { noWebhookResponse: true };
}

/** 200 `{}`, which n8n sends after it has stored the execution (n8n 2.8 and later). */
export const accept = (items: INodeExecutionData[][]): IWebhookResponseData => ({
	workflowData: items,
	webhookResponse: {},
});

/** 200 without an execution; a test run is told why, since a person waits for it. */
export function ignore(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	context.logger.info(`${speaker(context)} ignored an event: ${reason}`);
	const body: IDataObject = context.getMode() === 'manual' ? { ignored: reason } : {};
	return { webhookResponse: body };
}

/** 401: the sender is not the one that the credential names. */
export const refuseUnauthorized = (context: IWebhookFunctions, reason: string) =>
	refuse(context, 401, { error: 'Unauthorized' }, { 'WWW-Authenticate': 'Bearer' }, reason);

/** 400: the payload is not what the event should look like. */
export const refuseInvalid = (context: IWebhookFunctions, issues: Issue[]) =>
	refuse(
		context,
		400,
		{ error: 'Invalid payload', issues },
		{},
		`the payload is not valid: ${issues.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; ')}`,
	);

const refuseUnavailable = (context: IWebhookFunctions, reason: string, retryAfter: number) =>
	refuse(context, 503, { error: 'Unavailable' }, { 'Retry-After': String(retryAfter) }, reason);

/** 503, again in a minute: somebody must mend what this trigger reads before it lets anybody in. */
export const refuseUnreadable = (context: IWebhookFunctions, what: string) =>
	refuseUnavailable(context, `${what} cannot be read. Open the node and look for what is marked red.`, 60);

/** 503, again in 5 seconds: it is a copy, and whether its first delivery gets stored is still open. */
export const refuseUndecided = (context: IWebhookFunctions) =>
	refuseUnavailable(context, 'n8n has not stored the first delivery of this event yet.', 5);
