import { NodeOperationError, sleep, type INode, type IWebhookFunctions } from 'n8n-workflow';

import { duplicate, filtered, invalid, notSelected } from '../../../nodes/VoiceFox/trigger/unprocessed';
import {
	accept,
	REFUSALS,
	refuseUnauthorized,
	refuseUndecided,
	refuseUnreadable,
	reportStatus,
	skip,
	warn,
} from '../../../nodes/VoiceFox/trigger/replies';
import type { TriggerStatus } from '../../../nodes/VoiceFox/protocol/status';
import { settingsWith } from '../../support/settings';

let workflows = 0;

/** What a reply uses of n8n, and a record of what it did there. */
function recorder(
	mode = 'webhook',
	workflowName?: string,
	sender: 'stays' | 'leaves' | 'has left' = 'stays',
) {
	const id = `w${++workflows}`;
	const done: unknown[] = [];
	const listeners = new Map<string, () => void>();
	const ending = sender === 'leaves' ? 'close' : 'finish';
	const response = {
		destroyed: sender === 'has left',
		writeHead: (status: number, headers: object) => {
			done.push(status, headers);
			return response;
		},
		end: (text: string) => {
			done.push(JSON.parse(text));
			// Node sends neither 'finish' nor 'close' once the connection is gone.
			if (sender === 'has left') return;
			void sleep(0).then(() => {
				done.push(ending);
				listeners.get(ending)?.();
			});
		},
		once: (event: string, listener: () => void) => {
			listeners.set(event, listener);
			return response;
		},
	};
	const context = {
		getWorkflow: () => ({ id, name: workflowName, active: true }),
		getNode: () => ({ id: 'n', name: 'Calls', parameters: {} }) as INode,
		getMode: () => mode,
		getResponseObject: () => response,
		logger: {
			warn: (line: string) => done.push(`warn ${line}`),
			info: (line: string) => done.push(`info ${line}`),
		},
	} as unknown as IWebhookFunctions;
	const logPrefix = (name = '') => `VoiceFox Trigger "Calls" of workflow "${name}" (${id}):`;
	return { context, done, logPrefix };
}

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };
const ISSUES = [
	{ path: '', message: 'what' },
	{ path: 'event_data.hit', message: 'else' },
];

const UNPROCESSED = {
	invalid: invalid({ valid: false, issues: ISSUES, payload: { a: 1 } }),
	notSelected: notSelected('task.end', { a: 1 }),
	filtered: filtered('Direction: why', { a: 1 }),
	duplicate: duplicate({ a: 1 }),
};

const IGNORED = [['notSelected'], ['filtered'], ['duplicate']] as Array<[keyof typeof UNPROCESSED]>;

describe('accept', () => {
	it('starts the workflow with the items and leaves 200 {} to n8n', async () => {
		const items = [[{ json: { a: 1 } }], []];
		expect(accept(recorder().context, items)).toEqual({ workflowData: items, webhookResponse: {} });
	});
});

describe('an authorized request that starts nothing', () => {
	it.each(IGNORED)('is 200 {} and one line in the log (%s)', async (kind) => {
		const { context, done, logPrefix } = recorder('webhook', 'Call log');
		expect(await skip(context, settingsWith(), UNPROCESSED[kind])).toEqual({ webhookResponse: {} });
		expect(done).toEqual([`info ${logPrefix('Call log')} ignored an event: ${UNPROCESSED[kind].reason}`]);
	});

	it.each(IGNORED)('says why to who sent a sample (%s)', async (kind) => {
		const payload = { event_name: 'callin.hangup', event_data: { session_id: 'sample-1' } };
		expect(await skip(recorder().context, settingsWith(), { ...UNPROCESSED[kind], payload })).toEqual({
			webhookResponse: { ignored: UNPROCESSED[kind].reason },
		});
	});

	it('is a 400 with the issues when it is not valid', async () => {
		const { context, done, logPrefix } = recorder();
		expect(await skip(context, settingsWith(), UNPROCESSED.invalid)).toEqual({ noWebhookResponse: true });
		expect(done).toEqual([
			`warn ${logPrefix()} refused a request with 400: ${UNPROCESSED.invalid.reason}`,
			400,
			JSON_TYPE,
			{ error: 'Invalid payload', issues: ISSUES },
		]);
	});

	it.each(Object.entries(UNPROCESSED))('is passed on where the user wants that (%s)', async (kind, left) => {
		const { context, done, logPrefix } = recorder();
		const settings = settingsWith({ output: 'perCall', options: { notProcessed: [kind] } });
		expect(await skip(context, settings, left)).toEqual({
			workflowData: [[], [{ json: expect.objectContaining({ kind, reason: left.reason }) as object }]],
			webhookResponse: {},
		});
		expect(done).toEqual([`info ${logPrefix()} passed an event on as unprocessed: ${left.reason}`]);

		const others = Object.keys(UNPROCESSED).filter((other) => other !== kind);
		const without = settingsWith({ output: 'perCall', options: { notProcessed: others } });
		expect(await skip(context, without, left)).not.toHaveProperty('workflowData');
	});
});

describe('a test run', () => {
	/** What a reply throws, and what it has done before. */
	async function thrownBy(reply: (context: IWebhookFunctions) => Promise<unknown>) {
		const { context, done } = recorder('manual');
		const error = await reply(context).then(
			() => null,
			(thrown: unknown) => thrown,
		);
		return { error, done: [...done] };
	}

	it.each<[string, (context: IWebhookFunctions) => Promise<unknown>, string, number]>([
		[
			'of who is not authorized',
			async (context) => await refuseUnauthorized(context, 'headerWrong', null),
			REFUSALS.headerWrong.reason,
			401,
		],
		[
			'without a header',
			async (context) => await refuseUnauthorized(context, 'headerMissing', null),
			REFUSALS.headerMissing.reason,
			401,
		],
		[
			'of what is not valid',
			async (context) => await skip(context, settingsWith(), UNPROCESSED.invalid),
			UNPROCESSED.invalid.reason,
			400,
		],
		[
			'with a setting that cannot be read',
			async (context) => await refuseUnreadable(context, "the setting 'Output'", 'why'),
			'why',
			503,
		],
		[
			'of what a filter refuses',
			async (context) => await skip(context, settingsWith(), UNPROCESSED.filtered),
			UNPROCESSED.filtered.reason,
			200,
		],
	])('%s is answered, and shows its reason on the node', async (_, reply, reason, status) => {
		const { error, done } = await thrownBy(reply);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({ message: reason, level: 'info' });
		expect(done.filter((each) => typeof each === 'number')).toEqual([status]);
		expect(done.at(-1)).toBe('finish');
	});

	it('tells the sender why it ignored what a filter refuses', async () => {
		const { done } = await thrownBy(
			async (context) => await skip(context, settingsWith(), UNPROCESSED.filtered),
		);
		expect(done.slice(1)).toEqual([200, JSON_TYPE, { ignored: UNPROCESSED.filtered.reason }, 'finish']);
	});

	it.each(['has left', 'leaves'] as const)('does not wait for a sender that %s', async (sender) => {
		const { context } = recorder('manual', '', sender);
		await expect(skip(context, settingsWith(), UNPROCESSED.filtered)).rejects.toMatchObject({
			message: UNPROCESSED.filtered.reason,
		});
	});

	it('goes on listening after an event that is only not selected', async () => {
		const { context, done } = recorder('manual');
		expect(await skip(context, settingsWith(), UNPROCESSED.notSelected)).toEqual({
			webhookResponse: { ignored: UNPROCESSED.notSelected.reason },
		});
		expect(done).toHaveLength(1);
	});

	it('throws nothing for what is passed on', async () => {
		for (const [kind, left] of Object.entries(UNPROCESSED)) {
			const settings = settingsWith({ options: { notProcessed: [kind] } });
			expect(await skip(recorder('manual').context, settings, left)).toHaveProperty('workflowData');
		}
	});
});

describe('a refusal', () => {
	it.each(Object.keys(REFUSALS) as Array<keyof typeof REFUSALS>)(
		'of who is not authorized is a 401 (%s)',
		async (authorization) => {
			const { context, done, logPrefix } = recorder();
			expect(await refuseUnauthorized(context, authorization, null)).toEqual({ noWebhookResponse: true });
			expect(done).toEqual([
				`warn ${logPrefix()} refused a request with 401: ${REFUSALS[authorization].reason}`,
				401,
				{ ...JSON_TYPE, 'WWW-Authenticate': 'Bearer' },
				{ error: 'Unauthorized' },
			]);
		},
	);

	it('while something cannot be read is a 503 for a minute', async () => {
		const { context, done, logPrefix } = recorder();
		expect(await refuseUnreadable(context, 'the credential', 'why')).toEqual({ noWebhookResponse: true });
		expect(done).toEqual([
			`warn ${logPrefix()} refused a request with 503: why`,
			503,
			{ ...JSON_TYPE, 'Retry-After': '60' },
			{ error: 'Unavailable' },
		]);
	});

	it('of a duplicate whose first delivery is undecided is a 503 for five seconds', async () => {
		const { context, done } = recorder();
		expect(await refuseUndecided(context)).toEqual({ noWebhookResponse: true });
		expect(done).toEqual([
			expect.stringMatching(/^warn .* refused a request with 503: n8n has not stored the first delivery/),
			503,
			{ ...JSON_TYPE, 'Retry-After': '5' },
			{ error: 'Unavailable' },
		]);
	});
});

describe('the lines in the log', () => {
	const linesOf = (done: unknown[]) => done.filter((each) => typeof each === 'string' && each !== 'finish');

	it('are at most ten a minute of one kind, and each request is answered', async () => {
		const { context, done } = recorder();
		for (let time = 1; time <= 30; time++) await refuseUnauthorized(context, 'headerWrong', null);
		for (let time = 1; time <= 30; time++) {
			const issues = [{ path: String(time), message: 'differs' }];
			await skip(context, settingsWith(), invalid({ valid: false, issues, payload: null }));
		}
		await refuseUnauthorized(context, 'headerMissing', null);

		expect(done.filter((each) => each === 401)).toHaveLength(31);
		expect(done.filter((each) => each === 400)).toHaveLength(30);
		expect(linesOf(done)).toHaveLength(21);
		expect(linesOf(done)[9]).toContain('are counted, not written');
	});

	it.each(IGNORED)('are at most ten a minute for ignored events, too (%s)', async (kind) => {
		const { context, done } = recorder();
		for (let time = 1; time <= 30; time++) {
			await skip(context, settingsWith(), { ...UNPROCESSED[kind], reason: `reason ${time}` });
		}
		expect(linesOf(done)).toHaveLength(10);
		expect(linesOf(done)[9]).toContain('are counted, not written');
	});

	it('of one trigger leave those of another alone', async () => {
		for (const { context, done } of [recorder(), recorder()]) {
			for (let time = 1; time <= 30; time++) await skip(context, settingsWith(), UNPROCESSED.filtered);
			expect(done).toHaveLength(10);
		}
	});

	it('of one kind leave those of another alone', async () => {
		const { context, done } = recorder();
		for (const [kind] of IGNORED) {
			for (let time = 1; time <= 30; time++) await skip(context, settingsWith(), UNPROCESSED[kind]);
		}
		expect(done).toHaveLength(30);
	});
});

describe('warn', () => {
	it('writes a line for each warning', () => {
		const { context, done, logPrefix } = recorder('webhook', 'Call log');
		warn(context, [
			{ kind: 'zone', reason: 'one', cause: 'one' },
			{ kind: 'question', reason: 'other', cause: 'other' },
		]);
		expect(done).toEqual([`warn ${logPrefix('Call log')} one`, `warn ${logPrefix('Call log')} other`]);
	});

	it('writes at most ten lines a minute of one kind', () => {
		const { context, done } = recorder();
		for (let time = 1; time <= 30; time++)
			warn(context, [{ kind: 'zone', reason: `reason ${time}`, cause: 'why' }]);
		warn(context, [{ kind: 'question', reason: 'other', cause: 'other' }]);
		expect(done).toHaveLength(11);
	});
});

describe('the status', () => {
	const statusOf = (context: IWebhookFunctions) =>
		reportStatus(context, { url: 'https://n8n.example.com/webhook/7/webhook', problem: null })
			.webhookResponse as unknown as TriggerStatus;
	const once = (reason: string) => [{ reason, count: 1, last: expect.any(String) as string }];
	const none = { accepted: 0, refused: [], ignored: [], warnings: [] };

	it('is that nothing happened, until something does', () => {
		expect(statusOf(recorder().context)).toEqual({
			since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
			...none,
			url: 'https://n8n.example.com/webhook/7/webhook',
			problem: null,
		});
	});

	it('counts what is accepted', () => {
		const { context } = recorder();
		accept(context, []);
		accept(context, []);
		expect(statusOf(context)).toMatchObject({ ...none, accepted: 2 });
	});

	it.each<[string, (context: IWebhookFunctions) => unknown, object]>([
		[
			'a wrong header',
			async (context) => await refuseUnauthorized(context, 'headerWrong', null),
			{ refused: once('the Authorization value is not the one in the credential') },
		],
		[
			'a token that can be used by nobody',
			async (context) => await refuseUnauthorized(context, 'tokenUnusable', 'Too short'),
			{ refused: once('the credential holds no usable token. Too short') },
		],
		[
			'a setting that cannot be read',
			async (context) => await refuseUnreadable(context, "the setting 'Output'", 'What to do'),
			{ refused: once("the setting 'Output' cannot be read") },
		],
		[
			'what is not valid, without its issues',
			async (context) => await skip(context, settingsWith(), UNPROCESSED.invalid),
			{ refused: once('the payload is not what VoiceFox sends') },
		],
		[
			'what is not selected',
			async (context) => await skip(context, settingsWith(), UNPROCESSED.notSelected),
			{ ignored: once(`the event "Task Finished (Outbound)" is not selected in 'Trigger On'`) },
		],
		[
			'what a filter refuses, without its values',
			async (context) => await skip(context, settingsWith(), UNPROCESSED.filtered),
			{ ignored: once("the event does not pass the filter 'Direction'") },
		],
		[
			'a duplicate',
			async (context) => await skip(context, settingsWith(), UNPROCESSED.duplicate),
			{ ignored: once('the event is a duplicate') },
		],
		[
			'what is passed on',
			async (context) =>
				await skip(
					context,
					settingsWith({ options: { notProcessed: ['duplicate'] } }),
					UNPROCESSED.duplicate,
				),
			{ ignored: once("the event is a duplicate (passed on to the output 'Unprocessed')") },
		],
		[
			'a warning',
			(context) => warn(context, [{ kind: 'zone', reason: 'the zone 7', cause: 'the zone' }]),
			{ warnings: once('the zone') },
		],
	])('counts %s', async (_, happen, counted) => {
		const { context } = recorder();
		await happen(context);
		expect(statusOf(context)).toMatchObject({ ...none, ...counted });
	});

	it('leaves test runs out, and shows them what production counted', async () => {
		const { context } = recorder('manual');
		accept(context, []);
		await skip(context, settingsWith(), UNPROCESSED.notSelected);
		expect(statusOf(context)).toMatchObject(none);
	});
});
