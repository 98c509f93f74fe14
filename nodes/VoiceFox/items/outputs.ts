import { NodeConnectionTypes } from 'n8n-workflow';

import type { OutputForm } from './settings';

/** The labels of the outputs in each form, as the editor shows them. */
export const OUTPUT_NAMES: Record<OutputForm, string[]> = {
	separate: ['Call', 'Collected Answers', 'Conversation Analysis'],
	perCall: ['Call'],
	list: ['Items'],
};

const toOutput = (displayName: string) => ({ displayName, type: NodeConnectionTypes.Main });

const OUTPUTS = Object.fromEntries(
	Object.entries(OUTPUT_NAMES).map(([form, names]) => [form, names.map(toOutput)]),
);

/** The editor's expression for the outputs that go with the parameters 'Output' and 'Invalid Payloads'. */
export const outputsExpression: `={{${string}}}` = `={{
	(${JSON.stringify(OUTPUTS)}[$parameter.output] ?? []).concat(
		$parameter.options?.invalidPayloads === "emit" ? [${JSON.stringify(toOutput('Invalid'))}] : []
	)
}}`;
