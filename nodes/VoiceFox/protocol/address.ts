/** Names that only a network's own servers know, and addresses that lead nowhere outside of it. */
const INSIDE = [
	/^localhost$/,
	/\.(localhost|local|internal|intranet|lan|home|corp|test|home\.arpa)$/,
	/^[^.:]+$/,
	/^(0|10|127)(\.\d+){3}$/,
	/^(169\.254|192\.168)(\.\d+){2}$/,
	/^172\.(1[6-9]|2\d|3[01])(\.\d+){2}$/,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])(\.\d+){2}$/,
	/^\[(::1?|::ffff:.*|f[cd].*|fe[89ab].*)\]$/,
];

const SET_UP = 'Whoever runs n8n sets WEBHOOK_URL to its public address, which begins with https://';

/**
 * Says why nobody outside can reach a trigger's URL.
 *
 * @param url as n8n names it
 * @returns a sentence for the user; null when VoiceFox may reach it, as far as the URL tells
 */
export function unreachableProblem(url: string | undefined): string | null {
	if (url === undefined || !URL.canParse(url)) return null;

	const { hostname, protocol, origin } = new URL(url);
	const host = hostname.replace(/\.$/, '');
	if (INSIDE.some((pattern) => pattern.test(host))) {
		return `VoiceFox can't reach ${origin}: this address only works inside your own network. ${SET_UP}`;
	}
	if (protocol === 'http:') {
		return `VoiceFox can't safely reach ${origin}: anybody on the way could read the calls and the token. ${SET_UP}`;
	}
	return null;
}
