import { isObject } from '../voicefox/values';

/** An answer of the trigger that refuses a request, and what it means to a person who sent a sample. */
export interface Answer {
	status: number;
	error: string;
	headers: Record<string, string>;
	meaning: string;
}

/** What a trigger answers when it takes no event, and what it means. */
export const ANSWERS = {
	invalid: {
		status: 400,
		error: 'Invalid payload',
		headers: {},
		meaning: 'The trigger refused the event as not valid',
	},
	unauthorized: {
		status: 401,
		error: 'Unauthorized',
		headers: { 'WWW-Authenticate': 'Bearer' },
		meaning:
			"The trigger does not accept the token of this node's credential. Choose the credential that the VoiceFox Trigger has, in this node too",
	},
	unreadable: {
		status: 503,
		error: 'Unavailable',
		// A setting must be fixed first.
		headers: { 'Retry-After': '60' },
		meaning:
			'The trigger took no event, because its credential or one of its settings cannot be read. Open the VoiceFox Trigger, and look for what is marked red',
	},
	undecided: {
		status: 503,
		error: 'Unavailable',
		headers: { 'Retry-After': '5' },
		meaning:
			'The trigger got this event before, and n8n has not stored it yet. Wait a few seconds, and execute this node again',
	},
} as const satisfies Record<string, Answer>;

/**
 * The answer that a trigger gave.
 *
 * @param body the parsed JSON
 * @param headers with their names in lower case
 * @returns undefined when it is not one of a trigger's refusals
 */
export function answerIn(
	status: number,
	body: unknown,
	headers: Record<string, unknown>,
): Answer | undefined {
	const error = isObject(body) ? body.error : undefined;
	const fitting: Answer[] = Object.values(ANSWERS).filter(
		(answer) => answer.status === status && answer.error === error,
	);
	return fitting.find(({ headers: own }) => own['Retry-After'] === headers['retry-after']) ?? fitting[0];
}

/** The body of a 200 for an event that starts nothing, where somebody wants to know why. */
export const ignoredBody = (reason: string) => ({ ignored: reason });

/** Why an event started nothing; undefined when the body does not say that. */
export const ignoredReason = (body: unknown): string | undefined =>
	isObject(body) && typeof body.ignored === 'string' ? body.ignored : undefined;
