// @ts-check
// The numbered steps of a document, taken one by one in n8n's editor.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../../scripts/lib/install.mjs';

/** Such a step ends with its name; `by-hand` ones happen at GitHub, at VoiceFox, or on the phone. */
const STEP = /^(\d+)\. ((?:(?!^\d+\. )[^])*?) <!-- (step|by-hand): ([\w-]+) -->/gm;

/** @typedef {{ number: number, name: string, byHand: boolean, words: string[] }} Step words: what the reader is told to look for */
/** @typedef {import('./world.mjs').World} World */

/** @param {string} name @returns {string} a document's text */
export const documentText = (name) => readFileSync(join(projectFolder, 'docs', name), 'utf8');

/** @param {string} text of a document @returns {Step[]} as a reader takes them */
const stepsOf = (text) =>
	[...text.matchAll(STEP)].map(([, number, words = '', kind, name = '']) => ({
		number: Number(number),
		name,
		byHand: kind === 'by-hand',
		words: [...words.matchAll(/\*\*(.+?)\*\*/g)].map(([, word = '']) => word.replace(/\s+/g, ' ')),
	}));

/**
 * A test for each step: what the reader is told to look for was on the screen.
 * @param {World} world
 * @param {string} text of the document
 * @param {Record<string, (world: World) => Promise<void>>} actions what each step that happens in n8n makes the reader
 * do, and what must be seen then
 * @param {Record<string, (world: World) => Promise<void>>} byHand what happens elsewhere, as far as it matters to n8n
 */
export function stepTests(world, text, actions, byHand) {
	const steps = stepsOf(text);

	test('has a test for every step, in its order', () => {
		assert.deepEqual(
			steps.map(({ number }) => number),
			steps.map((_, place) => place + 1),
		);
		assert.deepEqual(
			steps.filter((step) => !step.byHand).map(({ name }) => name),
			Object.keys(actions),
		);
	});

	for (const { number, name, words, ...step } of steps) {
		test(`step ${number}: ${name}`, async () => {
			if (step.byHand) return await byHand[name]?.(world);
			world.gestures.seen = [];
			await actions[name]?.(world);
			for (const word of words)
				assert.ok(
					world.gestures.seen.some((screen) => screen.includes(word)),
					`"${word}" is not on the screen`,
				);
		});
	}
}
