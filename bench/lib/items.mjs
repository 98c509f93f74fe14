// @ts-check
import { Fault } from '../../scripts/lib/faults.mjs';
import { itemsOf, refuseOtherItems, usual } from './contestants.mjs';
import { firstRunDataAfter, newestExecution, untilFinished } from './database.mjs';
import { post } from './load.mjs';
import { targetOf } from './rounds.mjs';

/**
 * Whether all contestants that say where their branches are give the items of the usual trigger.
 * @param {import('./instance.mjs').Instance} instance
 * @param {import('./contestants.mjs').Contestant[]} contestants
 * @param {Buffer[]} samples
 * @returns {Promise<{ contestant: string, structure: number, texts: number }[]>} what each stored of the first sample
 */
export async function compareItems(instance, contestants, samples) {
	const compared = [usual, ...contestants.filter(({ name, branches }) => branches && name !== usual.name)];
	/** @type {{ contestant: string, structure: number, texts: number }[]} */
	const stored = [];
	for (const [place, sample] of samples.entries()) {
		const items = [];
		for (const contestant of compared) {
			const before = await newestExecution(instance.database);
			await refuseFailure(post(targetOf(instance, contestant), sample));
			await untilFinished(instance.database, before);
			const runData = await firstRunDataAfter(instance.database, before);
			items.push({ name: contestant.name, items: itemsOf(contestant, runData) });
			if (place === 0) stored.push({ contestant: contestant.name, ...storedParts(runData) });
		}
		const [expected, ...others] = items;
		if (!expected?.items.every((branch) => branch.length > 0)) throw new Fault('The sample fills no branch.');
		for (const actual of others) refuseOtherItems(expected, actual);
	}
	return stored;
}

/**
 * How much of stored run data is field names and references, and how much texts: the form (package `flatted`) keeps
 * each text once, and each field's name in every item.
 * @param {string} runData
 */
function storedParts(runData) {
	const bytes = (/** @type {unknown} */ cell) => Buffer.byteLength(JSON.stringify(cell)) + 1;
	const cells = /** @type {unknown[]} */ (JSON.parse(runData));
	const sum = (/** @type {unknown[]} */ some) => some.reduce((total, cell) => Number(total) + bytes(cell), 0);
	return {
		structure: Number(sum(cells.filter((cell) => typeof cell !== 'string'))),
		texts: Number(sum(cells.filter((cell) => typeof cell === 'string'))),
	};
}

/** @param {Promise<{ status: number, text: string }>} answer */
async function refuseFailure(answer) {
	const { status, text } = await answer;
	if (status !== 200) throw new Fault(`A contestant answered ${status}: ${text}`);
}
