import type { IBinaryData, IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { fail, ProblemError } from '../api/errors';
import { pauseFor } from '../api/pauses';
import type { FileType } from './audio';
import { download, httpUrlIn, type Attempt, type Limits } from './download';
import { nextAttempt, NO_ATTEMPTS } from './retries';

/** Where a recording is, and what its file shall be called. */
export interface WantedRecording {
	/** The event's link; it may be unusable or have expired */
	recordUrl: string;
	/** Reads the call's log, which has a fresh link; absent when nobody knows the session ID */
	readCallLog?: () => Promise<IDataObject>;
	/** The file's name by its type, and by the call's log when that was read */
	nameOf: (type: FileType, log?: IDataObject) => string;
	limits: Limits;
}

/** The event's link may have expired (S3 says 400 or 403), unless its host only limits requests (429). */
const wantsFreshLink = (attempt: Attempt) =>
	'isEmpty' in attempt ||
	('refusedWith' in attempt &&
		attempt.refusedWith >= 400 &&
		attempt.refusedWith < 500 &&
		attempt.refusedWith !== 429);

/** The attempt after which no other one is made. */
async function lastAttempt(
	context: IExecuteFunctions,
	url: URL,
	{ limits }: WantedRecording,
	nameOf: (type: FileType) => string,
	isLast: (attempt: Attempt) => boolean,
): Promise<Attempt> {
	for (let attempts = NO_ATTEMPTS; ;) {
		const attempt = await download(context, url, limits, nameOf);
		const next = isLast(attempt) ? undefined : nextAttempt(attempt, attempts);
		if (next === undefined) return attempt;

		context.logger.debug(`The recording is not there; asking again in ${next.pause} ms`);
		await pauseFor(context, next.pause);
		attempts = next.attempts;
	}
}

/** What to call a link for the user: the event's, or the one that VoiceFox gave just now. */
type Link = 'event' | 'fresh';

function failStatus(status: number, link: Link): never {
	const httpCode = String(status);
	if (status === 206) {
		fail("The recording's host sent only a part of it (206). Try again later", undefined, httpCode);
	}
	if (status < 400 || status > 499 || status === 429) {
		fail(`The recording's host answered ${status}. Try again later`, undefined, httpCode);
	}
	return fail(
		link === 'fresh'
			? `VoiceFox gave a fresh address for the recording, but it was refused too (${status}). Try again later; the recording may have been deleted`
			: `The recording's address has expired (${status}). Fill in 'Session ID', so that the node can ask VoiceFox for a fresh one`,
		undefined,
		httpCode,
	);
}

function fileOf(attempt: Attempt, link: Link): IBinaryData {
	if ('file' in attempt) return attempt.file;
	if ('brokenBy' in attempt) throw new ProblemError(attempt.brokenBy);
	if ('isEmpty' in attempt) {
		fail('The recording is empty. VoiceFox may still be writing it: try again in a minute');
	}
	return failStatus(attempt.refusedWith, link);
}

async function freshRecording(
	context: IExecuteFunctions,
	wanted: WantedRecording,
	readCallLog: () => Promise<IDataObject>,
): Promise<IBinaryData> {
	const log = await readCallLog();
	const recordFile = typeof log.recordFile === 'string' ? log.recordFile.trim() : '';
	if (recordFile === '') {
		fail(
			"VoiceFox has no recording of this call; probably nobody answered it. Keep such calls out, e.g. with the trigger's filter 'Answered or Missed'",
		);
	}
	const url = httpUrlIn(recordFile);
	if (!url) fail('VoiceFox gave a link to the recording that is not a valid URL. Try again later');

	const nameOf = (type: FileType) => wanted.nameOf(type, log);
	return fileOf(await lastAttempt(context, url, wanted, nameOf, () => false), 'fresh');
}

function failUnusableUrl(recordUrl: string): never {
	return fail(
		recordUrl === ''
			? "'Recording URL' and 'Session ID' are both empty. Map the record_url or the session_id of the VoiceFox Trigger"
			: "'Recording URL' is not a URL that starts with http:// or https://. Map the record_url of the VoiceFox Trigger",
	);
}

/**
 * A call's recording as a file in n8n's storage: from the event's link, or from a fresh one when that is missing, unusable
 * or refused (any 4xx but 429), or leads to an empty file. One that is not there yet (404 or empty, on a fresh link) is
 * asked for again after 2, 4, 8 and 16 s; a download that breaks off, and one that is answered 5xx, three times.
 *
 * @throws ProblemError when there is none, or when the user stops the workflow
 */
export async function recording(context: IExecuteFunctions, wanted: WantedRecording): Promise<IBinaryData> {
	const { recordUrl, readCallLog, nameOf } = wanted;
	const url = httpUrlIn(recordUrl);
	if (!url) {
		return readCallLog ? await freshRecording(context, wanted, readCallLog) : failUnusableUrl(recordUrl);
	}
	// Without a session ID an expired link stays expired, but an empty file may fill up.
	const isLast = (attempt: Attempt) =>
		wantsFreshLink(attempt) && (readCallLog !== undefined || 'refusedWith' in attempt);
	const attempt = await lastAttempt(context, url, wanted, nameOf, isLast);
	return readCallLog && wantsFreshLink(attempt)
		? await freshRecording(context, wanted, readCallLog)
		: fileOf(attempt, 'event');
}
