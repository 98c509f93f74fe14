// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/lib/install.mjs';

/** A numbered step of the guide ends with its name; `by-hand` ones happen at VoiceFox or Google. */
const STEP = /^(\d+)\. [^]*?<!-- (step|by-hand): ([\w-]+) -->/gm;

/**
 * The steps of docs/guide.md, as a reader takes them.
 * @returns {{ number: number, name: string, byHand: boolean }[]}
 */
export function guideSteps() {
	const guide = readFileSync(join(projectFolder, 'docs', 'guide.md'), 'utf8');
	return [...guide.matchAll(STEP)].map(([, number, kind, name = '']) => ({
		number: Number(number),
		name,
		byHand: kind === 'by-hand',
	}));
}
