import { createHash } from 'node:crypto';
import { sleep, type IDataObject } from 'n8n-workflow';

import type { VoiceFoxEvent } from '../voicefox/validation';
import { hasNames } from '../voicefox/fields';
import { isObject, isPresent } from '../voicefox/values';

const HOUR = 60 * 60 * 1000;

/** How long an accepted delivery is remembered (ms), and how many are, by trigger and by all together. */
export const MEMORY = { time: 24 * HOUR, perTrigger: 10_000, total: 100_000 };

/** How long a copy waits for the outcome of the first (ms). */
export const LONGEST_WAIT = 10_000;

/** How often a response is looked at that is not finished (ms). */
const POLL = 50;

/** What is read of the response to the first delivery; Node's ServerResponse. */
export interface WatchedResponse {
	statusCode: number;
	writableEnded: boolean;
	once(event: 'finish', listener: () => void): unknown;
}

/** `first`: take it. `duplicate`: accepted already. `undecided`: whether the first was stored is not known yet. */
export type Claim = 'first' | 'duplicate' | 'undecided';

/**
 * JSON's content in one text, with sorted keys, so that the order of fields does not count. Lengths in
 * front of texts instead of quotes around them are as unambiguous and cheaper. An object's names are left
 * out (`=`) where they are those of the object before: a list's elements mostly have the same.
 */
function canonical(content: unknown): string {
	let text = '';
	let sent: string[] = [];
	let sorted: string[] = [];
	let heading = '';

	function addNames(object: IDataObject) {
		if (hasNames(object, sent)) {
			text += '=';
			return;
		}
		sent = Object.keys(object);
		sorted = [...sent].sort();
		const last = heading;
		heading = JSON.stringify(sorted);
		text += heading === last ? '=' : heading;
	}

	function add(value: unknown) {
		if (typeof value === 'string') {
			text += `${value.length}"${value}`;
		} else if (Array.isArray(value)) {
			text += `${value.length}[`;
			value.forEach(add);
		} else if (isObject(value)) {
			addNames(value);
			for (const name of sorted) add(value[name]);
		} else {
			text += `${String(value)};`;
		}
	}

	add(content);
	return text;
}

/** What VoiceFox sent as `event_data`, but for the recording's link, whose signature may differ in a copy. */
function content({ event_data: data }: IDataObject): unknown {
	if (!isObject(data)) return data;
	return { ...data, record_url: undefined };
}

/**
 * What two deliveries have in common when one is a copy of the other.
 *
 * @returns a digest of the event's name and content, or null when nothing tells copies from look-alikes:
 * the event names neither a call nor a task (0 is VoiceFox's "none"), or is nested too deeply to compare
 */
export function fingerprint({ name, data, received }: VoiceFoxEvent): string | null {
	const ids = [data.session_id, data.task_id];
	if (!ids.some((id) => isPresent(id) && id !== 0)) return null;

	try {
		return createHash('sha256')
			.update(canonical([name, content(received)]), 'utf16le')
			.digest('base64');
	} catch {
		// RangeError: deeper than the call stack.
		return null;
	}
}

/**
 * The deliveries that this process accepted, and those whose outcome is still open.
 *
 * A delivery counts as accepted only when its answer of 200 was written: n8n writes it after the
 * execution is stored, or 500 when storing failed.
 */
export class AcceptedDeliveries {
	/** By trigger: fingerprint → when it was accepted (ms). A Map keeps the order, so the oldest is first. */
	private readonly accepted = new Map<string, Map<string, number>>();

	/** Trigger and fingerprint → whether the delivery in flight was stored. */
	private readonly inFlight = new Map<string, Promise<boolean>>();

	private total = 0;

	constructor(
		private readonly limits = MEMORY,
		private readonly now: () => number = () => Date.now(),
	) {}

	/**
	 * Claims a delivery for its sender. Of copies that arrive together one is `first`; the others wait for
	 * its outcome, and if it was not stored, one of them becomes `first`.
	 *
	 * @param trigger names the trigger among all of this n8n
	 * @param response the answer to this delivery, watched when it is the first
	 * @param longestWait ms after which a waiting copy is `undecided`
	 */
	async claim(
		trigger: string,
		fingerprint: string,
		response: WatchedResponse,
		longestWait = LONGEST_WAIT,
	): Promise<Claim> {
		const key = `${trigger} ${fingerprint}`;
		const deadline = this.now() + longestWait;

		while (!this.isAccepted(trigger, fingerprint)) {
			const outcome = this.inFlight.get(key);
			if (outcome === undefined) {
				this.watch(key, response, () => this.remember(trigger, fingerprint));
				return 'first';
			}
			const left = deadline - this.now();
			if (left <= 0) return 'undecided';
			await Promise.race([outcome, sleep(left)]);
		}
		return 'duplicate';
	}

	/** How many deliveries are remembered, of all triggers. */
	get size(): number {
		return this.total;
	}

	private isAccepted(trigger: string, fingerprint: string): boolean {
		const time = this.accepted.get(trigger)?.get(fingerprint);
		return time !== undefined && this.now() - time < this.limits.time;
	}

	private watch(key: string, response: WatchedResponse, onStored: () => void) {
		const outcome = isStored(response).then((stored) => {
			if (stored) onStored();
			this.inFlight.delete(key);
			return stored;
		});
		this.inFlight.set(key, outcome);
	}

	private remember(trigger: string, fingerprint: string) {
		const own = this.accepted.get(trigger) ?? new Map<string, number>();
		this.accepted.set(trigger, own);
		if (!own.delete(fingerprint)) this.total++;
		own.set(fingerprint, this.now());

		this.forgetExpired(own);
		if (own.size > this.limits.perTrigger) this.forgetOldest(own);
		if (this.total > this.limits.total) this.forgetOldest(this.largest());
	}

	private forgetExpired(own: Map<string, number>) {
		for (const time of own.values()) {
			if (this.now() - time < this.limits.time) return;
			this.forgetOldest(own);
		}
	}

	private forgetOldest(own: Map<string, number>) {
		for (const oldest of own.keys()) {
			own.delete(oldest);
			this.total--;
			return;
		}
	}

	/** The trigger with the most pays when all together are too many, so that a busy one cannot displace others. */
	private largest(): Map<string, number> {
		return [...this.accepted.values()].reduce((most, own) => (own.size > most.size ? own : most));
	}
}

/**
 * Resolves, when n8n has written its answer, to whether that was 200.
 *
 * The sender may leave before anything is stored. Then `close` comes early and proves nothing, and
 * `finish` never comes (reference/n8n-platform.md, section 5.4): so the response is looked at as well.
 */
async function isStored(response: WatchedResponse): Promise<boolean> {
	const finished = new Promise<void>((resolve) => void response.once('finish', resolve));
	while (!response.writableEnded) await Promise.race([finished, sleep(POLL)]);
	return response.statusCode === 200;
}
