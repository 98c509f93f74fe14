import { hash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import type { VoiceFoxEvent } from '../voicefox/validation';
import { isObject } from '../voicefox/values';

/** The query of a recording's address is its signature, which may differ when an event is sent again. */
const withoutQuery = (url: unknown) => (typeof url === 'string' ? url.split(/[?#]/, 1)[0] : url);

function content(received: IDataObject): IDataObject {
	const { event_data: data } = received;
	if (!isObject(data) || !Object.hasOwn(data, 'record_url')) return received;
	return { ...received, event_data: { ...data, record_url: withoutQuery(data.record_url) } as IDataObject };
}

/**
 * The same for every order of fields: an object as its names, sorted, and the values in that order.
 *
 * @throws RangeError for a number that JSON cannot hold: it would be written as null
 */
function canonical(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(canonical);
	if (isObject(value)) {
		const names = Object.keys(value).sort();
		return { names, values: names.map((name) => canonical(value[name])) };
	}
	if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('Not a JSON number');
	return value;
}

/**
 * What two deliveries have in common when one is a duplicate of the other: the whole body but for the signature
 * of the recording's address.
 *
 * @returns a digest, or null for what is never a duplicate: an event that VoiceFox does not document, since nobody
 * knows what its repetition means, and a body that cannot be compared
 */
export function fingerprint({ kind, received }: VoiceFoxEvent): string | null {
	if (kind === 'other') return null;

	try {
		return hash('sha256', JSON.stringify(canonical(content(received))), 'base64');
	} catch {
		// RangeError: longer than a text can be, or a number that JSON cannot hold.
		return null;
	}
}
