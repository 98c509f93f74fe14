import { createRunExecutionData, type IDataObject } from 'n8n-workflow';

import { missingHint } from '../../nodes/VoiceFox/trigger/hints';
import { inbound } from '../support/events';
import { deliver, workflowWith } from './support/trigger';

/** Whether the editor shows the hint after a run, the way it evaluates the condition. */
async function isShownFor(parameters: IDataObject, nodeName = 'VoiceFox Trigger') {
	const { items } = await deliver({ body: inbound }, { parameters, testRun: true, nodeName });
	const { workflow, node } = workflowWith({ parameters, nodeName });
	const main = items!.map((output) => output.map((json) => ({ json })));
	const run = { startTime: 0, executionIndex: 0, executionTime: 0, source: [], data: { main } };
	const runExecutionData = createRunExecutionData({ resultData: { runData: { [node.name]: [run] } } });
	return workflow.expression.getParameterValue(
		missingHint.displayCondition!,
		runExecutionData,
		0,
		0,
		node.name,
		[],
		'manual',
		{},
	);
}

const columns = (...fields: string[]) => ({ values: fields.map((field) => ({ field, column: '' })) });
const known = 'direction';

it.each<[boolean, IDataObject]>([
	[true, { output: 'row', columns: columns(known, 'No such question?') }],
	[false, { output: 'row', columns: columns(known) }],
	[false, { output: 'row' }],
	[true, { filters: { questions: ['No such question?'] } }],
	[true, { output: 'perCall', filters: { questions: ['No such question?'] } }],
	[false, { filters: { questions: ['アレルギー'] } }],
	[false, {}],
])('is shown (%j) for %j', async (isShown, parameters) => {
	expect(await isShownFor(parameters)).toBe(isShown);
});
