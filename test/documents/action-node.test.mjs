// @ts-check
// The examples of docs/action-node.md are what the code gives, and everything that can be set is in it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { projectFolder } from '../../scripts/lib/install.mjs';
import { sourceModule as room } from '../../scripts/lib/sources.mjs';
import { shortened } from './trigger.mjs';

const { actionProperties } = room('nodes/VoiceFox/actions/index');
const { simplifiedAssistant } = room('nodes/VoiceFox/actions/assistant/get');
const { callRecords } = room('nodes/VoiceFox/actions/call/callForm');
const { turn } = room('nodes/VoiceFox/actions/call/transcript');
const { simplifiedTask } = room('nodes/VoiceFox/actions/task/get');
const { readSettings } = room('nodes/VoiceFox/settings/define');
const { ITEM_SETTINGS } = room('nodes/VoiceFox/items/settings');
const { eventOfCallLog, eventOfListedCall } = room('nodes/VoiceFox/voicefox/callLog');

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

/** @typedef {{ displayName?: string, name: string, type?: string, options?: Entry[] }} Entry */

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
