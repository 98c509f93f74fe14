import type { IWebhookFunctions } from 'n8n-workflow';

import {
	accept,
	ignore,
	refuseInvalid,
	refuseUnauthorized,
	refuseUndecided,
	refuseUnreadable,
	warn,
} from '../../../nodes/VoiceFox/trigger/replies';

let workflows = 0;

/** What a reply uses of n8n, and a record of what it did there. */
function recorder(mode = 'webhook', workflowName?: string) {
	const id = `w${++workflows}`;
	const done: unknown[] = [];
	const response = {
		writeHead: (status: number, headers: object) => {
			done.push(status, headers);
			return response;
		},
		end: (text: string) => done.push(JSON.parse(text)),
	};
	const context = {
		getWorkflow: () => ({ id, name: workflowName, active: true }),
		getNode: () => ({ name: 'Calls' }),
		getMode: () => mode,
		getResponseObject: () => response,
		logger: {
			warn: (line: string) => done.push(`warn ${line}`),
			info: (line: string) => done.push(`info ${line}`),
		},
	} as unknown as IWebhookFunctions;
	const speaker = (name = '') => `VoiceFox Trigger "Calls" of workflow "${name}" (${id})`;
	return { context, done, speaker };
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

describe('accept', () => {
	it('starts the workflow with the items and leaves 200 {} to n8n', () => {
		const items = [[{ json: { a: 1 } }], []];
		expect(accept(items)).toEqual({ workflowData: items, webhookResponse: {} });
	});
});

describe('ignore', () => {
	it('starts nothing and says why in the log', () => {
		const { context, done, speaker } = recorder('webhook', 'Call log');
		expect(ignore(context, 'the reason')).toEqual({ webhookResponse: {} });
		expect(done).toEqual([`info ${speaker('Call log')} ignored an event: the reason`]);
	});

	it('says why in the answer to a test run', () => {
		expect(ignore(recorder('manual').context, 'the reason')).toEqual({
			webhookResponse: { ignored: 'the reason' },
		});
	});
});

describe('a refusal', () => {
	it('of who is not authorized is a 401', () => {
		const { context, done, speaker } = recorder();
		expect(refuseUnauthorized(context, 'the reason')).toEqual({ noWebhookResponse: true });
		expect(done).toEqual([
			`warn ${speaker()} refused a request with 401: the reason`,
			401,
			{ ...JSON_TYPE, 'WWW-Authenticate': 'Bearer' },
			{ error: 'Unauthorized' },
		]);
	});

	it('of what is not valid is a 400 with the issues', () => {
		const { context, done, speaker } = recorder();
		const issues = [
			{ path: '', message: 'what' },
			{ path: 'event_data.hit', message: 'else' },
		];
		expect(refuseInvalid(context, issues)).toEqual({ noWebhookResponse: true });
		expect(done).toEqual([
			`warn ${speaker()} refused a request with 400: the payload is not valid: body: what; event_data.hit: else`,
			400,
			JSON_TYPE,
			{ error: 'Invalid payload', issues },
		]);
	});

	it('while something cannot be read is a 503 for a minute', () => {
		const { context, done, speaker } = recorder();
		expect(refuseUnreadable(context, 'the credential')).toEqual({ noWebhookResponse: true });
		expect(done).toEqual([
			expect.stringMatching(/^warn .* refused a request with 503: the credential cannot be read\./),
			503,
			{ ...JSON_TYPE, 'Retry-After': '60' },
			{ error: 'Unavailable' },
		]);
		expect(done[0]).toContain(speaker());
	});

	it('of a copy whose first delivery is undecided is a 503 for five seconds', () => {
		const { context, done } = recorder();
		expect(refuseUndecided(context)).toEqual({ noWebhookResponse: true });
		expect(done).toEqual([
			expect.stringMatching(/^warn .* refused a request with 503: n8n has not stored the first delivery/),
			503,
			{ ...JSON_TYPE, 'Retry-After': '5' },
			{ error: 'Unavailable' },
		]);
	});

	it('is answered each time, but floods no log', () => {
		const { context, done } = recorder();
		for (let time = 1; time <= 30; time++) refuseUnauthorized(context, 'the reason');
		for (let time = 1; time <= 30; time++)
			refuseInvalid(context, [{ path: String(time), message: 'differs' }]);
		refuseUnauthorized(context, 'another reason');

		expect(done.filter((each) => each === 401)).toHaveLength(31);
		expect(done.filter((each) => each === 400)).toHaveLength(30);
		const lines = done.filter((each) => typeof each === 'string');
		expect(lines).toHaveLength(21);
		expect(lines[9]).toContain('are counted, not written');
	});
});

describe('warn', () => {
	it('says which trigger of which workflow speaks', () => {
		const { context, done, speaker } = recorder('webhook', 'Call log');
		warn(context, 'did something');
		expect(done).toEqual([`warn ${speaker('Call log')} did something`]);
	});
});
