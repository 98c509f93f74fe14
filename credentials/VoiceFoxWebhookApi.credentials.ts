import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { SHORTEST_TOKEN } from '../nodes/VoiceFox/token/token';

/** The secret that VoiceFox sends in `Authorization`; tested in n8n itself, since there is nobody to ask. */
export class VoiceFoxWebhookApi implements ICredentialType {
	name = 'voiceFoxWebhookApi';

	displayName = 'VoiceFox Webhook API';

	icon: Icon = { light: 'file:../icons/voicefox.svg', dark: 'file:../icons/voicefox.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-voicefox/n8n-nodes-voicefox#readme';

	/** n8n may not decrypt it for any other node, the HTTP Request node included. */
	restrictToSupportedNodes = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Authorization Token',
			name: 'authorizationToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The Authorization value from the webhook page of the VoiceFox console, with or without "Bearer" in front',
			hint: `Make up a random value of at least ${SHORTEST_TOKEN} characters, and enter the same one as Authorization on the webhook page of the VoiceFox console`,
		},
		{
			displayName: 'Previous Authorization Token',
			name: 'previousAuthorizationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only while you change the value: the old one, which is still accepted. Remove it when VoiceFox sends the new one.',
			hint: 'Leave it empty, except while you change the value',
		},
	];
}
