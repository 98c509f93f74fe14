import type { INodeProperties } from 'n8n-workflow';

/** What the user sets for an outbound task. */
export const taskFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['task'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get a task',
				description: "Get an outbound task's status, progress and settings",
			},
		],
		default: 'get',
	},
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		required: true,
		default: '={{ $json.task_id }}',
		displayOptions: { show: { resource: ['task'], operation: ['get'] } },
		description: 'The number of the outbound task: task_id in the items of the VoiceFox Trigger',
	},
];

/** What the user sets for an assistant. */
export const assistantFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['assistant'] } },
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get an assistant',
				description: "Get an assistant's settings, questions and prompt",
			},
		],
		default: 'get',
	},
	{
		displayName: 'Assistant ID',
		name: 'assistantId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 318',
		displayOptions: { show: { resource: ['assistant'], operation: ['get'] } },
		description: 'The number of the assistant: assistant_id in assistant_infos of the VoiceFox Trigger',
	},
];
