import { CredentialTestContext } from 'n8n-core';
import { NodeHelpers, NodeOperationError, type ICredentialsDecrypted, type IDataObject } from 'n8n-workflow';

import { FORMS } from '../../nodes/VoiceFox/items/forms';
import { cannotBeRead } from '../../nodes/VoiceFox/settings/define';
import { inbound } from '../support/events';
import { deliver, hookContext, TOKEN, triggerNode, workflowWith } from './support/trigger';

const { checkExists, create, delete: remove } = triggerNode.webhookMethods.default;
const { webhookTokenTest } = triggerNode.methods.credentialTest;

const UNUSABLE: Array<[what: string, credential: IDataObject, problem: RegExp]> = [
	['blank', { authorizationToken: ' ' }, /^'Authorization Token' is blank\. Enter/],
	['only the word Bearer', { authorizationToken: 'Bearer ' }, /^'Authorization Token' is only .* Enter/],
	['two lines', { authorizationToken: 'one\ntwo' }, /^'Authorization Token' contains .* Paste/],
	['missing', {}, /^'Authorization Token' is blank\. Enter/],
	['short', { authorizationToken: 'fifteen letters' }, /^'Authorization Token' is too short .* use at least/],
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

	it.each(UNUSABLE)(
		'refuses a test run with a token that is %s, and says in its message what to do',
		async (_, credential, message) => {
			const refused = create.call(hookContext({ credential }, 'manual'));
			await expect(refused).rejects.toBeInstanceOf(NodeOperationError);
			await expect(refused).rejects.toMatchObject({ message: expect.stringMatching(message) as string });
		},
	);

	it.each([
		['Output', { output: 'sideways' }],
		['Direction', { filters: { direction: '={{ undefined }}' } }],
		['Trigger On', { triggerOn: '={{ 1 + }}' }],
	])('refuses a test run when the setting %s cannot be read, and names it', async (label, parameters) => {
		const refused = create.call(hookContext({ parameters }, 'manual'));
		await expect(refused).rejects.toBeInstanceOf(NodeOperationError);
		await expect(refused).rejects.toMatchObject({ message: cannotBeRead(`The setting '${label}'`) });
	});

	it.each([
		['not ASCII', { authorizationToken: 'ü'.repeat(16) }],
		[
			'unusable, when the previous one is not',
			{ authorizationToken: '', previousAuthorizationToken: 'the old and longer one' },
		],
	])('lets a test run start with a token that is %s, since it can match', async (_, credential) => {
		expect(await create.call(hookContext({ credential }, 'manual'))).toBe(true);
	});

	it.each(['init', 'activate', 'leadershipChange', 'update'] as const)(
		'never stops a live workflow (%s), whatever the credential is',
		async (mode) => {
			for (const [, credential] of UNUSABLE) {
				expect(await create.call(hookContext({ credential }, mode))).toBe(true);
			}
			expect(await create.call(hookContext({ credential: null }, mode))).toBe(true);
			expect(await create.call(hookContext({ credential: new Error('undecryptable') }, mode))).toBe(true);
			expect(await create.call(hookContext({ parameters: { output: '={{ 1 + }}' } }, mode))).toBe(true);
		},
	);
});

describe('publishing', () => {
	it.each(['init', 'activate', 'leadershipChange', 'update'] as const)(
		'says in one log line that nobody outside can reach the URL (%s)',
		async (mode) => {
			const context = hookContext({ webhookUrl: 'http://localhost:5678/webhook' }, mode);
			await create.call(context);
			expect(context.log).toEqual([
				expect.stringMatching(
					/^warn VoiceFox Trigger .*: VoiceFox can't reach http:\/\/localhost:5678: .* WEBHOOK_URL/,
				),
			]);
		},
	);

	it('says nothing of a public URL, nor when a test run begins', async () => {
		for (const context of [
			hookContext({}, 'activate'),
			hookContext({ webhookUrl: 'http://localhost' }, 'manual'),
		]) {
			await create.call(context);
			expect(context.log).toEqual([]);
		}
	});
});

describe("the credential's test", () => {
	const test = async (data: IDataObject | undefined) =>
		await webhookTokenTest.call(new CredentialTestContext(), { data } as ICredentialsDecrypted<never>);

	it('passes a usable token, with or without "Bearer" and a previous one', async () => {
		for (const data of [
			{ authorizationToken: TOKEN },
			{ authorizationToken: `Bearer ${TOKEN}`, previousAuthorizationToken: '' },
			{ authorizationToken: TOKEN, previousAuthorizationToken: 'the old and longer one' },
		]) {
			expect(await test(data)).toEqual({
				status: 'OK',
				message: expect.stringMatching(/^Saved\. Enter the same value/) as string,
			});
		}
	});

	it.each([
		[undefined, /^'Authorization Token' is blank/],
		[{ authorizationToken: 'too short' }, /^'Authorization Token' is too short and can be guessed/],
		[
			{ authorizationToken: TOKEN, previousAuthorizationToken: 'Bearer' },
			/^'Previous Authorization Token' is only the word "Bearer"/,
		],
	])('fails for %j, with the reason in its message', async (data, message) => {
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
			credentials: [
				{ name: 'voiceFoxWebhookApi', required: true, testedBy: 'webhookTokenTest' },
				{ name: 'voiceFoxApi', displayName: expect.stringContaining('(Optional)') as string },
			],
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

	it.each(FORMS.map(({ option }) => option.value))(
		'shows an output for each that the items of %s have, and "Unprocessed" where it is chosen',
		async (output) => {
			for (const notProcessed of [[], ['invalid'], ['filtered', 'duplicate']]) {
				const parameters = { output, options: { notProcessed } };
				const { workflow, node } = workflowWith({ parameters });
				const shown = NodeHelpers.getNodeOutputs(workflow, node, description);
				const { items } = await deliver({ body: inbound }, { parameters });
				expect(shown).toHaveLength((items?.length ?? 0) + (notProcessed.length > 0 ? 1 : 0));
			}
		},
	);

	it('names the outputs', () => {
		const names = (parameters: IDataObject) => {
			const { workflow, node } = workflowWith({ parameters });
			return NodeHelpers.getNodeOutputs(workflow, node, description).map((output) =>
				typeof output === 'string' ? output : `${output.type} ${output.displayName}`,
			);
		};
		const separate = ['main Call', 'main Answers', 'main Analysis'];
		expect(names({})).toEqual(separate);
		expect(names({ options: { notProcessed: [] } })).toEqual(separate);
		expect(names({ options: { notProcessed: ['duplicate'] } })).toEqual([...separate, 'main Unprocessed']);
		for (const output of ['row', 'perCall', 'list']) expect(names({ output })).toHaveLength(1);
	});

	it('names the selected events in its subtitle', () => {
		const subtitleFor = (triggerOn: string[]) => {
			const { workflow, node } = workflowWith({ parameters: { triggerOn } });
			return workflow.expression.getSimpleParameterValue(node, description.subtitle, 'internal', {});
		};
		expect(subtitleFor(['callin.collect', 'other'])).toBe('Call Analyzed (Inbound), Other Event');
		expect(subtitleFor(['task.call.collect'])).toBe('Call Analyzed (Outbound)');
		expect(subtitleFor(['task.call.collect', 'task.end', 'callin.collect'])).toBe(
			'Task Finished (Outbound), Call Analyzed',
		);
	});
});
