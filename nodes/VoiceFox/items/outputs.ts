import type { NodeConnectionType, NodeHint } from 'n8n-workflow';

import type { OutputForm } from './settings';

/** The labels of the outputs in each form: short enough for the canvas. */
export const OUTPUT_NAMES: Record<OutputForm, string[]> = {
	separate: ['Call', 'Answers', 'Analysis'],
	row: ['Call'],
	perCall: ['Call'],
	list: ['Items'],
};

/** n8n pins sample data only on nodes with one output. */
export const pinHint: NodeHint = {
	message:
		"n8n pins sample data only on nodes with one output: to pin some here, set 'Output' to anything but 'Separate Outputs'.",
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'afterExecution',
	displayCondition: '={{ $parameter.output === "separate" }}',
};

/** n8n's connection for items; as a type only, so that this floor needs nothing of n8n when it runs. */
const MAIN: NodeConnectionType = 'main';

const toOutput = (displayName: string) => ({ displayName, type: MAIN });

const OUTPUTS = Object.fromEntries(
	Object.entries(OUTPUT_NAMES).map(([form, names]) => [form, names.map(toOutput)]),
);

/**
 * The editor's expression for the outputs that go with the parameter 'Output'.
 *
 * @param more an expression for a list of labels of further outputs
 */
export const outputsExpression = (more: string): `={{${string}}}` => `={{
	(${JSON.stringify(OUTPUTS)}[$parameter.output] ?? []).concat(
		(${more}).map((displayName) => ({ displayName, type: ${JSON.stringify(MAIN)} }))
	)
}}`;
