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

/** Says that VoiceFox's list ended too early. */
export function hintAtIncomplete(context: IExecuteFunctions, given: number): void {
	hint(
		context,
		`VoiceFox sent the same calls again instead of the next page, so the list ends after ${given} and may be incomplete. Use a shorter time range`,
	);
}
