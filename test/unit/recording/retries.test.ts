import type { IBinaryData } from 'n8n-workflow';

import type { Attempt } from '../../../nodes/VoiceFox/recording/download';
import { nextAttempt, NO_ATTEMPTS } from '../../../nodes/VoiceFox/recording/retries';

/** The pauses, in seconds, after attempts that came to this, until no other one is made. */
function pausesOf(...attempts: Attempt[]): number[] {
	let before = NO_ATTEMPTS;
	const pauses: number[] = [];
	for (const attempt of attempts) {
		const next = nextAttempt(attempt, before);
		if (next === undefined) break;
		pauses.push(next.pause / 1000);
		before = next.attempts;
	}
	return pauses;
}

const always = (attempt: Attempt) => new Array<Attempt>(9).fill(attempt);
const broken = { brokenBy: { message: 'broke off' } };

it.each<Attempt>([{ refusedWith: 404 }, { isEmpty: true }])(
	'%j is not there yet: again after 2, 4, 8 and 16 s',
	(attempt) => expect(pausesOf(...always(attempt))).toEqual([2, 4, 8, 16]),
);

it.each<Attempt>([broken, ...[206, 429, 500, 502, 503, 504, 599].map((refusedWith) => ({ refusedWith }))])(
	'%j is tried three times',
	(attempt) => expect(pausesOf(...always(attempt))).toEqual([1, 2]),
);

it('each kind has its own count', () => {
	expect(pausesOf({ isEmpty: true }, broken, { refusedWith: 404 }, broken, broken)).toEqual([2, 1, 4, 2]);
});

it.each<Attempt>([
	{ file: {} as IBinaryData },
	...[199, 301, 400, 401, 403, 410, 418].map((refusedWith) => ({ refusedWith })),
])('%j is final', (attempt) => expect(pausesOf(attempt)).toEqual([]));
