import { DateTime } from 'luxon';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { ProblemError } from '../../nodes/VoiceFox/api/errors';
import type { CallLogApi, RoundSettings } from '../../nodes/VoiceFox/callLog/context';
import { readRound, type Round } from '../../nodes/VoiceFox/callLog/round';
import {
	forgetProcess,
	isSaveDue,
	recall,
	remember,
	rememberEmitted,
} from '../../nodes/VoiceFox/callLog/store';
import { HOUR } from '../../nodes/VoiceFox/callLog/window';

export const MINUTE = HOUR / 60;

export const defaultSettings: RoundSettings = {
	startFrom: null,
	lookBack: 48 * HOUR,
	settle: 10 * MINUTE,
	timeZone: '',
};

export const failure = (httpCode?: string) =>
	new ProblemError({ message: `Status ${httpCode ?? 'none'}`, httpCode });

/** What goes wrong in a poll; nothing unless given. */
export interface Trouble {
	/** The page (from 1) that fails, and how. */
	page?: { index: number; httpCode?: string };
	/** Every so many-th call fails, and how. */
	details?: { every: number; httpCode?: string };
	/** After this page another call comes in. */
	arrivalAfterPage?: number;
	/** After so many pages n8n's time for lists is up, after so many calls its time for all. */
	patience?: { pages?: number; calls?: number };
	/** What VoiceFox counts, whatever there is. */
	total?: number;
	/** n8n takes nothing of what the poll gives: the workflow was published anew meanwhile. */
	isDropped?: boolean;
}

export type Order = 'oldest first' | 'newest first' | 'shuffled';

interface Call {
	[name: string]: unknown;
	sessionId: string;
	startAt: string;
	endAt: string;
	billsec: number;
	assistant: IDataObject[];
}

let accounts = 0;

/** An account whose calls start and end by a true clock, asked by a trigger in an n8n whose clock may be another. */
export class Account {
	/** The true time. */
	now = Date.parse('2026-10-29T12:00:00Z');

	/** How far n8n's clock is ahead. */
	ahead = 0;

	log: Call[] = [];

	requests = { pages: 0, details: 0 };

	emitted: string[] = [];

	givenUp: string[] = [];

	notes: string[] = [];

	token = 'one';

	/** How n8n starts a poll: `true` after its own start, `false` after a publishing. */
	isStart = false;

	/** n8n's static data of the node: what the poll sees of it, and what is in the database. */
	data: IDataObject = {};

	saved = '{}';

	/** How many executions there were, and how many of them had no items. */
	executions = { all: 0, empty: 0 };

	private readonly trigger = `trigger-${++accounts}`;

	constructor(
		private readonly zone = 'UTC',
		readonly settings = defaultSettings,
		private readonly order: Order = 'newest first',
		private readonly pageSize = 4,
	) {}

	private local = (time: number) =>
		DateTime.fromMillis(time, { zone: this.zone }).toFormat('yyyy-MM-dd HH:mm:ss');

	/** A call comes into the log: one that has just ended, unless `more` says something else. */
	call(minutesLong = 1, more: Partial<Call> = {}): string {
		const sessionId = `session-${this.log.length}`;
		const startAt = this.local(this.now - minutesLong * MINUTE);
		const endAt = this.local(this.now);
		this.log.push({
			sessionId,
			startAt,
			endAt,
			billsec: 60 * minutesLong,
			assistant: [{ id: 318, vid: 2045 }],
			...more,
		});
		return sessionId;
	}

	/** A call that goes on is over. */
	hangUp(sessionId: string) {
		const call = this.log.find((each) => each.sessionId === sessionId);
		Object.assign(call!, { endAt: this.local(this.now), billsec: 60 });
	}

	private sorted: Call[] = [];

	private ordered() {
		if (this.order === 'shuffled' || this.sorted.length !== this.log.length) this.sorted = this.inOrder();
		return this.sorted;
	}

	private inOrder() {
		const calls = [...this.log].sort((one, other) => (one.startAt < other.startAt ? -1 : 1));
		if (this.order === 'oldest first') return calls;
		if (this.order === 'newest first') return calls.reverse();
		const shuffled = calls.map((call, index) => ({ call, key: (index * 7919 + this.now / MINUTE) % 101 }));
		return shuffled.sort((one, other) => one.key - other.key).map(({ call }) => call);
	}

	private api({ page: failing, details, arrivalAfterPage, total }: Trouble): CallLogApi {
		let asked = 0;
		// Only the count tells of a call that another order has put on a page read before.
		const isCounted = total === undefined || (this.order === 'shuffled' && arrivalAfterPage !== undefined);
		return {
			page: async ({ startTime, endTime }, pageIndex) => {
				this.requests.pages++;
				if (failing?.index === pageIndex) throw failure(failing.httpCode);
				const calls = this.ordered().filter(({ startAt }) => startAt >= startTime && startAt <= endTime);
				if (arrivalAfterPage === pageIndex && this.requests.pages % 2 === 1) this.call();
				const begin = (pageIndex - 1) * this.pageSize;
				const page = calls.slice(begin, begin + this.pageSize) as unknown as IDataObject[];
				return { calls: page, leftOut: 0, total: isCounted ? calls.length : total };
			},
			details: async (sessionId) => {
				this.requests.details++;
				if (!details || ++asked % details.every !== 0) return { sessionId, collect: null };
				throw failure(details.httpCode);
			},
		};
	}

	/** One poll, as the node makes it. n8n saves its data only with an execution. */
	async poll(trouble: Trouble = {}): Promise<Round & { ids: string[]; isExecution: boolean }> {
		const recalled = recall(this.trigger, this.data);
		const { memory: before, isFirstPoll } = recalled;
		const now = this.now + this.ahead;
		const { pages = Infinity, calls = Infinity } = trouble.patience ?? {};
		const begun = { ...this.requests };
		const round = await readRound(this.api(trouble), this.settings, before, {
			now,
			account: this.token,
			isFirstPoll,
			isStart: this.isStart,
			isListingOver: () => this.requests.pages - begun.pages >= pages,
			isTimeUp: () => this.requests.details - begun.details >= calls,
		});
		this.notes.push(...round.notes.map(({ text }) => text));
		const ids = round.events.map(({ data }) => String(data.session_id));
		const { memory, problem, isMilestone } = round;
		if (memory === null) return { ...round, ids: [], isExecution: false };

		const isSaved = isMilestone || (problem === null && isSaveDue(recalled, memory, now));
		const isExecution = ids.length > 0 || isSaved;
		if (!isExecution) remember(this.trigger, this.data, memory);
		else this.take(rememberEmitted(this.trigger, this.data, { memory, before }, itemsOf(ids), now), trouble);
		this.givenUp.push(...round.notes.map(({ text }) => text).filter((text) => text.includes('given up')));
		return { ...round, ids: trouble.isDropped ? [] : ids, isExecution };
	}

	private take(items: INodeExecutionData[][], { isDropped = false }: Trouble) {
		// What n8n drops it does not save either, and the next publishing reads what is saved.
		if (isDropped) return this.reload();
		const ids = items[0]!.map(({ json }) => String(json.id));
		this.emitted.push(...ids);
		this.executions.all++;
		if (ids.length === 0) this.executions.empty++;
		this.saved = JSON.stringify(this.data);
	}

	/** n8n reads its data anew: at a publishing, and before each poll under its newer schedulers. */
	reload() {
		this.data = JSON.parse(this.saved) as IDataObject;
	}

	/** n8n is killed and started again: all that it did not save is gone. */
	restart() {
		forgetProcess();
		this.reload();
		this.isStart = true;
	}

	wait(minutes: number) {
		this.now += minutes * MINUTE;
	}

	/** Lets the trigger finish what it can, with nothing in its way. */
	async settle() {
		for (let polls = 0; polls < 4; polls++) {
			await this.poll();
			this.wait(11);
		}
	}
}

const itemsOf = (ids: string[]): INodeExecutionData[][] => [ids.map((id) => ({ json: { id } }))];
