import type { IHookFunctions, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';

import { LineLimit } from './lineLimit';

/** What a line is about, and where it goes: any of n8n's contexts of a trigger. */
export type LogContext = Pick<
	IHookFunctions | IPollFunctions | IWebhookFunctions,
	'getNode' | 'getWorkflow' | 'logger'
>;

const lines = new LineLimit();

/** Which trigger of which workflow speaks; JSON keeps names with line breaks on one line. */
function prefixOf(context: LogContext, nodeType: string): string {
	const { id, name } = context.getWorkflow();
	return `${nodeType} ${JSON.stringify(context.getNode().name)} of workflow ${JSON.stringify(name ?? '')} (${id})`;
}

/** A line for n8n's log, with the trigger it is about. @param nodeType as in `log` */
export const logLine = (context: LogContext, nodeType: string, what: string): string =>
	`${prefixOf(context, nodeType)}: ${what}`;

/**
 * Writes a line into n8n's log, with the trigger it is about: at most ten of one kind and trigger in a minute.
 *
 * @param nodeType the node's name in the list of nodes, e.g. "VoiceFox Trigger"
 * @param kind lines of one kind and trigger share a limit; the kinds must be few
 */
export function log(
	context: LogContext,
	nodeType: string,
	level: 'info' | 'warn',
	kind: string,
	what: string,
): void {
	lines.write(`${prefixOf(context, nodeType)} ${kind}`, (remark) =>
		context.logger[level](logLine(context, nodeType, `${what}${remark}`)),
	);
}
