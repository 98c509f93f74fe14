import type { CollectTarget } from '../../../nodes/VoiceFox/voicefox/validation';
import {
	answersByHit,
	answersToQuestions,
	comparable,
	countHits,
} from '../../../nodes/VoiceFox/items/filters';
import { settingsWith } from '../../support/settings';

describe('the answers that are passed on', () => {
	const answers = [
		{ question: ' ＡＢＣ Wie viele? ', question_uuid: 'U-1', hit: true },
		{ question: 'b', question_uuid: 'u-2', hit: false },
		{ question: null, hit: null },
		{ question: '', question_uuid: '' },
	] as CollectTarget[];
	const left = (...questions: string[]) =>
		answersToQuestions(answers, settingsWith({ filters: { questions } }).filters.questions);

	it('are those to the questions asked for, by their whole text or UUID', () => {
		expect(left()).toBe(answers);
		expect(left('', '  ')).toBe(answers);
		expect(left('abc wie viele?')).toEqual([answers[0]]);
		expect(left('  B ')).toEqual([answers[1]]);
		expect(left('u-1')).toEqual([answers[0]]);
		expect(left('U-2', 'B', '')).toEqual([answers[1]]);
		expect(left('abc', 'wie viele', 'u-', 'u-1, u-2')).toEqual([]);
	});

	it('are those with the hit status asked for; a missing one is not hit', () => {
		expect(answersByHit(answers, 'all')).toBe(answers);
		expect(answersByHit(answers, 'hit')).toEqual(answers.slice(0, 1));
		expect(answersByHit(answers, 'notHit')).toEqual(answers.slice(1));
		expect(countHits(answers)).toBe(1);
		expect(countHits([])).toBe(0);
	});

	it('are compared without regard to width, case and outer white space', () => {
		expect(comparable('　Ｈｅｌｌｏ　Wörld\n')).toBe('hello wörld');
		expect(comparable('e\u0301')).toBe('é');
		expect(comparable('a  b')).toBe('a  b');
	});
});
