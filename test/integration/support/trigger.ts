import 'reflect-metadata';

import { HookContext, WebhookContext } from 'n8n-core';
import {
	NodeOperationError,
	Workflow,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeTypes,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import { VoiceFoxTrigger } from '../../../nodes/VoiceFox/VoiceFoxTrigger.node';
import { defaultParameters } from '../../support/settings';
import { n8nRequest, type SentRequest } from './requests';

export const TOKEN = 'an example token';
export const PUBLIC_URL = 'https://n8n.example.com/webhook';
export const BEARER = `Bearer ${TOKEN}`;

export interface TriggerNode {
	parameters?: IDataObject;
	/** What n8n decrypts; an Error is thrown instead, null stands for a node without a credential. */
	credential?: IDataObject | Error | null;
	typeVersion?: number;
	/** The test URL instead of the production URL. */
	testRun?: boolean;
	nodeName?: string;
	/** Names the workflow, for deliveries that go to one and the same; else each has a workflow of its own. */
	workflowId?: string;
	/** Where n8n says that its webhooks are. */
	webhookUrl?: string;
	/** n8n has not stored the execution yet when the outcome is looked at. */
	notStoredYet?: boolean;
}

/** What a delivery led to, seen from VoiceFox (status, headers, body) and from the user (items, log). */
export interface Outcome {
	status: number;
	headers: IDataObject;
	body: unknown;
	/** The items of each output; null when nothing starts. */
	items: IDataObject[][] | null;
	/** What a test run shows on the node; null when nothing was thrown. */
	error: string | null;
	/** The lines in n8n's log, each as its level and text. */
	log: string[];
	/** How often the node had n8n read the body. */
	timesRead: number;
}

export const triggerNode = new VoiceFoxTrigger();

const nodeTypes = {
	getByName: () => triggerNode,
	getByNameAndVersion: () => triggerNode,
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;

let workflows = 0;

/** A workflow of its own with this trigger, so that no two tests share what n8n or the node remembers. */
export function workflowWith(trigger: TriggerNode = {}): { workflow: Workflow; node: INode } {
	const id = trigger.workflowId ?? String(++workflows);
	const node: INode = {
		id: `node-${id}`,
		name: trigger.nodeName ?? 'Calls',
		type: 'n8n-nodes-voicefox.voiceFoxTrigger',
		typeVersion: trigger.typeVersion ?? 2,
		position: [0, 0],
		webhookId: `webhook-${id}`,
		parameters: { ...defaultParameters, ...trigger.parameters } as INodeParameters,
		...(trigger.credential === null ? {} : { credentials: { voiceFoxWebhookApi: { id, name: 'VoiceFox' } } }),
	};
	const workflow = new Workflow({
		id,
		name: 'Call log',
		nodes: [node],
		connections: {},
		active: true,
		nodeTypes,
	});
	return { workflow, node };
}

const additionalData = ({ credential, webhookUrl = PUBLIC_URL }: TriggerNode, more: object = {}) =>
	({
		webhookBaseUrl: webhookUrl,
		credentialsHelper: {
			isCredentialUsableByNode: () => true,
			getDecrypted: async () => {
				if (credential instanceof Error) throw credential;
				return credential ?? { authorizationToken: TOKEN };
			},
		},
		...more,
	}) as unknown as IWorkflowExecuteAdditionalData;

/** Puts a recorder in the place of n8n's logger (whose methods are read-only), so that a test sees its lines. */
function recordedLog(context: object): string[] {
	const lines: string[] = [];
	const write =
		(level: string) =>
		(...parts: unknown[]) =>
			lines.push(
				[level, ...parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))].join(' '),
			);
	const levels = ['error', 'warn', 'info', 'debug'];
	const value = Object.fromEntries(levels.map((level) => [level, write(level)]));
	Object.defineProperty(context, 'logger', { value });
	return lines;
}

/** The part of Node's response that n8n and the node write to. */
class RecordedResponse {
	statusCode = 200;

	headers: IDataObject = {};

	text = '';

	writableEnded = false;

	writeHead(status: number, headers: IDataObject) {
		this.statusCode = status;
		this.headers = headers;
		return this;
	}

	private readonly listeners: Array<() => void> = [];

	end(text: string) {
		this.text = text;
		this.writableEnded = true;
		for (const listener of this.listeners) listener();
	}

	on = () => this;

	destroyed = false;

	once = (_: string, listener: () => void) => {
		this.listeners.push(listener);
		return this;
	};
}

const jsonOf = (items: INodeExecutionData[][]) => items.map((output) => output.map(({ json }) => json));

/** Runs the node: what it gives back, or the error that n8n shows on it in a test run. Whatever else it throws is a bug. */
async function runTrigger(context: WebhookContext, testRun = false) {
	const run: Promise<IWebhookResponseData | NodeOperationError> = triggerNode.webhook.call(context);
	const isShown = (error: unknown) => testRun && error instanceof NodeOperationError;
	const outcome = await run.catch((error: NodeOperationError) =>
		isShown(error) ? error : Promise.reject(error),
	);
	return outcome instanceof NodeOperationError
		? { result: { noWebhookResponse: true } as IWebhookResponseData, error: outcome.message }
		: { result: outcome, error: null };
}

/** Sends one request to a trigger in n8n-core's own webhook context, and answers it as n8n would. */
export async function deliver(sent: SentRequest, trigger: TriggerNode = {}): Promise<Outcome> {
	const { workflow, node } = workflowWith(trigger);
	const httpRequest = await n8nRequest({ authorization: BEARER, ...sent }, node.typeVersion);
	const httpResponse = new RecordedResponse();
	const context = new WebhookContext(
		workflow,
		node,
		additionalData(trigger, { httpRequest, httpResponse }),
		trigger.testRun ? 'manual' : 'webhook',
		{ webhookDescription: triggerNode.description.webhooks?.[0] } as IWebhookData,
		[],
		null,
	);
	const log = recordedLog(context);

	const { result, error } = await runTrigger(context, trigger.testRun);
	if (!result.noWebhookResponse && !trigger.notStoredYet) {
		const headers = { 'Content-Type': 'application/json; charset=utf-8' };
		httpResponse.writeHead(200, headers).end(JSON.stringify(result.webhookResponse));
	}
	const { statusCode: status, headers, text } = httpResponse;
	const items = result.workflowData ? jsonOf(result.workflowData) : null;
	return {
		status,
		headers,
		body: text === '' ? null : (JSON.parse(text) as unknown),
		items,
		error,
		log,
		timesRead: httpRequest.timesRead,
	};
}

/** n8n-core's context for `checkExists`, `create` and `delete`. */
export function hookContext(
	trigger: TriggerNode,
	activation: WorkflowActivateMode,
): HookContext & { log: string[] } {
	const { workflow, node } = workflowWith(trigger);
	const context = new HookContext(workflow, node, additionalData(trigger), 'trigger', activation);
	return Object.assign(context, { log: recordedLog(context) });
}
