import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
} from 'n8n-workflow';

import { fail, NOT_VOICEFOX, ProblemError, statusProblem, STOPPED, unreachedProblem } from './errors';
import { withoutSecrets } from './privacy';
import { baseUrlOf, secretsOf } from './regions';
import { nextPause } from './retries';

/** Whatever runs in n8n and can use the credential: an execution, a list in the editor, a poll. */
export type ApiContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** One read of VoiceFox's REST API. */
export interface ApiRequest {
	/** Below the base URL; IDs in it are encoded already */
	path: string;
	query?: IDataObject;
	/** What is asked for, in words, e.g. "task with ID 7"; part of the sentence when it is not there */
	subject: string;
}

interface ApiResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
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

/** Fires when the user stops the workflow; lists and polls cannot be stopped. */
const stopSignalOf = (context: ApiContext) =>
	'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

function failUnreached(context: ApiContext, error: unknown, secrets: string[]): never {
	if (stopSignalOf(context)?.aborted) fail(STOPPED);
	throw new ProblemError(unreachedProblem(error, secrets));
}

/** Sends the request once; a status that is not 2xx is a response, not an exception. */
async function responseTo(
	context: ApiContext,
	{ baseURL, secrets }: Account,
	{ path, query }: ApiRequest,
): Promise<ApiResponse> {
	try {
		return (await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
			method: 'GET',
			url: `${baseURL}${path}`,
			qs: query,
			// assistantIds is documented as an array: the form's usual `a=1&a=2`.
			arrayFormat: 'repeat',
			json: true,
			timeout: RESPONSE_TIMEOUT,
			// n8n would send the token along to wherever a redirect leads.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as ApiResponse;
	} catch (error) {
		// n8n's error holds the request with the token in it, so it is not passed on as a cause.
		return failUnreached(context, error, secrets);
	}
}

/** Waits, unless the user stops the workflow meanwhile. */
async function pauseFor(context: ApiContext, milliseconds: number): Promise<void> {
	const stop = stopSignalOf(context);
	const done = new AbortController();
	const stopped = new Promise<void>((resolve) =>
		stop?.addEventListener('abort', () => resolve(), { once: true, signal: done.signal }),
	);
	await Promise.race([sleep(milliseconds), stopped]);
	done.abort();
	if (stop?.aborted) fail(STOPPED);
}

/** Sends the request, and again after a pause for as long as VoiceFox limits requests (429) and waiting is sensible. */
async function responseAfterPauses(context: ApiContext, account: Account, request: ApiRequest) {
	let waited = 0;
	for (let retries = 0; ; retries++) {
		const response = await responseTo(context, account, request);
		const pause = response.statusCode === 429 ? nextPause(response.headers, retries, waited) : undefined;
		if (pause === undefined) return response;

		context.logger.debug(`VoiceFox limits requests; asking again in ${pause} ms`);
		await pauseFor(context, pause);
		waited += pause;
	}
}

const isEmpty = (body: unknown) =>
	body === undefined || body === null || (typeof body === 'string' && body.trim() === '');

/**
 * Reads from VoiceFox's REST API with the node's credential.
 *
 * @returns VoiceFox's JSON, without secrets and e-mail addresses; null when it sent nothing
 * @throws ProblemError when it refuses (401, 403, 404, 429 after waiting, 5xx), is not reached, or does not speak JSON
 */
export async function getJson(context: ApiContext, request: ApiRequest): Promise<unknown> {
	const account = await accountOf(context);
	const { statusCode, body } = await responseAfterPauses(context, account, request);
	if (statusCode < 200 || statusCode > 299) {
		throw new ProblemError(statusProblem(statusCode, body, request.subject, account.secrets));
	}
	if (isEmpty(body)) return null;
	if (typeof body !== 'object') fail(NOT_VOICEFOX, 'JSON was expected');

	return withoutSecrets(body, account.secrets);
}

/** The same for an address that gives one object; anything else there is read like a 404. */
export async function getObject(context: ApiContext, request: ApiRequest): Promise<IDataObject> {
	const body = await getJson(context, request);
	if (body === null || typeof body !== 'object' || Array.isArray(body)) {
		throw new ProblemError(statusProblem(404, undefined, request.subject, []));
	}
	return body as IDataObject;
}
