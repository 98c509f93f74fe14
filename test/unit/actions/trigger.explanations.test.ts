import { outcomeOf, unansweredSentence } from '../../../nodes/VoiceFox/actions/trigger/explanations';
import type { ProblemError } from '../../../nodes/VoiceFox/api/errors';

const problemOf = (statusCode: number, body: unknown = {}, headers = {}) => {
	try {
		return { taken: outcomeOf({ statusCode, body, headers }) };
	} catch (error) {
		return (error as ProblemError).problem;
	}
};

describe('an event that the trigger answered with 200', () => {
	it.each([200, 299])('was taken (%i)', (statusCode) => {
		expect(outcomeOf({ statusCode, body: {}, headers: {} })).toEqual({
			started: true,
			answer: 'The trigger took the event, and its workflow starts with it',
		});
	});

	it('was ignored, for the reason that the trigger gives', () => {
		const body = { ignored: 'The event "Call Ended (Inbound)" is not selected in \'Trigger On\'' };
		expect(outcomeOf({ statusCode: 200, body, headers: {} })).toEqual({
			started: false,
			answer: `The trigger ignored the event: ${body.ignored}`,
		});
		expect(outcomeOf({ statusCode: 200, body: { ignored: 'x'.repeat(1000) }, headers: {} }).answer).toBe(
			`The trigger ignored the event: ${'x'.repeat(500)}`,
		);
	});

	it('got lost while n8n was starting', () => {
		expect(problemOf(200, 'n8n is starting up. Please wait')).toEqual({
			message: 'n8n is still starting, and the event was lost. Wait a minute, and execute this node again',
		});
	});

	it.each([[{ message: 'Workflow was started' }], ['<html>'], [null], [[1]], [{ ignored: 7 }]])(
		'did not reach a VoiceFox Trigger when the answer is %j',
		(body) => {
			expect(problemOf(200, body)).toEqual({
				message: expect.stringMatching(/^What answers at this URL is not a VoiceFox Trigger\./),
			});
		},
	);
});

describe('a refusal says what to do', () => {
	const unregistered = {
		code: 404,
		message: 'The requested webhook "POST 3f2a/webhook" is not registered.',
		hint: 'The workflow must be active for a production URL to run successfully.',
	};

	it.each([
		[401, { error: 'Unauthorized' }, /^The trigger does not accept the token of this node's credential\./],
		[
			404,
			unregistered,
			/publish the trigger's workflow\. For its test URL, click Execute step in the trigger first/,
		],
		[413, 'Too large', /refused the event as too large/],
		[422, { code: 422, message: 'Failed to parse request body' }, /^n8n could not read the event/],
		[500, { code: 0, message: 'Workflow could not be started!' }, /shows the reason in the editor/],
		[502, '<html>Bad Gateway', /^A server in front of n8n could not pass the event on/],
		[503, { error: 'Unavailable' }, /credential or one of its settings cannot be read/],
		[
			400,
			{ message: 'Unrecognized node type: n8n-nodes-voicefox.voiceFoxTrigger' },
			/^This n8n runs without the/,
		],
		[503, 'n8n is starting', /^n8n is not ready to take events\. Wait a minute/],
		[307, '', /^The URL leads on to another one/],
		[418, '', /^Something at this URL refused the event with status 418/],
		[199, '', /^Something at this URL refused the event with status 199/],
		[300, '', /^The URL leads on to another one/],
	])('%d %j', (status, body, message) => {
		expect(problemOf(status, body)).toEqual({
			message: expect.stringMatching(message),
			description: `Status ${status}`,
			httpCode: String(status),
		});
	});

	it.each([
		['60', /credential or one of its settings cannot be read/],
		['5', /^The trigger got this event before, and n8n has not stored it yet/],
	])('503 to be sent again after %s s', (after, message) => {
		expect(problemOf(503, { error: 'Unavailable' }, { 'retry-after': after })).toMatchObject({
			message: expect.stringMatching(message) as string,
		});
	});

	it('400 with what is not valid, and where', () => {
		const issues = [
			{ path: 'event_data.session_id', message: 'Expected a non-empty string' },
			{ path: '', message: 'Too many fields' },
			...Array.from({ length: 30 }, (_, place) => ({ path: `extra.${place}`, message: 'Expected a string' })),
		];
		const { message, description } = problemOf(400, {
			error: 'Invalid payload',
			issues,
		}) as ProblemError['problem'];
		expect(message).toBe(
			"The trigger refused the event as not valid: event_data.session_id: Expected a non-empty string; the whole event: Too many fields; extra.0: Expected a string. Set 'Validation' of the VoiceFox Trigger to 'Tolerant', or choose another event (400)",
		);
		expect(description?.split('\n')).toHaveLength(20);
		expect(problemOf(400, { issues: [null, { path: 'x'.repeat(1000), message: 'y' }] })).toMatchObject({
			description: expect.stringMatching(/^the whole event: .*\nx{300}$/) as string,
		});
	});

	it.each([['Bad Request'], [{}], [{ issues: 'none' }], [{ issues: [] }]])(
		'400 without a reason: %j',
		(body) => {
			expect(problemOf(400, body)).toMatchObject({
				message:
					'The event was refused as not valid, with no reason given. Check the URL, and try again (400)',
			});
		},
	);
});

it.each([
	['ECONNREFUSED', /cannot reach its own URL from inside/],
	['EHOSTUNREACH', /cannot reach its own URL from inside/],
	['ENETUNREACH', /cannot reach its own URL from inside/],
	['ENOTFOUND', /does not know the name/],
	['EAI_AGAIN', /does not know the name/],
	['ECONNABORTED', /did not answer at its own URL within 30 seconds/],
	['ETIMEDOUT', /did not answer at its own URL within 30 seconds/],
	['ECONNRESET', /got no answer/],
	[undefined, /got no answer/],
])('no answer (%s) is explained too', (code, sentence) => {
	expect(unansweredSentence(code, 30)).toMatch(sentence);
});
