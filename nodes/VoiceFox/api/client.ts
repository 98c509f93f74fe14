import type { IDataObject } from 'n8n-workflow';

import { parseJson } from '../voicefox/json';
import { codeIn, fail, NOT_VOICEFOX, ProblemError, statusProblem, unreachedProblem } from './errors';
import { failIfStopped, pauseFor, type ApiContext } from './pauses';
import { withoutSecrets } from './privacy';
import { baseUrlOf, secretsOf } from './regions';
import { askAgain, NO_ATTEMPTS, type RetryPolicy } from './retries';

/** One read of VoiceFox's REST API. */
export interface ApiRequest {
	/** Below the base URL; IDs in it are encoded already */
	path: string;
	query?: IDataObject;
	/** What is asked for, in words, e.g. "task with ID 7"; part of the sentence when it is not there */
	subject: string;
	/** Whether it is sent again when it was not answered; `askAgain` when absent */
	retries?: RetryPolicy;
}

interface ApiResponse {
	statusCode: number;
	headers: IDataObject;
	/** As it was sent: n8n's own parser would round long integers */
	body: string;
}

/** No answer at all; n8n's error holds the request with the token in it, so it stays inside. */
interface Unanswered {
	code: string | undefined;
	error: unknown;
}

const CREDENTIAL = 'voiceFoxApi';

/** How long one response may take, in ms. */
const RESPONSE_TIMEOUT = 60_000;

/** Where the credential's account is, and what of the credential nobody may see. */
interface Account {
	baseURL: string;
	secrets: string[];
}

async function accountOf(context: ApiContext): Promise<Account> {
	const credential = await context.getCredentials(CREDENTIAL);
	const baseURL = baseUrlOf(credential);
	if (baseURL === undefined) {
		fail("The credential's 'Base URL' is not a valid URL. Enter one that starts with https://");
	}
	return { baseURL, secrets: secretsOf(credential) };
}

/** Sends the request once; neither a status that is not 2xx nor the lack of an answer is an exception. */
async function outcomeOf(
	context: ApiContext,
	{ baseURL }: Account,
	{ path, query }: ApiRequest,
): Promise<ApiResponse | Unanswered> {
	try {
		return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
			method: 'GET',
			url: `${baseURL}${path}`,
			qs: query,
			// assistantIds is documented as an array: the form's usual `a=1&a=2`.
			arrayFormat: 'repeat',
			json: true,
			encoding: 'text',
			timeout: RESPONSE_TIMEOUT,
			// n8n would send the token along to wherever a redirect leads.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as ApiResponse;
	} catch (error) {
		return { code: codeIn(error), error };
	}
}

/** Sends the request, and again after pauses for as long as its policy says. */
async function responseTo(context: ApiContext, account: Account, request: ApiRequest): Promise<ApiResponse> {
	const { retries = askAgain } = request;
	for (let attempts = NO_ATTEMPTS; ;) {
		const outcome = await outcomeOf(context, account, request);
		failIfStopped(context);
		const next = retries(outcome, attempts);
		if (next === undefined) {
			if ('statusCode' in outcome) return outcome;
			throw new ProblemError(unreachedProblem(outcome.error, account.secrets));
		}
		const reason = 'statusCode' in outcome ? `answered ${outcome.statusCode}` : 'did not answer';
		context.logger.debug(`VoiceFox ${reason}; asking again in ${next.pause} ms`);
		await pauseFor(context, next.pause);
		attempts = next.attempts;
	}
}

/** What was sent as JSON, with all its digits; undefined for anything else, null for nothing. */
function jsonIn(body: string): unknown {
	if (body.trim() === '') return null;
	try {
		return parseJson(body);
	} catch {
		return undefined;
	}
}

/**
 * Reads from VoiceFox's REST API with the node's credential.
 *
 * @returns VoiceFox's JSON, without secrets and e-mail addresses; an integer beyond 2^53 - 1 is a text with all its
 *   digits; null when it sent nothing
 * @throws ProblemError when it refuses (401, 403, 404, 429 after waiting, 5xx), is not reached, or does not speak JSON
 */
export async function getJson(context: ApiContext, request: ApiRequest): Promise<unknown> {
	const account = await accountOf(context);
	const { statusCode, body } = await responseTo(context, account, request);
	const json = jsonIn(body);
	if (statusCode < 200 || statusCode > 299) {
		throw new ProblemError(statusProblem(statusCode, json, request.subject, account.secrets));
	}
	if (typeof json !== 'object') fail(NOT_VOICEFOX, 'JSON was expected');

	return withoutSecrets(json, account.secrets);
}

/** The same for an address that gives one object; anything else there is read like a 404. */
export async function getObject(context: ApiContext, request: ApiRequest): Promise<IDataObject> {
	const body = await getJson(context, request);
	if (body === null || typeof body !== 'object' || Array.isArray(body)) {
		throw new ProblemError(statusProblem(404, undefined, request.subject, []));
	}
	return body as IDataObject;
}
