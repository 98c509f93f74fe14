import { isObject } from '../voicefox/values';

const PREFIX = 'sample-';

/** The mark of a made-up task, which has neither a session ID nor `extra`; a call bears it in `extra`. */
export const SAMPLE_MARK = { sample: true };

/** The session ID of a made-up call. */
export const sampleSessionId = (id: string) => `${PREFIX}${id}`;

/**
 * Tells whether an event says of itself that it is a sample.
 *
 * @param received the whole payload, whatever it is
 */
export function isSample(received: unknown): boolean {
	const data = isObject(received) ? received.event_data : undefined;
	if (!isObject(data)) return false;

	const { session_id: id, extra, sample } = data;
	return (
		(typeof id === 'string' && id.startsWith(PREFIX)) ||
		(isObject(extra) && extra.sample === true) ||
		sample === true
	);
}
