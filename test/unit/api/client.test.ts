import type { IExecuteFunctions } from 'n8n-workflow';

import { getJson } from '../../../nodes/VoiceFox/api/client';

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
			disableFollowRedirect: true,
		}),
	);
});

it.each([[''], [null], [undefined]])('an empty answer %j is null', async (body) => {
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
