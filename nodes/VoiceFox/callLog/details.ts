import type { IDataObject } from 'n8n-workflow';

import { fail, NOT_VOICEFOX } from '../api/errors';
import { sessionIdIn } from '../voicefox/ids';

/**
 * The details of a call.
 *
 * @param read asks VoiceFox for them
 * @throws ProblemError when what was read is something else, which would pass for a call without answers
 */
export async function detailsOf(
	read: (sessionId: string) => Promise<IDataObject>,
	sessionId: string,
): Promise<IDataObject> {
	const log = await read(sessionId);
	const named = sessionIdIn(log.sessionId);
	if (!('id' in named) || named.id !== sessionId) fail(NOT_VOICEFOX, 'The details of a call were expected');
	return log;
}
