import { VoiceFoxWebhookApi } from '../../credentials/VoiceFoxWebhookApi.credentials';

const credential = new VoiceFoxWebhookApi();

describe('the credential voiceFoxWebhookApi', () => {
	it('has the names that saved credentials use', () => {
		expect(credential).toMatchObject({
			name: 'voiceFoxWebhookApi',
			displayName: 'VoiceFox Webhook API',
			documentationUrl: 'https://github.com/n8n-nodes-voicefox/n8n-nodes-voicefox#readme',
		});
	});

	it('may be decrypted for its own node only', () => {
		expect(credential.restrictToSupportedNodes).toBe(true);
		expect(credential).not.toHaveProperty('authenticate');
	});

	it('has a light and a dark icon', () => {
		expect(credential.icon).toEqual({
			light: 'file:../icons/voicefox.svg',
			dark: 'file:../icons/voicefox.dark.svg',
		});
	});

	it('has two masked texts, of which the first is required', () => {
		const masked = { type: 'string', typeOptions: { password: true }, default: '' };
		expect(credential.properties).toMatchObject([
			{ displayName: 'Authorization Token', name: 'authorizationToken', required: true, ...masked },
			{ displayName: 'Previous Authorization Token', name: 'previousAuthorizationToken', ...masked },
		]);
		expect(credential.properties.map(({ required }) => required)).toEqual([true, undefined]);
	});

	it('explains each of them', () => {
		for (const { description, hint, placeholder } of credential.properties) {
			const texts = [description, hint, placeholder].filter((text) => text !== undefined);
			expect(texts).not.toHaveLength(0);
			for (const text of texts) expect(text).toMatch(/\w+ \w+/);
		}
	});
});
