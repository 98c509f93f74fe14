import type { IExecuteFunctions } from 'n8n-workflow';

/** Says something beside the items: below the node's output in the editor, and in n8n's log. */
function hint(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	context.logger.warn(`${context.getNode().name}: ${message}`);
}

/** Says how many elements of VoiceFox's list were not what they should be. */
export function hintAtLeftOut(context: IExecuteFunctions, count: number, what: 'calls' | 'turns'): void {
	if (count === 0) return;
	hint(
		context,
		`VoiceFox sent a list in which ${count === 1 ? '1 element is' : `${count} elements are`} not ${what}. The others are here`,
	);
}

/** Says that VoiceFox's list ended too early. */
export function hintAtIncomplete(context: IExecuteFunctions, given: number): void {
	hint(
		context,
		`VoiceFox sent the same calls again instead of the next page, so the list ends after ${given} and may be incomplete. Use a shorter time range`,
	);
}
