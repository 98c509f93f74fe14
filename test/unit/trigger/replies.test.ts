import { NodeOperationError, sleep, type INode, type IWebhookFunctions } from 'n8n-workflow';

import { REFUSALS } from '../../../nodes/VoiceFox/trigger/authorization';
import { duplicate, filtered, invalid, notSelected } from '../../../nodes/VoiceFox/trigger/notProcessed';
import {
	accept,
	leaveOut,
	refuseUnauthorized,
	refuseUndecided,
	refuseUnreadable,
	unreadable,
	warn,
} from '../../../nodes/VoiceFox/trigger/replies';
import { settingsWith } from '../../support/settings';

let workflows = 0;

/** What a reply uses of n8n, and a record of what it did there. */
function recorder(mode = 'webhook', workflowName?: string) {
	const id = `w${++workflows}`;
	const done: unknown[] = [];
	const listeners: Array<() => void> = [];
	const response = {
		writeHead: (status: number, headers: object) => {
			done.push(status, headers);
			return response;
		},
		end: (text: string) => {
			done.push(JSON.parse(text));
			void sleep(0).then(() => {
				done.push('finish');
				for (const listener of listeners) listener();
			});
		},
		once: (_: string, listener: () => void) => {
			listeners.push(listener);
			return response;
		},
	};
	const context = {
		getWorkflow: () => ({ id, name: workflowName, active: true }),
		getNode: () => ({ name: 'Calls' }) as INode,
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
const ISSUES = [
	{ path: '', message: 'what' },
	{ path: 'event_data.hit', message: 'else' },
];

const LEFT_OUT = {
	invalid: invalid({ valid: false, issues: ISSUES, payload: { a: 1 } }),
	notSelected: notSelected('task.end', { a: 1 }),
	filtered: filtered('Direction: why', { a: 1 }),
	duplicate: duplicate({ a: 1 }),
};

const IGNORED = [['notSelected'], ['filtered'], ['duplicate']] as Array<[keyof typeof LEFT_OUT]>;

describe('accept', () => {
	it('starts the workflow with the items and leaves 200 {} to n8n', async () => {
		const items = [[{ json: { a: 1 } }], []];
		expect(accept(items)).toEqual({ workflowData: items, webhookResponse: {} });
	});
});

describe('an authorized request that starts nothing', () => {
	it.each(IGNORED)('is 200 {} and one line in the log (%s)', async (kind) => {
		const { context, done, speaker } = recorder('webhook', 'Call log');
		expect(await leaveOut(context, settingsWith(), LEFT_OUT[kind])).toEqual({ webhookResponse: {} });
		expect(done).toEqual([`info ${speaker('Call log')} ignored an event: ${LEFT_OUT[kind].reason}`]);
	});

	it('is a 400 with the issues when it is not valid', async () => {
		const { context, done, speaker } = recorder();
		expect(await leaveOut(context, settingsWith(), LEFT_OUT.invalid)).toEqual({ noWebhookResponse: true });
		expect(done).toEqual([
			`warn ${speaker()} refused a request with 400: ${LEFT_OUT.invalid.reason}`,
			400,
			JSON_TYPE,
			{ error: 'Invalid payload', issues: ISSUES },
		]);
	});

	it.each(Object.entries(LEFT_OUT))('is passed on where the user wants that (%s)', async (kind, left) => {
		const { context, done, speaker } = recorder();
		const settings = settingsWith({ output: 'perCall', options: { notProcessed: [kind] } });
		expect(await leaveOut(context, settings, left)).toEqual({
			workflowData: [[], [{ json: expect.objectContaining({ kind, reason: left.reason }) as object }]],
			webhookResponse: {},
		});
		expect(done).toEqual([`info ${speaker()} passed an event on as not processed: ${left.reason}`]);

		const others = Object.keys(LEFT_OUT).filter((other) => other !== kind);
		const without = settingsWith({ output: 'perCall', options: { notProcessed: others } });
		expect(await leaveOut(context, without, left)).not.toHaveProperty('workflowData');
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
			async (context) => await refuseUnauthorized(context, 'headerWrong'),
			REFUSALS.headerWrong,
			401,
		],
		[
			'without a header',
			async (context) => await refuseUnauthorized(context, 'headerMissing'),
			REFUSALS.headerMissing,
			401,
		],
		[
			'of what is not valid',
			async (context) => await leaveOut(context, settingsWith(), LEFT_OUT.invalid),
			LEFT_OUT.invalid.reason,
			400,
		],
		[
			'with a setting that cannot be read',
			async (context) => await refuseUnreadable(context, "The setting 'Output'"),
			unreadable("The setting 'Output'"),
			503,
		],
		[
			'of what a filter refuses',
			async (context) => await leaveOut(context, settingsWith(), LEFT_OUT.filtered),
			LEFT_OUT.filtered.reason,
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
			async (context) => await leaveOut(context, settingsWith(), LEFT_OUT.filtered),
		);
		expect(done.slice(1)).toEqual([200, JSON_TYPE, { ignored: LEFT_OUT.filtered.reason }, 'finish']);
	});

	it('goes on listening after an event that is only not selected', async () => {
		const { context, done } = recorder('manual');
		expect(await leaveOut(context, settingsWith(), LEFT_OUT.notSelected)).toEqual({
			webhookResponse: { ignored: LEFT_OUT.notSelected.reason },
		});
		expect(done).toHaveLength(1);
	});

	it('throws nothing for what is passed on', async () => {
		for (const [kind, left] of Object.entries(LEFT_OUT)) {
			const settings = settingsWith({ options: { notProcessed: [kind] } });
			expect(await leaveOut(recorder('manual').context, settings, left)).toHaveProperty('workflowData');
		}
	});
});

describe('a refusal', () => {
	it.each(Object.keys(REFUSALS) as Array<keyof typeof REFUSALS>)(
		'of who is not authorized is a 401 (%s)',
		async (authorization) => {
			const { context, done, speaker } = recorder();
			expect(await refuseUnauthorized(context, authorization)).toEqual({ noWebhookResponse: true });
			expect(done).toEqual([
				`warn ${speaker()} refused a request with 401: ${REFUSALS[authorization]}`,
				401,
				{ ...JSON_TYPE, 'WWW-Authenticate': 'Bearer' },
				{ error: 'Unauthorized' },
			]);
		},
	);

	it('while something cannot be read is a 503 for a minute', async () => {
		const { context, done, speaker } = recorder();
		expect(await refuseUnreadable(context, 'The credential')).toEqual({ noWebhookResponse: true });
		expect(done).toEqual([
			`warn ${speaker()} refused a request with 503: ${unreadable('The credential')}`,
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
		for (let time = 1; time <= 30; time++) await refuseUnauthorized(context, 'headerWrong');
		for (let time = 1; time <= 30; time++) {
			const issues = [{ path: String(time), message: 'differs' }];
			await leaveOut(context, settingsWith(), invalid({ valid: false, issues, payload: null }));
		}
		await refuseUnauthorized(context, 'headerMissing');

		expect(done.filter((each) => each === 401)).toHaveLength(31);
		expect(done.filter((each) => each === 400)).toHaveLength(30);
		expect(linesOf(done)).toHaveLength(21);
		expect(linesOf(done)[9]).toContain('are counted, not written');
	});

	it.each(IGNORED)('are at most ten a minute for ignored events, too (%s)', async (kind) => {
		const { context, done } = recorder();
		for (let time = 1; time <= 30; time++) {
			await leaveOut(context, settingsWith(), { ...LEFT_OUT[kind], reason: `reason ${time}` });
		}
		expect(linesOf(done)).toHaveLength(10);
		expect(linesOf(done)[9]).toContain('are counted, not written');
	});

	it('of one trigger leave those of another alone', async () => {
		for (const { context, done } of [recorder(), recorder()]) {
			for (let time = 1; time <= 30; time++) await leaveOut(context, settingsWith(), LEFT_OUT.filtered);
			expect(done).toHaveLength(10);
		}
	});

	it('of one kind leave those of another alone', async () => {
		const { context, done } = recorder();
		for (const [kind] of IGNORED) {
			for (let time = 1; time <= 30; time++) await leaveOut(context, settingsWith(), LEFT_OUT[kind]);
		}
		expect(done).toHaveLength(30);
	});
});

describe('warn', () => {
	it('says which trigger of which workflow speaks', async () => {
		const { context, done, speaker } = recorder('webhook', 'Call log');
		warn(context, 'zone', 'did something');
		expect(done).toEqual([`warn ${speaker('Call log')} did something`]);
	});

	it('writes at most ten lines a minute of one kind', async () => {
		const { context, done } = recorder();
		for (let time = 1; time <= 30; time++) warn(context, 'zone', `did something ${time}`);
		warn(context, 'question', 'did something else');
		expect(done).toHaveLength(11);
	});
});
