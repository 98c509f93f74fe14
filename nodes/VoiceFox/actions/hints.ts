import type { IExecuteFunctions } from 'n8n-workflow';

/** Says something beside the items: below the node's output in the editor, and in n8n's log. */
function hint(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	context.logger.warn(`${context.getNode().name}: ${message}`);
}

/** Says how many elements of VoiceFox's list were not what they should be. */
export function hintAtLeftOut(context: IExecuteFunctions, count: number, what: 'call' | 'turn'): void {
	if (count === 0) return;
	hint(
		context,
		count === 1
			? `VoiceFox sent 1 element that is not a ${what}. It is left out`
			: `VoiceFox sent ${count} elements that are not ${what}s. They are left out`,
	);
}

/** Says how many calls VoiceFox counts that its list did not have. */
export function hintAtMissing(context: IExecuteFunctions, missing: number): void {
	if (missing === 0) return;
	hint(
		context,
		`VoiceFox counts ${missing} more ${missing === 1 ? 'call' : 'calls'} than its list contains. Use a shorter time range to get all of them`,
	);
}

/** Says how many calls have no answers because VoiceFox did not give their logs. @param problem that of the first */
export function hintAtUnanswered(context: IExecuteFunctions, count: number, problem: string): void {
	if (count === 0) return;
	const calls = count === 1 ? '1 call is here without its' : `${count} calls are here without their`;
	hint(context, `${calls} answers, because VoiceFox did not send them: ${problem}`);
}

/** Says that earlier calls were not asked for; no warning, since it may be what the user wants. */
export function hintAtToday(context: IExecuteFunctions): void {
	context.addExecutionHints({
		message: "Only today's calls were asked for. Choose another 'Time Range' to get earlier ones",
		location: 'outputPane',
		type: 'info',
	});
}
