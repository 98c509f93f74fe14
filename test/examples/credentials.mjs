// @ts-check
/** Made up: whoever receives them is the stand-in. */
const DATA = {
	googleSheetsOAuth2Api: {
		clientId: 'client',
		clientSecret: 'example',
		oauthTokenData: { access_token: 'sheets-example', refresh_token: 'example', token_type: 'Bearer' },
	},
	slackApi: { accessToken: 'slack-example' },
	pipedriveApi: { apiToken: 'pipedrive-example' },
	telegramApi: { accessToken: 'telegram-example', baseUrl: 'https://api.telegram.org' },
};

/** The credential that a node of an example needs, by its type. @type {Record<string, keyof typeof DATA>} */
const CREDENTIAL_OF = {
	'n8n-nodes-base.googleSheets': 'googleSheetsOAuth2Api',
	'n8n-nodes-base.slack': 'slackApi',
	'n8n-nodes-base.pipedrive': 'pipedriveApi',
	'n8n-nodes-base.telegram': 'telegramApi',
};

/**
 * Stores a credential for each service.
 * @param {import('../support/n8n.mjs').N8n} n8n
 * @returns {Promise<(node: any) => any>} gives a node with the credential that it needs
 */
export async function serviceCredentials(n8n) {
	/** @type {Record<string, import('../support/workflows.mjs').Credential>} */
	const stored = {};
	for (const [type, data] of Object.entries(DATA)) stored[type] = await n8n.storedCredential(type, data);
	return (node) => {
		const type = CREDENTIAL_OF[node.type];
		return type === undefined ? node : { ...node, credentials: { [type]: stored[type] } };
	};
}
