import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { errorOf, runVoiceFox, type Run } from '../runVoiceFox';

/** What test/stand-in/n8n.mjs gives. */
export interface N8n {
	url: string;
	port: number;
	requests: Array<{
		method: string;
		path: string;
		type: string;
		authorization?: string;
		event: { event_name: string; event_data: IDataObject };
	}>;
	state: { answer: IDataObject };
}

declare const thisN8n: N8n;
declare const elsewhere: N8n;

export const TOKEN = 'example-token-of-the-webhook';
export const PATH = '/webhook-test/3f2a/webhook';

export const send = async (parameters: INodeParameters = {}, settings: Partial<Run> = {}) =>
	await runVoiceFox(
		{
			resource: 'trigger',
			operation: 'sendSample',
			url: `${thisN8n.url}${PATH}`,
			kind: 'inbound',
			language: 'en',
			...parameters,
		},
		{
			credential: {},
			webhookCredential: { authorizationToken: TOKEN },
			addresses: { editor: thisN8n.url, webhooks: thisN8n.url },
			...settings,
		},
	);
export const messageOf = async (...args: Parameters<typeof send>) => (await errorOf(send(...args))).message;
export const sent = () => [...thisN8n.requests, ...elsewhere.requests];

/** Nobody has sent anything, and all answers are as usual. */
export function forgetAll() {
	for (const { requests, state } of [thisN8n, elsewhere]) {
		requests.length = 0;
		state.answer = {};
	}
}
