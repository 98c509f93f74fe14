/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import { NodeApiError, NodeOperationError, sleep } from 'n8n-workflow';

import inbound from '../fixtures/inbound-analysis.json';
import { errorOf, runVoiceFox, type Run } from './runVoiceFox';
import { credentialFor, type StandIn } from './standIn';

declare const voiceFox: StandIn;

/** How many times faster than in n8n the node's pauses between two requests go by. */
let mockPace = 1000;
jest.mock('n8n-workflow', () => {
	const actual = jest.requireActual<typeof import('n8n-workflow')>('n8n-workflow');
	return { ...actual, sleep: async (milliseconds: number) => await actual.sleep(milliseconds / mockPace) };
});

const inboundCall = inbound.event_data;

const getCall = async (settings?: Partial<Run>) =>
	await runVoiceFox(
		{ resource: 'call', operation: 'get' },
		{ items: [inboundCall], credential: credentialFor(voiceFox), ...settings },
	);

beforeEach(() => {
	voiceFox.reset();
	mockPace = 1000;
});

describe('refusals become sentences that say what to do', () => {
	const refusedWith = async (status: number, body?: unknown) => {
		voiceFox.world.faults.push({ path: '/openapi', status, body });
		return await errorOf(getCall());
	};

	it('401: the token', async () => {
		const error = await errorOf(getCall({ credential: credentialFor(voiceFox, 'example-wrong') }));
		expect(error).toBeInstanceOf(NodeApiError);
		expect([error.message, error.httpCode, error.context?.itemIndex]).toEqual([
			"VoiceFox does not know the API token. Check 'API Token' and 'Region' in the credential; tokens are made in the console under Open Platform > API Token",
			'401',
			0,
		]);
	});

	it('403: the workspace, with what VoiceFox says', async () => {
		const error = await errorOf(
			getCall({ credential: credentialFor(voiceFox, voiceFox.world.foreignToken) }),
		);
		expect([error.message, error.description]).toEqual([
			'VoiceFox refuses access. The API token belongs to one workspace: use a token of the workspace that owns this data',
			'VoiceFox says: wrong workspace',
		]);
	});

	it('404: what is not there', async () => {
		const error = await errorOf(getCall({ items: [{ session_id: 'unknown' }] }));
		expect(error.message).toBe(
			"VoiceFox has no call with session ID unknown. Check the ID, and that the credential's region and workspace are the right ones",
		);
	});

	it('429: asks again after the wait, and gives up when VoiceFox wants too long a wait', async () => {
		mockPace = 1;
		voiceFox.world.faults.push({ path: '/openapi', status: 429, headers: { 'Retry-After': '1' }, times: 1 });
		const start = Date.now();
		expect(await getCall()).toHaveLength(1);
		expect(Date.now() - start).toBeGreaterThanOrEqual(990);

		voiceFox.world.faults.push({ path: '/openapi', status: 429, headers: { 'Retry-After': '3600' } });
		const error = await errorOf(getCall());
		expect(error.message).toMatch(/^VoiceFox limits requests just now.* ask VoiceFox for a higher quota$/);
	});

	it.each([{ status: 500 }, { status: 503 }, { breaksOff: true }])(
		'%j: asks again, and stops waiting when the user stops the workflow',
		async (fault) => {
			voiceFox.world.faults.push({ path: '/openapi', ...fault, times: 3 });
			expect(await getCall()).toHaveLength(1);
			expect(voiceFox.requests).toHaveLength(4);

			mockPace = 1;
			voiceFox.reset();
			voiceFox.world.faults.push({ path: '/openapi', ...fault });
			const stop = new AbortController();
			const start = Date.now();
			const running = errorOf(getCall({ abortSignal: stop.signal }));
			while (voiceFox.requests.length < 2) await sleep(10);
			await sleep(100);
			stop.abort();

			expect((await running).message).toBe('The workflow was stopped');
			expect(Date.now() - start).toBeLessThan(2500);
			expect(voiceFox.requests).toHaveLength(2);
		},
	);

	it('5xx: try again', async () => {
		for (const status of [500, 501, 503]) {
			const error = await refusedWith(status);
			voiceFox.reset();
			expect([error.message, error.httpCode]).toEqual([
				'VoiceFox could not answer just now. Try again later',
				String(status),
			]);
		}
	});

	it('an answer that is not VoiceFox’s', async () => {
		const error = await refusedWith(200, '<html></html>');
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(
			"The answer is not VoiceFox's. Check 'Region' and 'Base URL' in the credential",
		);
	});

	it('nobody there, who is asked four times', async () => {
		const credential = { apiToken: 'x', region: 'custom', baseUrl: 'http://127.0.0.1:1' };
		const error = await errorOf(getCall({ credential }));
		expect(error.message).toMatch(/^VoiceFox could not be reached\. Check 'Region' and 'Base URL'/);
	});

	it('an answer that does not come, when the user stops the workflow', async () => {
		voiceFox.world.faults.push({ path: '/openapi', hang: true });
		const stop = new AbortController();
		const running = errorOf(getCall({ abortSignal: stop.signal }));
		stop.abort();
		expect((await running).message).toBe('The workflow was stopped');
	});

	it('a base URL that is none', async () => {
		const error = await errorOf(
			getCall({ credential: { apiToken: 'x', region: 'custom', baseUrl: 'voicefox' } }),
		);
		expect(error.message).toMatch(/^The credential's 'Base URL' is not a valid URL/);
	});

	it.each([400, 401, 403, 404, 429, 500])(
		'%d: not with the token, whatever VoiceFox says, whole, in part or encoded',
		async (status) => {
			const { token } = voiceFox.world;
			const encoded = Buffer.from(`Bearer ${token}`).toString('base64');
			const message = `unknown token Bearer ${token}, ${token.slice(0, -1)}…, ${token.toUpperCase()}, ${encoded}.`;
			voiceFox.world.faults.push({
				path: '/openapi',
				status,
				headers: { 'Retry-After': '999' },
				body: { message: message + 'x'.repeat(280 - message.length) + token },
			});
			const error = await errorOf(getCall());

			expect(error.description).toMatch(
				/^VoiceFox says: unknown token Bearer \*\*\*, \*\*\*…, \*\*\*, \*\*\*\.x+/,
			);
			expect(`${JSON.stringify(error)} ${error.stack}`.toLowerCase()).not.toContain(token.slice(0, 12));
		},
	);

	it('never holds the token, not even in a cause', async () => {
		const credential = { apiToken: 'example-wrong', region: 'custom', baseUrl: 'http://127.0.0.1:1' };
		const errors = [
			await errorOf(getCall({ credential: credentialFor(voiceFox, 'example-wrong') })),
			await errorOf(getCall({ credential })),
		];
		for (const error of errors) {
			expect(`${JSON.stringify(error)} ${String(error.cause)} ${String(error.stack)}`).not.toContain(
				'example-wrong',
			);
		}
	});
});

it.each([
	['task', { taskId: '7' }, /^VoiceFox has no task with ID 7\./],
	['assistant', { assistantId: '7' }, /^VoiceFox has no assistant with ID 7\./],
])('%s: names what VoiceFox does not have', async (resource, parameters, message) => {
	const settings = { credential: credentialFor(voiceFox) };
	const error = await errorOf(runVoiceFox({ resource, operation: 'get', ...parameters }, settings));
	expect(error.message).toMatch(message);
});

it('a redirect is not followed, so that the token stays with its host', async () => {
	const headers = { Location: `${voiceFox.recordingsUrl}/elsewhere` };
	voiceFox.world.faults.push({ path: '/openapi', status: 302, headers });

	expect((await errorOf(getCall())).message).toMatch(/^VoiceFox answered with a redirect/);
	expect(voiceFox.requests.map(({ host }) => host)).toEqual(['api']);
});

it('Continue On Fail gives an item with the error in place of each item that failed', async () => {
	const items = await getCall({
		items: [{ session_id: 'unknown' }, inboundCall, {}],
		onError: 'continueRegularOutput',
	});

	expect(
		items.map(({ json, pairedItem }) => [Object.keys(json).length === 1 && json.error, pairedItem]),
	).toEqual([
		[expect.stringMatching(/^VoiceFox has no call with session ID unknown\./), { item: 0 }],
		[false, { item: 1 }],
		[expect.stringMatching(/^'Session ID' is empty\./), { item: 2 }],
	]);
});

it('the error names the item that failed', async () => {
	const error = await errorOf(getCall({ items: [inboundCall, { session_id: '..' }] }));
	expect([error.message, error.context?.itemIndex]).toEqual(["'Session ID' is not the ID of a call: ..", 1]);
});
