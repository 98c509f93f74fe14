import { Workflow, type INode, type INodeParameters, type INodeTypes } from 'n8n-workflow';

import { OUTPUT_NAMES, outputsExpression } from '../../../nodes/VoiceFox/items/outputs';
import { triggerParameters } from '../../../nodes/VoiceFox/trigger/settings';

const nodeTypes = {
	getByNameAndVersion: () => ({ description: { properties: triggerParameters } }),
} as unknown as INodeTypes;

/** The outputs as n8n's editor reads them from the expression. */
function outputsFor(parameters: INodeParameters, more = '[]') {
	const node: INode = { id: '1', name: 'Calls', type: 't', typeVersion: 1, position: [0, 0], parameters };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(node, outputsExpression(more), 'internal', {});
}

const named = (...names: string[]) => names.map((displayName) => ({ displayName, type: 'main' }));

const FORMS: Array<[string, string[]]> = [
	['separate', ['Call', 'Answers', 'Analysis']],
	['row', ['Call']],
	['perCall', ['Call']],
	['list', ['Items']],
];

describe('the outputs in the editor', () => {
	it.each(FORMS)('of the form %s are %j, and those that a node adds', (output, names) => {
		expect(OUTPUT_NAMES).toMatchObject({ [output]: names });
		expect(outputsFor({ output })).toEqual(named(...names));
		expect(outputsFor({ output }, '$parameter.output ? ["One", "Two"] : []')).toEqual(
			named(...names, 'One', 'Two'),
		);
	});

	it('are none while the form is not known, instead of an editor that fails', () => {
		expect(outputsFor({ output: 'sideways' })).toEqual([]);
	});
});
