import type { ReasonCount, TriggerStatus } from '../protocol/status';

/** How many triggers are remembered, how many reasons of a kind, and how much of a reason. */
const BOUNDS = { triggers: 500, reasons: 50, length: 300 };

/** What is counted by its reason. */
export type Counted = 'refused' | 'ignored' | 'warnings';

export type Counts = Pick<TriggerStatus, 'since' | 'accepted' | Counted>;

/** By reason; the one that came last stands last. */
type Reasons = Map<string, { count: number; last: number }>;

interface Remembered {
	since: number;
	accepted: number;
	refused: Reasons;
	ignored: Reasons;
	warnings: Reasons;
}

const isoTime = (time: number) => new Date(time).toISOString();

/** Puts an entry last, and drops the first ones until there are no more than `most`. */
function putLast<T>(map: Map<string, T>, key: string, value: T, most: number) {
	map.delete(key);
	map.set(key, value);
	for (const first of map.keys()) {
		if (map.size <= most) return;
		map.delete(first);
	}
}

/** The latest first. */
const listed = (reasons: Reasons): ReasonCount[] =>
	[...reasons].map(([reason, { count, last }]) => ({ reason, count, last: isoTime(last) })).reverse();

/** What became of the requests to this process's triggers, since it was started; bounded, whatever is sent. */
export class TriggerStatuses {
	/** By trigger; the one that was used last stands last. */
	private readonly remembered = new Map<string, Remembered>();

	private readonly start: number;

	/** Whether triggers were forgotten for others: whose counts begin later is not known then. */
	private hasForgotten = false;

	constructor(
		private readonly bounds = BOUNDS,
		private readonly now: () => number = Date.now,
	) {
		this.start = now();
	}

	/** Counts an event that starts the workflow. */
	countAccepted(trigger: string) {
		this.use(trigger).accepted++;
	}

	/** @param reason the same for all that happened for the same reason */
	count(trigger: string, what: Counted, reason: string) {
		const { reasons: most, length } = this.bounds;
		const shown = reason.slice(0, length);
		const reasons = this.use(trigger)[what];
		const count = (reasons.get(shown)?.count ?? 0) + 1;
		putLast(reasons, shown, { count, last: this.now() }, most);
	}

	/** @returns what is known of a trigger */
	of(trigger: string): Counts {
		const { since, accepted, refused, ignored, warnings } = this.remembered.get(trigger) ?? this.fresh();
		return {
			since: isoTime(since),
			accepted,
			refused: listed(refused),
			ignored: listed(ignored),
			warnings: listed(warnings),
		};
	}

	private use(trigger: string): Remembered {
		const known = this.remembered.get(trigger) ?? this.fresh();
		this.hasForgotten ||= !this.remembered.has(trigger) && this.remembered.size >= this.bounds.triggers;
		putLast(this.remembered, trigger, known, this.bounds.triggers);
		return known;
	}

	private fresh(): Remembered {
		const since = this.hasForgotten ? this.now() : this.start;
		return { since, accepted: 0, refused: new Map(), ignored: new Map(), warnings: new Map() };
	}
}
