import { idList, numberIdIn, sessionIdIn } from '../../../nodes/VoiceFox/voicefox/ids';

it('takes a session ID as text or number, trimmed', () => {
	expect(sessionIdIn(' b7c0 ')).toBe('b7c0');
	expect(sessionIdIn(42)).toBe('42');
});

it.each(['', '  ', undefined, null, {}, []])('refuses %j as a session ID: it is empty', (value) => {
	expect(() => sessionIdIn(value)).toThrow(/^'Session ID' is empty\. Map the session_id/);
});

it.each(['.', '..'])('refuses %j as a session ID: it would lead to another address', (value) => {
	expect(() => sessionIdIn(value)).toThrow(`'Session ID' is no ID of a call: ${value}`);
});

it('takes whole numbers above 0 as task and assistant IDs', () => {
	expect(numberIdIn(9021, 'Task ID')).toBe('9021');
	expect(numberIdIn(' 318 ', 'Assistant ID')).toBe('318');
});

it.each([
	['', 'Task ID', /^'Task ID' is empty/],
	[undefined, 'Assistant ID', /^'Assistant ID' is empty/],
	[0, 'Task ID', /^The call belongs to no task: VoiceFox gives inbound calls the task ID 0/],
	[0, 'Assistant ID', /^'Assistant ID' must be a whole number above 0, not "0"/],
	['1/../2', 'Task ID', /must be a whole number above 0, not "1\/\.\.\/2"/],
	['1.5', 'Task ID', /must be a whole number/],
	['-1', 'Task ID', /must be a whole number/],
	['x'.repeat(100), 'Task ID', /not "x{40}"$/],
])('refuses %j as %s', (value, label, message) => {
	expect(() => numberIdIn(value, label)).toThrow(message);
});

it('splits a list at commas and ignores blanks; an array is one too', () => {
	expect(idList('1, 2,,3 ', 'Task IDs')).toEqual(['1', '2', '3']);
	expect(idList([1, '2'], 'Task IDs')).toEqual(['1', '2']);
	expect(idList(7, 'Task IDs')).toEqual(['7']);
	expect([idList('', 'Task IDs'), idList(undefined, 'Task IDs'), idList(' , ', 'Task IDs')]).toEqual([
		[],
		[],
		[],
	]);
});

it('refuses a list with something else, or with too many', () => {
	expect(() => idList('1, two', 'Assistant IDs')).toThrow(
		`'Assistant IDs' takes whole numbers separated by commas, not "two"`,
	);
	expect(idList('1,2,3,4,5,6,7,8,9,10', 'Task IDs', 10)).toHaveLength(10);
	expect(() => idList('1,2,3,4,5,6,7,8,9,10,11', 'Task IDs', 10)).toThrow(
		"'Task IDs' takes at most 10 IDs, not 11. Use several VoiceFox nodes",
	);
});
