// @ts-check
import { median, quantile } from 'simple-statistics';
import {
	atMostOneCode,
	bare,
	doItYourself,
	everyForm,
	severalCodes,
	usual,
	usualWithCopies,
} from './contestants.mjs';
import { markdownTable } from './document.mjs';
import { fixed, kilobytes, megabytes, phaseOf, ratioWithInterval, USUAL_ANSWERS } from './figures.mjs';
import { dayEstimate, profileTable, queueTable, ratesTable, tuningTable } from './growth-tables.mjs';
import { cellOf, fastest, ratiosOf, SENDERS } from './rounds.mjs';
import { medianWithInterval } from './statistics.mjs';

/** @typedef {import('./figures.mjs').Cell} Cell */
/** @typedef {import('./figures.mjs').Figures} Figures */

/**
 * The tables of bench/RESULTS.md and docs/performance.md.
 * @param {Figures} figures
 * @returns {Record<string, string>} by the name of their place in the document
 */
export function sectionsOf(figures) {
	const cells = phaseOf(figures, 'main').cells;
	return {
		'n8n-how': how(figures),
		'n8n-targets': targets(cells, phaseOf(figures, 'close').cells),
		'n8n-usual': usualTable(cells),
		'n8n-stored': storedTable(figures),
		'n8n-answers': answersTable(figures),
		'n8n-engines': enginesTable(figures),
		'n8n-rates': ratesTable(figures),
		'n8n-profile': profileTable(figures),
		'n8n-tuning': tuningTable(figures),
		'n8n-queue': queueTable(figures),
		'n8n-day': dayEstimate(figures),
	};
}

/** @param {Figures} figures */
function how({ machine, phases }) {
	const { n8n, node, processor, cores, loadBefore, loadAfter, date, short, minutes } = /** @type {any} */ (
		machine
	);
	const rounds = phases.map(({ name, cells = [] }) => `"${name}" ${cells[0]?.ratios.length}`).join(', ');
	return `Made on ${date} by \`npm run bench:n8n -- ${short ? '--short ' : ''}--write\` in ${fixed(minutes)} minutes: n8n ${n8n}, Node ${node},
${cores} cores (${processor}), benchmark and database on the same machine. Its load average over the last minute was
${fixed(loadBefore, 1)} when the run began and ${fixed(loadAfter, 1)} when it ended; ${cores} cores are full at ${cores}.

${SENDERS} senders at a time. Rounds: ${rounds}.`;
}

/** @param {Cell[]} cells */
function usualTable(cells) {
	const rows = cells
		.filter(({ answers }) => answers === USUAL_ANSWERS)
		.map((cell) => [
			cell.contestant,
			fixed(median(cell.perSecond), 1),
			ratioWithInterval(cell.ratios),
			fixed(median(cell.cpu), 1),
			ratioWithInterval(cell.cpuRatios),
			fixed(quantile(cell.waits, 0.5)),
			fixed(quantile(cell.waits, 0.99)),
			kilobytes(cell.bytes),
		]);
	const heads = [
		'20 answers',
		'executions/s',
		'× bare',
		'CPU, ms',
		'× bare by CPU',
		'wait p50, ms',
		'wait p99, ms',
		'stored, kB',
	];
	return markdownTable(heads, rows);
}

/** @param {Figures} figures */
function answersTable(figures) {
	const tables = ['main', 'postgres'].flatMap((name) => {
		const { cells } = phaseOf(figures, name);
		const sizes = [...new Set(cells.map(({ answers }) => answers))].sort((one, other) => one - other);
		if (sizes.length < 2) return [];
		const contestants = [...new Set(cells.map(({ contestant }) => contestant))];
		const database = name === 'main' ? 'SQLite' : 'PostgreSQL';
		const heads = [database, ...sizes.flatMap((size) => [`**${size}**: /s`, '× bare', 'CPU, ms', 'kB'])];
		const rows = contestants.map((contestant) => [
			contestant,
			...sizes.flatMap((size) =>
				sizeCells(cells.find((one) => one.contestant === contestant && one.answers === size)),
			),
		]);
		return [markdownTable(heads, rows)];
	});
	return tables.join('\n\n');
}

/** @param {Cell | undefined} cell */
const sizeCells = (cell) =>
	cell === undefined
		? ['–', '–', '–', '–']
		: [
				fixed(median(cell.perSecond), 1),
				fixed(median(cell.ratios), 2),
				fixed(median(cell.cpu), 1),
				kilobytes(cell.bytes),
			];

const verdict = (/** @type {boolean} */ isMet) => (isMet ? 'met' : '**missed**');

/**
 * @param {number[]} ratios
 * @param {number} wanted
 */
function ratioVerdict(ratios, wanted) {
	const { median: middle, low, high } = medianWithInterval(ratios);
	if (low >= wanted || high < wanted) return verdict(low >= wanted);
	return middle >= wanted ? 'met by the median' : 'missed by the median';
}

/**
 * @param {Cell[]} cells
 * @param {Cell[]} closeCells of the many rounds between those that differ by a few percent
 */
function targets(cells, closeCells) {
	const cell = (/** @type {{ name: string }} */ contestant) => cellOf(cells, contestant, USUAL_ANSWERS);
	const close = (/** @type {{ name: string }} */ contestant) => cellOf(closeCells, contestant, USUAL_ANSWERS);
	const [asked, threeCodes] = [fastest(atMostOneCode.map(cell)), cell(severalCodes)];
	const usualForms = everyForm.filter(({ name }) => !name.includes('not ignored'));
	const forms = usualForms.map(cell);
	const speed = [
		...usualForms.map((form) => ratioRow(`${form.name}, × bare Webhook`, close(form), close(bare), 0.95)),
		ratioRow('duplicates ignored, × not ignored, separate', close(usual), close(usualWithCopies), 0.95),
		ratioRow('the same, rounds of all three forms', ...pooled(everyForm.map(close)), 0.95),
		...[asked, threeCodes].map((other) =>
			ratioRow(`${usual.name}, × ${other.contestant}`, cell(usual), other, 3),
		),
		[
			...ratioRow(`*bare Webhook*, × ${threeCodes.contestant}`, cell(bare), threeCodes, 3).slice(0, 4),
			'the limit',
		],
	];
	const smallest = doItYourself.map(cell).reduce((least, one) => (one.bytes < least.bytes ? one : least));
	const stored = forms.map((form) => {
		const share = form.bytes / smallest.bytes;
		const what = `bytes stored, ${form.contestant}, × ${smallest.contestant}`;
		return [what, '≤ 0.5', fixed(share, 2), '', verdict(share <= 0.5)];
	});
	const heads = ['20 answers, lazy engine, SQLite', 'target', 'executions/s', 'by CPU', ''];
	return markdownTable(heads, [...speed, ...stored]);
}

/**
 * The rounds of all forms with duplicates ignored as one cell, and of those without as another.
 * @param {Cell[]} cells of each form the one, then the other
 * @returns {[Cell, Cell]}
 */
function pooled(cells) {
	const [one, other] = [0, 1].map((rest) => {
		const some = cells.filter((_, index) => index % 2 === rest);
		const all = (/** @type {'ratios' | 'cpuRatios'} */ name) => some.flatMap((cell) => cell[name]);
		return { ...some[0], ratios: all('ratios'), cpuRatios: all('cpuRatios') };
	});
	return [/** @type {Cell} */ (one), /** @type {Cell} */ (other)];
}

/**
 * @param {string} what
 * @param {Cell} one
 * @param {Cell} other
 * @param {number} wanted
 */
function ratioRow(what, one, other, wanted) {
	const [ratios, byCpu] = [ratiosOf(one, other, 'ratios'), ratiosOf(one, other, 'cpuRatios')];
	const verdicts = [ratioVerdict(ratios, wanted), ratioVerdict(byCpu, wanted)];
	return [
		what,
		`≥ ${wanted}`,
		ratioWithInterval(ratios),
		ratioWithInterval(byCpu),
		[...new Set(verdicts)].join('; by CPU '),
	];
}

/** @param {Figures} figures */
const storedTable = ({ stored }) =>
	markdownTable(
		['items of one event with 20 answers', 'field names and references, kB', 'texts, kB'],
		stored.map(({ contestant, structure, texts }) => [contestant, kilobytes(structure), kilobytes(texts)]),
	);

/** @param {Figures} figures */
function enginesTable(figures) {
	const engines = [
		{ head: 'default', phase: 'default' },
		{ head: 'lazy', phase: 'main' },
		{ head: 'legacy', phase: 'legacy' },
	].filter(({ phase }) => phaseOf(figures, phase).cells.length > 0);
	const heads = ['20 answers', ...engines.flatMap(({ head }) => [`${head}: /s`, '× bare', 'CPU, ms'])];
	const rows = [bare, usual, usualWithCopies, ...doItYourself].map((contestant) => [
		contestant.name,
		...engines.flatMap(({ phase }) => {
			const cell = cellOf(phaseOf(figures, phase).cells, contestant, USUAL_ANSWERS);
			return [fixed(median(cell.perSecond), 1), ratioWithInterval(cell.ratios), fixed(median(cell.cpu), 1)];
		}),
	]);
	const memory = [
		'resident memory of n8n, first → last, MB',
		...engines.flatMap(({ phase }) => {
			const { atStart, atEnd } = phaseOf(figures, phase).memory;
			return [`${megabytes(atStart.memory)} → ${megabytes(atEnd.memory)}`, '', ''];
		}),
	];
	const runner = [
		'its task runner besides, MB',
		...engines.flatMap(({ phase }) => [megabytes(phaseOf(figures, phase).memory.atEnd.helpers), '', '']),
	];
	return markdownTable(heads, [...rows, memory, runner]);
}
