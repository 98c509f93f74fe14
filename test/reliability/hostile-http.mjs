// @ts-check
// Hostile bodies over HTTP against a real n8n.
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { randomFrom } from '../../scripts/lib/random.mjs';
import { newestStatus } from './support/database.mjs';
import { ACCEPTED, changed, everyEvent, newCall } from './support/events.mjs';
import { compressedBodies, hostileBodies } from './support/hostile-bodies.mjs';
import { freshN8n, triggerOn } from './support/instance.mjs';
import { answerTo, NO_ANSWER } from './support/raw-request.mjs';
import { amount, grouped, promise } from './support/report.mjs';
import { builtInWebhook, unansweredXml, XML_REQUESTS } from './support/xml.mjs';

const SEED = 20_260_802;
const SENDERS = 12;
/** What n8n answers by itself: no JSON, too large or badly compressed; also 400 to a form that is none. */
const OF_N8N = [422, 500];
/** n8n's words when a node throws, which ours never may. */
const THROWN = /could not be started/i;

const off = { ignoreDuplicates: false };

const n8n = await freshN8n();
const tolerant = await triggerOn(n8n, { triggerOn: everyEvent, options: off });
const strict = await triggerOn(n8n, {
	triggerOn: everyEvent,
	output: 'list',
	options: { ...off, validation: 'strict' },
});
const narrow = await triggerOn(n8n, {
	triggerOn: ['callin.collect'],
	output: 'perCall',
	options: { ...off, timeZone: 'Asia/Tokyo' },
});
const triggers = [tolerant, strict, narrow];
const executions = async () =>
	Object.fromEntries(
		await Promise.all(triggers.map(async (each) => [each.workflowId, await each.executions()])),
	);

const total = amount({ full: 20_000, short: 1500 });
await promise(
	`${grouped(total)} hostile requests: documented answers or n8n's own, one execution for each accepted`,
	async () => {
		const agent = new Agent({ keepAlive: true, maxSockets: SENDERS });
		const random = randomFrom(SEED);
		const [plain, compressed] = [hostileBodies(SEED), compressedBodies(SEED)];
		/** @type {Record<string, number>} */
		const statuses = {};
		/** @type {Record<string, number>} */
		const accepted = {};
		/** @type {Record<string, number>} */
		const unanswered = {};
		let left = total;
		const sendOn = async () => {
			while (left-- > 0) {
				const body = random() < 0.15 ? compressed() : plain();
				const pick = random();
				// Strict refuses most: n8n stores only some 60 executions in a second.
				const trigger = pick < 0.15 ? tolerant : pick < 0.25 ? narrow : strict;
				const headers = headersOf(body, trigger);
				const { status, text } = await answerTo(trigger.url, {
					headers,
					body: body.bytes,
					agent,
					timeoutMs: isXml(body.contentType) ? 2000 : 30_000,
				});
				checkAnswer(status, text, body);
				statuses[status] = (statuses[status] ?? 0) + 1;
				const counts = status === 200 ? accepted : unanswered;
				if (status === 200 || status === NO_ANSWER)
					counts[trigger.workflowId] = (counts[trigger.workflowId] ?? 0) + 1;
			}
		};
		await Promise.all(Array.from({ length: SENDERS }, sendOn)).finally(() => {
			left = 0;
			agent.destroy();
		});
		const stored = await executions();
		const countsOf = (/** @type {{ workflowId: string }} */ { workflowId }) => ({
			executions: stored[workflowId] ?? 0,
			answered: accepted[workflowId] ?? 0,
			// n8n may still get through with XML that its sender no longer waits for.
			atMost: (accepted[workflowId] ?? 0) + (unanswered[workflowId] ?? 0),
		});
		for (const { executions: count, answered, atMost } of [tolerant, strict].map(countsOf)) {
			assert.ok(count >= answered && count <= atMost, `${count} executions for ${answered} answers of 200`);
		}
		// Here 200 is also the answer to an event that is not selected.
		const { executions: count, atMost } = countsOf(narrow);
		assert.ok(count > 0 && count <= atMost, `${count} executions of at most ${atMost}`);
		const counts = Object.entries(statuses).map(
			([status, count]) =>
				`${grouped(count)} times ${status === String(NO_ANSWER) ? 'no answer (XML only)' : status}`,
		);
		return `${counts.join(', ')}; seed ${SEED}`;
	},
);

await promise(
	'XML that arrives together gets no answer only where n8n’s own Webhook node gives none either',
	async () => {
		const ownNode = await builtInWebhook(n8n);
		const [own, ours] = [await unansweredXml(ownNode, {}), await unansweredXml(strict.url, strict.headers)];
		assert.ok(ours === 0 || own > 0, `${ours} here, none at n8n's own node`);
		return `without an answer: ${ours} of ${XML_REQUESTS} here, ${own} of ${XML_REQUESTS} at n8n's own node`;
	},
);

await promise('a gzip bomb (64 MB of text in 64 kB) is refused, whoever reads it', async () => {
	const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
	const before = await executions();
	const figures = [];
	for (const [contentType, expected] of /** @type {const} */ ([
		['application/json', 500],
		['application/octet-stream', 400],
		['text/plain', 500],
	])) {
		const headers = { ...tolerant.headers, 'content-type': contentType, 'content-encoding': 'gzip' };
		const { status } = await answerTo(tolerant.url, { headers, body: bomb });
		assert.equal(status, expected, contentType);
		figures.push(`${status} for ${contentType}`);
	}
	assert.deepEqual(await executions(), before);
	return figures.join(', ');
});

await promise('a body of 17 MB is refused, whoever reads it', async () => {
	const before = await executions();
	const body = Buffer.from(JSON.stringify(newCall({ notes: 'x'.repeat(17 * 1024 * 1024) })));
	for (const contentType of ['application/json', 'application/octet-stream']) {
		const headers = { ...tolerant.headers, 'content-type': contentType };
		const { status } = await answerTo(tolerant.url, { headers, body });
		// n8n may close the connection while the rest of the body is still on its way.
		assert.ok([400, 500, 0].includes(status), `${status} for ${contentType}`);
	}
	assert.deepEqual(await executions(), before);
});

const careful = await triggerOn(n8n);
for (const [trigger, way] of /** @type {const} */ ([
	[tolerant, ''],
	[careful, ', also when looked at for duplicates'],
])) {
	await promise(`deep nesting is stored or refused${way}`, async () => {
		const figures = [];
		for (const depth of [100, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000]) {
			const before = await trigger.executions();
			const text = JSON.stringify(newCall({ notes: 'DEEP' })).replace(
				'"DEEP"',
				`${'['.repeat(depth)}${']'.repeat(depth)}`,
			);
			const headers = { ...trigger.headers, 'content-type': 'application/json' };
			const { status, text: answer } = await answerTo(trigger.url, { headers, body: Buffer.from(text) });
			assert.doesNotMatch(answer, THROWN);
			assert.equal(
				(await trigger.executions()) - before,
				status === 200 ? 1 : 0,
				`depth ${depth}, status ${status}`,
			);
			figures.push(`${grouped(depth)}: ${status}${status === 200 ? ` ${await outcome(n8n, trigger)}` : ''}`);
		}
		return figures.join(', ');
	});
}

await promise('afterwards n8n takes an honest event', async () => {
	assert.equal(await tolerant.answerTo(newCall()), ACCEPTED);
	assert.equal(await tolerant.answerTo(changed(newCall(), { task_id: 7 })), ACCEPTED);
	assert.doesNotMatch(n8n.log(), /FATAL|heap out of memory|unhandledRejection/);
});

await n8n.remove();

/** @param {import('./support/hostile-bodies.mjs').HostileBody} body @param {import('./support/instance.mjs').Trigger} trigger */
function headersOf({ contentType, encoding }, { headers }) {
	return {
		...headers,
		...(contentType === undefined ? {} : { 'content-type': contentType }),
		...(encoding === undefined ? {} : { 'content-encoding': encoding }),
	};
}

/** @param {number} status @param {string} text @param {import('./support/hostile-bodies.mjs').HostileBody} body */
function checkAnswer(status, text, { kind, contentType, encoding, bytes }) {
	const about = `${status} ${text} to ${kind} (${contentType}, ${encoding}): ${bytes.toString().slice(0, 500)}`;
	assert.doesNotMatch(text, THROWN, about);
	if (status === NO_ANSWER && isXml(contentType)) return;
	if (status === 200) return assert.equal(text, '{}', about);
	if (status === 400 && isForm(contentType) && text.includes('form data')) return;
	if (status === 400) return assert.equal(JSON.parse(text).error, 'Invalid payload', about);
	assert.ok(OF_N8N.includes(status), about);
	if (status === 500) assert.ok(encoding !== undefined || isForm(contentType), about);
}

/** n8n reads XML before any node sees the request, see the promise about it. @param {string | undefined} contentType */
function isXml(contentType) {
	return contentType?.endsWith('/xml') ?? false;
}

/** @param {string | undefined} contentType */
function isForm(contentType) {
	return contentType?.startsWith('multipart/') ?? false;
}

/** How the newest execution ended. @param {import('./support/instance.mjs').Instance} n8n @param {import('./support/instance.mjs').Trigger} trigger */
async function outcome({ userFolder }, { workflowId }) {
	const deadline = Date.now() + 20_000;
	for (;;) {
		const status = newestStatus(userFolder, workflowId);
		if (!['new', 'running'].includes(status) || Date.now() > deadline) return status;
		await pause(100);
	}
}
