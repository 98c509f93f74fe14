import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { assistant } from '../../api/assistants';
import { fail } from '../../api/errors';
import { objectsIn, textIn } from '../../voicefox/values';
import { usableZone } from '../settings';
import { sampleEvent, type SampleEvent } from './sampleEvent';
import { repeatedUpTo, sampleQuestions, type SampleQuestion } from './sampleQuestions';
import { assistantIdOf, DEFAULT_ANSWERS, sampleSettings } from './settings';

/** The questions of an assistant: GET /openapi/assistants/{id} has them in `collect`. */
function questionsIn({ collect }: IDataObject): SampleQuestion[] {
	return objectsIn(collect)
		.map(({ question, answers }) => ({
			question: typeof question === 'string' ? question : '',
			answers: Array.isArray(answers) ? answers.map(textIn).filter((text) => text !== '') : [],
		}))
		.filter(({ question }) => question.trim() !== '');
}

async function assistantSubject(context: IExecuteFunctions, id: string, wanted: number | null) {
	const sent = await assistant(context, id);
	const own = questionsIn(sent);
	if (own.length === 0) {
		fail(
			`The assistant with ID ${id} asks no questions. Choose another one, or set 'Questions' to 'Samples'`,
		);
	}
	return {
		questions: repeatedUpTo(own, wanted ?? own.length),
		assistant: { assistant_id: Number(id), assistant_vid: Number(textIn(sent.versionId)) || 1 },
	};
}

/**
 * The made-up event that the node's parameters describe, as of now.
 *
 * @throws ProblemError when a parameter cannot be used, or VoiceFox does not give the assistant's questions
 */
export async function eventFor(context: IExecuteFunctions, itemIndex: number): Promise<SampleEvent> {
	const { kind, language, questions, options } = sampleSettings(context, itemIndex);
	const now = DateTime.now().setZone(usableZone(options) || context.getTimezone());
	const asked =
		questions === 'assistant'
			? await assistantSubject(context, assistantIdOf(context, itemIndex), options.answers)
			: { questions: sampleQuestions(language, options.answers ?? DEFAULT_ANSWERS) };
	return sampleEvent({ kind, language, ...asked }, { random: Math.random, now });
}
