// @ts-check
import { createCredential } from '../../scripts/lib/rest.mjs';

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
 * @param {import('../../scripts/lib/rest.mjs').Rest} rest
 * @returns {Promise<(node: any) => any>} gives a node with the credential that it needs
 */
export async function serviceCredentials(rest) {
	/** @type {Record<string, { id: string, name: string }>} */
	const stored = {};
	for (const [type, data] of Object.entries(DATA))
		stored[type] = { id: await createCredential(rest, { name: type, type, data }), name: type };
	return (node) => {
		const type = CREDENTIAL_OF[node.type];
		return type === undefined ? node : { ...node, credentials: { [type]: stored[type] } };
	};
}
