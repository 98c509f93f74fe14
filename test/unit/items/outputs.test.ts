import { Workflow, type INode, type INodeParameters, type INodeTypes } from 'n8n-workflow';

import { outputLabels, outputsExpression, toNodeOutputs } from '../../../nodes/VoiceFox/items/outputs';
import type { OutputForm } from '../../../nodes/VoiceFox/items/forms';
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

const FORMS: Array<[OutputForm, string[]]> = [
	['separate', ['Call', 'Answers', 'Analysis']],
	['row', ['Call']],
	['perCall', ['Call']],
	['list', ['Items']],
];

describe('the outputs in the editor', () => {
	it.each(FORMS)('of the form %s are %j, and those that a node adds', (output, names) => {
		expect(outputLabels(output)).toEqual(names);
		expect(outputsFor({ output })).toEqual(named(...names));
		expect(outputsFor({ output }, '$parameter.output ? ["One", "Two"] : []')).toEqual(
			named(...names, 'One', 'Two'),
		);
	});

	it('are none while the form is not known, instead of an editor that fails', () => {
		expect(outputsFor({ output: 'sideways' })).toEqual([]);
	});

	it.each<[unknown, string[]]>([
		[
			['callin.collect', 'callin.hangup', 'task.end'],
			['Call', 'Answers', 'Analysis'],
		],
		[
			['task.end', 'task.call.collect'],
			['Call', 'Answers', 'Analysis'],
		],
		[['callin.hangup'], ['Call']],
		[['callin.transfer', 'other'], ['Call']],
		[['task.end'], ['Task', 'Results']],
		[
			['task.end', 'callin.hangup'],
			['Call', 'Results'],
		],
		[['of a later version', 'callin.hangup'], ['Call']],
		[[], ['Call']],
		['={{ ["callin.hangup"] }}', ['Call', 'Answers', 'Analysis']],
	])('follow the selected events: %j has %j', (triggerOn, names) => {
		expect(outputLabels('separate', triggerOn)).toEqual(names);
		const parameters = { output: 'separate', triggerOn: triggerOn as string[] };
		expect(outputsFor(parameters)).toEqual(named(...names));
		expect(outputsFor(parameters, '["More"]')).toEqual(named(...names, 'More'));
	});
});

describe("n8n's items", () => {
	it('are on as many outputs as the node has, and never lost', () => {
		expect(toNodeOutputs([[{ a: 1 }], [{ b: 2 }, { c: 3 }]], 3)).toEqual([
			[{ json: { a: 1 } }],
			[{ json: { b: 2 } }, { json: { c: 3 } }],
			[],
		]);
		expect(toNodeOutputs([[], [{ b: 2 }]], 1)).toEqual([[], [{ json: { b: 2 } }]]);
	});
});
