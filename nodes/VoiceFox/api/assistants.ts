import type { IDataObject } from 'n8n-workflow';

import { getObject } from './client';
import type { ApiContext } from './pauses';

/**
 * One assistant: GET /openapi/assistants/{id}.
 *
 * @param id as `numberIdIn` reads it
 */
export async function assistant(context: ApiContext, id: string): Promise<IDataObject> {
	return await getObject(context, { path: `/openapi/assistants/${id}`, subject: `assistant with ID ${id}` });
}
