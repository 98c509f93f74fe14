import { accountOf } from '../../../nodes/VoiceFox/callLog/account';

describe('The digest of an account', () => {
	const credential = { apiToken: 'example-token-one', region: 'global', baseUrl: '' };

	it('is another one for another token, region or address', () => {
		const digests = [
			credential,
			{ ...credential, apiToken: 'example-token-two' },
			{ ...credential, region: 'china' },
			{ ...credential, region: 'custom', baseUrl: 'https://example.com' },
		].map(accountOf);
		expect(new Set(digests).size).toBe(4);
	});

	it('is another one for another token that is too short to be masked', () => {
		expect(accountOf({ ...credential, apiToken: 'one' })).not.toBe(
			accountOf({ ...credential, apiToken: 'two' }),
		);
	});

	it('is the same for another way to write it, and does not show the token', () => {
		const digest = accountOf(credential);
		expect(accountOf({ ...credential, apiToken: ' Bearer example-token-one ', baseUrl: 'x' })).toBe(digest);
		expect(digest).toMatch(/^[\w-]{12}$/);
	});
});
