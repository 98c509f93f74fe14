import { askedQuestions, type Question } from '../../../nodes/VoiceFox/items/questions';
import { settingsWith } from '../../support/settings';

const QUESTIONS: Question[] = [
	{ text: ' ＡＢＣ Wie  viele?\n', id: 'U-1' },
	{ text: 'b', id: 'u-2' },
	{ text: '', id: '' },
	{ text: 'What about b or u-1?', id: 'u-10' },
];

const entriesOf = (...questions: string[]) => settingsWith({ filters: { questions } }).filters.questions;

/** The places of the questions that a user's entries leave, and the entries that fit none. */
function left(...entries: string[]) {
	const { places, unmatched } = askedQuestions(QUESTIONS, entriesOf(...entries));
	return { places: places && [...places].sort(), unmatched: unmatched.map(({ typed }) => typed) };
}

describe("'Only These Questions'", () => {
	it('leaves all when it has no entry, or blank ones only', () => {
		expect(left()).toEqual({ places: null, unmatched: [] });
		expect(left('', '  ', '　')).toEqual({ places: null, unmatched: [] });
	});

	it.each([
		['the whole text of a question', 'abc wie viele?', [0]],
		['a text in another width and letter case, with white space around', '  Ｂ ', [1]],
		['a question_uuid', 'u-2', [1]],
		['a question_uuid in another letter case', 'u-1', [0]],
		['a part of a text', 'viele', [0]],
		['a part of two texts', 'w', [0, 3]],
	])('takes %s', (_, entry, places) => {
		expect(left(entry)).toEqual({ places, unmatched: [] });
	});

	it('prefers the whole text or UUID to a part of others', () => {
		expect([left('b').places, left('u-1').places, left('b or').places]).toEqual([[1], [0], [3]]);
	});

	it('never takes a part of a UUID', () => {
		expect(left('u-')).toEqual({ places: [3], unmatched: [] });
		expect(left('-10')).toEqual({ places: [], unmatched: ['-10'] });
	});

	it('leaves every question of one and the same text, each once', () => {
		const twice = ['Name?', 'name?', 'Name? Again'].map((text) => ({ text, id: '' }));
		const { places, unmatched } = askedQuestions(twice, entriesOf('NAME?', 'name?'));
		expect([[...(places ?? [])], unmatched]).toEqual([[0, 1], []]);
	});

	it('names the entries that fit no question, as they were typed', () => {
		expect(left('b', ' Nobody Asks Ｔｈｉｓ ')).toEqual({ places: [1], unmatched: ['Nobody Asks Ｔｈｉｓ'] });
		expect(askedQuestions([], entriesOf('b')).unmatched).toEqual([{ typed: 'b', compared: 'b' }]);
	});
});
