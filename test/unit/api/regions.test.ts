import { VoiceFoxApi } from '../../../credentials/VoiceFoxApi.credentials';
import { baseUrlOf, REGION_URLS, secretsOf } from '../../../nodes/VoiceFox/api/regions';

describe('the base URL of a credential', () => {
	it('is the host of its region', () => {
		expect(baseUrlOf({ region: 'global' })).toBe('https://openapi.voicefox.ai');
		expect(baseUrlOf({ region: 'china', baseUrl: 'https://ignored.example.com' })).toBe(
			'https://openapi.voicefox.cn',
		);
	});

	it('is the user’s own address without white space and slashes at its end', () => {
		expect(baseUrlOf({ region: 'custom', baseUrl: ' https://proxy.example.com/voicefox// ' })).toBe(
			'https://proxy.example.com/voicefox',
		);
	});

	it('may be any of http', () => {
		expect(baseUrlOf({ region: 'custom', baseUrl: 'HTTP://proxy.example.com' })).toBe(
			'HTTP://proxy.example.com',
		);
	});

	it.each([
		...['', 'voicefox.example.com', 'ftp://example.com', 'https://', 'https:///x', 'http://a b'],
		...['see https://example.com', 7],
	])('is nothing for %j', (baseUrl) => expect(baseUrlOf({ region: 'custom', baseUrl })).toBeUndefined());

	it('is nothing without an own address', () => {
		expect(baseUrlOf({ region: 'custom' })).toBeUndefined();
	});

	it('is nothing for a region that only objects have', () => {
		expect(baseUrlOf({ region: 'constructor' })).toBeUndefined();
	});
});

describe('the secrets of a credential', () => {
	it.each([
		[{ apiToken: ' Bearer  example-token ' }, ['example-token']],
		[{ apiToken: 'example-Bearer token' }, ['example-Bearer token']],
		[
			{ apiToken: 'example-token', baseUrl: ' https://user:example-word@proxy.example.com ' },
			['example-token', 'example-word'],
		],
		[{ apiToken: '', baseUrl: 'https://proxy.example.com' }, []],
		[{ baseUrl: 'none' }, []],
	])('%j are %j', (credential, secrets) => {
		expect(secretsOf(credential)).toEqual(secrets);
	});
});

describe('the credential', () => {
	const { properties, test } = new VoiceFoxApi();

	it('offers each region that has a host, and an own address', () => {
		const region = properties.find(({ name }) => name === 'region');
		const values = region?.options?.map((option) => 'value' in option && option.value);
		expect(values).toEqual([...Object.keys(REGION_URLS), 'custom']);
	});

	it('is tested with one call log, without following redirects', () => {
		expect([test.request.url, test.request.qs, test.request.disableFollowRedirect]).toEqual([
			'/openapi/calllog',
			{ pageSize: 1 },
			true,
		]);
	});

	it('fails, also with status 200, for an answer without the page size that VoiceFox always sends', () => {
		expect(test.rules).toContainEqual({
			type: 'responseSuccessBody',
			properties: {
				key: 'pageSize',
				value: undefined,
				message: 'VoiceFox is not at this address. Check the region and the base URL',
			},
		});
	});

	it('masks the token', () => {
		expect(properties.find(({ name }) => name === 'apiToken')?.typeOptions).toEqual({ password: true });
	});
});
