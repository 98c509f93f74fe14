// @ts-check
// The documents tell the truth: each example in them is what the code gives, and nothing that can be set is left out.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { N8N_VERSION } from '../../scripts/lib/n8n-install.mjs';
import { outputNames, received, triggerParameters } from './trigger.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const read = (/** @type {string} */ path) => readFileSync(join(project, path), 'utf8');

const guides = readdirSync(join(project, 'docs')).filter((name) => name.endsWith('.md'));
const paths = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...guides.map((name) => `docs/${name}`)];
const documents = paths.map((path) => ({ path, text: read(path) }));
/** What the user reads about the trigger. */
const manualPaths = ['README.md', 'docs/reference.md'];
const manual = manualPaths.map(read).join('\n').replace(/\s+/g, ' ');

/**
 * An example is a JSON block below a comment that says where it comes from:
 * `item: <form> / <output> / <event> [/ #<place>] [/ <parameters>]` or `answer: <event>`. An event is the name of a
 * file in test/fixtures or JSON; parameters are JSON with what differs from the defaults.
 */
const EXAMPLE = /<!-- (item|answer): (.+?) -->\s*```json\n([^]*?)```/g;

const examples = documents.flatMap(({ path, text }) =>
	[...text.matchAll(EXAMPLE)].map(([, kind, source = '', json = '']) => ({ path, kind, source, json })),
);

const eventOf = (/** @type {string} */ source) =>
	JSON.parse(source.startsWith('{') ? source : read(`test/fixtures/${source}.json`));

/** @param {string} source @returns {Promise<unknown>} */
async function itemOf(source) {
	const [form = '', output = '', event = '', ...more] = source.split(' / ');
	const parameters = JSON.parse(more.find((part) => part.startsWith('{')) ?? '{}');
	const place = Number(more.find((part) => part.startsWith('#'))?.slice(1) ?? 1);
	const { items } = await received(eventOf(event), { output: form, ...parameters });
	const index = output === 'Invalid' ? items.length - 1 : outputNames[form].indexOf(output);
	return items[index]?.[place - 1];
}

const answerOf = async (/** @type {string} */ source) => ({
	error: 'Invalid payload',
	issues: (await received(eventOf(source), {})).issues,
});

describe('each example is what the code gives', () => {
	for (const { path, kind, source, json } of examples) {
		test(`${path}: ${source}`, async () => {
			const given = await (kind === 'item' ? itemOf(source) : answerOf(source));
			// As text: the order of the fields is the order of the columns that the user sees.
			assert.equal(JSON.stringify(JSON.parse(json), null, 2), JSON.stringify(given, null, 2));
		});
	}

	test("every JSON block in the trigger's manual is such an example", () => {
		const inManual = examples.filter(({ path }) => manualPaths.includes(path));
		assert.equal(inManual.length, manual.match(/```json/g)?.length);
	});

	const outputs = Object.entries(outputNames).flatMap(([form, names]) =>
		names.map((/** @type {string} */ name) => `${form} / ${name}`),
	);
	for (const wanted of [...outputs, 'separate / Invalid', 'separate / Collected Answers / task-end']) {
		test(`there is one of: ${wanted}`, () => {
			assert.ok(examples.some(({ source }) => source.startsWith(wanted)));
		});
	}
});

/** @typedef {{ displayName?: string, name: string, value?: string, type?: string, options?: Entry[] }} Entry */

/** @param {Entry[]} entries @returns {Entry[]} the entries and all that are inside them */
const withInner = (entries) => entries.flatMap((entry) => [entry, ...withInner(entry.options ?? [])]);

describe('everything that can be set stands in the manual', () => {
	for (const { displayName, name, value } of withInner(triggerParameters)) {
		const label = displayName ?? name;
		const identifier = value ?? name;
		test(`${label} (${identifier})`, () => {
			assert.ok(manual.includes(`**${label}**`), `its label: **${label}**`);
			assert.ok(manual.includes(`\`${identifier}\``), `its name in a saved workflow: \`${identifier}\``);
		});
	}
});

test('the README names the n8n that the tests use', () => {
	assert.ok(read('README.md').includes(`n8n ${N8N_VERSION}`));
});

describe('each link inside the project leads somewhere', () => {
	for (const { path, text } of documents) {
		for (const [, link = ''] of text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)) {
			test(`${path}: ${link}`, () => {
				const [file, anchor] = link.split('#');
				const target = file ? join(dirname(path), file) : path;
				assert.ok(existsSync(join(project, target)), `${target} is missing`);
				if (anchor) assert.ok(anchorsOf(read(target)).includes(anchor), `#${anchor} is missing`);
			});
		}
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
