import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { actionProperties, execute } from './actions';
import { searchAssistants, searchCalls } from './actions/lists';
import { toNodeError } from './api/errors';
import { webhookTokenTest } from './trigger/credentialTest';
import { timeZoneOptions } from './voicefox/times';

/**
 * Reads from VoiceFox: calls, conversations, recordings, tasks, assistants. It also sends samples to a trigger.
 *
 * In code and not in n8n's declarative style, because each operation waits and asks again when VoiceFox
 * limits requests, which routing cannot say.
 */
export class VoiceFox implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'VoiceFox',
		name: 'voiceFox',
		icon: { light: 'file:../../icons/voicefox.svg', dark: 'file:../../icons/voicefox.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Get calls, conversations and recordings from VoiceFox',
		defaults: { name: 'VoiceFox' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'voiceFoxApi',
				required: true,
				// Of everything, only a sample without an assistant's questions needs nothing from VoiceFox.
				displayOptions: { hide: { questions: ['samples'], kind: ['missed', 'ended'] } },
			},
			{
				name: 'voiceFoxWebhookApi',
				required: true,
				testedBy: 'webhookTokenTest',
				displayOptions: { show: { resource: ['sample'] } },
			},
		],
		properties: actionProperties,
	};

	methods = {
		credentialTest: { webhookTokenTest },
		listSearch: { searchAssistants, searchCalls },
		loadOptions: {
			async getTimeZones(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
				return timeZoneOptions(this.getTimezone());
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const perItem: INodeExecutionData[][] = [];
		for (let itemIndex = 0; itemIndex < this.getInputData().length; itemIndex++) {
			try {
				perItem.push(await execute(this, itemIndex));
			} catch (cause) {
				const error = toNodeError(this.getNode(), cause, itemIndex);
				if (!this.continueOnFail()) throw error;
				perItem.push([{ json: { error: error.message }, pairedItem: { item: itemIndex } }]);
			}
		}
		return [perItem.flat()];
	}
}
