import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { assistant } from '../../api/assistants';
import { fail } from '../../api/errors';
import { sampleEvent, SAMPLE_KINDS, type SampleEvent, type SampleKind } from '../../voicefox/sampleEvent';
import {
	repeatedUpTo,
	SAMPLE_LANGUAGES,
	sampleQuestions,
	type SampleLanguage,
	type SampleQuestion,
} from '../../voicefox/sampleQuestions';
import { collectionOf, numberIdOf } from '../parameters';

export const DEFAULT_ANSWERS = 4;
export const MOST_ANSWERS = 1000;

/** One of these texts, which a saved workflow or an expression may not give. */
function choiceIn<T extends string>(choices: readonly T[], value: unknown, label: string): T {
	const choice = choices.find((candidate) => candidate === value);
	return choice ?? fail(`'${label}' must be one of: ${choices.join(', ')}`);
}

/** How many answers the user asks for; undefined: as many as usual. */
function answersWanted(value: unknown): number | undefined {
	if (value === undefined) return undefined;
	const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MOST_ANSWERS)
		return count;
	return fail(`'Number of Answers' must be a whole number from 0 to ${MOST_ANSWERS}`);
}

const listIn = (value: unknown): IDataObject[] => (Array.isArray(value) ? (value as IDataObject[]) : []);

/** The questions of an assistant: GET /openapi/assistants/{id} has them in `collect`. */
function questionsIn({ collect }: IDataObject): SampleQuestion[] {
	return listIn(collect)
		.map((asked) => ({
			question: typeof asked?.question === 'string' ? asked.question : '',
			answers: listIn(asked?.answers).map(String),
		}))
		.filter(({ question }) => question.trim() !== '');
}

async function assistantSubject(context: IExecuteFunctions, itemIndex: number, wanted: number | undefined) {
	const id = numberIdOf(context.getNodeParameter('assistantId', itemIndex, ''), 'Assistant ID');
	const sent = await assistant(context, id);
	const own = questionsIn(sent);
	if (own.length === 0) {
		fail(
			`The assistant with ID ${id} asks no questions. Choose another one, or set 'Questions' to 'Samples'`,
		);
	}
	return {
		questions: repeatedUpTo(own, wanted ?? own.length),
		assistant: { assistant_id: Number(id), assistant_vid: Number(sent.versionId) || 1 },
	};
}

/**
 * The made-up event that the node's parameters describe, as of now.
 *
 * @throws ProblemError when a parameter cannot be used, or VoiceFox does not give the assistant's questions
 */
export async function eventFor(context: IExecuteFunctions, itemIndex: number): Promise<SampleEvent> {
	const kind: SampleKind = choiceIn(SAMPLE_KINDS, context.getNodeParameter('kind', itemIndex), 'Event');
	const spoken = context.getNodeParameter('language', itemIndex);
	const language: SampleLanguage = choiceIn(SAMPLE_LANGUAGES, spoken, 'Language');
	// n8n has no value for a parameter that the editor hides.
	const from = context.getNodeParameter('questions', itemIndex, 'samples');
	const wanted = answersWanted(collectionOf(context, 'options', itemIndex).answers);
	const asked =
		choiceIn(['samples', 'assistant'], from, 'Questions') === 'assistant'
			? await assistantSubject(context, itemIndex, wanted)
			: { questions: sampleQuestions(language, wanted ?? DEFAULT_ANSWERS) };
	const now = DateTime.now().setZone(context.getTimezone());
	return sampleEvent({ kind, language, ...asked }, { random: Math.random, now });
}
