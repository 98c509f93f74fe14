import type { IDataObject } from 'n8n-workflow';

import { task } from '../../api/tasks';
import { draggable } from '../../items/names';
import { picked } from '../../voicefox/fields';
import { isObject } from '../../voicefox/values';
import { operation } from '../operation';
import { numberId, simplify } from '../settings';

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
export function simplifiedTask(whole: IDataObject): IDataObject {
	const assistant = isObject(whole.assistant) ? whole.assistant : {};
	return {
		...picked(whole, SIMPLE_FIELDS),
		assistant_id: assistant.id ?? null,
		assistant_name: assistant.name ?? null,
	};
}

const taskId = numberId(
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		required: true,
		default: '={{ $json.task_id }}',
		placeholder: 'e.g. 9021',
		description: 'The number of the outbound task: task_id in the items of the VoiceFox Trigger',
	},
	'The call belongs to no task: VoiceFox gives inbound calls the task ID 0. Keep them out with a filter',
);

/** One outbound task: its status, progress and settings. */
export const getTask = operation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get task',
		description: "Get an outbound task's status, progress and settings",
	},
	toolDescription:
		'Get one VoiceFox outbound task (a list of phone numbers that an assistant calls) by its number. Use it for how far the task is and what came of it. Gives one object: id, name, status (pending, running, done, stop.operate, stop.timeout or stop.abnormal), total (phone numbers), progress and collectionRate (percent), summary, suggestion, createdAt, updatedAt, assistant_id, assistant_name.',
	settings: [taskId, simplify] as const,
	async run(context, set) {
		const whole = await task(context, set.taskId);
		return [draggable(set.simplify ? simplifiedTask(whole) : whole)];
	},
});
