// @ts-check
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { measure } from 'mitata';
import { median } from 'simple-statistics';
import { readOptions } from '../../scripts/lib/arguments.mjs';
import { analysisBody } from '../sample.mjs';
import { markdownTable, writeTables } from './document.mjs';

const room = (/** @type {string} */ path) =>
	createRequire(import.meta.url)(`../../dist/nodes/VoiceFox/${path}.js`);
const { authorize } = room('trigger/authorization');
const { readDelivery } = room('trigger/delivery');
const { fingerprint } = room('trigger/fingerprint');
const { readEvent } = room('voicefox/validation');
const { filterRefusal } = room('items/filters');
const { toItems } = room('items/items');
const { readSettings } = room('items/setting');
const { TRIGGER_SETTINGS } = room('trigger/settings');

const USAGE = 'Usage: npm run bench -- [--short] [--write]';
const { short, write } = readOptions(USAGE, {
	short: { type: 'boolean', default: false },
	write: { type: 'boolean', default: false },
});
const ROUNDS = short ? 3 : 9;
const ROUND_NS = short ? 20e6 : 100e6;
const ANSWERS = [0, 5, 20, 100, 300, 10_000];
const USUAL = 20;
const SENTENCES = 5;
/** What counts as flat: what an answer among 10,000 may cost more than among 100, and what an event may leave behind. */
const FLAT = { perAnswer: 1.3, heapBytes: 10 };

const credential = { authorizationToken: '3f1c8a90-bench-5d27-4e6b' };
const header = `Bearer ${credential.authorizationToken}`;

/** @param {string} output */
const settingsFor = (output) => {
	const saved = { triggerOn: ['task.call.collect'], output, hitStatus: 'all', filters: {}, options: {} };
	return readSettings(TRIGGER_SETTINGS, (/** @type {keyof saved} */ name) => saved[name]).value;
};
const [separate, row, perCall, list] = ['separate', 'row', 'perCall', 'list'].map(settingsFor);

/**
 * Everything after the parse, as `webhook()` does it.
 * @param {any} delivery
 * @param {string} output
 * @param {boolean} withFingerprint
 */
function handle(delivery, output, withFingerprint) {
	if (authorize(header, credential) !== 'authorized') throw new Error('not authorized');
	const settings = settingsFor(output);
	const event = readEvent(delivery, 'tolerant');
	if (!event.valid || filterRefusal(event, settings.filters) !== null) throw new Error('not accepted');
	if (withFingerprint) fingerprint(event);
	return toItems(event, settings);
}

/** @param {number} answers */
async function subjectsFor(answers) {
	const body = analysisBody(answers, SENTENCES);
	const bytes = Buffer.from(body);
	const delivery = await readDelivery({ contentType: 'application/json', body: JSON.parse(body) });
	const loose = await readDelivery({ contentType: 'application/json', body: looselyTyped(JSON.parse(body)) });
	const event = readEvent(delivery, 'tolerant');
	/** @type {Record<string, () => unknown>} */
	const subjects = {
		'JSON.parse': () => JSON.parse(body),
		authorize: () => authorize(header, credential),
		'read settings': () => settingsFor('separate'),
		'validate, strict': () => readEvent(delivery, 'strict'),
		'validate, tolerant': () => readEvent(delivery, 'tolerant'),
		'validate, tolerant, every answer to convert': () => readEvent(loose, 'tolerant'),
		filter: () => filterRefusal(event, separate.filters),
		'split, separate': () => toItems(event, separate),
		'split, row': () => toItems(event, row),
		'split, perCall': () => toItems(event, perCall),
		'split, list': () => toItems(event, list),
		'fingerprint for duplicates': () => fingerprint(event),
		'of it, at least: SHA-256 of the body': () => createHash('sha256').update(bytes).digest('base64'),
		'**whole**, separate': () => handle(delivery, 'separate', false),
		'**whole**, row': () => handle(delivery, 'row', false),
		'**whole**, perCall': () => handle(delivery, 'perCall', false),
		'**whole**, list': () => handle(delivery, 'list', false),
		'**whole**, separate, with duplicates': () => handle(delivery, 'separate', true),
		'**whole**, perCall, with duplicates': () => handle(delivery, 'perCall', true),
	};
	return { body, subjects };
}

/** @param {any} body numbers as text and the other way round, as a careless sender might have it */
function looselyTyped(body) {
	for (const answer of body.event_data.collect_targets) Object.assign(answer, { hit: 'true', result: 4 });
	return { ...body, event_data: { ...body.event_data, duration: '90' } };
}

/**
 * Rounds in which every subject has its turn, each compared with JSON.parse of the same round.
 * @param {Record<string, () => unknown>} subjects
 * @returns {Promise<Record<string, { ratio: number, ns: number }>>} medians over the rounds
 */
async function compare(subjects) {
	/** @type {Record<string, { ratio: number[], ns: number[] }>} */
	const rounds = {};
	for (let round = 0; round < ROUNDS; round++) {
		let floor = NaN;
		for (const [name, run] of Object.entries(subjects)) {
			const { p50 } = await measure(run, { min_cpu_time: ROUND_NS, min_samples: 8, batch_samples: 64 });
			if (name === 'JSON.parse') floor = p50;
			const seen = (rounds[name] ??= { ratio: [], ns: [] });
			seen.ratio.push(p50 / floor);
			seen.ns.push(p50);
		}
	}
	return Object.fromEntries(
		Object.entries(rounds).map(([name, { ratio, ns }]) => [name, { ratio: median(ratio), ns: median(ns) }]),
	);
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
function heapUsed() {
	collectGarbage();
	return process.memoryUsage().heapUsed;
}

/** What an event's items hold on the heap beyond the parsed body, and whether 10,000 events leave anything behind. */
async function heap() {
	const body = analysisBody(USUAL, SENTENCES);
	const deliveries = await Promise.all(
		Array.from({ length: 500 }, () =>
			readDelivery({ contentType: 'application/json', body: JSON.parse(body) }),
		),
	);
	const before = heapUsed();
	const kept = deliveries.map((delivery) => handle(delivery, 'separate', true));
	const perEvent = (heapUsed() - before) / kept.length;

	const run = (/** @type {number} */ events) => {
		for (let index = 0; index < events; index++) handle(deliveries[index % 500], 'separate', true);
		return heapUsed();
	};
	const early = run(1000);
	return { perEvent, growth: run(10_000) - early };
}

/** Measures everything, and prints the tables or, with `--write`, puts them into bench/RESULTS.md as well. */
export async function measureHandling() {
	const bodies = await Promise.all(ANSWERS.map(subjectsFor));
	/** @type {Array<Record<string, { ratio: number, ns: number }>>} */
	const results = [];
	for (const [index, { subjects }] of bodies.entries()) {
		console.error(`measuring ${ANSWERS[index]} answers …`);
		results.push(await compare(subjects));
	}
	const { perEvent, growth } = await heap();

	const names = Object.keys(results[0] ?? {});
	const heads = ANSWERS.map((answers) => `${answers.toLocaleString('en')} answers`);
	const sizes = bodies.map(({ body }) => `${(Buffer.byteLength(body) / 1000).toFixed(1)} kB`);
	const times = results.map((result) => `${((result['JSON.parse']?.ns ?? NaN) / 1000).toFixed(1)} µs`);
	const rows = names
		.slice(1)
		.map((name) => [name, ...results.map((result) => result[name]?.ratio.toFixed(2) ?? '')]);

	/** @param {string} name */
	const perAnswer = (name) => {
		const [hundred, tenThousand] = [100, 10_000].map((answers) => {
			const { ratio = NaN } = results[ANSWERS.indexOf(answers)]?.[name] ?? {};
			return (ratio * (results[ANSWERS.indexOf(answers)]?.['JSON.parse']?.ns ?? NaN)) / answers;
		});
		return (tenThousand ?? NaN) / (hundred ?? NaN);
	};

	const usual = results[ANSWERS.indexOf(USUAL)] ?? {};
	const targets = [
		...Object.keys(usual)
			.filter((name) => name.startsWith('**whole**'))
			.map((name) => atMost(`${name}, ${USUAL} answers, × JSON.parse`, usual[name]?.ratio ?? NaN, 1)),
		...['separate', 'perCall'].map((form) =>
			atMost(
				`time per answer, 10,000 answers against 100, ${form}`,
				perAnswer(`**whole**, ${form}`),
				FLAT.perAnswer,
			),
		),
		atMost(
			'heap left behind by 10,000 events, after collection, bytes per event',
			growth / 10_000,
			FLAT.heapBytes,
		),
	];

	const tables = `
Made by \`npm run bench -- --write\` on Node ${process.version}: medians of ${ROUNDS} rounds, in each of which every line
has its turn; a cell is the line's time divided by that of \`JSON.parse\` of the same body in the same round.

${markdownTable(['', ...heads], [['body', ...sizes], ['JSON.parse itself', ...times], ...rows])}

${markdownTable(['targets', 'at most', 'measured', ''], targets)}

| | |
| --- | ---: |
| time per answer, 10,000 answers against 100, JSON.parse itself | ${perAnswer('JSON.parse').toFixed(2)} × |
| heap of the items of an event with ${USUAL} answers, beyond its parsed body | ${(perEvent / 1000).toFixed(1)} kB |
`;
	console.log(tables);
	if (write) await writeTables('handling', tables);
}

/**
 * A line of the table of targets.
 * @param {string} what
 * @param {number} measured
 * @param {number} limit
 */
const atMost = (what, measured, limit) => [
	what,
	String(limit),
	measured.toFixed(2),
	measured <= limit ? 'met' : '**missed**',
];
