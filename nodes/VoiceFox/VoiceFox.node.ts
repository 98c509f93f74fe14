import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { actionProperties, execute } from './actions';
import { listSearch } from './actions/listSearch';
import { toNodeError } from './api/errors';
import { webhookTokenTest } from './token/credentialTest';
import { getTimeZones } from './settings/timeZone';

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
				// Of everything, only a trigger's status and a sample without an assistant's questions need nothing from VoiceFox.
				displayOptions: {
					hide: { operation: ['getStatus'], questions: ['samples'], kind: ['missed', 'ended'] },
				},
			},
			{
				name: 'voiceFoxWebhookApi',
				required: true,
				testedBy: 'webhookTokenTest',
				displayOptions: { show: { resource: ['trigger'] } },
			},
		],
		properties: actionProperties,
	};

	methods = {
		credentialTest: { webhookTokenTest },
		listSearch,
		loadOptions: { getTimeZones },
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
