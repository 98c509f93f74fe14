import type { IDataObject, INodeExecutionData, NodeConnectionType, NodeHint } from 'n8n-workflow';

import { EVENT_CHOICES, eventRow, shapeRow } from '../voicefox/events';
import { FORMS, formOf, type OutputForm } from './forms';

/** n8n pins sample data only on nodes with one output. */
export const pinHint: NodeHint = {
	message:
		"n8n pins sample data only on nodes with one output: to pin some here, set 'Output' to anything but 'Separate Outputs'.",
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'afterExecution',
	displayCondition: '={{ $parameter.output === "separate" }}',
};

/** n8n's connection for items; as a type only, so that this module needs nothing of n8n when it runs. */
const MAIN: NodeConnectionType = 'main';

/** The labels of the outputs that each event has items for: the event itself, then its lists. */
const LABELS_BY_EVENT = EVENT_CHOICES.map((choice) => {
	const { head, lists } = shapeRow(eventRow(choice).shape);
	return { event: choice as string, labels: [head.output as string, ...lists.map(({ output }) => output)] };
});

const PLACES = [...Array(Math.max(...LABELS_BY_EVENT.map(({ labels }) => labels.length))).keys()];

/**
 * The labels of a node's outputs: those of the selected events' parts. Where events have different parts in one place,
 * the one that stands first in the table of events names the output.
 *
 * @param triggerOn the parameter as it is saved; where it is no list (an expression, or a node without it), any event may come
 */
export function outputLabels(output: OutputForm, triggerOn?: unknown): readonly string[] {
	const { labels } = formOf(output);
	if (labels !== null) return labels;

	const selected = LABELS_BY_EVENT.filter(
		({ event }) => !Array.isArray(triggerOn) || triggerOn.includes(event),
	);
	const named = PLACES.flatMap((place) => selected.map((each) => each.labels[place]).find(Boolean) ?? []);
	return named.length > 0 ? named : ['Call'];
}

const LABELS = Object.fromEntries(FORMS.map(({ option, labels }) => [option.value, labels]));

/**
 * `outputLabels` as the editor's expression, for the parameters as they are saved.
 *
 * @param more an expression for a list of labels of further outputs
 */
export const outputsExpression = (more: string): `={{${string}}}` => `={{
	((labels) => labels.length ? labels : $parameter.output === 'separate' ? ['Call'] : [])(
		${JSON.stringify(LABELS)}[$parameter.output] ?? ($parameter.output !== 'separate' ? [] :
			${JSON.stringify(PLACES)}.map((place) => ${JSON.stringify(LABELS_BY_EVENT)}
				.filter(({ event }) => !Array.isArray($rawParameter.triggerOn) || $rawParameter.triggerOn.includes(event))
				.map(({ labels }) => labels[place])
				.find((label) => label)
			).filter((label) => label))
	).concat(${more}).map((displayName) => ({ displayName, type: ${JSON.stringify(MAIN)} }))
}}`;

/**
 * Records as n8n's items, output by output.
 *
 * @param count how many outputs the node has; those that the event has nothing for are empty
 */
export const toNodeOutputs = (outputs: IDataObject[][], count: number): INodeExecutionData[][] =>
	[...Array(Math.max(count, outputs.length)).keys()].map((place) =>
		(outputs[place] ?? []).map((json) => ({ json })),
	);
