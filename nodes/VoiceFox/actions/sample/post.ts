import type { IExecuteFunctions } from 'n8n-workflow';

import { causesOf } from '../../api/download';
import { fail } from '../../api/errors';
import type { SampleEvent } from '../../voicefox/sampleEvent';
import { unansweredSentence, type TriggerAnswer } from './answers';

/** n8n answers when the execution is stored; seconds. */
const ANSWER_TIMEOUT = 30;

/** A shorter token could be a part of any text. */
const LEAST_HIDDEN = 8;

/**
 * The token as a header carries it: its UTF-8 bytes, which the HTTP client writes one by one.
 *
 * @throws ProblemError when it is blank or no header can carry it; the token is not repeated
 */
export function headerOf(token: unknown): string {
	const typed = typeof token === 'string' ? token.trim() : '';
	if (typed === '') {
		fail(
			"'Authorization Token' of the credential is blank. Open the credential, and enter the value from VoiceFox's webhook page",
		);
	}
	if (/\p{Cc}/u.test(typed)) {
		fail(
			"'Authorization Token' of the credential holds a line break, which no request can carry. Copy the value again, as one line",
		);
	}
	return Buffer.from(typed, 'utf8').toString('latin1');
}

/** The same answer without the token, should whoever gave it repeat what was sent. */
function withoutToken(body: unknown, header: string): unknown {
	const token = header.replace(/^bearer\s+/i, '');
	if (token.length < LEAST_HIDDEN || body === undefined) return body;
	const hidden = (_name: string, value: unknown) =>
		typeof value === 'string' ? value.replaceAll(token, '***') : value;
	return JSON.parse(JSON.stringify(body), hidden);
}

/** Why n8n got no answer. Its own error holds the request with the token in it, so it is not passed on. */
function failUnanswered(error: unknown): never {
	const causes = causesOf(error);
	const blocked = causes.find(({ name }) => name?.startsWith('Ssrf'));
	if (blocked) {
		fail(
			"n8n's protection against internal addresses keeps it from calling its own URL. Whoever runs n8n can allow that address",
			blocked.description,
		);
	}
	const code = causes.find((cause) => typeof cause.code === 'string')?.code;
	fail(unansweredSentence(code, ANSWER_TIMEOUT), code === undefined ? undefined : `Code ${code}`);
}

/**
 * Sends the event the way VoiceFox does.
 *
 * @param url where the token may go, as `triggerUrlIn` reads it
 * @param header what `headerOf` gives
 * @returns the answer, whatever its status, without the token
 * @throws ProblemError when there is none after 30 s
 */
export async function post(
	context: IExecuteFunctions,
	url: string,
	event: SampleEvent,
	header: string,
): Promise<TriggerAnswer> {
	try {
		const { statusCode, body } = (await context.helpers.httpRequest({
			method: 'POST',
			url,
			headers: { Authorization: header },
			body: event,
			json: true,
			timeout: ANSWER_TIMEOUT * 1000,
			abortSignal: context.getExecutionCancelSignal(),
			// The token would go along to wherever a redirect leads.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		})) as TriggerAnswer;
		return { statusCode, body: withoutToken(body, header) };
	} catch (error) {
		return failUnanswered(error);
	}
}
