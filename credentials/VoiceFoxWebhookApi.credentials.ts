import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/** The secret that VoiceFox sends in `Authorization`; tested locally by the trigger, since there is nobody to ask. */
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
				'The Authorization value from the webhook page of the VoiceFox console. Make up a long random one and enter it in both places. With or without "Bearer" in front.',
		},
		{
			displayName: 'Previous Authorization Token',
			name: 'previousAuthorizationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only while you change the value: the old one, which is still accepted. Remove it when VoiceFox sends the new one.',
		},
	];
}
