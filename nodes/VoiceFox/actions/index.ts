import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { assistant } from './assistant/get';
import { call, callQuery, calls, trace, type CallFilters } from '../api/calls';
import { transcript, turn } from './call/getConversation';
import { sessionIdIn } from '../voicefox/ids';
import { refuse } from '../api/problems';
import { recording } from './call/downloadRecording';
import { task } from './task/get';

type Output = Promise<INodeExecutionData[]>;
type Operation = (context: IExecuteFunctions, itemIndex: number) => Output;

const itemOf = (itemIndex: number) => (json: IDataObject) => ({ json, pairedItem: { item: itemIndex } });

/** A text field; an expression without a value gives undefined or null. */
const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));

async function getCall(context: IExecuteFunctions, itemIndex: number): Output {
	const sessionId = context.getNodeParameter('sessionId', itemIndex, '');
	return [itemOf(itemIndex)(await call(context, sessionId))];
}

async function getManyCalls(context: IExecuteFunctions, itemIndex: number): Output {
	const isUnlimited = context.getNodeParameter('returnAll', itemIndex, false) as boolean;
	const limit = isUnlimited ? Infinity : Number(context.getNodeParameter('limit', itemIndex, 50));
	if (!(limit >= 1)) refuse("'Limit' must be a number above 0");

	const filters = context.getNodeParameter('filters', itemIndex, {}) as CallFilters;
	const { timeZone } = context.getNodeParameter('options', itemIndex, {});
	const zone = text(timeZone).trim() || context.getTimezone();
	const items: INodeExecutionData[] = [];
	for await (const page of calls(context, callQuery(filters, zone), Math.floor(limit))) {
		items.push(...page.map(itemOf(itemIndex)));
	}
	return items;
}

async function getConversation(context: IExecuteFunctions, itemIndex: number): Output {
	const sessionId = sessionIdIn(context.getNodeParameter('sessionId', itemIndex, ''));
	const options = context.getNodeParameter('options', itemIndex, {});
	const names = {
		assistant: text(options.assistantName).trim() || 'Assistant',
		customer: text(options.customerName).trim() || 'Customer',
	};
	const turns = (await trace(context, sessionId)).map((entry) => turn(entry, sessionId, names));
	if (context.getNodeParameter('output', itemIndex, 'turns') === 'turns') {
		return turns.map(itemOf(itemIndex));
	}
	const json = { session_id: sessionId, transcript: transcript(turns), turns_total: turns.length };
	return [itemOf(itemIndex)(json)];
}

async function downloadRecording(context: IExecuteFunctions, itemIndex: number): Output {
	const { json, binary } = context.getInputData()[itemIndex]!;
	const property = text(context.getNodeParameter('binaryPropertyName', itemIndex, 'data')).trim();
	if (property === '') refuse("'Put Output File in Field' is empty. Enter a name such as data");

	const options = context.getNodeParameter('options', itemIndex, {});
	const source = {
		recordUrl: text(context.getNodeParameter('recordUrl', itemIndex, '')),
		sessionId: text(context.getNodeParameter('sessionId', itemIndex, '')),
		item: json,
		fileName: text(options.fileName),
	};
	const limits = { maxSize: Number(options.maxSize ?? 200), timeout: Number(options.timeout ?? 120) };
	if (!(limits.maxSize > 0 && limits.timeout > 0)) refuse("'Max Size' and 'Timeout' must be numbers above 0");

	const file = await recording(context, source, limits);
	return [{ json, binary: { ...binary, [property]: file }, pairedItem: { item: itemIndex } }];
}

async function getTask(context: IExecuteFunctions, itemIndex: number): Output {
	const taskId = context.getNodeParameter('taskId', itemIndex, '');
	return [itemOf(itemIndex)(await task(context, taskId))];
}

async function getAssistant(context: IExecuteFunctions, itemIndex: number): Output {
	const assistantId = context.getNodeParameter('assistantId', itemIndex, '');
	return [itemOf(itemIndex)(await assistant(context, assistantId))];
}

const OPERATIONS: Record<string, Operation> = {
	'assistant.get': getAssistant,
	'call.downloadRecording': downloadRecording,
	'call.get': getCall,
	'call.getAll': getManyCalls,
	'call.getConversation': getConversation,
	'task.get': getTask,
};

/**
 * Does for one incoming item what the user chose.
 *
 * @returns its items, each linked to the incoming item
 * @throws ProblemError when it cannot be done
 */
export async function itemsFor(context: IExecuteFunctions, itemIndex: number): Output {
	const resource = text(context.getNodeParameter('resource', itemIndex));
	const operation = text(context.getNodeParameter('operation', itemIndex));
	const run = OPERATIONS[`${resource}.${operation}`];
	if (!run)
		refuse(`This version of the node has no operation '${operation}' for '${resource}'. Update the package`);

	return await run(context, itemIndex);
}
