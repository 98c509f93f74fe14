// @ts-check
// What holds for every example, without an n8n. test/examples runs each of them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { example, exampleNames, pinnedItems, pinnedSampleOf, TRIGGER } from '../examples/samples.mjs';

/** Their nodes take one value: of a whole event, or of many calls. */
const WITH_EXPRESSIONS = ['without-duplicates', 'ledger-nightly'];

/** `$json`, `$json.a`, `$json['a b'].c`, `$('Node').item.json.a`, `$binary.a.b`. */
const DRAGGED = /^ (?:\$json|\$binary|\$\('[\w ]+'\)\.item\.json)(?:\.\w+|\['[^']+'\])* $/;

/** What the node Escape Markup does to what somebody said. */
const ESCAPED =
	/^ \(\$json\.\w+ \?\? ''\)\.toString\(\)\.replaceAll\('&', '&amp;'\)\.replaceAll\('<', '&lt;'\)\.replaceAll\('>', '&gt;'\) $/;

test('none holds a credential, or an address that two users would share', async () => {
	for (const name of (await exampleNames()).filter((each) => each !== 'demo-workflow')) {
		const { nodes, pinData } = await example(name);
		for (const { name: node, type, credentials, webhookId, parameters } of nodes) {
			assert.deepEqual([credentials, webhookId], [undefined, undefined], `${name}: ${node}`);
			if (type.startsWith('n8n-nodes-voicefox.')) assert.ok(!parameters.url, `${name}: ${node}`);
		}
		if (!Object.hasOwn(pinnedSampleOf, name)) assert.equal(pinData, undefined, name);
	}
});

test("what is chosen from a list or typed says which, or n8n's editor shows no choice", async () => {
	for (const name of await exampleNames()) {
		const { nodes } = await example(name);
		for (const { parameters } of nodes)
			for (const { field } of parameters.columns?.values ?? [])
				assert.deepEqual([field.__rl, field.mode], [true, 'text'], name);
	}
});

test('none needs a programmer: no node of code, and nothing in an expression but what dragging writes', async () => {
	for (const name of (await exampleNames()).filter((each) => !WITH_EXPRESSIONS.includes(each))) {
		const { nodes } = await example(name);
		const types = nodes.map((/** @type {any} */ { type }) => type);
		assert.ok(!types.some((/** @type {string} */ type) => /\.code$|\.function/.test(type)), name);
		for (const [, expression] of JSON.stringify(nodes).matchAll(/\{\{(.*?)\}\}/g))
			if (!ESCAPED.test(expression ?? '')) assert.match(expression ?? '', DRAGGED, name);
	}
});

describe('what is pinned is what the trigger makes of the sample event', () => {
	for (const [name, event] of Object.entries(pinnedSampleOf)) {
		test(name, async () => {
			const workflow = await example(name);
			const items = await pinnedItems(workflow, event);
			assert.deepEqual(workflow.pinData, { [TRIGGER]: items.map((json) => ({ json })) });
			assert.ok(items.length > 0);
		});
	}
});
