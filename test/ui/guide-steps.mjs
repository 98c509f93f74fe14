// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/lib/install.mjs';

/** A numbered step of the guide ends with its name; `by-hand` ones happen at GitHub, at VoiceFox, or on the phone. */
const STEP = /^(\d+)\. ([^]*?) <!-- (step|by-hand): ([\w-]+) -->/gm;

/** docs/guide.md. */
export const guide = readFileSync(join(projectFolder, 'docs', 'guide.md'), 'utf8');

/**
 * The guide's steps, as a reader takes them.
 * @returns {{ number: number, name: string, byHand: boolean, words: string[] }[]} words: what the reader is told to look for
 */
export function guideSteps() {
	return [...guide.matchAll(STEP)].map(([, number, text = '', kind, name = '']) => ({
		number: Number(number),
		name,
		byHand: kind === 'by-hand',
		words: [...text.matchAll(/\*\*(.+?)\*\*/g)].map(([, word = '']) => word.replace(/\s+/g, ' ')),
	}));
}

/** How many clicks the guide says it takes. */
export const guideClicks = Number(/It takes (\d+) clicks in n8n/.exec(guide)?.[1]);
