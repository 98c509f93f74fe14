import { statusProblem, unreachedProblem } from '../../../nodes/VoiceFox/api/errors';

it.each([400, 418, 302, 500, 599])('has a sentence for status %d', (status) => {
	const { message, httpCode } = statusProblem(status, {}, 'call', []);
	expect(message).toMatch(/^VoiceFox .*(Check|Try) /);
	expect(httpCode).toBe(String(status));
});

it('passes on what VoiceFox says, bounded', () => {
	const saying = (body: unknown) => statusProblem(400, body, 'call', []).description;
	expect(saying({ message: ' bad range ' })).toBe('VoiceFox says: bad range');
	expect(saying({ msg: 'a', error: 'b' })).toBe('VoiceFox says: a');
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
});
