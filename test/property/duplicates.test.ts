import fc from 'fast-check';

import { fingerprint } from '../../nodes/VoiceFox/trigger/fingerprint';
import { eventOf } from '../support/events';

/** JSON of few and awkward texts, so that two of them are often alike, or would be if their parts ran together. */
const awkward = fc.constantFrom(
	'',
	'a',
	'b',
	'1',
	'2',
	'"',
	'","',
	'["a"]',
	'[]',
	'null',
	'__proto__',
	'toJSON',
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4 },
		awkward,
		fc.constantFrom(0, 1, true, false, null),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(awkward, tie('value'), { maxKeys: 3, noNullPrototype: true }),
	),
}));

/** The same value with every object's fields sorted, or in reverse order of that. */
function ordered(json: unknown, direction: 1 | -1): unknown {
	if (Array.isArray(json)) return json.map((element) => ordered(element, direction));
	if (typeof json !== 'object' || json === null) return json;
	const names = Object.keys(json).sort((one, other) => (one < other ? -direction : direction));
	return Object.fromEntries(names.map((name) => [name, ordered((json as never)[name], direction)]));
}

const sorted = (json: unknown) => JSON.stringify(ordered(json, 1));

const printOf = async (extra: unknown) =>
	fingerprint(await eventOf({ event_name: 'callin.hangup', event_data: { session_id: 's', later: extra } }));

describe('the fingerprints of two contents', () => {
	it('are one for one content, in whatever order its fields come', async () => {
		await fc.assert(
			fc.asyncProperty(value, async (content) => {
				expect(await printOf(ordered(content, -1))).toBe(await printOf(ordered(content, 1)));
			}),
			{ numRuns: 2000 },
		);
	});

	it('are two for two contents', async () => {
		let alike = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(value, { minLength: 2, maxLength: 12 }), async (contents) => {
				const prints = new Set(await Promise.all(contents.map(printOf)));
				const different = new Set(contents.map(sorted)).size;
				if (different < contents.length) alike++;
				expect(prints.size).toBe(different);
			}),
			{ numRuns: 2000 },
		);
		expect(alike).toBeGreaterThan(100);
	});
});
