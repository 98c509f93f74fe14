import { rowOf, type Column } from '../../../nodes/VoiceFox/items/columns';

const field = (name: string, value: Column['value']): Column => ({ name, value, texts: [] });

const COLUMNS: Column[] = [
	field('event_name', 'callin.collect'),
	field('session_id', 's'),
	{ name: 'How many guests?', value: '4', texts: ['How many guests?'], id: 'U-1' },
	{ name: 'session_id (2)', value: 'asked', texts: ['session_id'], id: 'u-2' },
	{ name: 'Allergies?', value: 'nuts', texts: ['Allergies?'], id: 'u-3', isLeftOut: true },
	{ name: 'Question 4', value: 'blank', texts: [''], id: '' },
	field('billsec', 5),
	field('raw', '{}'),
];

const choose = (...choices: Array<[field: string, column?: string]>) =>
	Object.entries(
		rowOf(
			COLUMNS,
			choices.map(([name, column = '']) => ({ field: name, column })),
		),
	);

describe('a row without chosen columns', () => {
	it('has all columns in their order, but those that are left out', () => {
		expect(choose()).toEqual(
			COLUMNS.filter(({ name }) => name !== 'Allergies?').map(({ name, value }) => [name, value]),
		);
	});
});

describe('a row of chosen columns', () => {
	it('has exactly these, in this order, under the names given', () => {
		expect(choose(['billsec', 'seconds'], ['How many guests?', 'guests'], ['session_id', 'id'])).toEqual([
			['seconds', 5],
			['guests', '4'],
			['id', 's'],
		]);
	});

	it("keeps a column's own name where none is given", () => {
		expect(choose(['billsec'], ['how many'], ['u-1'])).toEqual([
			['billsec', 5],
			['How many guests?', '4'],
			['How many guests? (2)', '4'],
		]);
	});

	it('has null under the name given, or what was looked for, where the call has no such thing', () => {
		expect(choose(['Deposit?', 'deposit'], ['No such thing'])).toEqual([
			['deposit', null],
			['No such thing', null],
		]);
	});

	it.each<[string, string, Column['value']]>([
		["a question's whole text", 'How many guests?', '4'],
		['another width and letter case, with white space around', ' ＨＯＷ many guests? ', '4'],
		['a part of a text', 'guests', '4'],
		['a UUID', 'u-1', '4'],
		["a question's key", 'session_id (2)', 'asked'],
		['the key of a blank question', 'question 4', 'blank'],
		["a field's name", 'BILLSEC', 5],
		["a part of a field's name", 'bill', 5],
		['what is there only when it is listed', 'raw', '{}'],
	])('finds %s', (_, wanted, value) => {
		expect(choose([wanted, 'x'])).toEqual([['x', value]]);
	});

	it('takes the whole text before a part, and the first of several', () => {
		const columns: Column[] = [
			field('my order', 'part'),
			{ name: 'order', value: 'whole', texts: ['order'] },
			field('order again', 'later'),
		];
		const chosen = (name: string) => rowOf(columns, [{ field: name, column: 'x' }]).x;
		expect([chosen('order'), chosen('orde'), chosen('again')]).toEqual(['whole', 'part', 'later']);
		expect(choose(['session_id', 'x'])).toEqual([['x', 's']]);
	});

	it('never takes a part of a UUID', () => {
		expect(choose(['u-', 'x'])).toEqual([['x', null]]);
	});

	it('has null for a question that a filter leaves out', () => {
		expect(choose(['Allergies?', 'x'], ['u-3'])).toEqual([
			['x', null],
			['Allergies?', null],
		]);
	});

	it('gives two columns of one name a name each, and __proto__ one that n8n keeps', () => {
		expect(choose(['session_id', 'a'], ['billsec', 'a'], ['raw', '__proto__'])).toEqual([
			['a', 's'],
			['a (2)', 5],
			['__proto__ (1)', '{}'],
		]);
	});
});
