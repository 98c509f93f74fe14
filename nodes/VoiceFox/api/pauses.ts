import { sleep, type IExecuteFunctions, type ILoadOptionsFunctions, type IPollFunctions } from 'n8n-workflow';

import { fail, STOPPED } from './errors';

/** Whatever runs in n8n and can use the credential: an execution, a list in the editor, a poll. */
export type ApiContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** Fires when the user stops the workflow; lists and polls cannot be stopped. */
const stopSignalOf = (context: ApiContext) =>
	'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;

/** @throws ProblemError when the user has stopped the workflow */
export function failIfStopped(context: ApiContext): void {
	if (stopSignalOf(context)?.aborted) fail(STOPPED);
}

/** Resolves when the signal fires, and lets go of it when `done` does. */
const stopped = async (stop: AbortSignal | undefined, done: AbortSignal) =>
	await new Promise<void>((resolve) =>
		stop?.addEventListener('abort', () => resolve(), { once: true, signal: done }),
	);

/**
 * Waits. n8n before 2.0 has no `sleep` that a signal ends, so the pause goes on behind the caller's back when the
 * user stops the workflow, and then ends without effect.
 *
 * @param milliseconds how long
 * @throws ProblemError as soon as the user stops the workflow
 */
export async function pauseFor(context: ApiContext, milliseconds: number): Promise<void> {
	failIfStopped(context);
	const done = new AbortController();
	await Promise.race([sleep(milliseconds), stopped(stopSignalOf(context), done.signal)]);
	done.abort();
	failIfStopped(context);
}
