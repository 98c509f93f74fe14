import type { SampleLanguage } from './settings';

/** A question as an assistant has it: with its fixed answers, none for one that is answered freely. */
export interface SampleQuestion {
	question: string;
	answers: string[];
}

/** What made-up calls are made of in one language. */
interface Phrases {
	questions: SampleQuestion[];
	/** The topics of a conversation analysis, each with the result of a happy and of an unhappy customer */
	topics: Array<{ title: string; happy: string; unhappy: string }>;
	/** What somebody says to a question without fixed answers */
	freeAnswer: string;
	/** VoiceFox's note on a question that was not answered */
	unanswered: string;
	/** Variables of a phone number in an outbound task */
	variables: Record<string, string>;
}

const asked = (question: string, ...answers: string[]): SampleQuestion => ({ question, answers });

const ENGLISH: Phrases = {
	questions: [
		asked('How many guests will stay with us?', '2', '4', 'A family of five'),
		asked('When would you like to arrive?', 'On Saturday', 'Tomorrow evening', 'Not decided yet'),
		asked('Do you have any allergies?', 'None', 'Nuts', 'Milk and eggs'),
		asked('When should we call you back?', 'Tomorrow morning', 'After 18:00'),
		asked('Which room would you like?', 'A quiet one', 'With a view of the sea'),
		asked('How did you hear about us?', 'From a friend', 'An advertisement'),
	],
	topics: [
		{ title: 'Guest mood', happy: 'Positive', unhappy: 'Negative' },
		{
			title: 'Summary',
			happy: 'The guest wants to book a room for the weekend.',
			unhappy: 'The guest complains about a noisy room.',
		},
	],
	freeAnswer: 'A made-up answer',
	unanswered: 'The guest did not answer',
	variables: { name: 'Alex Miller', city: 'Springfield' },
};

const JAPANESE: Phrases = {
	questions: [
		asked('ご予約の人数は何名様ですか?', '2名', '4名', '6名'),
		asked('ご希望の日時を教えてください。', '土曜日の19時', '明日の12時半', '来週の金曜日'),
		asked('アレルギーはございますか?', 'ありません', 'そばアレルギー', '卵と乳製品'),
		asked('お席のご希望はございますか?', '窓側', '個室', 'どこでもよい'),
		asked('お子様はいらっしゃいますか?', 'はい、1名', 'いいえ'),
		asked('当店をどこでお知りになりましたか?', '知人の紹介', '検索', 'SNS'),
		asked('折り返しのお電話番号をお願いします。', 'この番号', '携帯電話'),
	],
	topics: [
		{ title: 'お客様の満足度', happy: '満足', unhappy: '不満' },
		{ title: '要約', happy: '土曜日の予約が完了しました。', unhappy: '予約の変更ができず、お怒りでした。' },
	],
	freeAnswer: 'サンプルの回答',
	unanswered: 'お客様の回答がありませんでした',
	variables: { 名前: '山田太郎', 都市: '東京' },
};

const CHINESE: Phrases = {
	questions: [
		asked('您对这次配送服务满意吗?', '满意', '一般', '不满意'),
		asked('您愿意再次购买吗?', '愿意', '不确定'),
		asked('您有什么建议?', '希望更快送达', '包装可以更好'),
		asked('请问您的姓名是?', '王小明', '李芳'),
		asked('您方便什么时候收货?', '周末上午', '工作日晚上'),
		asked('您是从哪里了解到我们的?', '朋友推荐', '广告'),
		asked('需要开具发票吗?', '需要', '不需要'),
	],
	topics: [
		{ title: '客户情绪', happy: '积极', unhappy: '消极' },
		{ title: '通话摘要', happy: '客户对服务表示满意。', unhappy: '客户抱怨包裹破损。' },
	],
	freeAnswer: '示例回答',
	unanswered: '客户没有回答',
	variables: { 姓名: '王小明', 城市: '北京' },
};

export const PHRASES: Record<SampleLanguage, Phrases> = { en: ENGLISH, ja: JAPANESE, zh: CHINESE };

/**
 * Made-up questions in a language, always the same ones in the same order, so that a table keeps its columns.
 *
 * @param count how many; if more are asked for than exist, they repeat with a number: "… (2)"
 */
export function sampleQuestions(language: SampleLanguage, count: number): SampleQuestion[] {
	return repeatedUpTo(PHRASES[language].questions, count);
}

/** The first `count` questions; if more are asked for than exist, they repeat with a number: "… (2)". */
export function repeatedUpTo(questions: SampleQuestion[], count: number): SampleQuestion[] {
	return Array.from({ length: questions.length === 0 ? 0 : count }, (_, place) => {
		const { question, answers } = questions[place % questions.length]!;
		const round = Math.floor(place / questions.length) + 1;
		return { question: round === 1 ? question : `${question} (${round})`, answers };
	});
}
