import 'reflect-metadata';

import { BinaryDataService, ExecuteContext, LoadOptionsContext } from 'n8n-core';
import {
	createRunExecutionData,
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import { VoiceFoxApi } from '../../credentials/VoiceFoxApi.credentials';
import { VoiceFox } from '../../nodes/VoiceFox/VoiceFox.node';

/** The globals of test/stand-in/environment.mjs. */
declare const storage: { containerOfN8n: string; files: () => Promise<string[]> };

/** What a test sets beside the node's parameters. */
export interface Run {
	credential: ICredentialDataDecryptedObject;
	items?: IDataObject[];
	incoming?: INodeExecutionData[];
	onError?: INode['onError'];
	timeZone?: string;
	abortSignal?: AbortSignal;
	/** The webhook's credential; without it the node has none */
	webhookCredential?: ICredentialDataDecryptedObject;
	/** Where n8n says that its editor and its webhooks are */
	addresses?: { editor: string; webhooks: string };
}

/** One for all runs, as in n8n. */
const voiceFoxNode = new VoiceFox();

const nodeTypes = {
	getByName: () => voiceFoxNode,
	getByNameAndVersion: (): INodeType => voiceFoxNode,
	getKnownTypes: () => ({}),
} as INodeTypes;

/** n8n's way with a generic `authenticate` (n8n/dist/credentials-helper.js); only that is made up here. */
export const credentialsHelperOf = (workflow: Workflow, { credential, webhookCredential }: Run) => ({
	getDecrypted: async (_data: unknown, _stored: unknown, type: string) =>
		type === 'voiceFoxWebhookApi' ? webhookCredential : credential,
	getParentTypes: () => [],
	isCredentialUsableByNode: () => true,
	preAuthentication: async () => undefined,
	authenticate: async (
		credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	) => {
		const { headers } = new VoiceFoxApi().authenticate.properties;
		const resolved = Object.entries(headers ?? {}).map(([name, value]) => [
			name,
			workflow.expression.resolveSimpleParameterValue(
				value as string,
				{},
				null,
				0,
				0,
				'VoiceFox',
				[],
				'internal',
				{ $credentials: credentials } as never,
			),
		]);
		return { ...options, headers: { ...options.headers, ...Object.fromEntries(resolved) } };
	},
});

const nodeWith = (parameters: INodeParameters, credentials: INode['credentials']): INode => ({
	id: 'voicefox',
	name: 'VoiceFox',
	type: 'n8n-nodes-voicefox.voiceFox',
	typeVersion: 1,
	position: [0, 0],
	parameters,
	credentials,
});

const voiceFoxApi = { id: '1', name: 'VoiceFox API' };

const workflowOf = (node: INode, timezone = 'Asia/Tokyo') =>
	new Workflow({
		id: 'workflow',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		settings: { timezone },
	});

function additionalDataFor(workflow: Workflow, run: Run): IWorkflowExecuteAdditionalData {
	const { editor, webhooks } = run.addresses ?? { editor: 'http://localhost', webhooks: 'http://localhost' };
	return {
		executionId: '7',
		instanceBaseUrl: `${editor}/`,
		webhookWaitingBaseUrl: `${webhooks}/webhook-waiting`,
		formWaitingBaseUrl: `${webhooks}/form-waiting`,
		credentialsHelper: credentialsHelperOf(workflow, run),
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** What a run gives: its items, and the hints beside them. */
export async function runWithHints(parameters: INodeParameters, run: Run) {
	const voiceFoxWebhookApi = run.webhookCredential && { id: '2', name: 'VoiceFox' };
	const credentials = { voiceFoxApi, ...(voiceFoxWebhookApi && { voiceFoxWebhookApi }) };
	const node = { ...nodeWith(parameters, credentials), onError: run.onError };
	const workflow = workflowOf(node, run.timeZone);
	const main = run.incoming ?? (run.items ?? [{}]).map((json) => ({ json }));
	const context = new ExecuteContext(
		workflow,
		workflow.nodes.VoiceFox!,
		additionalDataFor(workflow, run),
		'webhook',
		createRunExecutionData(),
		0,
		main,
		{ main: [main] },
		{ node, data: { main: [main] }, source: null },
		[],
		run.abortSignal,
	);
	const [output] = await voiceFoxNode.execute.call(context);
	return { items: output!, hints: context.hints.map(({ message }) => message) };
}

/** The node class in n8n-core's real execute context, with n8n-core's real HTTP client and file storage. */
export const runVoiceFox = async (parameters: INodeParameters, run: Run): Promise<INodeExecutionData[]> =>
	(await runWithHints(parameters, run)).items;

type ListRun = Run & { hasCredential?: boolean };

function listContext(run: ListRun) {
	const node = nodeWith({}, run.hasCredential === false ? undefined : { voiceFoxApi });
	const workflow = workflowOf(node);
	return new LoadOptionsContext(workflow, node, additionalDataFor(workflow, run), '');
}

/** A list of the editor, in n8n-core's real context for lists. */
export const listOf = async (
	method: keyof VoiceFox['methods']['listSearch'],
	run: ListRun,
	filter?: string,
) => (await voiceFoxNode.methods.listSearch[method].call(listContext(run), filter)).results;

/** What is thrown, with what the user reads of it. */
export async function errorOf(run: Promise<unknown>) {
	const error = await run.then(
		() => undefined,
		(thrown: Error & { description?: string; httpCode?: string; context?: IDataObject }) => thrown,
	);
	if (!error) throw new Error('Nothing was thrown');
	return error;
}

const binaryData = () => {
	const { Container } = jest.requireActual<{ Container: { get: (type: unknown) => BinaryDataService } }>(
		storage.containerOfN8n,
	);
	return Container.get(BinaryDataService);
};

/** Makes n8n-core's file storage ready, in the scratch folder of the environment. */
export async function initStorage(): Promise<void> {
	await binaryData().init();
}

/** A stored file's bytes. */
export async function bytesOf(file: IBinaryData): Promise<Buffer> {
	return await binaryData().getAsBuffer(file);
}
