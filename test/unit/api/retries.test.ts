import {
	askAgain,
	askOnce,
	MAX_TOTAL_WAIT,
	NO_ATTEMPTS,
	type Outcome,
} from '../../../nodes/VoiceFox/api/retries';

const now = Date.parse('2026-11-20T10:00:00Z');

const answered = (statusCode: number, retryAfter?: string): Outcome => ({
	statusCode,
	headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});
const unanswered = (code: string): Outcome => ({ code });
const limited = (retryAfter?: string) => answered(429, retryAfter);

/** The pauses, in seconds, between the attempts that come to these outcomes, until no other one is made. */
function pausesOf(...outcomes: Outcome[]): number[] {
	let attempts = NO_ATTEMPTS;
	const pauses: number[] = [];
	for (const outcome of outcomes) {
		const next = askAgain(outcome, attempts, now);
		if (next === undefined) break;
		pauses.push(next.pause / 1000);
		attempts = next.attempts;
	}
	return pauses;
}

const times = (count: number, outcome: Outcome) => new Array<Outcome>(count).fill(outcome);

it.each([500, 502, 503, 504])('the status %i is asked again after 1, 2 and 4 s', (status) => {
	expect(pausesOf(...times(10, answered(status)))).toEqual([1, 2, 4]);
});

it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'EAI_AGAIN'])(
	'the code %s of a connection that gave no answer is asked again after 1, 2 and 4 s',
	(code) => expect(pausesOf(...times(10, unanswered(code)))).toEqual([1, 2, 4]),
);

it.each(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'])(
	'after the time-out %s it is asked once more, whatever comes of that',
	(code) => {
		const timedOut = unanswered(code);
		expect(pausesOf(timedOut, timedOut)).toEqual([1]);
		expect(pausesOf(timedOut, answered(503))).toEqual([1]);
		expect(pausesOf(timedOut, limited())).toEqual([1]);
		expect(pausesOf(answered(503), timedOut, timedOut)).toEqual([1, 2]);
	},
);

it.each([
	...[200, 204, 301, 400, 401, 403, 404, 409, 422, 501, 505].map((status) => answered(status)),
	...['ENOTFOUND', 'ERR_INVALID_URL', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_CANCELED'].map(unanswered),
	{ code: undefined },
])('%j is not asked again', (outcome) => expect(pausesOf(outcome)).toEqual([]));

describe('while VoiceFox limits requests (429)', () => {
	it.each([
		['7', 7],
		['60', 60],
		['0', 1],
		['Fri, 20 Nov 2026 10:00:30 GMT', 30],
		['Fri, 20 Nov 2026 09:00:00 GMT', 1],
	])('Retry-After %j is a pause of %i s', (retryAfter, seconds) => {
		expect(pausesOf(limited(retryAfter))).toEqual([seconds]);
	});

	it.each([undefined, '', 'soon', '-5', '1.5'])(
		'the pause doubles with the Retry-After %j, for a minute in all',
		(retryAfter) => {
			expect(pausesOf(...times(10, limited(retryAfter)))).toEqual([1, 2, 4, 8, 16]);
		},
	);

	it('it is asked as long as the pauses fit into a minute', () => {
		expect(pausesOf(limited('61'))).toEqual([]);
		expect(pausesOf(...times(10, limited('20')))).toEqual([20, 20, 20]);
		expect(pausesOf(...times(10, limited('25')))).toEqual([25, 25]);
		expect(pausesOf(...times(100, limited('0')))).toHaveLength(MAX_TOTAL_WAIT / 1000);
	});

	it('other failures have pauses of their own', () => {
		expect(
			pausesOf(limited(), limited(), answered(503), limited(), ...times(9, unanswered('ECONNRESET'))),
		).toEqual([1, 2, 1, 4, 2, 4]);
	});
});

it('the minute counts for all failures', () => {
	expect(pausesOf(limited('58'), answered(503), answered(503))).toEqual([58, 1]);
});

it('a poll asks nothing again', () => {
	expect(askOnce(answered(503), NO_ATTEMPTS)).toBeUndefined();
});
