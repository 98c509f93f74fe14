// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inbound } from './support/events.mjs';
import { instance, rest, storedCredential, wrongToken } from './support/instance.mjs';
import { publishedTrigger } from './support/trigger.mjs';

const { token } = instance;

describe('who is authorized', async () => {
	const trigger = await publishedTrigger();

	for (const value of [token, `Bearer ${token}`, `bearer ${token}`, `BEARER    ${token}`]) {
		it(`the stored value is accepted as "${value.replace(token, '…')}"`, async () => {
			await trigger.outputsFor(inbound, { authorization: value });
		});
	}

	const refused = {
		'its beginning': token.slice(0, -1),
		'the value and more': `${token}x`,
		'another letter case': swappedCase(token),
		'another scheme': `Basic ${token}`,
		'Bearer twice': `Bearer Bearer ${token}`,
		'only Bearer': 'Bearer',
		'a space inside': `${token.slice(0, 5)} ${token.slice(5)}`,
	};
	for (const [name, authorization] of Object.entries(refused)) {
		it(`${name} is refused`, async () => {
			assert.equal((await trigger.answerWithoutExecution(inbound, { authorization })).status, 401);
		});
	}

	it('a stored value may begin with Bearer, and may hold any letters', async () => {
		const stored = `Bearer 電話-${token}`;
		const credential = await storedCredential({ authorizationToken: stored });
		const other = await publishedTrigger({ credential });
		const asSent = (/** @type {string} */ text) => Buffer.from(text, 'utf8').toString('latin1');
		await other.outputsFor(inbound, { authorization: asSent(stored) });
		await other.outputsFor(inbound, { authorization: asSent(stored.replace('Bearer ', '')) });
	});

	for (const blank of [' ', 'Bearer', 'Bearer ']) {
		it(`a stored value of "${blank}" authorizes nobody`, async () => {
			const credential = await storedCredential({ authorizationToken: blank });
			const open = await publishedTrigger({ credential });
			for (const authorization of [undefined, 'Bearer', blank.trim() || undefined, `Bearer ${token}`]) {
				assert.equal((await open.answerWithoutExecution(inbound, { authorization })).status, 401);
			}
		});
	}

	it('while the value is being changed both are accepted, afterwards only the new one', async () => {
		const credential = await storedCredential({ authorizationToken: token });
		const rotated = await publishedTrigger({ credential });
		const store = (/** @type {object} */ data) =>
			rest('PATCH', `/credentials/${credential.id}`, {
				name: credential.name,
				type: 'voiceFoxWebhookApi',
				data,
			});
		const statusFor = async (/** @type {string} */ value) =>
			(await rotated.answerWithoutExecution(inbound, { authorization: `Bearer ${value}` })).status;

		assert.equal(await statusFor(wrongToken), 401);
		await store({ authorizationToken: wrongToken, previousAuthorizationToken: token });
		await rotated.outputsFor(inbound, { authorization: `Bearer ${token}` });
		await rotated.outputsFor(inbound, { authorization: `Bearer ${wrongToken}` });
		await store({ authorizationToken: wrongToken, previousAuthorizationToken: '' });
		assert.equal(await statusFor(token), 401);
		await rotated.outputsFor(inbound, { authorization: `Bearer ${wrongToken}` });
	});
});

/** @param {string} text */
function swappedCase(text) {
	const swapped = [...text].map((letter) =>
		letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
	);
	return swapped.join('');
}
