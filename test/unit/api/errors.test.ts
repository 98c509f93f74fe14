import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import {
	ProblemError,
	statusProblem,
	toNodeError,
	unreachedProblem,
} from '../../../nodes/VoiceFox/api/errors';

it.each([400, 418, 302, 500, 599])('has a sentence for status %d', (status) => {
	const { message, httpCode } = statusProblem(status, {}, 'call', []);
	expect(message).toMatch(/^VoiceFox .*(Check|Try) /);
	expect(httpCode).toBe(String(status));
});

it.each([
	[302, /^VoiceFox answered with a redirect/],
	[400, /^VoiceFox did not accept the request/],
	[401, /^VoiceFox does not know the API token/],
	[403, /^VoiceFox refuses access/],
	[404, /^VoiceFox has no call with ID 7\. Check the ID/],
	[429, /^VoiceFox limits requests just now/],
	[503, /^VoiceFox could not answer just now/],
	[600, /^VoiceFox answered 600$/],
])('has the sentence for status %d', (status, sentence) => {
	expect(statusProblem(status, {}, 'call with ID 7', []).message).toMatch(sentence);
});

it('masks secrets in what VoiceFox and n8n say', () => {
	const secret = 'example-api-token';
	const words = `unknown: ${secret}`;
	expect(statusProblem(401, { message: words }, 'call', [secret]).description).toBe(
		'VoiceFox says: unknown: ***',
	);
	expect(unreachedProblem(new Error(words), [secret]).description).toBe('unknown: ***');
});

it('looks at no more than 5,000 characters of it', () => {
	const words = 'x'.repeat(5000) + 'y';
	expect(unreachedProblem(new Error(words), []).description).toBe('x'.repeat(5000));
	expect(statusProblem(400, { message: ` ${words}` }, 'call', []).description).toBe(
		`VoiceFox says: ${'x'.repeat(300)}`,
	);
});

describe("as n8n's own error", () => {
	const node = { name: 'VoiceFox', type: 'voiceFox' } as INode;

	it('a refusal has its status, sentence and details', () => {
		const problem = { message: 'Refused.', description: 'Status 403', httpCode: '403' };
		const error = toNodeError(node, new ProblemError(problem), 7);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ ...problem, context: { itemIndex: 7 } });
	});

	it('another problem is one of the settings', () => {
		const error = toNodeError(node, new ProblemError({ message: 'Empty.', description: 'Why' }), 7);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'Empty.', description: 'Why', context: { itemIndex: 7 } });
	});

	it('what nobody expected keeps its message', () => {
		const error = toNodeError(node, new TypeError('Not a function'), 7);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: 'Not a function', context: { itemIndex: 7 } });
	});
});

it('passes on what VoiceFox says, bounded', () => {
	const saying = (body: unknown) => statusProblem(400, body, 'call', []).description;
	expect(saying({ message: ' bad range ' })).toBe('VoiceFox says: bad range');
	expect(saying({ message: ' ', msg: 'a', error: 'b' })).toBe('VoiceFox says: a');
	expect(saying({ error: 'x'.repeat(1000) })).toHaveLength('VoiceFox says: '.length + 300);
	for (const body of [{}, null, 'text', { message: { nested: true } }, { message: '' }]) {
		expect(saying(body)).toBe('Status 400');
	}
});

it('an unanswered request keeps the first words of n8n, and its advice', () => {
	const error = Object.assign(new Error('readable'), {
		messages: ['connect ECONNREFUSED'],
		description: 'Ask your admin',
	});
	expect(unreachedProblem(error, []).description).toBe('connect ECONNREFUSED Ask your admin');
	expect(unreachedProblem(new Error('only this'), []).description).toBe('only this');
	const twice = Object.assign(new Error('the same'), { description: 'the same' });
	expect(unreachedProblem(twice, []).description).toBe('the same');
	expect(unreachedProblem({ description: null }, []).description).toBe('');
});
