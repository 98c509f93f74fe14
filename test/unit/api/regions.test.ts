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

	it.each([
		['https://proxy.example.com/openapi', 'https://proxy.example.com'],
		['https://proxy.example.com//openapi//', 'https://proxy.example.com'],
		['https://proxy.example.com/voicefox/openapi/', 'https://proxy.example.com/voicefox'],
		['https://proxy.example.com/openapi/calls', 'https://proxy.example.com/openapi/calls'],
		['https://proxy.example.com/my-openapi', 'https://proxy.example.com/my-openapi'],
		['https://openapi', 'https://openapi'],
		['https://openapi.voicefox.ai/', 'https://openapi.voicefox.ai'],
	])('of %s is %s: every path begins with /openapi', (baseUrl, expected) => {
		expect(baseUrlOf({ region: 'custom', baseUrl })).toBe(expected);
	});

	it('may be any of http', () => {
		expect(baseUrlOf({ region: 'custom', baseUrl: 'HTTP://proxy.example.com' })).toBe(
			'HTTP://proxy.example.com',
		);
	});

	it.each([
		...['', 'voicefox.example.com', 'ftp://example.com', 'https://', 'https:///x', 'http://a b'],
		...['see https://example.com', 'https://example.com?a=b', 'https://example.com/#a', 7],
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
		[{ apiToken: 'call', baseUrl: 'https://u:call@host' }, [':call@']],
		[{ apiToken: '8 chars!', baseUrl: 'https://u:7chars!@host' }, ['8 chars!', ':7chars!@']],
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

	it.each(['total', 'pageIndex', 'pageSize'])(
		'fails, also with status 200, for an answer without the %s that VoiceFox always sends',
		(key) => {
			expect(test.rules).toContainEqual({
				type: 'responseSuccessBody',
				properties: {
					key,
					value: undefined,
					message: 'VoiceFox is not at this address. Check the region and the base URL',
				},
			});
		},
	);

	it('masks the token', () => {
		expect(properties.find(({ name }) => name === 'apiToken')?.typeOptions).toEqual({ password: true });
	});
});
