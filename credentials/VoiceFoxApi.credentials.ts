import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';

import { BASE_URL_END, BEFORE_TOKEN, REGION_URLS } from '../nodes/VoiceFox/api/regions';

const NOT_VOICEFOX = 'VoiceFox is not at this address. Check the region and the base URL';

const refusal = (value: number, message: string) => ({
	type: 'responseCode',
	properties: { value, message },
});

/** A token of VoiceFox's REST API, and the region that its account lives in. */
export class VoiceFoxApi implements ICredentialType {
	name = 'voiceFoxApi';

	displayName = 'VoiceFox API';

	icon: Icon = { light: 'file:../icons/voicefox.svg', dark: 'file:../icons/voicefox.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-voicefox/n8n-nodes-voicefox#readme';

	properties: INodeProperties[] = [
		{
			displayName: 'API Token',
			name: 'apiToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The token of the workspace whose calls you want, with or without "Bearer" in front',
			hint: 'Create it in the VoiceFox console under Open Platform > API Token. It belongs to one workspace.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{ name: 'Global (openapi.voicefox.ai)', value: 'global' },
				{ name: 'China (openapi.voicefox.cn)', value: 'china' },
				{ name: 'Custom', value: 'custom' },
			],
			default: 'global',
			description: 'Where the VoiceFox account lives',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://voicefox.example.com',
			displayOptions: { show: { region: ['custom'] } },
			description: 'The address before /openapi. The API token is sent there.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: {
				Authorization: `={{ "Bearer " + $credentials.apiToken.trim().replace(${BEFORE_TOKEN}, "") }}`,
			},
		},
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ (${JSON.stringify(REGION_URLS)})[$credentials.region] || $credentials.baseUrl.trim().replace(/${BASE_URL_END.source}/, "") }}`,
			url: '/openapi/calllog',
			qs: { pageSize: 1 },
			// n8n would send the token along to wherever a redirect leads.
			disableFollowRedirect: true,
		},
		rules: [
			refusal(
				401,
				'VoiceFox does not know this API token. Check that it is complete, and that the region is right',
			),
			refusal(403, 'VoiceFox refuses access. Use a token of the workspace that owns the calls'),
			refusal(404, NOT_VOICEFOX),
			refusal(429, 'VoiceFox limits requests just now. Try again in a minute'),
			// VoiceFox's list always says these; a web page or another service's JSON does not.
			...['total', 'pageIndex', 'pageSize'].map((key) => ({
				type: 'responseSuccessBody',
				properties: { key, value: undefined, message: NOT_VOICEFOX },
			})),
		] as ICredentialTestRequest['rules'],
	};
}
