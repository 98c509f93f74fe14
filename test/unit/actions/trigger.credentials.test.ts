import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';

import { VoiceFox } from '../../../nodes/VoiceFox/VoiceFox.node';

const { description } = new VoiceFox();

/** The credentials that n8n asks for with these parameters. */
function askedFor(parameters: INodeParameters) {
	const node: INode = {
		id: '1',
		name: 'VoiceFox',
		type: 'voiceFox',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	// n8n keeps the values of those parameters only that are shown.
	const shown = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		node,
		description,
	)!;
	return description
		.credentials!.filter((credential) => NodeHelpers.displayParameter(shown, credential, node, description))
		.map(({ name }) => name);
}

it.each([
	[{ resource: 'call', operation: 'get' }, ['voiceFoxApi']],
	[{ resource: 'assistant', operation: 'get' }, ['voiceFoxApi']],
	[{ resource: 'trigger', operation: 'getStatus' }, ['voiceFoxWebhookApi']],
	[{ resource: 'trigger', operation: 'sendSample' }, ['voiceFoxWebhookApi']],
	[{ resource: 'trigger', operation: 'sendSample', kind: 'missed' }, ['voiceFoxWebhookApi']],
	[
		{ resource: 'trigger', operation: 'sendSample', kind: 'missed', questions: 'assistant' },
		['voiceFoxWebhookApi'],
	],
	[
		{ resource: 'trigger', operation: 'sendSample', questions: 'assistant' },
		['voiceFoxApi', 'voiceFoxWebhookApi'],
	],
])('%j asks for no credential that it does not need', (parameters, names) => {
	expect(askedFor(parameters)).toEqual(names);
});
