import type { IDataObject } from 'n8n-workflow';

import { getObject } from '../../api/client';
import { fail } from '../../api/errors';
import { picked } from '../../voicefox/fields';
import { isObject } from '../../voicefox/values';
import { toLinkedItems, type Operation } from '../operation';
import { isSimplified, numberIdOf, simplifyParameter } from '../parameters';

const SIMPLE_FIELDS = [
	'id',
	'name',
	'status',
	'total',
	'progress',
	'collectionRate',
	'summary',
	'suggestion',
	'createdAt',
	'updatedAt',
];

/** What most workflows need of a task, and whose it is. */
export function simplifiedTask(task: IDataObject): IDataObject {
	const assistant = isObject(task.assistant) ? task.assistant : {};
	return {
		...picked(task, SIMPLE_FIELDS),
		assistant_id: assistant.id ?? null,
		assistant_name: assistant.name ?? null,
	};
}

/** One outbound task: its status, progress and settings. */
export const getTask: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get task',
		description: "Get an outbound task's status, progress and settings",
	},
	toolDescription:
		'Get one VoiceFox outbound task (a list of phone numbers that an assistant calls) by its number. Use it for how far the task is and what came of it. Gives one object: id, name, status (pending, running, done, stop.operate, stop.timeout or stop.abnormal), total (phone numbers), progress and collectionRate (percent), summary, suggestion, createdAt, updatedAt, assistant_id, assistant_name.',
	description: [
		{
			displayName: 'Task ID',
			name: 'taskId',
			type: 'string',
			required: true,
			default: '={{ $json.task_id }}',
			placeholder: 'e.g. 9021',
			description: 'The number of the outbound task: task_id in the items of the VoiceFox Trigger',
		},
		simplifyParameter,
	],
	async execute(context, itemIndex) {
		const value = context.getNodeParameter('taskId', itemIndex, '');
		if (String(value).trim() === '0') {
			fail(
				'The call belongs to no task: VoiceFox gives inbound calls the task ID 0. Keep them out with a filter',
			);
		}
		const id = numberIdOf(value, 'Task ID');
		const task = await getObject(context, { path: `/openapi/tasks/${id}`, subject: `task with ID ${id}` });
		return toLinkedItems([isSimplified(context, itemIndex) ? simplifiedTask(task) : task], itemIndex);
	},
};
