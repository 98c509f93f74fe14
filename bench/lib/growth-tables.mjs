// @ts-check
import { median, quantile } from 'simple-statistics';
import { analysisBody } from '../sample.mjs';
import { bare, usual } from './contestants.mjs';
import { markdownTable } from './document.mjs';
import { fixed, grouped, kilobytes, megabytes, percent, phaseOf, USUAL_ANSWERS } from './figures.mjs';
import { cellOf } from './rounds.mjs';

const CALLS_A_DAY = 1_000_000;
const DAY = 86_400;
/** The busiest hours against the average, and how much of a core may be in use then: assumptions, not measured. */
const [PEAK, BUSY_AT_MOST] = [3, 0.6];

/** @typedef {import('./figures.mjs').Figures} Figures */

/** @param {Figures} figures */
export function queueTable({ phases }) {
	const rows = phases
		.filter(({ name }) => name.startsWith('queue') || name === 'postgres')
		.flatMap(({ name, cells = [] }) =>
			[bare, usual].map((contestant) => {
				const cell = cellOf(cells, contestant, USUAL_ANSWERS);
				const label = name === 'postgres' ? 'one process' : name;
				return [
					`${label}; ${contestant.name}`,
					fixed(median(cell.perSecond), 1),
					fixed(median(cell.cpu), 1),
					fixed(quantile(cell.waits, 0.5)),
					fixed(quantile(cell.waits, 0.99)),
				];
			}),
		);
	return markdownTable(
		['20 answers, PostgreSQL, lazy', 'executions/s', 'CPU of all, ms', 'wait p50, ms', 'wait p99, ms'],
		rows,
	);
}

/** @param {Figures} figures */
export const ratesTable = ({ rates }) =>
	markdownTable(
		[
			'20 answers',
			'events/s',
			'wait p50, ms',
			'wait p99, ms',
			'of one core',
			'last execution ends after, ms',
		],
		rates.map(({ contestant, perSecond, p50, p99, cpu, behind }) => [
			contestant,
			perSecond,
			fixed(p50),
			fixed(p99),
			percent(cpu),
			fixed(behind),
		]),
	);

/** @param {Figures} figures */
export function profileTable({ profiles }) {
	const owners = [...new Set(profiles.flatMap(({ shares }) => Object.keys(shares)))];
	const rows = owners
		.filter((owner) => owner !== 'n8n-nodes-voicefox')
		.map((owner) => [owner, ...profiles.map(({ shares }) => percent(shares[owner] ?? 0))]);
	const ours = ['**our node, its own code**', ...profiles.map((profile) => percent(profile.ours.own))];
	const below = [
		'*of all this* our node with all that it calls',
		...profiles.map((profile) => percent(profile.ours.withCallees)),
	];
	const outside = [
		'*besides:* native code called by nobody, or no core to run on, of the whole time',
		...profiles.map((profile) => percent(profile.outside)),
	];
	const heads = ['share of the main thread', ...profiles.map(({ contestant }) => contestant)];
	return markdownTable(heads, [ours, ...rows, below, outside]);
}

/** @param {Figures} figures */
export function tuningTable(figures) {
	const settings = [
		["n8n's default", 'default'],
		['N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true', 'main'],
		['N8N_EXPRESSION_ENGINE=legacy', 'legacy'],
		['lazy and EXECUTIONS_DATA_SAVE_ON_SUCCESS=none', 'not saved'],
		['lazy and PostgreSQL', 'postgres'],
	];
	const rows = settings.flatMap(([label = '', phase = '']) => {
		const { cells, memory } = phaseOf(figures, phase);
		if (cells.length === 0) return [];
		const cell = cellOf(cells, usual, USUAL_ANSWERS);
		return [
			[
				label,
				fixed(median(cell.perSecond), 1),
				fixed(median(cell.cpu), 1),
				fixed(quantile(cell.waits, 0.99)),
				kilobytes(cell.bytes),
				megabytes(memory.atEnd.memory),
			],
		];
	});
	const heads = [
		'our trigger, 20 answers',
		'executions/s',
		'CPU, ms',
		'wait p99, ms',
		'stored, kB',
		'memory of n8n, MB',
	];
	return markdownTable(heads, rows);
}

/** @param {Figures} figures */
export function dayEstimate(figures) {
	const cell = cellOf(phaseOf(figures, 'main').cells, usual, USUAL_ANSWERS);
	const [cpu, bytes] = [median(cell.cpu), cell.bytes];
	const perSecond = CALLS_A_DAY / DAY;
	const busy = (perSecond * cpu) / 1000;
	const processes = Math.ceil((busy * PEAK) / BUSY_AT_MOST);
	const body = Buffer.byteLength(analysisBody(USUAL_ANSWERS));
	const gigabytes = (bytes * CALLS_A_DAY) / 1e9;
	return `- ${grouped(CALLS_A_DAY)} calls / ${grouped(DAY)} s = ${fixed(perSecond, 1)} events per second on average; if the busiest hours bring ${PEAK} times
  as many, ${fixed(perSecond * PEAK, 1)}.
- ${fixed(cpu, 1)} ms of CPU per execution × ${fixed(perSecond, 1)} per second = ${fixed(busy, 2)} cores on average, ${fixed(busy * PEAK, 2)} in the busiest hours.
- n8n runs JavaScript on one thread. With at most ${percent(BUSY_AT_MOST)} of a core in use, so that bursts find room:
  ${fixed(busy * PEAK, 2)} / ${BUSY_AT_MOST} → ${processes} ${processes === 1 ? 'process' : 'processes'} for the trigger alone; the nodes after it come on top.
- ${kilobytes(bytes)} kB stored × ${grouped(CALLS_A_DAY)} = ${fixed(gigabytes, 1)} GB that the database takes in every day. n8n keeps the last 14 days
  (EXECUTIONS_DATA_MAX_AGE) and of them the newest 10,000 executions (EXECUTIONS_DATA_PRUNE_MAX_COUNT): with these defaults
  ${fixed((bytes * 10_000) / 1e9, 2)} GB, which is the calls of ${fixed(10_000 / perSecond / 60)} minutes; to look back a whole day, ${fixed(gigabytes, 1)} GB.
- ${kilobytes(body)} kB per body × ${fixed(perSecond * PEAK, 1)} per second = ${fixed((body * perSecond * PEAK) / 1e6, 2)} MB per second of incoming traffic at most.`;
}
