import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { outputLabels } from '../items/outputs';
import { log } from '../log/log';
import { ANSWERS, ignoredBody, type Answer } from '../protocol/answers';
import { isSample } from '../protocol/sample';
import type { TriggerStatus } from '../protocol/status';
import type { Refusal } from './authorization';
import type { TriggerSettings } from './settings';
import { TriggerStatuses, type Counted } from './status';
import { toUnprocessedItem, type Unprocessed } from './unprocessed';
import type { Warning } from './warnings';

/** Of all triggers in this process, for as long as it runs. */
const statuses = new TriggerStatuses();

/** Why something happened: a sentence for the user, and the same without what differs from event to event. */
interface Reason {
	reason: string;
	cause: string;
}

/** Why a request is not authorized, and what the credential's owner can do: for n8n's log, and for the screen of a test run. */
export const REFUSALS: Record<Refusal, Reason> = {
	headerMissing: {
		reason:
			"The request has no Authorization header. If it came from VoiceFox, enter a value as Authorization on the webhook page of its console, the same as 'Authorization Token' in this node's credential.",
		cause: 'the request has no Authorization header',
	},
	headerWrong: {
		reason:
			"The request's Authorization header is not the value in this node's credential. Compare 'Authorization Token' in the credential with the Authorization value on the webhook page of the VoiceFox console: every character counts, upper and lower case too.",
		cause: 'the Authorization value is not the one in the credential',
	},
	tokenUnusable: {
		reason: "This node's credential holds no usable token, so nobody is let in.",
		cause: 'the credential holds no usable token',
	},
};

/** Names the trigger among all of this n8n. */
export const triggerKey = (context: Pick<IWebhookFunctions, 'getWorkflow' | 'getNode'>) =>
	`${context.getWorkflow().id}/${context.getNode().id}`;

/** How many outputs the node has, without the one for unprocessed events. */
export const outputCount = (context: IWebhookFunctions, { output }: TriggerSettings) =>
	outputLabels(output, context.getNode().parameters.triggerOn).length;

const isTestRun = (context: IWebhookFunctions) => context.getMode() === 'manual';

/**
 * Says in n8n's log why something happened, and counts it for Get Status.
 *
 * @param kind lines of one kind and trigger share a limit
 */
function note(context: IWebhookFunctions, what: Counted, kind: string, { reason, cause }: Reason) {
	if (!isTestRun(context)) statuses.count(triggerKey(context), what, cause);
	log(context, 'VoiceFox Trigger', what === 'ignored' ? 'info' : 'warn', kind, reason);
}

/** Says what does less than its user thinks, though the event is taken. */
export function warn(context: IWebhookFunctions, warnings: Warning[]) {
	for (const { kind, reason, cause = reason } of warnings) note(context, 'warnings', kind, { reason, cause });
}

/** The sender may have left meanwhile: then neither event ever comes. */
async function written(response: ReturnType<IWebhookFunctions['getResponseObject']>): Promise<void> {
	if (response.destroyed) return;
	await new Promise<void>((resolve) => void response.once('finish', resolve).once('close', resolve));
}

/**
 * Answers on the response itself, which is n8n's way to let a node answer with a status of its own. In a test run the
 * person who waits is told as well: n8n shows a thrown error on the node, and runs nothing behind it. It closes the
 * connection then, so the answer has to be on its way before.
 */
async function answer(
	context: IWebhookFunctions,
	{ status, headers }: Pick<Answer, 'status' | 'headers'>,
	body: object,
	reason: string,
): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
	if (!isTestRun(context)) {
		response.end(JSON.stringify(body));
		return { noWebhookResponse: true };
	}

	// `end` takes no callback here: n8n's compression drops it.
	const whenWritten = written(response);
	response.end(JSON.stringify(body));
	await whenWritten;
	throw new NodeOperationError(context.getNode(), reason, { level: 'info' });
}

async function refuse(
	context: IWebhookFunctions,
	refusal: Answer,
	kind: string,
	{ reason, cause }: Reason,
	more: object = {},
) {
	const { status, error } = refusal;
	const line = `refused a request with ${status}: ${reason}`;
	note(context, 'refused', `${status} ${kind}`, { reason: line, cause });
	return await answer(context, refusal, { error, ...more }, reason);
}

/** 200 `{}`, which n8n sends after it has stored the execution (n8n 2.8 and later). */
const start = (items: INodeExecutionData[][]): IWebhookResponseData => ({
	workflowData: items,
	webhookResponse: {},
});

/** Starts the workflow. */
export function accept(context: IWebhookFunctions, items: INodeExecutionData[][]): IWebhookResponseData {
	if (!isTestRun(context)) statuses.countAccepted(triggerKey(context));
	return start(items);
}

/**
 * 401: the sender is not the one that the credential names.
 *
 * @param problem which of the credential's tokens authorizes nobody, and why; null when all can be used
 */
export async function refuseUnauthorized(
	context: IWebhookFunctions,
	refusal: Refusal,
	problem: string | null,
) {
	const { reason, cause } = REFUSALS[refusal];
	return await refuse(context, ANSWERS.unauthorized, refusal, {
		reason: problem === null ? reason : `${reason} ${problem}.`,
		cause: problem === null ? cause : `${cause}. ${problem}`,
	});
}

/**
 * 503, again in a minute: a setting must be fixed first before anybody is let in.
 *
 * @param what cannot be read, e.g. "the credential"
 * @param problem what its user can do, in a sentence
 */
export const refuseUnreadable = async (context: IWebhookFunctions, what: string, problem: string) =>
	await refuse(context, ANSWERS.unreadable, what, { reason: problem, cause: `${what} cannot be read` });

/** 503, again in 5 seconds: it is a duplicate, and whether its first delivery gets stored is still open. */
export const refuseUndecided = async (context: IWebhookFunctions) =>
	await refuse(context, ANSWERS.undecided, 'undecided', {
		reason: 'n8n has not stored the first delivery of this event yet.',
		cause: 'n8n had not stored the first delivery of the event yet',
	});

/** What this process knows of the trigger; a test run goes on listening. */
export const reportStatus = (
	context: IWebhookFunctions,
	{ url, problem }: Pick<TriggerStatus, 'url' | 'problem'>,
): IWebhookResponseData => ({
	webhookResponse: { ...statuses.of(triggerKey(context)), url, problem } as unknown as IDataObject,
});

/**
 * What an authorized request gets that is not processed: an item on the output 'Unprocessed' where the user wants it, 400
 * when it is not valid, else 200. In a test run, and for a sample, the 200 says why.
 */
export async function skip(
	context: IWebhookFunctions,
	settings: TriggerSettings,
	unprocessed: Unprocessed,
): Promise<IWebhookResponseData> {
	const { kind, reason, cause, payload, issues } = unprocessed;
	if (settings.options.notProcessed.includes(kind)) {
		note(context, 'ignored', kind, {
			reason: `passed an event on as unprocessed: ${reason}`,
			cause: `${cause} (passed on to the output 'Unprocessed')`,
		});
		return start(toUnprocessedItem(unprocessed, outputCount(context, settings)));
	}
	if (kind === 'invalid') {
		return await refuse(context, ANSWERS.invalid, kind, { reason, cause }, { issues });
	}
	note(context, 'ignored', kind, { reason: `ignored an event: ${reason}`, cause });
	if (!isTestRun(context)) return { webhookResponse: isSample(payload) ? ignoredBody(reason) : {} };

	// With a real call, "call ended" comes before the analysis: n8n goes on listening for what is selected.
	if (kind === 'notSelected') return { webhookResponse: ignoredBody(reason) };
	return await answer(context, { status: 200, headers: {} }, ignoredBody(reason), reason);
}
