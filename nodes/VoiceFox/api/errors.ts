import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { ProblemError, type Problem } from './problems';

/** A problem as n8n's own error: with the status where a server refused, else as one of the node's settings. */
function nodeErrorOf(node: INode, { message, description, httpCode }: Problem, itemIndex: number) {
	if (httpCode === undefined) return new NodeOperationError(node, message, { description, itemIndex });

	return new NodeApiError(node, { message, httpCode }, { message, description, httpCode, itemIndex });
}

/** Whatever was thrown while an item was worked on, as an error that names the item. */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof ProblemError) return nodeErrorOf(node, error.problem, itemIndex);

	return new NodeOperationError(node, error as Error, { itemIndex });
}
