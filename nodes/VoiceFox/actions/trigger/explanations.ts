import { fail, type Problem } from '../../api/errors';
import { answerIn, ANSWERS, ignoredReason } from '../../protocol/answers';
import { isObject, textIn } from '../../voicefox/values';

/** What came back from a trigger's URL. */
export interface TriggerAnswer {
	statusCode: number;
	/** The parsed JSON, or the text when it is none */
	body: unknown;
	/** Their names in lower case */
	headers: Record<string, unknown>;
}

/** What became of a sample, in words. */
export interface Outcome {
	started: boolean;
	answer: string;
}

const LISTEN_FIRST =
	'For its test URL, click Execute step in the trigger first (it takes one event each time)';

const NO_PACKAGE =
	'This n8n runs without the VoiceFox package, so none of its triggers can take an event. Install it again, and restart n8n';

/** What n8n, or a server in front of it, answers in the trigger's place. */
const SENTENCES: Record<number, string> = {
	404: `No trigger takes events at this URL. For its production URL, publish the trigger's workflow. ${LISTEN_FIRST}`,
	413: "A server in front of n8n refused the event as too large. Lower 'Number of Answers', or raise the limit of that server",
	422: 'n8n could not read the event, because it was changed on its way. Look for a proxy between n8n and its own URL',
	500: "n8n could not start the trigger's workflow. With the test URL, the VoiceFox Trigger shows the reason in the editor; with the production URL, n8n's log names it",
	503: 'n8n is not ready to take events. Wait a minute, and execute this node again',
};

const OTHER_SENTENCES: Record<number, string> = {
	3: "The URL leads on to another one, which is not followed so that the credential's token stays with this n8n. Copy the URL from the VoiceFox Trigger again; it must be written exactly as there",
	5: 'A server in front of n8n could not pass the event on. Check that n8n can reach its own URL, and try again',
};

const NOT_A_TRIGGER =
	'What answers at this URL is not a VoiceFox Trigger. Open the VoiceFox Trigger, and copy its test URL or its production URL';

/** An issue of a 400 in one line: "event_data.session_id: Expected a non-empty string". */
function issueText(issue: unknown): string {
	const { path, message } = isObject(issue) ? issue : {};
	const where = typeof path === 'string' && path !== '' ? path : 'the whole event';
	return `${where}: ${textIn(message)}`.slice(0, 300);
}

function invalidProblem(body: unknown): Problem {
	const issues = isObject(body) ? body.issues : undefined;
	const texts = Array.isArray(issues) ? issues.slice(0, 20).map(issueText) : [];
	if (texts.length === 0) {
		return {
			message: 'The event was refused as not valid, with no reason given. Check the URL, and try again',
		};
	}
	return {
		message: `${ANSWERS.invalid.meaning}: ${texts.slice(0, 3).join('; ')}. Set 'Validation' of the VoiceFox Trigger to 'Tolerant', or choose another event`,
		description: texts.join('\n'),
	};
}

const isWithoutPackage = (body: unknown) =>
	isObject(body) && typeof body.message === 'string' && body.message.startsWith('Unrecognized node type');

function refusalProblem({ statusCode, body, headers }: TriggerAnswer): Problem {
	if (isWithoutPackage(body)) return { message: NO_PACKAGE };
	if (statusCode === ANSWERS.invalid.status) return invalidProblem(body);

	const own = answerIn(statusCode, body, headers)?.meaning;
	const message = own ?? SENTENCES[statusCode] ?? OTHER_SENTENCES[Math.floor(statusCode / 100)];
	return { message: message ?? `Something at this URL refused the event with status ${statusCode}` };
}

/**
 * The body of an answer that a trigger gave to what it took.
 *
 * @throws ProblemError with what to do, when a request was refused, got lost, or did not reach a trigger
 */
export function takenBody(answer: TriggerAnswer): object {
	const { statusCode, body } = answer;
	if (statusCode < 200 || statusCode > 299) {
		const { message, description } = refusalProblem(answer);
		fail(`${message} (${statusCode})`, description ?? `Status ${statusCode}`, String(statusCode));
	}
	if (typeof body === 'string' && body.startsWith('n8n is starting up')) {
		fail('n8n is still starting, and the event was lost. Wait a minute, and execute this node again');
	}
	return isObject(body) ? body : notATrigger();
}

/** @throws ProblemError: what answered is something else */
export const notATrigger = (): never => fail(NOT_A_TRIGGER);

/**
 * Says in words what a trigger, or n8n in its place, did with a sample.
 *
 * @throws ProblemError with what to do, when it was refused or got lost
 */
export function outcomeOf(answer: TriggerAnswer): Outcome {
	const body = takenBody(answer);
	const reason = ignoredReason(body);
	if (reason !== undefined) {
		return { started: false, answer: `The trigger ignored the event: ${reason.slice(0, 500)}` };
	}
	if (Object.keys(body).length > 0) notATrigger();
	return { started: true, answer: 'The trigger took the event, and its workflow starts with it' };
}

/** The sentence for a request that got no answer, by the code of what went wrong. */
export function unansweredSentence(code: string | undefined, seconds: number): string {
	switch (code) {
		case 'ECONNABORTED':
		case 'ETIMEDOUT':
			return `n8n did not answer at its own URL within ${seconds} seconds. It may be busy with as many executions as it may run at once: try again later`;
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return "n8n cannot find its own URL's host: its network does not know the name. Whoever runs n8n can give it a name or a WEBHOOK_URL that works from inside too";
		case 'ECONNREFUSED':
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return 'n8n cannot reach its own URL from inside its network. Whoever runs n8n can make that address reachable from the machine that n8n runs on';
		default:
			return 'n8n got no answer at its own URL. Check that the address works from the machine that n8n runs on';
	}
}
