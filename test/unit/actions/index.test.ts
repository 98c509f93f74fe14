import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { actionProperties } from '../../../nodes/VoiceFox/actions';

const operations = actionProperties.filter(({ name }) => name === 'operation');
const optionsOf = ({ options }: INodeProperties) => options as INodePropertyOptions[];
const nested = actionProperties.flatMap((parameter) => [
	parameter,
	...((parameter.type === 'collection' ? parameter.options : []) as INodeProperties[]),
]);

it('every resource has its operations', () => {
	const byResource = operations.map((operation) => [
		operation.displayOptions?.show?.resource,
		optionsOf(operation).map(({ value }) => value),
	]);
	expect(byResource).toEqual([
		[['assistant'], ['get']],
		[['call'], ['downloadRecording', 'get', 'getConversation', 'getAll']],
		[['task'], ['get']],
		[['trigger'], ['getStatus', 'sendSample']],
	]);
});

it('every parameter is shown for one operation only', () => {
	const parameters = actionProperties.filter(({ name }) => !['resource', 'operation'].includes(name));
	for (const { displayOptions } of parameters) {
		expect(displayOptions?.show).toMatchObject({
			resource: [expect.any(String)],
			operation: [expect.any(String)],
		});
	}
});

it('a parameter of its own condition keeps it', () => {
	const limit = actionProperties.find(({ name }) => name === 'limit');
	expect(limit?.displayOptions?.show).toEqual({
		resource: ['call'],
		operation: ['getAll'],
		returnAll: [false],
	});
});

it('actions have no articles, and each operation tells an AI agent when to use it', () => {
	for (const { action } of operations.flatMap(optionsOf)) expect(action).not.toMatch(/\b(a|an|the)\b/);
	const texts = actionProperties.filter(({ name }) => name === 'toolDescription');
	expect(texts).toHaveLength(operations.flatMap(optionsOf).length);
	for (const { displayOptions } of texts) expect(displayOptions?.show?.['@tool']).toEqual([true]);
});

it("placeholders follow n8n's guideline", () => {
	for (const { type, placeholder } of nested) {
		if (type === 'collection') expect(placeholder).toMatch(/^Add (Filter|Option)$/);
		else if (placeholder !== undefined) expect(placeholder).toMatch(/^(e\.g\. |Add Column$)/);
	}
});
