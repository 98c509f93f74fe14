// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openNewWorkflow, openNodeList, searchNodes } from './editor.mjs';

const WORDS = [
	'voicefox',
	'lead',
	'webhook',
	'voice agent',
	'call',
	'phone',
	'call analysis',
	'missed call',
	'recording',
];

/** @param {import('./world.mjs').World} world */
export function nodeListTests(world) {
	test('finds the trigger by each word that a user may think of', async () => {
		await openNewWorkflow(world.page, world.n8n.url);
		await openNodeList(world.page);
		for (const word of WORDS) {
			const found = await searchNodes(world.page, word);
			assert.ok((await found.allInnerTexts()).includes('VoiceFox'), `"${word}"`);
		}
		// The search works: it does not just show everything.
		assert.equal(await (await searchNodes(world.page, 'qqqqqq')).count(), 0);
	});

	test('has an entry for each event', async () => {
		await (await searchNodes(world.page, 'voicefox')).filter({ hasText: /^VoiceFox$/ }).click();
		await world.page.getByText('Triggers (6)').waitFor();
		const entries = await world.page.getByTestId('item-iterator-item').allInnerTexts();
		assert.deepEqual(
			entries.filter((entry) => entry.startsWith('On ')),
			[
				'On call analyzed (inbound)',
				'On call analyzed (outbound)',
				'On call ended (inbound)',
				'On call transferred',
				'On other event',
				'On task finished (outbound)',
			],
		);
	});
}
