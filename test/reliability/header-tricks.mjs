// @ts-check
// What a raw socket can send that no HTTP client would, and 10,000 forged Authorization values.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ACCEPTED, counted, executionsAddedBy, newCall } from './support/events.mjs';
import { forgedTokens } from './support/forged-tokens.mjs';
import { freshN8n, triggerOn } from './support/instance.mjs';
import { answersToBytes, answerTo } from './support/raw-request.mjs';
import { amount, grouped, isShort, promise } from './support/report.mjs';

const SEED = 20_260_803;
const LINES_IN_A_MINUTE = 10;

const n8n = await freshN8n();
const trigger = await triggerOn(n8n, { options: { ignoreDuplicates: false } });
const { pathname, host } = new URL(trigger.url);
const right = `Authorization: Bearer ${n8n.token}`;
const wrong = 'Authorization: Bearer not-the-token';
const json = 'Content-Type: application/json';

/** @param {string[]} headers @param {string} body @param {string} [firstLine] */
const bytesOf = (headers, body, firstLine = `POST ${pathname} HTTP/1.1`) =>
	[firstLine, `Host: ${host}`, ...headers, '', body].join('\r\n');
const event = () => JSON.stringify(newCall());
const length = (/** @type {string} */ body) => `Content-Length: ${Buffer.byteLength(body)}`;
const chunked = (/** @type {string} */ body) =>
	`${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;

/** @param {string[]} headers */
const withEvent = (...headers) => {
	const body = event();
	return bytesOf([...headers, json, length(body)], body);
};
const body = event();

/** name, bytes, which statuses may come back, how many executions start */
const tricks = /** @type {[string, string, number[][], number][]} */ ([
	['the right header', withEvent(right), [[200]], 1],
	['a name in other letters', withEvent(right.replace('Authorization', 'aUTHORIZATION')), [[200]], 1],
	['tabs and spaces around the value', withEvent(`Authorization: \t Bearer \t ${n8n.token} \t`), [[200]], 1],
	['two headers, the wrong one first', withEvent(wrong, right), [[401]], 0],
	['two headers, the right one first', withEvent(right, wrong), [[200]], 1],
	['two values in one header', withEvent(`${wrong}, Bearer ${n8n.token}`), [[401]], 0],
	['a space before the colon', withEvent(right.replace(':', ' :')), [[400]], 0],
	[
		'a header that goes on in a second line',
		withEvent('Authorization: Bearer', ` ${n8n.token}`),
		[[400], [401]],
		0,
	],
	['a NUL behind the token', withEvent(`${right}\0`), [[400]], 0],
	['Proxy-Authorization instead', withEvent(right.replace('A', 'Proxy-A')), [[401]], 0],
	['the token as a cookie', withEvent(`Cookie: Authorization=${n8n.token}`), [[401]], 0],
	[
		'the token in the query',
		bytesOf([json, length(body)], body, `POST ${pathname}?Authorization=${n8n.token} HTTP/1.1`),
		[[401]],
		0,
	],
	['a header of 20 kB', withEvent(`Authorization: Bearer ${'x'.repeat(20_000)}`), [[431]], 0],
	[
		'2,000 headers',
		withEvent(...Array.from({ length: 2000 }, (_, place) => `X-${place}: 1`)),
		[[431], [401]],
		0,
	],
	[
		'GET that says it is POST',
		bytesOf([right, 'X-HTTP-Method-Override: POST', json, length(body)], body, `GET ${pathname} HTTP/1.1`),
		[[404]],
		0,
	],
	[
		'a whole address as path',
		bytesOf([right, json, length(body)], body, `POST ${trigger.url} HTTP/1.1`),
		[[200], [404]],
		-1,
	],
	['two lengths', bytesOf([right, json, length(body), 'Content-Length: 5'], body), [[400]], 0],
	[
		'length and chunks at once',
		bytesOf([right, json, length(body), 'Transfer-Encoding: chunked'], chunked(body)),
		[[400]],
		0,
	],
	['chunks', bytesOf([right, json, 'Transfer-Encoding: chunked'], chunked(body)), [[200]], 1],
	[
		'chunks of a wrong size',
		bytesOf([right, json, 'Transfer-Encoding: chunked'], `zz\r\n${body}\r\n0\r\n\r\n`),
		[[400], [400, 400], []],
		0,
	],
	['a length that is too short', bytesOf([right, json, 'Content-Length: 20'], body), [[422, 400], [400]], 0],
	['a length that is no number', bytesOf([right, json, 'Content-Length: 1e3'], body), [[400]], 0],
	['two content types', bytesOf([right, 'Content-Type: text/html', json, length(body)], body), [[200]], 1],
	['an expectation', withEvent(right, 'Expect: 100-continue'), [[100, 200], [200]], 1],
	['two requests at once', withEvent(right) + withEvent(wrong), [[200, 401]], 1],
	['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [[400]], 0],
]);

await promise(
	`${tricks.length} tricks with headers: each is answered, and only the right token starts anything`,
	async () => {
		for (const [name, bytes, expected, starts] of tricks) {
			const wanted = Math.max(...expected.map((each) => each.length));
			let statuses = [0];
			const added = await executionsAddedBy(trigger, async () => {
				({ statuses } = await answersToBytes(trigger.url, bytes, { wanted }));
			});
			assert.ok(
				expected.some((each) => String(each) === String(statuses)),
				`${name}: answers ${JSON.stringify(statuses)}`,
			);
			if (starts >= 0) assert.equal(added, starts, `${name}: executions`);
		}
	},
);

await promise('a body that breaks off is answered or its connection closed, and starts nothing', async () => {
	/** @type {string[]} */
	const figures = [];
	for (const contentType of [
		'application/json',
		'application/octet-stream',
		'text/plain',
		'multipart/form-data; boundary=x',
	]) {
		const half = bytesOf([right, `Content-Type: ${contentType}`, length(body)], body.slice(0, 300));
		const added = await executionsAddedBy(trigger, async () => {
			const { statuses, closed } = await answersToBytes(trigger.url, half, { hangUp: true });
			assert.ok(closed || statuses.length > 0, `${contentType} hangs`);
			figures.push(`${contentType.split(';')[0]} ${statuses[0] ?? 'closed'}`);
		});
		assert.equal(added, 0);
	}
	return figures.join(', ');
});

const forged = forgedTokens(n8n.token, SEED, amount({ full: 10_000, short: 500 }));
const log = async () =>
	(await readFile(n8n.logFile, 'utf8'))
		.split('\n')
		.filter((line) => line.includes('refused a request with 401'));
const linesBefore = (await log()).length;
const started = Date.now();
await promise(`${grouped(forged.length)} forged Authorization values let nobody in`, async () => {
	const agent = new Agent({ keepAlive: true, maxSockets: 8 });
	const sent = Buffer.from(event());
	const queue = [...forged];
	/** @type {number[]} */
	const statuses = [];
	const sendOn = async () => {
		for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
			const headers = { 'content-type': 'application/json', authorization: value };
			const { status, text } = await answerTo(trigger.url, { headers, body: sent, agent });
			assert.equal(`${status} ${text}`, '401 {"error":"Unauthorized"}', JSON.stringify(value));
			statuses.push(status);
		}
	};
	const added = await executionsAddedBy(trigger, () => Promise.all(Array.from({ length: 8 }, sendOn)));
	agent.destroy();
	assert.equal(added, 0);
	assert.deepEqual(counted(statuses), { 401: forged.length });
	return `401 each time; seed ${SEED}`;
});

await promise(
	`these refusals leave at most ${LINES_IN_A_MINUTE} lines of a kind in a minute, and none holds a value`,
	async () => {
		await pause(500);
		const minutes = Math.ceil((Date.now() - started) / 60_000) + 1;
		const lines = (await log()).slice(linesBefore);
		// Two kinds: no header (a value of nothing but spaces), and a wrong one.
		assert.ok(lines.length >= 2 && lines.length <= 2 * LINES_IN_A_MINUTE * minutes, `${lines.length} lines`);
		assert.ok(lines.some((line) => line.includes('are counted, not written')));
		for (const line of lines)
			assert.ok(!forged.some((value) => value.trim().length > 8 && line.includes(value)), line);
		const seconds = Math.round((Date.now() - started) / 1000);
		return `${lines.length} lines for ${grouped(forged.length)} refusals in ${seconds} s`;
	},
);

if (!isShort) {
	await promise('the next line after a minute says how many were left out', async () => {
		await pause(61_000);
		await answerTo(trigger.url, { headers: { authorization: 'Bearer wrong' }, body: Buffer.from('{}') });
		await pause(500);
		const last = (await log()).at(-1) ?? '';
		const [remark, count] = /and (\d+) more for this reason since the last such line/.exec(last) ?? [];
		assert.ok(Number(count) > 0, last);
		return `"${remark}"`;
	});
}

await promise('afterwards the right value is let in', async () => {
	assert.equal(await trigger.answerTo(newCall()), ACCEPTED);
});

await n8n.remove();
