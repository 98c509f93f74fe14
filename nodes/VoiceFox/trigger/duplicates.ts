import { sleep } from 'n8n-workflow';

const HOUR = 60 * 60 * 1000;

/** How long an accepted delivery is remembered (ms), and how many are, by trigger and by all together. */
export const MEMORY = { time: 24 * HOUR, perTrigger: 10_000, total: 100_000 };

/** How long a duplicate waits for the outcome of the first delivery (ms). */
export const LONGEST_WAIT = 10_000;

/** The time between two looks at the responses that are open (ms). */
const PAUSE = 50;

/** What is read of the response to the first delivery; Node's ServerResponse. */
export interface WatchedResponse {
	readonly statusCode: number;
	readonly writableEnded: boolean;
}

/** A delivery that n8n has not answered yet. */
interface OpenDelivery {
	trigger: string;
	fingerprint: string;
	response: WatchedResponse;
}

/** `first`: take it. `duplicate`: accepted already. `undecided`: whether the first was stored is not known yet. */
export type Claim = 'first' | 'duplicate' | 'undecided';

/**
 * The deliveries that this process accepted, and those whose outcome is still open.
 *
 * A delivery counts as accepted only when its answer of 200 was written: n8n writes it after the execution is
 * stored, or 500 when storing failed. Only the response itself says so: its sender may leave before, and then
 * `close` comes early and `finish` never. So the open ones are looked at, all of them by one timer that runs
 * only while there are any: n8n can hold its answers back for hours, and waiting must not cost more with time.
 */
export class AcceptedDeliveries {
	/** By trigger: fingerprint → when it was accepted (ms). A Map keeps the order, so the oldest is first. */
	private readonly accepted = new Map<string, Map<string, number>>();

	/** Those in flight, by trigger and fingerprint. */
	private readonly open = new Map<string, OpenDelivery>();

	/** Settles after the next look at the open ones; undefined while there are none. */
	private nextLook: Promise<void> | undefined;

	private total = 0;

	/** @param now ms of a clock that is never set, as the time of day is */
	constructor(
		private readonly limits = MEMORY,
		private readonly now: () => number = () => performance.now(),
	) {}

	/**
	 * Claims a delivery for its sender. Of duplicates that arrive together one is `first`; the others wait for
	 * its outcome, and if it was not stored, one of them becomes `first`.
	 *
	 * @param trigger names the trigger among all of this n8n
	 * @param response the answer to this delivery, watched when it is the first
	 * @param longestWait ms after which a waiting duplicate is `undecided`
	 */
	async claim(
		trigger: string,
		fingerprint: string,
		response: WatchedResponse,
		longestWait = LONGEST_WAIT,
	): Promise<Claim> {
		const key = `${trigger} ${fingerprint}`;
		const deadline = this.now() + longestWait;

		for (;;) {
			this.settle(key);
			if (this.isAccepted(trigger, fingerprint)) return 'duplicate';
			if (!this.open.has(key)) {
				this.open.set(key, { trigger, fingerprint, response });
				this.nextLook ??= this.look();
				return 'first';
			}
			if (this.now() >= deadline) return 'undecided';
			await this.nextLook;
		}
	}

	/** How many deliveries are remembered, of all triggers. */
	get size(): number {
		return this.total;
	}

	private isAccepted(trigger: string, fingerprint: string): boolean {
		const time = this.accepted.get(trigger)?.get(fingerprint);
		return time !== undefined && this.now() - time < this.limits.time;
	}

	/** Waits a moment, looks at all open deliveries, and has the next look follow while some are left. */
	private async look(): Promise<void> {
		await sleep(PAUSE);
		for (const key of this.open.keys()) this.settle(key);
		this.nextLook = this.open.size > 0 ? this.look() : undefined;
	}

	/** Closes a delivery whose answer is written. */
	private settle(key: string) {
		const delivery = this.open.get(key);
		if (!delivery?.response.writableEnded) return;

		this.open.delete(key);
		if (delivery.response.statusCode === 200) this.remember(delivery);
	}

	private remember({ trigger, fingerprint }: OpenDelivery) {
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
