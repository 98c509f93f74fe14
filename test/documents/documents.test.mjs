// @ts-check
// The documents tell the truth: each example in them is what the code gives, and nothing that can be set is left out.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { N8N_VERSION } from '../../scripts/lib/n8n-install.mjs';
import {
	credentialFields,
	notProcessedOutput,
	outputNames,
	received,
	shortened,
	triggerParameters,
} from './trigger.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const read = (/** @type {string} */ path) => readFileSync(join(project, path), 'utf8');

const FOLDERS = ['', 'docs', 'examples', 'test', 'bench'];
const IGNORED = ['LICENSE.md'];

const documents = FOLDERS.flatMap((folder) =>
	readdirSync(join(project, folder), { recursive: folder === 'docs', encoding: 'utf8' })
		.filter((name) => name.endsWith('.md') && !IGNORED.includes(name))
		.map((name) => join(folder, name)),
).map((path) => ({ path, text: read(path) }));

/** What the user reads about the trigger. */
const manualPaths = ['README.md', 'docs/reference.md'];
const manual = manualPaths.map(read).join('\n').replace(/\s+/g, ' ');
const reference = read('docs/reference.md');

/**
 * An example is a JSON block below a comment that says where it comes from:
 * `item: <form> / <output> / <event> [/ #<place>] [/ <parameters>]` or `answer: <event> [/ <parameters>]`. An event is
 * the name of a file in test/fixtures or JSON; parameters are JSON with what differs from the defaults.
 */
const EXAMPLE = /<!-- (item|answer): (.+?) -->\s*```json\n([^]*?)```/g;

const examples = documents.flatMap(({ path, text }) =>
	[...text.matchAll(EXAMPLE)].map(([, kind, source = '', json = '']) => ({ path, kind, source, json })),
);

const eventOf = (/** @type {string} */ source) =>
	JSON.parse(source.startsWith('{') ? source : read(`test/fixtures/${source}.json`));

/** @param {string} parameter */
function optionsOf(parameter) {
	return triggerParameters.find(({ name }) => name === parameter)?.options ?? [];
}

/** Every event is selected, so that each has an example without saying so. */
const triggerOn = optionsOf('triggerOn').map(({ value }) => value);

/** @param {string[]} parts of an example's source: parameters and the place of an item, in any order */
const parametersIn = (parts) => ({
	triggerOn,
	...JSON.parse(parts.find((part) => part.startsWith('{')) ?? '{}'),
});

/** @param {string} source @returns {Promise<unknown>} */
async function itemOf(source) {
	const [form = '', output = '', event = '', ...more] = source.split(' / ');
	const place = Number(more.find((part) => part.startsWith('#'))?.slice(1) ?? 1);
	const { items } = await received(eventOf(event), { output: form, ...parametersIn(more) });
	const index = output === notProcessedOutput ? items.length - 1 : outputNames[form]?.indexOf(output);
	if (index === undefined) throw new Error(`There is no form ${form}`);
	return items[index]?.[place - 1];
}

/** @param {string} source */
async function answerOf(source) {
	const [event = '', ...more] = source.split(' / ');
	return (await received(eventOf(event), parametersIn(more))).answer;
}

describe('each example is what the code gives', () => {
	for (const { path, kind, source, json } of examples) {
		test(`${path}: ${source}`, async () => {
			const given = await (kind === 'item' ? itemOf(source) : answerOf(source));
			// As text: the order of the fields is the order of the columns that the user sees.
			const wanted = JSON.parse(json);
			assert.equal(JSON.stringify(wanted, null, 2), JSON.stringify(shortened(given, wanted), null, 2));
		});
	}

	test("every JSON block in the trigger's manual is such an example", () => {
		const inManual = examples.filter(({ path }) => manualPaths.includes(path));
		assert.equal(inManual.length, manual.match(/```json/g)?.length);
	});

	const outputs = Object.entries(outputNames).flatMap(([form, names]) =>
		names.map((name) => `${form} / ${name}`),
	);
	const more = [`separate / ${notProcessedOutput}`, 'separate / Answers / task-end', 'row / Call / task-end'];
	for (const wanted of [...outputs, ...more]) {
		test(`there is one of: ${wanted}`, () => {
			assert.ok(examples.some(({ source }) => source.startsWith(wanted)));
		});
	}
});

/**
 * @typedef {import('./trigger.mjs').Entry} Entry
 * @typedef {[label: string, identifier: string]} Row
 */

/** @param {Entry[]} entries @returns {Row[]} the entries and all that are inside them, as the lists have them */
const rowsFor = (entries) =>
	entries.flatMap(({ displayName, name, value, options = [], values = [] }) => [
		/** @type {Row} */ ([displayName ?? name, value ?? name]),
		...rowsFor([...options, ...values]),
	]);

/** A line for something that can be set, further in when it is inside the one before. */
const ROW = /^\s*- \*\*(.+?)\*\* \(`(.+?)`\)/gm;

/** @param {string} text @param {string} heading */
const rowsBelow = (text, heading) => {
	const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
	return [...section.matchAll(ROW)].map(([, label, identifier]) => [label, identifier]);
};

describe('everything that can be set is in the lists, once and in the order of the editor', () => {
	test('the parameters of the trigger', () => {
		assert.deepEqual(rowsBelow(reference, 'Parameters'), rowsFor(triggerParameters));
	});

	test('the fields of its credential', () => {
		assert.deepEqual(rowsBelow(reference, 'The credential'), rowsFor(credentialFields));
	});
});

/**
 * What refuses the inbound sample, by filter. 'Only These Questions' never refuses a call.
 * @type {Record<string, Record<string, any>>}
 */
const REFUSING = {
	answered: { answered: 'missed' },
	assistantIds: { assistantIds: '402' },
	direction: { direction: 'outbound' },
	minimumTalkTime: { minimumTalkTime: 200 },
	phoneNumbers: { phoneNumbers: '+12025550199' },
	callHits: { callHits: 'every' },
	taskIds: { taskIds: '9021, 9022' },
};

describe('what a filter says is in the reference', () => {
	for (const [name, filters] of Object.entries(REFUSING)) {
		test(name, async () => {
			const { reason = '' } = await received(eventOf('inbound-analysis'), { filters });
			const said = reason.replace('The event does not pass the filter ', '');
			assert.notEqual(said, reason);
			assert.ok(reference.includes(`\`${said}\``), said);
		});
	}

	test('of every filter that can refuse', () => {
		const names = optionsOf('filters').map(({ name }) => name);
		assert.deepEqual(
			names.filter((name) => name !== 'questions'),
			Object.keys(REFUSING),
		);
	});
});

describe('each answer is in the reference', () => {
	const invalid = { event_name: 'callin.collect', event_data: {} };
	const cases = {
		accepted: () => received(eventOf('inbound-analysis'), {}),
		'not selected': () => received(eventOf('call-ended'), {}),
		'no Authorization': () => received(eventOf('call-ended'), {}, ''),
		'not valid': () => received(invalid, {}),
		'a setting that cannot be read': () => received(eventOf('call-ended'), { hitStatus: null }),
	};
	for (const [name, answered] of Object.entries(cases)) {
		test(name, async () => {
			const { status, answer } = await answered();
			const body = JSON.stringify(answer)
				.replace(/"ignored":".*"/, '"ignored":"<the reason>"')
				.replace(/"issues":\[.*\]/, '"issues":[…]');
			assert.ok(manual.includes(`${status} \`${body}\``), `${status} \`${body}\``);
		});
	}
});

test('the page of promises names the n8n that the tests use', () => {
	assert.ok(read('docs/reliability.md').includes(`n8n ${N8N_VERSION}`));
});

describe('each link inside the project leads somewhere', () => {
	for (const { path, text } of documents) {
		test(path, () => {
			for (const [, link = ''] of text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
				const [file, anchor] = link.split('#');
				const target = file ? join(dirname(path), file) : path;
				assert.ok(existsSync(join(project, target)), `${target} is missing`);
				if (anchor) assert.ok(anchorsOf(read(target)).includes(anchor), `${link} is missing`);
			}
		});
	}
});

/** @param {string} text @returns {string[]} the anchors that GitHub gives to its headings */
const anchorsOf = (text) =>
	[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-'),
	);

describe('each command is one of package.json', () => {
	const { scripts } = JSON.parse(read('package.json'));
	for (const { path, text } of documents) {
		const named = new Set([...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = '']) => script));
		for (const script of named) {
			test(`${path}: npm run ${script}`, () => assert.ok(Object.hasOwn(scripts, script)));
		}
	}

	// What npm itself knows by name is not run so.
	const known = ['start', 'test', 'prepublishOnly'];
	for (const script of Object.keys(scripts).filter((name) => !known.includes(name))) {
		test(`CONTRIBUTING.md or test/README.md says what npm run ${script} does`, () => {
			assert.match(
				read('CONTRIBUTING.md') + read('test/README.md'),
				new RegExp(`npm run ${script}(?![\\w:-])`),
			);
		});
	}
});

describe('no document sends its reader to a page that is not in this repository', () => {
	for (const { path, text } of documents) {
		test(path, () => {
			assert.doesNotMatch(text, /\bcontract(?:\.md| section| \d)|\breference\/|\bdesign\.md/);
		});
	}
});
