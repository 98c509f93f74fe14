import { authorize } from '../../../nodes/VoiceFox/trigger/authorization';

const TOKEN = 'an-example_token.1';
const OLD = 'the-old-example_token';

const outcome = (authorization: string | undefined, current: unknown, previous?: unknown) =>
	authorize(
		{ headers: { ...(authorization === undefined ? {} : { authorization }) } },
		{ authorizationToken: current, previousAuthorizationToken: previous },
	);

it("lets in a request with one of the credential's tokens", () => {
	expect(outcome(`Bearer ${TOKEN}`, TOKEN)).toEqual({ authorized: true });
	expect(outcome(OLD, TOKEN, OLD)).toEqual({ authorized: true });
	expect(outcome(OLD, '', OLD)).toEqual({ authorized: true });
});

it.each([undefined, '', ' ', '\t'])('tells an absent header (%j) from a wrong one', (header) => {
	expect(outcome(header, TOKEN)).toEqual({ authorized: false, refusal: 'headerMissing', problem: null });
	expect(outcome('x', TOKEN)).toEqual({ authorized: false, refusal: 'headerWrong', problem: null });
});

it.each([
	['', /^'Authorization Token' is blank/],
	['short', /^'Authorization Token' is too short/],
])('lets nobody in when no token can be used (%j), and says why', (stored, problem) => {
	for (const header of [undefined, stored, `Bearer ${stored}`]) {
		expect(outcome(header, stored)).toEqual({
			authorized: false,
			refusal: 'tokenUnusable',
			problem: expect.stringMatching(problem) as string,
		});
	}
});

it('says which of two tokens authorizes nobody when it was sent', () => {
	expect(outcome('short', 'short', OLD)).toEqual({
		authorized: false,
		refusal: 'headerWrong',
		problem: expect.stringMatching(/^'Authorization Token' is too short/) as string,
	});
	expect(outcome('short', TOKEN, 'short')).toMatchObject({
		problem: expect.stringMatching(/^'Previous Authorization Token' is too short/) as string,
	});
});
