import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { fail } from '../api/errors';
import { getAssistant } from './assistant/get';
import { downloadRecording } from './call/downloadRecording';
import { getCall } from './call/get';
import { getConversation } from './call/getConversation';
import { getManyCalls } from './call/getMany';
import type { Operation } from './operation';
import { getTask } from './task/get';
import { getStatus } from './trigger/getStatus';
import { sendSample } from './trigger/sendSample';

/** One thing of VoiceFox, and what can be done with it. */
interface Resource {
	name: string;
	value: string;
	operations: Operation[];
	defaultOperation: string;
}

/** Resources and operations by name, as n8n wants them in its lists. */
const RESOURCES: Resource[] = [
	{ name: 'Assistant', value: 'assistant', operations: [getAssistant], defaultOperation: 'get' },
	{
		name: 'Call',
		value: 'call',
		operations: [downloadRecording, getCall, getConversation, getManyCalls],
		defaultOperation: 'get',
	},
	{ name: 'Task', value: 'task', operations: [getTask], defaultOperation: 'get' },
	{
		name: 'Trigger',
		value: 'trigger',
		operations: [getStatus, sendSample],
		defaultOperation: 'sendSample',
	},
];

const operationsOf = ({ value, operations, defaultOperation }: Resource): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [value] } },
	options: operations.map(({ option }) => option),
	default: defaultOperation,
});

/** n8n's own description of a tool is no more than the operation's name; this one is shown to AI agents instead. */
const toolDescriptionOf = (text: string): INodeProperties => ({
	displayName: 'Tool Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 4 },
	default: text,
	required: true,
	displayOptions: { show: { '@tool': [true] } },
	description: 'What the AI agent reads of this tool: when to use it, and what comes back',
});

/** The operation's parameters, shown for it only. */
const parametersOf = (
	resource: string,
	{ option, toolDescription, description }: Operation,
): INodeProperties[] =>
	[...(toolDescription ? [toolDescriptionOf(toolDescription)] : []), ...description].map((parameter) => ({
		...parameter,
		displayOptions: {
			...parameter.displayOptions,
			show: { resource: [resource], operation: [option.value], ...parameter.displayOptions?.show },
		},
	}));

/** Everything that the user sets: the resource, its operation, the operation's parameters. */
export const actionProperties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: RESOURCES.map(({ name, value }) => ({ name, value })),
		default: 'call',
	},
	...RESOURCES.map(operationsOf),
	...RESOURCES.flatMap(({ value, operations }) =>
		operations.flatMap((operation) => parametersOf(value, operation)),
	),
];

/** `resource.operation` → what it does. */
const OPERATIONS = new Map(
	RESOURCES.flatMap(({ value, operations }) =>
		operations.map((operation) => [`${value}.${operation.option.value}`, operation] as const),
	),
);

/**
 * Does for one incoming item what the user chose.
 *
 * @returns its items, each linked to the incoming item
 * @throws ProblemError when it cannot be done
 */
export async function execute(context: IExecuteFunctions, itemIndex: number): Promise<INodeExecutionData[]> {
	const resource = context.getNodeParameter('resource', itemIndex);
	const operation = context.getNodeParameter('operation', itemIndex);
	const chosen = OPERATIONS.get(`${resource}.${operation}`);
	if (!chosen) {
		fail(`This version of the node has no operation '${operation}' for '${resource}'. Update the package`);
	}
	return await chosen.execute(context, itemIndex);
}
