import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { numberIdIn } from '../../voicefox/ids';
import { readObject } from '../../api/client';

/** One assistant with its settings, without its websocket token and its creator's e-mail address. */
export async function assistant(context: IExecuteFunctions, assistantId: unknown): Promise<IDataObject> {
	const id = numberIdIn(assistantId, 'Assistant ID');
	return await readObject(context, { path: `/openapi/assistants/${id}`, subject: `assistant with ID ${id}` });
}
