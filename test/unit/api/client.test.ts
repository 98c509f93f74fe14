import type { IExecuteFunctions } from 'n8n-workflow';

import { getJson, getObject } from '../../../nodes/VoiceFox/api/client';
import type { ProblemError } from '../../../nodes/VoiceFox/api/errors';
import { askOnce } from '../../../nodes/VoiceFox/api/retries';

interface Answer {
	statusCode: number;
	headers?: object;
	/** Sent as JSON; a string as it is */
	body?: unknown;
}

/** A context whose server gives these answers one after the other, and the last one again and again; an Error is none. */
const answering = (...answers: Array<Answer | Error>) => {
	const httpRequestWithAuthentication = jest.fn<Promise<object>, [string, object]>(async () => {
		const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
		if (answer instanceof Error) throw answer;
		const { body = {} } = answer;
		return { headers: {}, ...answer, body: typeof body === 'string' ? body : JSON.stringify(body) };
	});
	const stop = new AbortController();
	const context = {
		getCredentials: async () => ({ region: 'china', apiToken: 'example-api-token-0001' }),
		getExecutionCancelSignal: () => stop.signal,
		helpers: { httpRequestWithAuthentication },
		logger: { debug: () => {} },
	} as unknown as IExecuteFunctions;
	return { context, httpRequestWithAuthentication, stop };
};
const failing = (code: string) => Object.assign(new Error(code), { cause: { code } });
const request = { path: '/openapi/tasks/7', subject: 'task with ID 7' };

it("asks the host of the credential's region, and follows no redirect", async () => {
	const { context, httpRequestWithAuthentication } = answering({ statusCode: 200, body: { id: 7 } });

	expect(await getJson(context, request)).toEqual({ id: 7 });
	expect(httpRequestWithAuthentication).toHaveBeenCalledWith(
		'voiceFoxApi',
		expect.objectContaining({
			method: 'GET',
			url: 'https://openapi.voicefox.cn/openapi/tasks/7',
			timeout: 60_000,
			arrayFormat: 'repeat',
			json: true,
			encoding: 'text',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
		}),
	);
});

it.each([200, 299])('takes the status %i', async (statusCode) => {
	expect(await getJson(answering({ statusCode, body: [1] }).context, request)).toEqual([1]);
});

it.each([199, 300])('does not take the status %i', async (statusCode) => {
	await expect(getJson(answering({ statusCode, body: {} }).context, request)).rejects.toThrow(/^VoiceFox /);
});

it('does not take a text', async () => {
	const reading = getJson(answering({ statusCode: 200, body: '<html>' }).context, request);
	await expect(reading).rejects.toMatchObject({
		problem: {
			message: "The answer is not VoiceFox's. Check 'Region' and 'Base URL' in the credential",
			description: 'JSON was expected',
		},
	});
});

it.each([[''], ['null'], ['[]']])('reads %j where one object should be like a 404', async (body) => {
	const reading = getObject(answering({ statusCode: 200, body }).context, request);
	await expect(reading).rejects.toThrow(/^VoiceFox has no task with ID 7\. Check the ID/);
	expect(await getObject(answering({ statusCode: 200, body: { id: 7 } }).context, request)).toEqual({
		id: 7,
	});
});

it('needs an address', async () => {
	const { context, httpRequestWithAuthentication } = answering({ statusCode: 200, body: {} });
	context.getCredentials = async () => ({ region: 'custom', baseUrl: 'nowhere' }) as never;
	await expect(getJson(context, request)).rejects.toThrow(
		"The credential's 'Base URL' is not a valid URL. Enter one that starts with https://",
	);
	expect(httpRequestWithAuthentication).not.toHaveBeenCalled();
});

it.each(['', '  ', 'null'])('an empty answer %j is null', async (body) => {
	expect(await getJson(answering({ statusCode: 200, body }).context, request)).toBeNull();
});

it('keeps every digit of a long integer, as text', async () => {
	const body = '{"taskId":7615917337495251231,"id":9007199254740991,"list":[-9007199254740993]}';
	expect(await getJson(answering({ statusCode: 200, body }).context, request)).toEqual({
		taskId: '7615917337495251231',
		id: 9007199254740991,
		list: ['-9007199254740993'],
	});
});

it("masks a base URL's password where it stands, and no word that is the same by chance", async () => {
	const body = {
		question: 'Shall we call you?',
		link: 'https://u:call@host/a',
		token: 'example-api-token-0001',
	};
	const { context } = answering({ statusCode: 200, body });
	context.getCredentials = async () =>
		({ region: 'custom', baseUrl: 'https://u:call@host', apiToken: 'example-api-token-0001' }) as never;
	expect(await getJson(context, request)).toEqual({
		question: 'Shall we call you?',
		link: 'https://u***host/a',
		token: '***',
	});
});

it("shows the server's own words with a refusal, when they are JSON", async () => {
	const descriptionOf = async (body: unknown) =>
		await getJson(answering({ statusCode: 400, body }).context, request).catch(
			({ problem }: ProblemError) => problem.description,
		);
	expect(await descriptionOf({ message: 'no such field' })).toBe('VoiceFox says: no such field');
	expect(await descriptionOf('<html>')).toBe('Status 400');
});

describe('when it gets no answer, or none that can be used', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	/** The requests, in seconds after the first one, while nothing else than time passes. */
	async function timesOf({ httpRequestWithAuthentication, context }: ReturnType<typeof answering>) {
		const [start, times] = [Date.now(), [] as number[]];
		const send = httpRequestWithAuthentication.getMockImplementation()!;
		httpRequestWithAuthentication.mockImplementation(async (...sent) => {
			times.push((Date.now() - start) / 1000);
			return await send(...sent);
		});
		const reading = getJson(context, request).catch(({ message }: Error) => message);
		await jest.advanceTimersByTimeAsync(120_000);
		return { times, result: await reading };
	}

	it('asks again after 1, 2 and 4 s', async () => {
		expect(
			await timesOf(
				answering(failing('ECONNREFUSED'), { statusCode: 503 }, failing('ECONNRESET'), {
					statusCode: 200,
					body: { id: 7 },
				}),
			),
		).toEqual({ times: [0, 1, 3, 7], result: { id: 7 } });
	});

	it('says what is wrong after the last time', async () => {
		expect(await timesOf(answering({ statusCode: 502 }))).toEqual({
			times: [0, 1, 3, 7],
			result: 'VoiceFox could not answer just now. Try again later',
		});
		expect(await timesOf(answering(failing('ECONNABORTED')))).toEqual({
			times: [0, 1],
			result: expect.stringMatching(/^VoiceFox could not be reached\. Check/),
		});
		expect(await timesOf(answering({ statusCode: 429, headers: { 'retry-after': '25' } }))).toEqual({
			times: [0, 25, 50],
			result: expect.stringMatching(/^VoiceFox limits requests just now/),
		});
	});

	it('asks once when its caller wants that', async () => {
		const { context, httpRequestWithAuthentication } = answering({ statusCode: 503 });
		await expect(getJson(context, { ...request, retries: askOnce })).rejects.toThrow(
			/^VoiceFox could not answer/,
		);
		expect(httpRequestWithAuthentication).toHaveBeenCalledTimes(1);
	});

	it.each([0, 500, 2_500])(
		'ends at once when the user stops the workflow after %i ms',
		async (milliseconds) => {
			const { context, httpRequestWithAuthentication, stop } = answering({ statusCode: 503 });
			const reading = expect(getJson(context, request)).rejects.toThrow('The workflow was stopped');
			await jest.advanceTimersByTimeAsync(milliseconds);
			const { length } = httpRequestWithAuthentication.mock.calls;
			stop.abort();
			await reading;
			expect(httpRequestWithAuthentication).toHaveBeenCalledTimes(length);
		},
	);
});
