import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { withoutSecrets } from './privacy';
import { answerProblem, ProblemError, refuse, unansweredProblem } from './problems';
import { baseUrlOf } from './regions';
import { nextPause } from './retries';

const CREDENTIAL = 'voiceFoxApi';

/** One answer of the REST API may take this long, in ms. */
const ANSWER_TIMEOUT = 60_000;

/** One read of VoiceFox's REST API. */
export interface Question {
	/** Below the base URL; IDs in it are encoded already */
	path: string;
	query?: IDataObject;
	/** What is asked for, in words, e.g. "task with ID 7"; stands in the sentence when it is not there */
	subject: string;
}

interface Answer {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

/** Sends the request once; statuses are answers, not exceptions. */
async function answerTo(
	context: IExecuteFunctions,
	baseURL: string,
	{ path, query }: Question,
): Promise<Answer> {
	try {
		return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
			method: 'GET',
			url: `${baseURL}${path}`,
			qs: query,
			// assistantIds is documented as an array: the form's usual `a=1&a=2`.
			arrayFormat: 'repeat',
			json: true,
			timeout: ANSWER_TIMEOUT,
			// n8n would send the token along to wherever a redirect leads.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as Answer;
	} catch (error) {
		// n8n's error holds the request with the token in it, so it is not passed on as a cause.
		return refuseUnanswered(error);
	}
}

function refuseUnanswered(error: unknown): never {
	throw new ProblemError(unansweredProblem(error));
}

/** Sends the request, and again after a wait for as long as VoiceFox limits requests (429) and waiting is sensible. */
async function answerAfterWaiting(context: IExecuteFunctions, baseURL: string, question: Question) {
	let waited = 0;
	for (let retries = 0; ; retries++) {
		const answer = await answerTo(context, baseURL, question);
		const pause = answer.statusCode === 429 ? nextPause(answer.headers, retries, waited) : undefined;
		if (pause === undefined) return answer;

		context.logger.debug(`VoiceFox limits requests; asking again in ${pause} ms`);
		await sleep(pause);
		waited += pause;
	}
}

/**
 * Reads from VoiceFox's REST API with the node's credential.
 *
 * @returns VoiceFox's answer, without tokens and e-mail addresses; null when it answered nothing
 * @throws ProblemError when it refuses (401, 403, 404, 429 after waiting, 5xx), is not reached, or does not speak JSON
 */
export async function read(context: IExecuteFunctions, question: Question): Promise<unknown> {
	const baseURL = baseUrlOf(await context.getCredentials(CREDENTIAL));
	if (baseURL === undefined) {
		refuse("The credential's 'Base URL' is no address. Enter one that starts with https://");
	}

	const { statusCode, body } = await answerAfterWaiting(context, baseURL, question);
	if (statusCode < 200 || statusCode > 299) {
		throw new ProblemError(answerProblem(statusCode, body, question.subject));
	}
	if (typeof body === 'string' && body.trim() !== '') {
		refuse(
			"The answer is not VoiceFox's. Check 'Region' and 'Base URL' in the credential",
			'JSON was expected',
		);
	}
	return withoutSecrets(body === '' || body === undefined ? null : body);
}

/** The same for an address that gives one object; nothing there reads like a 404. */
export async function readObject(context: IExecuteFunctions, question: Question): Promise<IDataObject> {
	const body = await read(context, question);
	if (body === null || typeof body !== 'object' || Array.isArray(body)) {
		throw new ProblemError(answerProblem(404, body, question.subject));
	}
	return body as IDataObject;
}
