// @ts-check
// The examples of docs/action-node.md are what the code gives, and everything that can be set is in it, with its default; the
// Call Log Trigger's options too, in docs/no-call-lost.md.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { projectFolder } from '../../scripts/lib/install.mjs';
import { sourceModule } from '../../scripts/lib/sources.mjs';
import { shortened } from './trigger.mjs';

const { callLogParameters } = sourceModule('nodes/VoiceFox/callLog/settings');
const { actionProperties } = sourceModule('nodes/VoiceFox/actions/index');
const { simplifiedAssistant } = sourceModule('nodes/VoiceFox/actions/assistant/get');
const { callRecords } = sourceModule('nodes/VoiceFox/actions/call/callForm');
const { turn } = sourceModule('nodes/VoiceFox/actions/call/transcript');
const { simplifiedTask } = sourceModule('nodes/VoiceFox/actions/task/get');
const { readSettings } = sourceModule('nodes/VoiceFox/settings/define');
const { ITEM_SETTINGS } = sourceModule('nodes/VoiceFox/items/settings');
const { eventOfCallLog, eventOfListedCall } = sourceModule('nodes/VoiceFox/voicefox/callLog');

const read = (/** @type {string} */ path) => readFileSync(join(projectFolder, path), 'utf8');
const fixture = (/** @type {string} */ name) => JSON.parse(read(`test/fixtures/rest/${name}.json`));
const page = read('docs/action-node.md');

/** @param {any} call @param {(call: any) => any} eventOf @param {string} [output] */
function record(call, eventOf, output = 'row') {
	const { value } = readSettings(ITEM_SETTINGS, (/** @type {string} */ name) =>
		name === 'output' ? output : undefined,
	);
	const form = { asSent: false, settings: { ...value, options: { timeZone: '' } } };
	return callRecords([call], form, eventOf).records[0];
}

const [inbound, outbound] = fixture('call-logs');
const LISTED = ['sessionId', 'taskId', 'startAt', 'answerAt', 'endAt', 'callee', 'caller', 'direction'];
const listed = Object.fromEntries(
	[...LISTED, 'duration', 'billsec', 'recordFile'].map((name) => [name, outbound[name]]),
);

/** @type {Record<string, any>} */
const given = {
	'call.get': record(inbound, eventOfCallLog),
	'call.getAll': record({ ...listed, assistant: [{ id: 402, vid: 2117 }] }, eventOfListedCall),
	'call.getConversation': turn(fixture('conversation')[1], '', {
		assistant: 'Assistant',
		customer: 'Customer',
	}),
	'task.get': simplifiedTask(fixture('task')),
	'assistant.get': simplifiedAssistant(fixture('assistant')),
};

describe('each example is what the code gives', () => {
	for (const [name, item] of Object.entries(given)) {
		test(name, () => {
			const json =
				new RegExp(`<!-- action: ${name} -->\\s*\`\`\`json\\n([^]*?)\`\`\``).exec(page)?.[1] ?? 'null';
			// As text: the order of the fields is the order of the columns that the user sees.
			const wanted = JSON.parse(json);
			assert.equal(JSON.stringify(wanted, null, 2), JSON.stringify(shortened(item, wanted), null, 2));
		});
	}
});

/** @typedef {{ displayName?: string, name: string, type?: string, value?: unknown, default?: unknown, options?: Entry[] }} Entry */

/** @param {Entry[]} entries @returns {Entry[]} the entries and those that are inside them */
const withInner = (entries) => entries.flatMap((entry) => [entry, ...withInner(entry.options ?? [])]);

describe('everything that can be set is described', () => {
	const labels = withInner(actionProperties)
		.filter(({ name, displayName }) => displayName && name !== 'toolDescription' && name !== 'values')
		.map(({ displayName }) => displayName);
	for (const label of new Set(labels)) {
		test(String(label), () => {
			const isShown =
				page.includes(`**${label}**`) ||
				['Resource', 'Operation', 'Filters', 'Options'].includes(String(label));
			assert.ok(isShown, `its label: **${label}**`);
		});
	}
});

/** A default in the words of the documents; undefined for one that is told in a sentence. @param {Entry} entry */
function defaultInWords({ type, default: value, options = [] }) {
	if (type === 'boolean') return value ? 'on' : 'off';
	if (type === 'options') return options.find((option) => option.value === value)?.name;
	return type === 'number' ? String(value) : undefined;
}

describe('the default that is named is the one that the node has', () => {
	const settings = withInner(actionProperties);
	for (const [, label, named = ''] of page.matchAll(/\*\*([^*]+)\*\* \(default: (.*?)\): /g)) {
		const defaults = settings.filter(({ displayName }) => displayName === label).map(defaultInWords);
		if (!defaults.some((one) => one !== undefined)) continue;
		test(`${label}: ${named}`, () => {
			assert.ok(
				defaults.some((one) => one !== undefined && named.startsWith(one)),
				defaults.join(', '),
			);
		});
	}
	const options = callLogParameters.find((/** @type {Entry} */ { name }) => name === 'options').options;
	for (const option of options) {
		const named = defaultInWords(option) ?? 'empty';
		test(`${option.displayName}: ${named}`, () => {
			assert.ok(read('docs/no-call-lost.md').includes(`- **${option.displayName}** (default: ${named}): `));
		});
	}
});
