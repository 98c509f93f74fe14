// @ts-check
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { analysisItems, answerItems, callItem, inbound } from './support/events.mjs';
import { authorized, isN8n1 } from './support/instance.mjs';
import { publishedTrigger } from './support/trigger.mjs';

const JSON_TEXT = JSON.stringify(inbound);
const OUTPUTS = [[callItem(inbound)], answerItems(inbound), analysisItems(inbound)];
const READ_AS_JSON = [
	'application/json',
	'application/json; charset=utf-8',
	'Application/JSON',
	'text/plain',
	'text/plain; charset=utf-8',
	'application/x-www-form-urlencoded',
	'application/octet-stream',
	'application/cloudevents+json',
	undefined,
];

for (const typeVersion of [2, 1]) {
	describe(`content types, typeVersion ${typeVersion}`, async () => {
		const trigger = await publishedTrigger({ typeVersion });

		for (const type of READ_AS_JSON) {
			it(`an event sent as ${type ?? 'no content type at all'} is read`, async () => {
				assert.deepEqual(await trigger.outputsFor(JSON_TEXT, { 'content-type': type }), OUTPUTS);
			});
		}

		for (const type of ['application/json', 'application/octet-stream']) {
			it(`a compressed event sent as ${type} is read`, async () => {
				const headers = { 'content-type': type, 'content-encoding': 'gzip' };
				assert.deepEqual(await trigger.outputsFor(gzipSync(JSON_TEXT), headers), OUTPUTS);
			});
		}

		it('a byte order mark before the JSON does no harm', async () => {
			if (isN8n1) {
				// Its own parser refuses it.
				const answer = await trigger.answerWithoutExecution(`\uFEFF${JSON_TEXT}`, authorized);
				assert.equal(answer.status, 422);
			} else {
				assert.deepEqual(await trigger.outputsFor(`\uFEFF${JSON_TEXT}`), OUTPUTS);
			}
			assert.deepEqual(
				await trigger.outputsFor(`\uFEFF${JSON_TEXT}`, { 'content-type': 'text/plain' }),
				OUTPUTS,
			);
		});

		for (const type of [
			'text/plain',
			'application/octet-stream',
			'application/x-www-form-urlencoded',
			undefined,
		]) {
			it(`unreadable JSON sent as ${type ?? 'no content type at all'} gets 400 with an empty path`, async () => {
				const headers = { ...authorized, 'content-type': type };
				const { status, json } = await trigger.answerWithoutExecution('{"event_name":', headers);
				assert.equal(status, 400);
				assert.equal(json.error, 'Invalid payload');
				assert.deepEqual(
					json.issues.map((/** @type {{ path: string }} */ { path }) => path),
					[''],
				);
			});
		}

		it('an empty body gets 400', async () => {
			assert.equal((await trigger.answerWithoutExecution('', authorized)).status, 400);
		});

		it('a form with files gets 400', async () => {
			const form =
				'--b\r\nContent-Disposition: form-data; name="event_name"\r\n\r\ncallin.collect\r\n--b--\r\n';
			const headers = { ...authorized, 'content-type': 'multipart/form-data; boundary=b' };
			assert.equal((await trigger.answerWithoutExecution(form, headers)).status, 400);
		});

		it('XML gets 400, broken XML 422 from n8n', async () => {
			const headers = { ...authorized, 'content-type': 'application/xml' };
			const xml = '<event><event_name>callin.collect</event_name></event>';
			assert.equal((await trigger.answerWithoutExecution(xml, headers)).status, 400);
			assert.equal((await trigger.answerWithoutExecution('<event>', headers)).status, 422);
		});
	});
}
