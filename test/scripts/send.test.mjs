// @ts-check
// `npm run send`: what it sends, and what it says. The browser test sends with it to a real n8n.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../scripts/lib/commands.mjs';
import { KINDS, sampleCalls } from '../../scripts/lib/sample-calls.mjs';
import { received } from '../documents/trigger.mjs';
import { ALL_EVENTS } from '../support/workflows.mjs';

const SCRIPT = fileURLToPath(new URL('../../scripts/send.mjs', import.meta.url));

/**
 * What a trigger for every event answers: `{}` when it starts the workflow.
 * @param {object} event
 * @param {object} parameters
 */
const answered = async (event, parameters) =>
	(await received(event, { triggerOn: ALL_EVENTS, ...parameters })).answer;

describe('the made-up events', () => {
	test('are the same for the same seed, and others for another', () => {
		const events = (/** @type {number} */ seed) => sampleCalls({ kind: 'mixed', count: 8, seed });
		assert.deepEqual(events(7), events(7));
		assert.notDeepEqual(events(7), events(8));
		assert.equal(new Set(events(7).map(({ event }) => event.event_data.session_id)).size, 8);
	});

	for (const kind of KINDS.filter((its) => its !== 'mixed')) {
		test(`${kind}: match VoiceFox's document to the letter`, async () => {
			for (const { event } of sampleCalls({ kind, count: 20, seed: 1 }))
				assert.deepEqual(await answered(event, { options: { validation: 'strict' } }), {});
		});
	}

	test('missed: are calls without an answer', async () => {
		for (const { event } of sampleCalls({ kind: 'missed', count: 20, seed: 1 })) {
			assert.deepEqual(await answered(event, {}), {});
			assert.deepEqual([event.event_data.billsec, event.event_data.answer_at], [0, '']);
		}
	});

	test('are in the language and of the length that was asked for', () => {
		const [{ event } = assert.fail()] = sampleCalls({
			kind: 'inbound',
			count: 1,
			seed: 1,
			language: 'ja',
			answers: 9,
		});
		const [first, ...more] = event.event_data.collect_targets;
		assert.deepEqual([first.question, more.length], ['ご予約の人数は何名様ですか?', 8]);
	});

	test('survey: has 20 answers in Japanese, Chinese and English', () => {
		const [{ event } = assert.fail()] = sampleCalls({ kind: 'survey', count: 1, seed: 1 });
		const questions = event.event_data.collect_targets.map((/** @type {any} */ { question }) => question);
		assert.equal(new Set(questions).size, 20);
		for (const [script, least] of /** @type {const} */ ([
			[/\p{Script=Hiragana}/u, 7],
			[/^[\p{Script=Han}\p{P}]+$/u, 7],
			[/^[\w\s?]+$/, 6],
		]))
			assert.equal(questions.filter((/** @type {string} */ question) => script.test(question)).length, least);
	});
});

describe('the command', () => {
	/** The headers "Authorization". @type {(string | undefined)[]} */
	let arrived = [];
	const server = createServer((request, response) => {
		arrived.push(request.headers.authorization);
		request.resume().once('end', () => {
			response.statusCode = request.headers.authorization === 'Bearer right' ? 200 : 401;
			response.end('{}');
		});
	});
	/** @type {string} */
	let url;

	before(async () => {
		await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
		url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}/`;
	});
	after(() => server.close());

	const run = async (/** @type {string[]} */ ...args) => {
		arrived = [];
		return await runCommand(process.execPath, [SCRIPT, ...args]);
	};

	test('sends as many as told, one after the other, and prints each answer', async () => {
		const { exitCode, output } = await run('--url', url, '--token', 'right', '--count', '5');
		assert.equal(exitCode, 0, output);
		assert.equal(output.match(/ 200 {2}\d+ ms {2}\{\}/g)?.length, 5, output);
		assert.match(output, /5 of 5 answered with 200/);
	});

	test('says what a 401 means, and fails', async () => {
		const { exitCode, output } = await run('--url', url, '--token', 'wrong', '--kind', 'inbound');
		assert.equal(exitCode, 1);
		assert.match(output, /0 of 1 answered with 200\. 401: --token is not the value of the credential/);
	});

	test('says in a sentence that nobody is there', async () => {
		const { exitCode, output } = await run('--url', 'http://127.0.0.1:1/', '--token', 'right');
		assert.equal(exitCode, 1);
		assert.match(output, /^Nobody answers at http:\/\/127\.0\.0\.1:1\/.*Is n8n running/m);
	});

	test('shows how to use it when asked', async () => {
		const { exitCode, output } = await run('--help');
		assert.equal(exitCode, 0);
		assert.match(output, /^Usage: npm run send/);
	});

	for (const [what, ...args] of [
		['no address', '--token', 'right'],
		['an unknown language', '--url', 'http://127.0.0.1/', '--token', 'right', '--language', 'la'],
		['no token', '--url', 'http://127.0.0.1/'],
		['an unknown kind', '--url', 'http://127.0.0.1/', '--token', 'right', '--kind', 'fax'],
		['a count that is none', '--url', 'http://127.0.0.1/', '--token', 'right', '--count', '0'],
		['an unknown option', '--url', 'http://127.0.0.1/', '--token', 'right', '--speed', '9'],
	]) {
		test(`shows how to use it for ${what}`, async () => {
			const { exitCode, output } = await run(...args);
			assert.equal(exitCode, 2);
			assert.match(output, /^Usage: npm run send/m);
			assert.deepEqual(arrived, []);
		});
	}
});
