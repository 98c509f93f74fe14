import { getObject } from '../../api/client';
import { fail } from '../../api/errors';
import { toLinkedItems, type Operation } from '../operation';
import { numberIdOf } from '../parameters';

/** One outbound task: its status, progress and settings. */
export const getTask: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get task',
		description: "Get an outbound task's status, progress and settings",
	},
	description: [
		{
			displayName: 'Task ID',
			name: 'taskId',
			type: 'string',
			required: true,
			default: '={{ $json.task_id }}',
			description: 'The number of the outbound task: task_id in the items of the VoiceFox Trigger',
		},
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
		return toLinkedItems([task], itemIndex);
	},
};
