import { randomUUID } from 'node:crypto';

import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { readMemory, writeMemory, type Memory } from './memory';
import { DAY } from './window';

/** This n8n process, among those that may save the same workflow's data. */
const PROCESS = randomUUID();

/** More triggers are not kept in the process; the longest unused one goes. */
const MOST_TRIGGERS = 200;

/** What the process knows of a trigger. */
interface Kept {
	memory: Memory;
	/** What was known before the last emission, until n8n has taken that. */
	untaken?: { before: Memory | null };
}

/** By trigger. n8n's static data can lose what was saved, and its newer schedulers save only with an execution. */
const keptBy = new Map<string, Kept>();

/** What is remembered of a trigger as a poll begins. */
export interface Recalled {
	memory: Memory | null;
	/** Whether n8n has an older one saved. */
	isOutdated: boolean;
	/** Whether this process knows nothing of the trigger. */
	isFirstPoll: boolean;
}

/**
 * What n8n has not taken was never emitted: it drops what a poll gives when the workflow was published anew or stopped
 * meanwhile, or when the poll took too long. What stands in n8n's data was taken.
 */
function takenOf({ memory, untaken }: Kept, saved: Memory | null): Memory | null {
	if (untaken === undefined || (saved !== null && saved.saves >= memory.saves)) return memory;
	return untaken.before;
}

/**
 * What is remembered of a trigger: what n8n has saved or what the process knows, whichever is newer.
 *
 * @param trigger its workflow, name and ID
 * @param data n8n's static data of the node
 */
export function recall(trigger: string, data: IDataObject): Recalled {
	const saved = readMemory(data);
	const kept = keptBy.get(trigger);
	const known = kept ? takenOf(kept, saved) : null;
	const isFirstPoll = kept === undefined;
	if (known === null) return { memory: saved, isOutdated: false, isFirstPoll };

	const isOtherProcess = saved !== null && saved.saves === known.saves && saved.savedBy !== known.savedBy;
	if (saved !== null && (saved.saves > known.saves || isOtherProcess)) {
		return { memory: saved, isOutdated: false, isFirstPoll };
	}
	return { memory: known, isOutdated: (saved?.saves ?? 0) < known.saves, isFirstPoll };
}

/**
 * Whether n8n should save the memory although nothing happened: it has an older one, or has saved none for a day. The
 * first poll of a process knows nothing newer.
 */
export const isSaveDue = ({ isOutdated, isFirstPoll }: Recalled, { savedAt }: Memory, now: number) =>
	isOutdated || (!isFirstPoll && Math.abs(now - savedAt) >= DAY);

function keep(trigger: string, kept: Kept) {
	keptBy.delete(trigger);
	keptBy.set(trigger, kept);
	const [oldest] = keptBy.keys();
	if (keptBy.size > MOST_TRIGGERS && oldest !== undefined) keptBy.delete(oldest);
}

/** Remembers what a poll that emits nothing has found. */
export function remember(trigger: string, data: IDataObject, memory: Memory): void {
	writeMemory(data, memory);
	keep(trigger, { memory });
}

/**
 * Remembers what a poll that emits has found. n8n saves its static data with the execution.
 *
 * @param before what was remembered when the poll began; it counts until n8n takes the items
 * @param items by output
 * @param now n8n's time, in ms
 * @returns the items, for n8n to take
 */
export function rememberEmitted(
	trigger: string,
	data: IDataObject,
	{ memory, before }: { memory: Memory; before: Memory | null },
	items: INodeExecutionData[][],
	now: number,
): INodeExecutionData[][] {
	const saved = { ...memory, saves: memory.saves + 1, savedAt: now, savedBy: PROCESS };
	writeMemory(data, saved);
	// Without items nothing is lost by an execution that never starts.
	const kept: Kept = items.flat().length > 0 ? { memory: saved, untaken: { before } } : { memory: saved };
	keep(trigger, kept);
	return whenTaken(items, () => delete kept.untaken);
}

/** The same items, which tell when somebody looks at the first output: n8n does as it starts the execution, and only then. */
function whenTaken(items: INodeExecutionData[][], note: () => void): INodeExecutionData[][] {
	const [first = []] = items;
	const settle = (value: INodeExecutionData[]) =>
		Object.defineProperty(items, 0, { value, writable: true, enumerable: true, configurable: true });
	return Object.defineProperty(items, 0, {
		get: () => {
			note();
			settle(first);
			return first;
		},
		set: settle,
		enumerable: true,
		configurable: true,
	});
}

/** For tests: as if n8n had started again. */
export const forgetProcess = () => keptBy.clear();
