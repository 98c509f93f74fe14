import { fail, type Problem } from '../../api/errors';

/** What came back from a trigger's URL. */
export interface TriggerAnswer {
	statusCode: number;
	/** The parsed JSON, or the text when it is none */
	body: unknown;
}

const LISTEN_FIRST =
	'For its test URL, click Execute step in the trigger first (it takes one event each time)';

const ACCEPTED =
	"Accepted. The trigger's workflow starts now, unless the event is not selected in 'Trigger On' or a filter keeps it out. If no new execution shows, send it to the test URL, which says why";

const SENTENCES: Record<number, string> = {
	401: "The trigger does not accept the token of this node's credential. Choose the credential that the VoiceFox Trigger has, in this node too",
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

const CANNOT_READ =
	'The trigger took no event, because its credential or one of its settings cannot be read. Open the VoiceFox Trigger, and look for what is marked red';

const fieldOf = (body: unknown, name: string): unknown =>
	typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;

/** An issue of a 400 in one line: "event_data.session_id: Expected a non-empty string". */
function issueText(issue: unknown): string {
	const [path, message] = [fieldOf(issue, 'path'), fieldOf(issue, 'message')];
	return `${typeof path === 'string' && path !== '' ? path : 'the whole event'}: ${String(message)}`.slice(
		0,
		300,
	);
}

function invalidProblem(body: unknown): Problem {
	const issues = fieldOf(body, 'issues');
	const texts = Array.isArray(issues) ? issues.slice(0, 20).map(issueText) : [];
	if (texts.length === 0) {
		return {
			message: 'The event was refused as not valid, with no reason given. Check the URL, and try again',
		};
	}
	return {
		message: `The trigger refused the event as not valid: ${texts.slice(0, 3).join('; ')}. Set 'Validation' of the VoiceFox Trigger to 'Tolerant', or choose another event`,
		description: texts.join('\n'),
	};
}

function problemOf({ statusCode, body }: TriggerAnswer): Problem {
	if (statusCode === 400) return invalidProblem(body);
	if (statusCode === 503 && fieldOf(body, 'error') === 'Unavailable') return { message: CANNOT_READ };
	const message = SENTENCES[statusCode] ?? OTHER_SENTENCES[Math.floor(statusCode / 100)];
	return { message: message ?? `Something at this URL refused the event with status ${statusCode}` };
}

/**
 * Says in words what a trigger, or n8n in its place, did with an event.
 *
 * @returns what happened to an event that was taken, or left out on purpose
 * @throws ProblemError with what to do, when it was refused or got lost
 */
export function meaningOf(answer: TriggerAnswer): string {
	const { statusCode, body } = answer;
	if (statusCode < 200 || statusCode > 299) {
		const { message, description } = problemOf(answer);
		fail(`${message} (${statusCode})`, description ?? `Status ${statusCode}`, String(statusCode));
	}
	if (typeof body === 'string' && body.startsWith('n8n is starting up')) {
		fail('n8n is still starting, and the event was lost. Wait a minute, and execute this node again');
	}

	const ignored = fieldOf(body, 'ignored');
	if (typeof ignored === 'string') return `The trigger ignored the event: ${ignored.slice(0, 500)}`;
	if (typeof body === 'object' && body !== null && Object.keys(body).length === 0) return ACCEPTED;
	return fail(
		'What answers at this URL is not a VoiceFox Trigger. Open the VoiceFox Trigger, and copy its test URL or its production URL',
	);
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
