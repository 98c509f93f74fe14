import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { ProblemError } from '../../nodes/VoiceFox/api/errors';
import { readRound, type CallLogApi, type RoundSettings } from '../../nodes/VoiceFox/callLog/newCalls';
import { readMemory, writeMemory, type Memory } from '../../nodes/VoiceFox/callLog/seen';
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
	/** Every so many-th call fails, and how: with a status, or with this instead of the call's log. */
	details?: { every: number; httpCode?: string; log?: IDataObject };
	/** After this page another call comes in. */
	arrivalAfterPage?: number;
}

export type Order = 'oldest first' | 'newest first' | 'shuffled';

/** An account whose calls start and end by a clock that the test turns, asked by a trigger that n8n saves or loses. */
export class Account {
	now = Date.parse('2026-10-29T12:00:00Z');

	log: Array<{ sessionId: string; startAt: string; assistant: IDataObject[] }> = [];

	requests = { pages: 0, details: 0 };

	emitted: string[] = [];

	givenUp: string[] = [];

	/** What the first complete poll was shown. */
	baseline = new Set<string>();

	/** How many calls there were when that poll was over; the later ones are owed. */
	before = Infinity;

	private shown = new Set<string>();

	/** What n8n's process holds, and what is in its database. */
	memory: Memory | null = null;

	saved = '{}';

	constructor(
		private readonly zone = 'UTC',
		private readonly settings = defaultSettings,
		private readonly order: Order = 'newest first',
		private readonly pageSize = 4,
	) {}

	/** A call that has just ended comes into the log. */
	call(minutesLong = 1): string {
		const sessionId = `session-${this.log.length}`;
		const start = DateTime.fromMillis(this.now - minutesLong * MINUTE, { zone: this.zone });
		const startAt = start.toFormat('yyyy-MM-dd HH:mm:ss');
		this.log.push({ sessionId, startAt, assistant: [{ id: 318, vid: 2045 }] });
		return sessionId;
	}

	private ordered() {
		const calls = [...this.log].sort((one, other) => (one.startAt < other.startAt ? -1 : 1));
		if (this.order === 'oldest first') return calls;
		if (this.order === 'newest first') return calls.reverse();
		const shuffled = calls.map((call, index) => ({ call, key: (index * 7919 + this.now / MINUTE) % 101 }));
		return shuffled.sort((one, other) => one.key - other.key).map(({ call }) => call);
	}

	private api({ page: failing, details, arrivalAfterPage }: Trouble): CallLogApi {
		let asked = 0;
		return {
			page: async ({ startTime, endTime }, pageIndex) => {
				this.requests.pages++;
				if (failing?.index === pageIndex) throw failure(failing.httpCode);
				const calls = this.ordered().filter(({ startAt }) => startAt >= startTime && startAt <= endTime);
				if (arrivalAfterPage === pageIndex && this.requests.pages % 2 === 1) this.call();
				const begin = (pageIndex - 1) * this.pageSize;
				const page = calls.slice(begin, begin + this.pageSize);
				for (const { sessionId } of page) this.shown.add(sessionId);
				return { calls: page, leftOut: 0, total: calls.length };
			},
			details: async (sessionId) => {
				this.requests.details++;
				if (!details || ++asked % details.every !== 0) return { sessionId, collect: null };
				if (details.log) return details.log;
				throw failure(details.httpCode);
			},
		};
	}

	/** One poll. What is emitted is saved with the memory; a poll that emits nothing leaves the memory in the process. */
	async poll(trouble: Trouble = {}) {
		this.shown = new Set();
		const round = await readRound(this.api(trouble), this.settings, this.memory, this.now, () => false);
		this.memory = round.memory;
		const ids = round.events.map(({ data }) => String(data.session_id));
		this.emitted.push(...ids);
		this.givenUp.push(...round.notes.filter((note) => note.includes('given up')));
		if (round.isFirst && this.settings.startFrom === null) {
			this.baseline = this.shown;
			this.before = this.log.length;
		}
		if (round.isFirst || ids.length > 0) this.save();
		return { ...round, ids };
	}

	save() {
		const data: IDataObject = {};
		if (this.memory) writeMemory(data, this.memory);
		this.saved = JSON.stringify(data);
	}

	/** n8n is killed and started again: all that it did not save is gone. */
	restart() {
		this.memory = readMemory(JSON.parse(this.saved) as IDataObject);
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
