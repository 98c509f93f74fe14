import {
	canAuthorize,
	isFrom,
	unusableProblem,
	type SignedRequest,
	type WebhookCredential,
} from '../token/token';

/** Why a request is not authorized. */
export type Refusal = 'headerMissing' | 'headerWrong' | 'tokenUnusable';

export type Authorization =
	{ authorized: true } | { authorized: false; refusal: Refusal; problem: string | null };

/**
 * Tells whether a request comes from the sender that the credential names.
 *
 * @param credential the stored credential; the previous token is accepted as well while it is set
 * @returns that it is authorized, or why not; `problem` says which of the stored tokens authorizes nobody, and why
 */
export function authorize(request: SignedRequest, credential: WebhookCredential): Authorization {
	const refuse = (refusal: Refusal): Authorization => ({
		authorized: false,
		refusal,
		problem: unusableProblem(credential),
	});

	if (!canAuthorize(credential)) return refuse('tokenUnusable');
	const { authorization } = request.headers;
	if (authorization === undefined || authorization.trim() === '') return refuse('headerMissing');
	return isFrom(request, credential) ? { authorized: true } : refuse('headerWrong');
}
