import { chosenColumns, type Column } from '../../../nodes/VoiceFox/items/columns';

const field = (name: string, value: Column['value']): Column => ({
	name,
	kind: 'field',
	value,
	texts: [],
	id: '',
});

const question = (text: string, value: string, id = ''): Column => ({
	...field(text, value),
	kind: 'question',
	texts: [text],
	id,
});

const COLUMNS: Column[] = [
	field('event_name', 'callin.collect'),
	field('session_id', 's'),
	question('How many guests?', '4', 'U-1'),
	{ ...question('session_id', 'asked', 'u-2'), name: 'session_id (2)' },
	{ ...question('Allergies?', 'nuts', 'u-3'), isLeftOut: true },
	{ ...question('', 'blank'), name: 'Question 4' },
	field('billsec', 5),
	field('raw', '{}'),
];

const recordOf = (columns: Column[], ...choices: Array<[field: string, column?: string]>) =>
	chosenColumns(
		columns,
		choices.map(([name, column = '']) => ({ field: name, column })),
	);

const choose = (...choices: Array<[field: string, column?: string]>) =>
	Object.entries(recordOf(COLUMNS, ...choices).record);

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
		const columns = [field('my order', 'part'), question('order', 'whole'), field('order again', 'later')];
		const chosen = (name: string) => recordOf(columns, [name, 'x']).record.x;
		expect([chosen('order'), chosen('orde'), chosen('again')]).toEqual(['whole', 'whole', 'later']);
		expect(choose(['session_id', 'x'])).toEqual([['x', 's']]);
	});

	it('finds a part in the questions first, then topics, extra and other fields', () => {
		const columns: Column[] = [
			field('name_of_all', 'field'),
			{ ...field('extra_name', 'extra'), kind: 'extra' },
			{ ...question('Name of the topic', 'topic'), kind: 'topic' },
			question('Which name?', 'question'),
		];
		const found = [columns, columns.slice(0, 3), columns.slice(0, 2), columns.slice(0, 1)];
		expect(found.map((each) => recordOf(each, ['NAME', 'x']).record)).toEqual([
			{ x: 'question' },
			{ x: 'topic' },
			{ x: 'extra' },
			{ x: 'field' },
		]);
	});

	it('names the entries that fit nothing, or a part of more than one question or topic', () => {
		const columns: Column[] = [
			question('Adults', '1'),
			question('Adults or children', '2'),
			field('adults_too', '3'),
		];
		const reasons = (...names: string[]) => {
			const { unfit, ambiguous } = recordOf(columns, ...names.map((name): [string] => [name]));
			return [...ambiguous, ...unfit].map(({ reason }) => reason);
		};
		expect(reasons('adults', 'or children', 'adults_', 'ADULTS OR CHILDREN')).toEqual([]);
		expect(reasons('adult', 'pets')).toEqual([
			`an entry in 'Columns' is a part of more than one question or topic of a call: "adult"`,
			`an entry in 'Columns' fits nothing of a call: "pets"`,
		]);
		expect(reasons('x'.repeat(1000))).toEqual([
			`an entry in 'Columns' fits nothing of a call: "${'x'.repeat(100)}"`,
		]);
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
		expect(
			choose(['session_id', 'a'], ['billsec', 'a'], ['raw', '__proto__'], ['raw', 'two\nlines']),
		).toEqual([
			['a', 's'],
			['a (2)', 5],
			['__proto__ (1)', '{}'],
			['two lines', '{}'],
		]);
	});
});
