import type { IExecuteFunctions } from 'n8n-workflow';

import { getJson, getObject } from '../../../nodes/VoiceFox/api/client';

const answering = (...answers: Array<{ statusCode: number; headers?: object; body?: unknown }>) => {
	const httpRequestWithAuthentication = jest.fn<Promise<object>, [string, object]>(async () => ({
		headers: {},
		...(answers.length > 1 ? answers.shift()! : answers[0]!),
	}));
	const context = {
		getCredentials: async () => ({ region: 'china' }),
		helpers: { httpRequestWithAuthentication },
		logger: { debug: () => {} },
	} as unknown as IExecuteFunctions;
	return { context, httpRequestWithAuthentication };
};
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

it.each([[''], [null], [[]]])('reads %j where one object should be like a 404', async (body) => {
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

it.each([[''], ['  '], [null], [undefined]])('an empty answer %j is null', async (body) => {
	expect(await getJson(answering({ statusCode: 200, body }).context, request)).toBeNull();
});

describe('while VoiceFox limits requests', () => {
	beforeEach(() => void jest.useFakeTimers());
	afterEach(() => void jest.useRealTimers());

	const limited = (seconds: string) => ({ statusCode: 429, headers: { 'retry-after': seconds } });

	it('asks again after the wait', async () => {
		const { context, httpRequestWithAuthentication } = answering(limited('20'), {
			statusCode: 200,
			body: { id: 7 },
		});
		const reading = getJson(context, request);
		await jest.advanceTimersByTimeAsync(19_999);
		expect(httpRequestWithAuthentication).toHaveBeenCalledTimes(1);
		await jest.advanceTimersByTimeAsync(1);
		expect(await reading).toEqual({ id: 7 });
	});

	it('waits no longer than a minute in all', async () => {
		const { context, httpRequestWithAuthentication } = answering(limited('25'));
		const refused = expect(getJson(context, request)).rejects.toThrow(/still limiting requests/);
		await jest.advanceTimersByTimeAsync(50_000);
		await refused;
		expect(httpRequestWithAuthentication).toHaveBeenCalledTimes(3);
	});
});
