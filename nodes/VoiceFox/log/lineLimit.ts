/** How many lines of one kind are written in how long (ms). */
const LIMIT = { lines: 10, time: 60_000 };

interface Count {
	since: number;
	lines: number;
}

/**
 * Keeps requests that are refused for one reason again and again from flooding n8n's log: of each kind only
 * so many lines are written in a minute, the rest are counted and named in the next line of that kind.
 */
export class LineLimit {
	private readonly counts = new Map<string, Count>();

	constructor(
		private readonly limit = LIMIT,
		private readonly now: () => number = Date.now,
	) {}

	/**
	 * @param kind lines of one kind share a limit; the kinds must be few
	 * @param write writes the line, with a remark on the lines that were left out or will be
	 */
	write(kind: string, write: (remark: string) => void) {
		const count = this.counts.get(kind);
		if (count === undefined || this.now() - count.since >= this.limit.time) {
			const leftOut = Math.max(0, (count?.lines ?? 0) - this.limit.lines);
			this.counts.set(kind, { since: this.now(), lines: 1 });
			write(leftOut > 0 ? ` (and ${leftOut} more for this reason since the last such line)` : '');
			return;
		}
		count.lines++;
		if (count.lines < this.limit.lines) write('');
		if (count.lines === this.limit.lines)
			write(' (more of these within this minute are counted, not written)');
	}
}
