import type { IDataObject } from 'n8n-workflow';

import type { CallPage } from '../api/callLogs';
import { sessionIdIn } from '../voicefox/ids';

/** More calls than this in one window cannot be remembered. */
export const MOST_CALLS = 100_000;

/** How often the pages are read anew when calls came in between them. */
const MAX_PASSES = 5;

/** The calls of a window. */
export interface Listing {
	/** The entries by session ID, in the order of their start. */
	entries: Map<string, IDataObject>;
	/** Whether these are all. If not, calls moved between the pages all the time. */
	isComplete: boolean;
}

function sessionIdOf({ sessionId }: IDataObject): string | null {
	const read = sessionIdIn(sessionId);
	return 'id' in read ? read.id : null;
}

/** A total that is less than what came on one page is none. */
const usableTotal = ({ calls, leftOut, total = -1 }: CallPage) =>
	total < calls.length + leftOut ? undefined : total;

/** Reads every page once into `entries`; gives how many of the calls that should be there were not. */
async function readPass(
	readPage: (pageIndex: number) => Promise<CallPage>,
	entries: Map<string, IDataObject>,
): Promise<number> {
	let received = 0;
	let nameless = 0;
	for (let pageIndex = 1; ; pageIndex++) {
		const page = await readPage(pageIndex);
		const before = entries.size;
		for (const entry of page.calls) {
			const id = sessionIdOf(entry);
			if (id === null) nameless++;
			else entries.set(id, entry);
		}
		nameless += page.leftOut;
		received += page.calls.length + page.leftOut;
		if (received > MOST_CALLS) return 0;

		const total = usableTotal(page);
		const isLast = total === undefined ? entries.size === before : received >= total;
		if (page.calls.length + page.leftOut === 0 || isLast)
			return Math.max(0, (total ?? 0) - entries.size - nameless);
	}
}

const startOf = ({ startAt }: IDataObject) => (typeof startAt === 'string' ? startAt : '');

const byStart = (entries: Map<string, IDataObject>) =>
	new Map(
		[...entries].sort(([, first], [, second]) => {
			const [one, other] = [startOf(first), startOf(second)];
			return one < other ? -1 : Number(one > other);
		}),
	);

/**
 * Reads all pages of a window, in whatever order VoiceFox gives the calls.
 *
 * A call that comes in between two pages moves others to a page that was read already. So the pages are read again
 * until there are as many calls as VoiceFox counts, or until reading again brings nothing new.
 *
 * @param readPage gives a page by its number, from 1; what it throws is thrown on
 */
export async function readListing(readPage: (pageIndex: number) => Promise<CallPage>): Promise<Listing> {
	const entries = new Map<string, IDataObject>();
	for (let pass = 1; pass <= MAX_PASSES; pass++) {
		const before = entries.size;
		const missing = await readPass(readPage, entries);
		const isSettled = pass > 1 && entries.size === before;
		if (missing === 0 || isSettled) return { entries: byStart(entries), isComplete: true };
	}
	return { entries: byStart(entries), isComplete: false };
}
