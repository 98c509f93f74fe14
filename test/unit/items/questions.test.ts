import { answersByHit, askedAnswers, countHits } from '../../../nodes/VoiceFox/items/questions';
import type { CollectTarget } from '../../../nodes/VoiceFox/voicefox/validation';
import { settingsWith } from '../../support/settings';

const answers = [
	{ question: ' ＡＢＣ Wie viele? ', question_uuid: 'U-1', hit: true },
	{ question: 'b', question_uuid: 'u-2', hit: false },
	{ question: null, hit: null },
	{ question: '', question_uuid: '' },
	{ question: 'What about b or u-1?', question_uuid: 'u-10', hit: false },
] as CollectTarget[];

/** The answers that a user's entries leave, by their place, and the entries that fit none. */
function left(...questions: string[]) {
	const { answers: asked, unmatched } = askedAnswers(
		answers,
		settingsWith({ filters: { questions } }).filters.questions,
	);
	return { places: asked.map((answer) => answers.indexOf(answer)), unmatched };
}

describe("'Only These Questions'", () => {
	it('leaves all answers when it has no entry, or blank ones only', () => {
		expect(askedAnswers(answers, [])).toEqual({ answers, unmatched: [] });
		expect(left('', '  ', '　')).toEqual({ places: [0, 1, 2, 3, 4], unmatched: [] });
	});

	it.each([
		['the whole text of a question', 'abc wie viele?', [0]],
		['a text in another width and letter case, with white space around', '  Ｂ ', [1]],
		['a question_uuid', 'u-2', [1]],
		['a question_uuid in another letter case', 'u-1', [0]],
		['a part of a text', 'viele', [0]],
		['a part of two texts', 'w', [0, 4]],
	])('takes %s', (_, entry, places) => {
		expect(left(entry)).toEqual({ places, unmatched: [] });
	});

	it('prefers the whole text or UUID to a part of others', () => {
		expect(left('b').places).toEqual([1]);
		expect(left('u-1').places).toEqual([0]);
		expect(left('b or').places).toEqual([4]);
	});

	it('never takes a part of a UUID', () => {
		expect(left('u-')).toEqual({ places: [4], unmatched: [] });
		expect(left('-10')).toEqual({ places: [], unmatched: ['-10'] });
	});

	it('leaves each answer once, in the order sent, whatever the order of the entries', () => {
		expect(left('what', 'U-2', 'B', 'abc', '').places).toEqual([0, 1, 4]);
	});

	it('leaves every question of one and the same text', () => {
		const twice = [
			{ question: 'Name?' },
			{ question: 'name?' },
			{ question: 'Name? Again' },
		] as CollectTarget[];
		const { questions } = settingsWith({ filters: { questions: ['NAME?'] } }).filters;
		expect(askedAnswers(twice, questions)).toEqual({ answers: twice.slice(0, 2), unmatched: [] });
	});

	it('names the entries that fit no question, as they were typed', () => {
		expect(left('b', ' Nobody Asks Ｔｈｉｓ ')).toEqual({ places: [1], unmatched: ['Nobody Asks Ｔｈｉｓ'] });
		expect(left('neither', 'nor')).toEqual({ places: [], unmatched: ['neither', 'nor'] });
	});

	it('names every entry when a call has no answers', () => {
		const { questions } = settingsWith({ filters: { questions: ['b'] } }).filters;
		expect(askedAnswers([], questions)).toEqual({ answers: [], unmatched: ['b'] });
	});

	it('compares the first 1,000 characters only', () => {
		const same = 'x'.repeat(1000);
		const long = [{ question: `${same} one` }, { question: `${same} two` }] as CollectTarget[];
		const { questions } = settingsWith({ filters: { questions: [`${same} other`] } }).filters;
		expect(askedAnswers(long, questions).answers).toEqual(long);
	});
});

describe("'Hit Status'", () => {
	it('passes on the answers with that status; a missing one is not hit', () => {
		expect(answersByHit(answers, 'all')).toBe(answers);
		expect(answersByHit(answers, 'hit')).toEqual(answers.slice(0, 1));
		expect(answersByHit(answers, 'notHit')).toEqual(answers.slice(1));
	});
});

describe('countHits', () => {
	it('counts only what is marked as hit', () => {
		expect([countHits(answers), countHits([])]).toEqual([1, 0]);
	});
});
