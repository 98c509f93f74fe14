// @ts-check
// n8n's REST interface, as scripts and tests ask it.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { restOf } from '../../scripts/lib/rest.mjs';

/** What is answered next, and how often anything was asked. @type {{ status: number, text: string }[]} */
const answers = [];
let asked = 0;
const server = createServer((_, response) => {
	asked++;
	const { status, text } = answers.shift() ?? assert.fail('nobody asks so often');
	response.writeHead(status).end(text);
});

before(() => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined))));
after(() => server.close());

/** @param {{ status: number, text: string }[]} next */
const answeredWith = async (...next) => {
	asked = 0;
	answers.push(...next);
	const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
	return await restOf(`http://127.0.0.1:${port}`, '')('POST', '/x', {});
};

test('an n8n that misses its database is asked again, and only such a one', async () => {
	const missing = { status: 503, text: '{"code":503,"message":"Database is not ready!"}' };
	assert.equal(await answeredWith(missing, { status: 200, text: '{"data":5}' }), 5);
	assert.equal(asked, 2);
	for (const refusal of [
		{ status: 503, text: 'stopping' },
		{ status: 400, text: 'Database is not ready' },
	]) {
		await assert.rejects(answeredWith(refusal), { message: `POST /x: ${refusal.status} ${refusal.text}` });
		assert.equal(asked, 1);
	}
});
