/** The token for listening in on an assistant's calls, under whatever spelling. */
const isWebsocketToken = (name: string) => /^websocket[_-]?token$/i.test(name);

/** `creator: { id, email, username }`, in an assistant and in a task's assistant. */
const isCreator = (name: string) => /^creator$/i.test(name);

const isCreatorEmail = (name: string) => /^creator[_-]?e?mail$/i.test(name);
const isEmail = (name: string) => /e-?mail/i.test(name);

function isSecret(name: string, isInCreator: boolean): boolean {
	return isWebsocketToken(name) || isCreatorEmail(name) || (isInCreator && isEmail(name));
}

/**
 * A copy of VoiceFox's answer without what must not leave the node: websocket tokens at every depth and
 * the e-mail addresses of those who created something.
 */
export function withoutSecrets<T>(value: T, isInCreator = false): T {
	if (Array.isArray(value)) return value.map((element) => withoutSecrets(element, isInCreator)) as T;
	if (value === null || typeof value !== 'object') return value;

	const kept = Object.entries(value).filter(([name]) => !isSecret(name, isInCreator));
	// Unlike an assignment, fromEntries makes a field called `__proto__` a field like any other.
	return Object.fromEntries(
		kept.map(([name, field]) => [name, withoutSecrets(field, isInCreator || isCreator(name))]),
	) as T;
}
