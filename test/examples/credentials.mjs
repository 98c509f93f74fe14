// @ts-check
/** Made up: whoever receives them is a stand-in. @param {import('./n8n.mjs').Addresses} addresses */
const dataOf = ({ standInUrl, voiceFox }) => ({
	googleSheetsOAuth2Api: {
		clientId: 'client',
		clientSecret: 'example',
		oauthTokenData: { access_token: 'sheets-example', refresh_token: 'example', token_type: 'Bearer' },
	},
	slackApi: { accessToken: 'slack-example' },
	pipedriveApi: { apiToken: 'pipedrive-example' },
	telegramApi: { accessToken: 'telegram-example', baseUrl: 'https://api.telegram.org' },
	airtableTokenApi: { accessToken: 'airtable-example' },
	openAiApi: { apiKey: 'openai-example', url: `${standInUrl}/api.openai.com/v1` },
	httpBearerAuth: { token: 'line-example' },
	httpHeaderAuth: { name: 'X-Cybozu-API-Token', value: 'kintone-example' },
	httpQueryAuth: { name: 'key', value: 'robot-example' },
	voiceFoxApi: { apiToken: voiceFox.world.token, region: 'custom', baseUrl: voiceFox.url },
});

/** The credential that a node of an example needs, by its type. @type {Record<string, string>} */
const CREDENTIAL_OF = {
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.slack': 'slackApi',
	'n8n-nodes-base.pipedrive': 'pipedriveApi',
	'n8n-nodes-base.telegram': 'telegramApi',
	'n8n-nodes-base.airtable': 'airtableTokenApi',
	'@n8n/n8n-nodes-langchain.lmChatOpenAi': 'openAiApi',
	'n8n-nodes-voicefox.voiceFox': 'voiceFoxApi',
};

/**
 * Stores a credential for each service.
 * @param {import('../support/n8n.mjs').N8n} n8n
 * @param {import('./n8n.mjs').Addresses} addresses
 * @returns {Promise<(node: any) => any>} gives a node with the credential that it needs
 */
export async function serviceCredentials(n8n, addresses) {
	/** @type {Record<string, import('../support/workflows.mjs').Credential>} */
	const stored = {};
	for (const [type, data] of Object.entries(dataOf(addresses)))
		stored[type] = await n8n.storedCredential(type, data);
	return (node) => {
		const type = CREDENTIAL_OF[node.type] ?? node.parameters.genericAuthType;
		return type === undefined ? node : { ...node, credentials: { [type]: stored[type] } };
	};
}
