// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { send } from '../../scripts/lib/webhook.mjs';
import {
	authorized,
	instance,
	linesLoggedDuring,
	rest,
	storedCredential,
	wrongToken,
} from './support/instance.mjs';
import { changed, inbound, missedCall, outbound } from './support/events.mjs';
import { publishedTrigger } from './support/trigger.mjs';

const JSON_TYPE = /^application\/json\b/;

/** @param {import('../../scripts/lib/webhook.mjs').Answer} answer */
const statusAndBody = ({ status, json }) => ({ status, json });

describe('the answers to VoiceFox', async () => {
	const trigger = await publishedTrigger();

	it('an accepted event gets 200 {} as JSON, with its execution stored', async () => {
		await trigger.outputsFor(inbound);
		const answer = await send(trigger.url, outbound, authorized);
		trigger.accepted += 1;
		assert.deepEqual(statusAndBody(answer), { status: 200, json: {} });
		assert.match(answer.headers.get('content-type') ?? '', JSON_TYPE);
	});

	it('an event that is not selected gets 200 {} as JSON and one line in the log', async () => {
		const lines = await linesLoggedDuring(async () => {
			const answer = await trigger.answerWithoutExecution(missedCall, authorized);
			assert.deepEqual(statusAndBody(answer), { status: 200, json: {} });
			assert.match(answer.headers.get('content-type') ?? '', JSON_TYPE);
		});
		assert.equal(lines.length, 1, lines.join('\n'));
		assert.match(
			lines[0] ?? '',
			/ignored an event: The event "Call Ended \(Inbound\)" is not selected in 'Trigger On'/,
		);
	});

	it('no Authorization gets 401 with a challenge, and the log says that it was absent', async () => {
		const lines = await linesLoggedDuring(async () => {
			const answer = await trigger.answerWithoutExecution(inbound, {});
			assert.deepEqual(statusAndBody(answer), { status: 401, json: { error: 'Unauthorized' } });
			assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
			assert.match(answer.headers.get('content-type') ?? '', JSON_TYPE);
		});
		assert.equal(lines.length, 1, lines.join('\n'));
		assert.match(lines[0] ?? '', /401/);
	});

	it('a wrong Authorization gets the same 401, and another line in the log', async () => {
		const wrong = { authorization: `Bearer ${wrongToken}` };
		const linesOfWrong = await linesLoggedDuring(async () => {
			const answer = await trigger.answerWithoutExecution(inbound, wrong);
			assert.deepEqual(statusAndBody(answer), { status: 401, json: { error: 'Unauthorized' } });
			assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
		});
		const linesOfAbsent = await linesLoggedDuring(() => trigger.answerWithoutExecution(inbound, {}));
		assert.equal(linesOfWrong.length, 1);
		assert.notEqual(reasonIn(linesOfWrong[0]), reasonIn(linesOfAbsent[0]));
	});

	it('an event that is not valid gets 400 with its issues and none of its values, and one line in the log', async () => {
		const { session_id, ...rest } = inbound.event_data;
		const lines = await linesLoggedDuring(async () => {
			const answer = await trigger.answerWithoutExecution({ ...inbound, event_data: rest }, authorized);
			assert.equal(answer.status, 400);
			assert.deepEqual(Object.keys(answer.json), ['error', 'issues']);
			assert.equal(answer.json.error, 'Invalid payload');
			assert.deepEqual(
				answer.json.issues.map((/** @type {{ path: string }} */ { path }) => path),
				['event_data.session_id'],
			);
			assert.equal(typeof answer.json.issues[0].message, 'string');
			assert.match(answer.headers.get('content-type') ?? '', JSON_TYPE);
			assert.ok(!answer.text.includes(inbound.event_data.caller));
		});
		assert.equal(lines.length, 1, lines.join('\n'));
		assert.match(lines[0] ?? '', /400/);
	});

	it('a value that is wrong is not echoed in the issues', async () => {
		const targets = [{ ...inbound.event_data.collect_targets[0], hit: 'perhaps-secret' }];
		const answer = await trigger.answerWithoutExecution(
			changed(inbound, { collect_targets: targets }),
			authorized,
		);
		assert.equal(answer.status, 400);
		assert.equal(answer.json.issues[0].path, 'event_data.collect_targets.0.hit');
		assert.ok(!answer.text.includes('perhaps-secret'));
	});

	it('an event with many faults gets at most 20 issues', async () => {
		const targets = Array.from({ length: 50 }, () => ({ hit: 'maybe' }));
		const answer = await trigger.answerWithoutExecution(
			changed(inbound, { collect_targets: targets }),
			authorized,
		);
		assert.equal(answer.status, 400);
		assert.equal(answer.json.issues.length, 20);
	});

	it('an event name is demanded of every event', async () => {
		for (const event of [{}, { event_name: '' }, { event_name: 7 }, [], 'text', null]) {
			const answer = await trigger.answerWithoutExecution(JSON.stringify(event), authorized);
			assert.equal(answer.status, 400, JSON.stringify(event));
		}
	});

	it('authorization comes first: a stranger learns nothing about the rules', async () => {
		for (const body of [
			{},
			{ event_name: 'unknown.event' },
			missedCall,
			changed(inbound, { session_id: null }),
		]) {
			const answer = await trigger.answerWithoutExecution(body, {});
			assert.deepEqual(statusAndBody(answer), { status: 401, json: { error: 'Unauthorized' } });
		}
		const unreadable = await trigger.answerWithoutExecution('no JSON', { 'content-type': 'text/plain' });
		assert.deepEqual(statusAndBody(unreadable), { status: 401, json: { error: 'Unauthorized' } });
	});

	it('selection comes before validation: an event that is not selected may be anything', async () => {
		await trigger.ignores({ event_name: 'callin.hangup', event_data: 'nonsense' });
	});

	it('n8n itself answers 404 to another method and to another path', async () => {
		const get = await fetch(trigger.url, { headers: authorized });
		assert.equal(get.status, 404);
		const elsewhere = await send(`${trigger.url}/more`, inbound, authorized);
		assert.equal(elsewhere.status, 404);
		await trigger.hasOnlyItsAcceptedExecutions();
	});

	it('n8n itself answers 422 to broken JSON sent as application/json', async () => {
		const answer = await trigger.answerWithoutExecution('{"event_name":', authorized);
		assert.equal(answer.status, 422);
	});

	it('n8n itself answers 500 to a body above its limit and to broken compression', async () => {
		const huge = changed(inbound, { extra: { filler: 'x'.repeat(17 * 1024 * 1024) } });
		assert.equal((await trigger.answerWithoutExecution(huge, authorized)).status, 500);
		const broken = await trigger.answerWithoutExecution(inbound, {
			...authorized,
			'content-encoding': 'gzip',
		});
		assert.equal(broken.status, 500);
	});

	it('a setting that cannot be read gets 503 with Retry-After, and one line in the log with its label', async () => {
		const unreadable = { filters: { minimumTalkTime: `={{ $('No Such Node').item.json.seconds }}` } };
		const broken = await publishedTrigger({ parameters: unreadable });
		const lines = await linesLoggedDuring(async () => {
			const answer = await broken.answerWithoutExecution(inbound, authorized);
			assert.deepEqual(statusAndBody(answer), { status: 503, json: { error: 'Unavailable' } });
			assert.equal(answer.headers.get('retry-after'), '60');
		});
		assert.equal(lines.length, 1, lines.join('\n'));
		assert.match(lines[0] ?? '', /503: The setting 'Minimum Talk Time' cannot be read/);
		assert.equal((await broken.answerWithoutExecution(inbound, {})).status, 401, 'still first of all');
	});

	it('a filter whose expression comes to nothing is not silently off', async () => {
		const empty = await publishedTrigger({ parameters: { filters: { direction: '={{ $json.nothing }}' } } });
		const lines = await linesLoggedDuring(async () => {
			assert.equal((await empty.answerWithoutExecution(inbound, authorized)).status, 503);
		});
		assert.match(lines[0] ?? '', /503: The setting 'Direction' cannot be read/);
	});

	it('a deleted credential gets 503 with Retry-After, whoever asks', async () => {
		const credential = await storedCredential({ authorizationToken: instance.token });
		const orphan = await publishedTrigger({ credential });
		await orphan.outputsFor(inbound);
		await rest('DELETE', `/credentials/${credential.id}`);
		for (const headers of [authorized, {}]) {
			const answer = await orphan.answerWithoutExecution(inbound, headers);
			assert.deepEqual(statusAndBody(answer), { status: 503, json: { error: 'Unavailable' } });
			assert.equal(answer.headers.get('retry-after'), '60');
		}
	});
});

/** @param {string | undefined} line */
const reasonIn = (line) => line?.split('401')[1];
