import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { call } from '../../api/calls';
import { download, httpUrlIn, type Limits } from '../../api/download';
import { recordingName, wantedName } from '../../api/fileName';
import { refuse } from '../../api/problems';

/** Where a recording is, and what it shall be called. */
export interface RecordingSource {
	/** May be blank or expired: then the call log gives a fresh address */
	recordUrl: string;
	/** May be blank while the address works */
	sessionId: string;
	/** The incoming item, for the date and the caller in the file's name */
	item: IDataObject;
	/** Blank for a name made of date, caller and session */
	fileName: string;
}

/** How an address says that it has expired. */
const EXPIRED = new Set([403, 404, 410]);

/** The file at an address, or the status when it was refused. */
async function fileAt(
	context: IExecuteFunctions,
	url: string,
	{ fileName, sessionId }: RecordingSource,
	limits: Limits,
	callFields: IDataObject,
) {
	return await download(context, httpUrlIn(url), limits, ({ extension }) =>
		fileName.trim() === ''
			? recordingName(callFields, sessionId, extension)
			: wantedName(fileName, extension),
	);
}

function refuseStatus(status: number, isFresh: boolean): never {
	if (EXPIRED.has(status)) {
		refuse(
			isFresh
				? `VoiceFox gave a fresh address for the recording, but it was refused too (${status}). Try again later; the recording may have been deleted`
				: `The recording's address has expired (${status}). Fill in 'Session ID', so that the node can ask VoiceFox for a fresh one`,
			undefined,
			String(status),
		);
	}
	refuse(
		`The recording's host answered ${status}. Try again later, or switch on 'Retry On Fail' in the node's settings`,
		undefined,
		String(status),
	);
}

/** Asks VoiceFox for the call, and downloads from the address it gives now. */
async function freshRecording(
	context: IExecuteFunctions,
	source: RecordingSource,
	limits: Limits,
): Promise<IBinaryData> {
	const log = await call(context, source.sessionId);
	const url = typeof log.recordFile === 'string' ? log.recordFile.trim() : '';
	if (url === '') {
		refuse(
			"VoiceFox has no recording of this call; probably nobody answered it. Keep such calls out, e.g. with the trigger's 'Answered Calls Only'",
		);
	}

	const result = await fileAt(context, url, source, limits, { ...log, ...source.item });
	return 'file' in result ? result.file : refuseStatus(result.refusedWith, true);
}

/**
 * A call's recording as a file in n8n's storage: from its address, or from a fresh one by session ID when
 * the address is missing or expired (403, 404, 410).
 *
 * @throws ProblemError when neither gives a recording
 */
export async function recording(
	context: IExecuteFunctions,
	source: RecordingSource,
	limits: Limits,
): Promise<IBinaryData> {
	const url = source.recordUrl.trim();
	const canAskAgain = source.sessionId.trim() !== '';
	if (url === '') {
		if (!canAskAgain) {
			refuse(
				"'Recording URL' and 'Session ID' are both empty. Map the record_url or the session_id of the VoiceFox Trigger",
			);
		}
		return await freshRecording(context, source, limits);
	}

	const result = await fileAt(context, url, source, limits, source.item);
	if ('file' in result) return result.file;
	if (canAskAgain && EXPIRED.has(result.refusedWith)) return await freshRecording(context, source, limits);
	return refuseStatus(result.refusedWith, false);
}
