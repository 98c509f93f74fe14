import { CredentialTestContext } from 'n8n-core';
import { NodeHelpers, NodeOperationError, type ICredentialsDecrypted, type IDataObject } from 'n8n-workflow';

import { OUTPUT_NAMES } from '../../nodes/VoiceFox/items/outputs';
import { inbound } from '../support/events';
import { deliver, hookContext, TOKEN, triggerNode, workflowWith } from './support/trigger';

const { checkExists, create, delete: remove } = triggerNode.webhookMethods.default;
const { webhookTokenTest } = triggerNode.methods.credentialTest;

const UNUSABLE: Array<[string, IDataObject]> = [
	['blank', { authorizationToken: ' ' }],
	['only the word Bearer', { authorizationToken: 'Bearer ' }],
	['two lines', { authorizationToken: 'one\ntwo' }],
	['missing', {}],
];

describe('the lifecycle', () => {
	it.each(['init', 'activate', 'manual', 'leadershipChange'] as const)(
		'of mode %s finds no webhook, makes one and deletes it',
		async (mode) => {
			const context = hookContext({}, mode);
			expect(await checkExists.call(context)).toBe(false);
			expect(await create.call(context)).toBe(true);
			expect(await remove.call(context)).toBe(true);
		},
	);

	it.each(UNUSABLE)('refuses a test run with a token that is %s, and says why', async (_, credential) => {
		const refused = create.call(hookContext({ credential }, 'manual'));
		await expect(refused).rejects.toBeInstanceOf(NodeOperationError);
		await expect(refused).rejects.toMatchObject({
			message: 'No request could be authorized',
			description: expect.stringContaining("'Authorization Token'") as string,
		});
	});

	it.each(['init', 'activate', 'leadershipChange', 'update'] as const)(
		'never stops a live workflow (%s), whatever the credential is',
		async (mode) => {
			for (const [, credential] of UNUSABLE) {
				expect(await create.call(hookContext({ credential }, mode))).toBe(true);
			}
			expect(await create.call(hookContext({ credential: null }, mode))).toBe(true);
			expect(await create.call(hookContext({ credential: new Error('undecryptable') }, mode))).toBe(true);
		},
	);
});

describe("the credential's test", () => {
	const test = async (data: IDataObject | undefined) =>
		await webhookTokenTest.call(new CredentialTestContext(), { data } as ICredentialsDecrypted<never>);

	it('passes a usable token, with or without "Bearer" and a previous one', async () => {
		for (const data of [
			{ authorizationToken: TOKEN },
			{ authorizationToken: `Bearer ${TOKEN}`, previousAuthorizationToken: '' },
			{ authorizationToken: TOKEN, previousAuthorizationToken: 'the old one' },
		]) {
			expect(await test(data)).toEqual({
				status: 'OK',
				message: expect.stringMatching(/token can be used/) as string,
			});
		}
	});

	it.each([
		[undefined, /^'Authorization Token' is blank/],
		[{ authorizationToken: '' }, /^'Authorization Token' is blank/],
		[{ authorizationToken: 'bearer' }, /^'Authorization Token' is only the word "Bearer"/],
		[{ authorizationToken: 'one\r\ntwo' }, /^'Authorization Token' contains a line break/],
		[
			{ authorizationToken: TOKEN, previousAuthorizationToken: 'Bearer' },
			/^'Previous Authorization Token' is only the word "Bearer"/,
		],
	])('says what is wrong with %j', async (data, message) => {
		expect(await test(data)).toEqual({ status: 'Error', message: expect.stringMatching(message) as string });
	});
});

describe("the node's description", () => {
	const { description } = triggerNode;

	it('has what saved workflows and n8n rely on', () => {
		expect(description).toMatchObject({
			displayName: 'VoiceFox Trigger',
			name: 'voiceFoxTrigger',
			group: ['trigger'],
			version: [1, 2],
			defaultVersion: 2,
			inputs: [],
			credentials: [{ name: 'voiceFoxWebhookApi', required: true, testedBy: 'webhookTokenTest' }],
		});
	});

	it('has one webhook, a POST without any expression, whose answer n8n sends when the execution is stored', () => {
		expect(description.webhooks).toEqual([
			{ name: 'default', httpMethod: 'POST', path: 'webhook', responseMode: 'onReceived', responseData: '' },
		]);
	});

	it('has no execute method, which would replace the pass-through of the outputs', () => {
		expect(triggerNode).not.toHaveProperty('execute');
	});

	it.each(Object.keys(OUTPUT_NAMES))('shows as many outputs for %s as the items have', async (output) => {
		for (const invalidPayloads of ['reject', 'emit']) {
			const parameters = { output, options: { invalidPayloads } };
			const { workflow, node } = workflowWith({ parameters });
			const shown = NodeHelpers.getNodeOutputs(workflow, node, description);
			const { items } = await deliver({ body: inbound }, { parameters });
			expect(shown).toHaveLength(items?.length ?? 0);
		}
	});

	it('names the outputs', () => {
		const names = (parameters: IDataObject) => {
			const { workflow, node } = workflowWith({ parameters });
			return NodeHelpers.getNodeOutputs(workflow, node, description).map((output) =>
				typeof output === 'string' ? output : `${output.type} ${output.displayName}`,
			);
		};
		const separate = ['main Call', 'main Collected Answers', 'main Conversation Analysis'];
		expect(names({})).toEqual(separate);
		expect(names({ options: { invalidPayloads: 'emit' } })).toEqual([...separate, 'main Invalid']);
		expect(names({ output: 'perCall' })).toHaveLength(1);
		expect(names({ output: 'list' })).toHaveLength(1);
	});

	it('names the selected events in its subtitle', () => {
		const subtitleFor = (triggerOn: string[]) => {
			const { workflow, node } = workflowWith({ parameters: { triggerOn } });
			return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {});
		};
		expect(subtitleFor(['callin.collect', 'other'])).toBe('Inbound Call Analyzed, Other Event');
		expect(subtitleFor(['task.call.collect'])).toBe('Outbound Call Analyzed');
		expect(subtitleFor(['task.call.collect', 'task.end', 'callin.collect'])).toBe(
			'Outbound Task Finished, Call Analyzed',
		);
	});
});
