// @ts-check
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { workflowNode } from '../../support/workflows.mjs';
import { answerTo, NO_ANSWER } from './raw-request.mjs';

export const XML_REQUESTS = 40;

/** How many requests that say they are XML, and are none, get no answer. @param {string} url @param {Record<string, string>} headers */
export async function unansweredXml(url, headers) {
	const sent = {
		headers: { ...headers, 'content-type': 'application/xml' },
		body: Buffer.from('{"no":"xml'),
		timeoutMs: 5000,
	};
	const answers = await Promise.all(Array.from({ length: XML_REQUESTS }, () => answerTo(url, sent)));
	return answers.filter(({ status }) => status === NO_ANSWER).length;
}

/** A workflow of n8n's own Webhook node. @param {import('./instance.mjs').Instance} n8n */
export async function builtInWebhook(n8n) {
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const node = workflowNode('Webhook', 'n8n-nodes-base.webhook', 2, parameters, { webhookId: path });
	await n8n.publish({ name: 'built-in', nodes: [node], settings: { executionOrder: 'v1' } });
	const url = `${n8n.url}/webhook/${path}`;
	for (let attempt = 0; attempt < 100; attempt++) {
		if ((await answerTo(url, { headers: {}, body: Buffer.from('') })).status === 200) return url;
		await pause(200);
	}
	throw new Error(`n8n does not register ${url}`);
}
