import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { numberIdIn } from '../../voicefox/ids';
import { readObject } from '../../api/client';

/** One outbound task: its status, progress and settings. */
export async function task(context: IExecuteFunctions, taskId: unknown): Promise<IDataObject> {
	const id = numberIdIn(taskId, 'Task ID');
	return await readObject(context, { path: `/openapi/tasks/${id}`, subject: `task with ID ${id}` });
}
