import fc from 'fast-check';

import { readEvent } from '../../nodes/VoiceFox/voicefox/validation';
import { sizeProblem, SIZE } from '../../nodes/VoiceFox/voicefox/size';
import { deliveryOf } from '../support/events';

const LISTS = [
	'collect_targets',
	'conversation_analysis',
	'assistant_infos',
	'task_overview',
	'results',
] as const;

/** Fields up to a bit more than are read, and elements around the largest number that they leave. */
const sizes = fc
	.tuple(fc.integer({ min: 8, max: SIZE.fields + 20 }), fc.integer({ min: -20, max: 20 }))
	.map(([fields, more]) => {
		const most = Math.min(SIZE.elements, Math.floor(SIZE.values / fields));
		return { fields, elements: most + more };
	});

/** An event of so many fields and elements, these spread over all lists by the shares given. */
function bodyOf({ fields, elements }: { fields: number; elements: number }, shares: number[]) {
	const sum = shares.reduce((total, share) => total + share, 0) || 1;
	const lengths = shares.map((share) => Math.floor((share / sum) * (elements - 1)));
	const rest = elements - 1 - lengths.reduce((total, length) => total + length, 0);
	const [answers = 0, topics = 0, assistants = 0, questions = 0, results = 0] = lengths;
	const some = (length: number) => Array.from({ length }, () => ({}));
	const event_data = {
		session_id: 's',
		collect_targets: some(answers + rest),
		conversation_analysis: some(topics),
		assistant_infos: some(assistants),
		task_overview: [{ results: some(results) }, ...some(questions)],
	};
	const others = Array.from({ length: fields - Object.keys(event_data).length }, (_, index) => [
		`later_${index}`,
		1,
	]);
	const half = others.length >> 1;
	return {
		event_name: 'callin.collect',
		...Object.fromEntries(others.slice(half)),
		event_data: { ...event_data, ...Object.fromEntries(others.slice(0, half)) },
	};
}

describe('the bounds of size', () => {
	it('are met exactly, however the elements are spread over the lists', async () => {
		const seen = { below: 0, above: 0 };
		const shares = fc.array(fc.nat(9), { minLength: LISTS.length, maxLength: LISTS.length });
		await fc.assert(
			fc.asyncProperty(sizes, shares, async (size, spread) => {
				const isTooLarge =
					size.fields > SIZE.fields ||
					size.elements > SIZE.elements ||
					size.fields * size.elements > SIZE.values;
				const sent = await deliveryOf(bodyOf(size, spread));
				if (!sent.valid) throw new Error('The body is no delivery');
				expect(sizeProblem(sent) !== null).toBe(isTooLarge);
				if (isTooLarge) expect(readEvent(sent, 'tolerant')).toMatchObject({ valid: false });
				seen[isTooLarge ? 'above' : 'below']++;
			}),
			{ numRuns: 100 },
		);
		expect(Math.min(seen.below, seen.above)).toBeGreaterThan(20);
	});
});
