import { assistantIdsIn, idsIn, numberIdIn, sessionIdIn } from '../../../nodes/VoiceFox/voicefox/ids';

describe('a list of IDs', () => {
	it.each([
		['9021, 9022', ['9021', '9022']],
		['9021、9022，9023', ['9021', '9022', '9023']],
		['９０２１　９０２２', ['9021', '9022']],
		[' 1,\n2\t3,, ', ['1', '2', '3']],
		[9021, ['9021']],
		[
			[1, '2', '3 4', 5n],
			['1', '2', '3', '4', '5'],
		],
		['0', ['0']],
		['９'.repeat(200), ['9'.repeat(200)]],
		['', []],
		[' , ', []],
		[[], []],
		[undefined, []],
		[null, []],
	])('is read from %p', (value, ids) => {
		expect(idsIn(value)).toEqual({ ids, unreadable: [] });
	});

	it('gives back what is not an ID, shortened, beside what is', () => {
		const long = ['９'.repeat(201), `5${'x'.repeat(500)}`];
		expect(idsIn(['1, two', 2.5, { id: 3 }, ['6'], null, true, -4, ...long])).toEqual({
			ids: ['1'],
			unreadable: [
				...['two', '2.5', 'object', 'object', 'object', 'boolean', '-4'],
				...['９'.repeat(40), `5${'x'.repeat(39)}`],
			],
		});
	});
});

describe('a session ID', () => {
	it('is text or a number, trimmed', () => {
		expect([sessionIdIn(' b7c0 '), sessionIdIn(42)]).toEqual([{ id: 'b7c0' }, { id: '42' }]);
	});

	it.each(['', '  ', undefined, null, {}, []])('is empty in %p', (value) => {
		expect(sessionIdIn(value)).toEqual({ unusable: 'empty', text: '' });
	});

	it.each(['.', '..', '\ud800'])('is malformed where no address leads to it: %p', (value) => {
		expect(sessionIdIn(value)).toEqual({ unusable: 'malformed', text: value });
	});

	it('is malformed when no call can have it, and is not repeated at full length', () => {
		expect(sessionIdIn('x'.repeat(200))).toEqual({ id: 'x'.repeat(200) });
		expect(sessionIdIn('x'.repeat(201))).toEqual({ unusable: 'malformed', text: 'x'.repeat(40) });
	});
});

describe('the ID of a task or an assistant', () => {
	it.each([
		[9021, '9021'],
		[' 318 ', '318'],
		['３１８', '318'],
	])('is a whole number above 0: %p', (value, id) => {
		expect(numberIdIn(value)).toEqual({ id });
	});

	it.each(['', ' ', undefined, null, []])('is empty in %p', (value) => {
		expect(numberIdIn(value)).toEqual({ unusable: 'empty', text: '' });
	});

	it.each([
		[0, '0'],
		['1/../2', '1/../2'],
		['1.5', '1.5'],
		['-1', '-1'],
		['07', '07'],
		['7, 8', '7, 8'],
		['7, x', '7, x'],
		['12, '.repeat(20), '12, '.repeat(10)],
		['x'.repeat(100), 'x'.repeat(40)],
		[{}, 'object'],
	])('is malformed in %p', (value, text) => {
		expect(numberIdIn(value)).toEqual({ unusable: 'malformed', text });
	});
});

it("assistantIdsIn gives the IDs of a call's assistants, none of one known by its version only", () => {
	const infos = [{ assistant_id: 318 }, { assistant_id: '402' }, { assistant_vid: 1120 }, null, 7];
	expect(assistantIdsIn(infos)).toEqual(['318', '402']);
	for (const none of [null, '318', {}]) expect(assistantIdsIn(none)).toEqual([]);
});
