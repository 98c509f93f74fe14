import type { IDataObject } from 'n8n-workflow';

import { getObject } from './client';
import type { ApiContext } from './pauses';

/**
 * One outbound task: GET /openapi/tasks/{taskID}.
 *
 * @param id as `numberIdIn` reads it
 */
export async function task(context: ApiContext, id: string): Promise<IDataObject> {
	return await getObject(context, { path: `/openapi/tasks/${id}`, subject: `task with ID ${id}` });
}
