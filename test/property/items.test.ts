import fc from 'fast-check';
import { isSafeObjectProperty, type IDataObject } from 'n8n-workflow';

import { readDelivery } from '../../nodes/VoiceFox/trigger/delivery';
import { readEvent, type VoiceFoxEvent } from '../../nodes/VoiceFox/voicefox/validation';
import { toParts } from '../../nodes/VoiceFox/items';
import { draggable, draggableText, filledTexts, uniqueKeys } from '../../nodes/VoiceFox/items/names';
import { analysisText, anyParameters, eventText, taskText } from '../support/arbitraries';
import { isPlainData, textOf } from '../support/json';
import { recordsOf } from '../support/items';
import { settingsWith } from '../support/settings';

const RUNS = { numRuns: 1000 };

async function accepted(text: string): Promise<VoiceFoxEvent | null> {
	const delivery = await readDelivery({ contentType: 'application/json', body: JSON.parse(text) as unknown });
	if (!delivery.valid) return null;
	const event = readEvent(delivery, 'tolerant');
	return event.valid ? event : null;
}

/** Checks a rule on the events of `texts` that tolerant validation accepts, of which there must be many. */
async function holds<Rest extends unknown[]>(
	texts: fc.Arbitrary<string>,
	rest: { [Index in keyof Rest]: fc.Arbitrary<Rest[Index]> },
	rule: (event: VoiceFoxEvent, ...rest: Rest) => void,
) {
	let checked = 0;
	const check = async (text: string, ...more: unknown[]) => {
		const event = await accepted(text);
		if (event === null) return;
		checked++;
		rule(event, ...(more as Rest));
	};
	await fc.assert(fc.asyncProperty(texts, ...(rest as Array<fc.Arbitrary<unknown>>), check), RUNS);
	expect(checked).toBeGreaterThan(RUNS.numRuns / 4);
}

const split = recordsOf;

const without = (fields: IDataObject, ...names: string[]): Array<[string, unknown]> =>
	Object.entries(fields).filter(([name]) => !names.includes(name));

const RENAMED = /^(voicefox_|call_|envelope_|question_)*$/;

/** Whether an item's name is one that was sent: with what a clash puts in front, and a number when it cannot be dragged. */
function isNameOf(name: string, sent: string): boolean {
	const numbers = new Map([
		['caller', 'caller_number'],
		['callee', 'callee_number'],
	]);
	const wanted = numbers.get(sent) ?? draggableText(sent);
	const shown = wanted === sent && isSafeObjectProperty(sent) ? name : name.replace(/ \(\d+\)$/, '');
	return shown.endsWith(wanted) && RENAMED.test(shown.slice(0, shown.length - wanted.length));
}

/**
 * Expects an item to hold all these fields, under their names or as those that clash are renamed, and
 * nothing else but what the node adds. As many fields as were sent means that none replaced another.
 */
function expectAllFields(item: IDataObject, sent: Array<[string, unknown]>, added: string[]) {
	for (const [sentName, value] of sent) {
		const found = Object.entries(item).some(
			([name, its]) => isNameOf(name, sentName) && textOf(its) === textOf(draggable(value)),
		);
		if (!found) throw new Error(`${textOf([sentName, value])} is not in ${textOf(item)}`);
	}
	expect(Object.keys(item)).toEqual(expect.arrayContaining(added));
	expect(Object.keys(item)).toHaveLength(sent.length + added.length);
}

const outputForms = fc.constantFrom('separate', 'list');
const typeOf = (output: string) => (output === 'list' ? ['type'] : []);
const LISTS = ['collect_targets', 'conversation_analysis'];

describe('splitting an accepted event loses no field', () => {
	it('of an analysis on separate outputs and in a list', async () => {
		await holds(analysisText, [outputForms], (event, output) => {
			if (event.kind !== 'analysis') return;
			const call = [...without(event.data, ...LISTS), ...Object.entries(event.envelope)];
			const [head = {}, ...parts] = split(event, { output }).flat();

			expectAllFields(head, call, [...typeOf(output), 'event_name', 'answers_total', 'answers_hit']);
			[...event.data.collect_targets, ...event.data.conversation_analysis].forEach((part, index) => {
				expectAllFields(
					parts[index] ?? {},
					[...Object.entries(part), ...call],
					[...typeOf(output), 'event_name'],
				);
			});
		});
	});

	it('of an analysis in one item per call', async () => {
		await holds(analysisText, [], (event) => {
			if (event.kind !== 'analysis') return;
			const { collect_targets: answers, conversation_analysis: topics } = event.data;
			const call = [...without(event.data, ...LISTS), ...Object.entries(event.envelope)];
			const [[item = {}] = []] = split(event, { output: 'perCall' });

			const added = ['event_name', 'answers_total', 'answers_hit', 'answers', 'analysis', ...LISTS];
			expectAllFields(item, call, added);
			expect(textOf([item.collect_targets, item.conversation_analysis])).toBe(
				textOf(draggable([answers, topics])),
			);
			const results = (columns: unknown) =>
				Object.values(columns as IDataObject)
					.map(textOf)
					.sort();
			expect(results(item.answers)).toEqual(
				answers.map(({ result }) => textOf(draggable(result ?? null))).sort(),
			);
			expect(results(item.analysis)).toEqual(
				topics.map(({ result }) => textOf(draggable(result ?? null))).sort(),
			);
		});
	});

	it('of the end of a task, but for questions without results', async () => {
		await holds(taskText, [outputForms], (event, output) => {
			if (event.kind !== 'task') return;
			const task = [...without(event.data, 'task_overview'), ...Object.entries(event.envelope)];
			const [head = {}, ...parts] = split(event, { output }).flat();
			expectAllFields(head, task, [...typeOf(output), 'event_name']);

			const ids = Object.entries(event.data).filter(([name]) => ['task_id', 'task_start_at'].includes(name));
			const pairs = event.data.task_overview.flatMap((question) =>
				question.results.map((result) => [
					...without(question, 'results', 'total'),
					['question_total', question.total ?? null] as [string, unknown],
					...Object.entries(result),
				]),
			);
			expect(parts).toHaveLength(pairs.length);
			pairs.forEach((pair, index) => {
				expectAllFields(parts[index] ?? {}, [...pair, ...ids], [...typeOf(output), 'event_name']);
			});
		});
	});

	it('of any other event, in every form', async () => {
		await holds(eventText, [fc.constantFrom('separate', 'perCall', 'list')], (event, output) => {
			if (event.kind === 'analysis' || event.kind === 'task') return;
			const [item = {}, ...others] = split(event, { output }).flat();
			const sent = [...Object.entries(event.data), ...Object.entries(event.envelope)];
			expectAllFields(item, sent, [...typeOf(output), 'event_name']);
			expect(others).toEqual([]);
		});
	});
});

describe('the numbers of items add up', () => {
	it('over hit statuses, forms and questions', async () => {
		await holds(analysisText, [anyParameters], (event, { filters, options }) => {
			if (event.kind !== 'analysis') return;
			const sizes = (more: IDataObject) =>
				split(event, { filters, options, ...more }).map((output) => output.length);
			const [calls = 0, all = 0, topics = 0] = sizes({});
			const [, hit = 0] = sizes({ hitStatus: 'hit' });
			const [, notHit = 0] = sizes({ hitStatus: 'notHit' });

			expect([calls, topics]).toEqual([1, event.data.conversation_analysis.length]);
			const settings = settingsWith({ filters });
			const asked = settings.filters.questions;
			expect(toParts(event, settings).counters).toEqual({ answers_total: all, answers_hit: hit });
			if (asked.length === 0) expect(all).toBe(event.data.collect_targets.length);
			expect(hit + notHit).toBe(all);
			expect(sizes({ output: 'list' })).toEqual([1 + all + topics]);
			expect(sizes({ output: 'perCall' })).toEqual([1]);
			expect(sizes({ output: 'row' })).toEqual([1]);
			expect(split(event, { filters })[0]?.[0]).toMatchObject({ answers_total: all, answers_hit: hit });
		});
	});
});

/** Every name in a value, at every depth. */
function* namesIn(value: unknown): Generator<string> {
	if (typeof value !== 'object' || value === null) return;
	for (const [name, inner] of Object.entries(value)) {
		if (!Array.isArray(value)) yield name;
		yield* namesIn(inner);
	}
}

describe('every name of every item', () => {
	it('can be dragged, at every depth', async () => {
		await holds(eventText, [anyParameters], (event, parameters) => {
			for (const item of split(event, parameters).flat()) {
				for (const name of namesIn({ ...item, raw: null })) {
					if (!isSafeObjectProperty(name) || /[\r\n\u2028\u2029\\]|\{\{|\}\}/.test(name)) {
						throw new Error(`${textOf(name)} cannot be dragged`);
					}
				}
			}
		});
	});
});

describe('names like __proto__', () => {
	it('stay plain data at every level and change no prototype', async () => {
		await holds(eventText, [anyParameters], (event, parameters) => {
			const outputs = split(event, parameters);
			expect(isPlainData(outputs)).toBe(true);
			expect(Object.keys(Object.prototype)).toEqual([]);
			expect(Object.keys(Array.prototype)).toEqual([]);
		});
	});
});

const isCell = (value: unknown) => value === null || ['string', 'number', 'boolean'].includes(typeof value);

describe('a row', () => {
	it('holds texts, numbers, booleans and null only, whatever was sent and chosen', async () => {
		await holds(eventText, [anyParameters], (event, parameters) => {
			const [[item = {}, ...others] = []] = split(event, { ...parameters, output: 'row' });
			expect(others).toEqual([]);
			for (const [name, value] of Object.entries(item)) {
				if (!isCell(value)) throw new Error(`${name} holds ${textOf(value)}`);
			}
		});
	});

	it('has a column of its own for each question and topic of an analysis', async () => {
		await holds(analysisText, [], (event) => {
			if (event.kind !== 'analysis') return;
			const { collect_targets: answers, conversation_analysis: topics } = event.data;
			const bare = { ...event, data: { ...event.data, collect_targets: [], conversation_analysis: [] } };
			const [[item = {}] = []] = split(event, { output: 'row' });
			const [[call = {}] = []] = split(bare, { output: 'row' });
			expect(Object.keys(item)).toHaveLength(Object.keys(call).length + answers.length + topics.length);
			expect(Object.keys(item)).toEqual(expect.arrayContaining(Object.keys(call)));
		});
	});

	it('has exactly the columns that are chosen, each of its own', async () => {
		const entry = fc.record({ field: fc.string(), column: fc.string() });
		await holds(eventText, [fc.array(entry, { minLength: 1, maxLength: 6 })], (event, values) => {
			const filled = values.filter(({ field }) => field.trim() !== '');
			if (filled.length === 0) return;
			const [[item = {}] = []] = split(event, { output: 'row', columns: { values } });
			expect(Object.keys(item)).toHaveLength(filled.length);
		});
	});
});

describe('the keys of questions and topics', () => {
	const text = fc.oneof(
		fc.constantFrom(
			'',
			' ',
			'a',
			'a (2)',
			'__proto__',
			'caller',
			'arguments',
			'a\nb',
			'{{a}}',
			'Question 1',
			'Topic 2',
		),
		fc.string(),
	);

	it('are unique and never __proto__, in one namespace with the names that are taken', async () => {
		fc.assert(
			fc.property(fc.array(text), fc.array(text), (texts, taken) => {
				const keys = uniqueKeys(filledTexts(texts, 'Question'), taken);
				expect(keys).toHaveLength(texts.length);
				expect(new Set([...keys, ...taken]).size).toBe(texts.length + new Set(taken).size);
				for (const key of keys) expect(isSafeObjectProperty(key)).toBe(true);
			}),
			RUNS,
		);
	});
});
