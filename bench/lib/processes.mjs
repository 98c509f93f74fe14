// @ts-check
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Fault } from '../../scripts/lib/faults.mjs';

/** @typedef {{ cpu: number, memory: number, helpers: number }} Usage cpu: ms so far, all threads; memory: resident bytes */

const constant = (/** @type {string} */ name) =>
	Number(execFileSync('getconf', [name], { encoding: 'utf8' }));

/** @type {{ tick: number, page: number } | undefined} */
let units;

/**
 * What a process has used, from Linux's /proc. The CPU time includes its children (n8n's task runner is one), the
 * memory has them apart as `helpers`.
 * @param {number} pid
 * @returns {Usage}
 */
export function usageOf(pid) {
	if (!existsSync('/proc/self/stat')) throw new Fault('This benchmark reads /proc: it needs Linux.');
	units ??= { tick: 1000 / constant('CLK_TCK'), page: constant('PAGESIZE') };
	const family = familyOf(pid);
	const memory = (/** @type {Process[]} */ some) =>
		some.reduce((sum, one) => sum + one.pages, 0) * (units?.page ?? NaN);
	return {
		cpu: family.reduce((sum, one) => sum + one.ticks, 0) * units.tick,
		memory: memory(family.filter((one) => one.pid === pid)),
		helpers: memory(family.filter((one) => one.pid !== pid)),
	};
}

/** @typedef {{ pid: number, parent: number, ticks: number, pages: number }} Process */

/** @param {number} pid */
function familyOf(pid) {
	const all = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap(readProcess);
	const family = all.filter((one) => one.pid === pid);
	// The list grows while it is walked: children, then theirs.
	for (const member of family) family.push(...all.filter(({ parent }) => parent === member.pid));
	return family;
}

/**
 * @param {string} name
 * @returns {Process[]} none when it has ended meanwhile
 */
function readProcess(name) {
	try {
		const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
		// proc(5): the fields after the command's name, which stands in brackets, begin with the third.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		const field = (/** @type {number} */ number) => Number(fields[number - 3]);
		return [{ pid: Number(name), parent: field(4), ticks: field(14) + field(15), pages: field(24) }];
	} catch {
		return [];
	}
}
