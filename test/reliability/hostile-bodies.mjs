// @ts-check
// A million generated bodies through VoiceFoxTrigger.webhook, in this process.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { randomFrom } from '../../scripts/lib/random.mjs';
import { everyEvent } from './support/events.mjs';
import { hostileBodies } from './support/hostile-bodies.mjs';
import { packageFolder } from './support/instance.mjs';
import { amount, grouped, promise } from './support/report.mjs';

const require = createRequire(import.meta.url);
const { VoiceFoxTrigger } = require(
	join(packageFolder(), 'dist', 'nodes', 'VoiceFox', 'VoiceFoxTrigger.node.js'),
);
const node = new VoiceFoxTrigger();

const SEED = 20_260_801;
const TOKEN = 'an example token';
const defaults = Object.fromEntries(
	node.description.properties.map((/** @type {any} */ each) => [each.name, each.default]),
);
const CHOICES = {
	output: ['separate', 'row', 'perCall', 'list'],
	columns: [{}, {}, { values: [{ field: 'size', column: 'size' }, { field: '__proto__' }] }],
	hitStatus: ['all', 'hit', 'notHit'],
	filters: [
		{},
		{},
		{ callHits: 'every' },
		{ questions: ['a', 'Which size?'] },
		{ answered: 'answered', taskIds: '0,7', assistantIds: '1' },
		{ answered: 'missed', phoneNumbers: '+12025550143' },
	],
	options: [
		...[{}, {}, { validation: 'strict' }, { includeRawEvent: true }, { timeZone: 'Asia/Tokyo' }],
		...[
			{ notProcessed: ['invalid', 'filtered', 'duplicate'] },
			{ ignoreDuplicates: false, timeZone: 'Nowhere/Land' },
		],
	],
};
const OUTPUTS = /** @type {Record<string, number>} */ ({ separate: 3, row: 1, perCall: 1, list: 1 });

/** What n8n hands over of a request (its webhook-helpers). @param {import('./support/hostile-bodies.mjs').HostileBody} body */
function requestOf({ bytes, contentType }) {
	const type = contentType?.split(';')[0]?.trim().toLowerCase();
	const encoding = /charset="?([^";]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
	/** @type {any} */
	const request = { headers: { authorization: `Bearer ${TOKEN}` }, contentType: type, encoding };
	request.readRawBody = async () => {
		if (type?.startsWith('multipart/')) throw new Error('the stream is used up');
		request.rawBody = bytes;
	};
	if (type !== 'application/json') return request;
	try {
		request.body = bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'));
	} catch {
		// n8n itself answers 422 to this one, so it comes with a content type that n8n leaves alone.
		request.contentType = 'application/x+json';
	}
	return request;
}

/** A hand-made context: only what `webhook()` uses. @param {any} request @param {any} parameters */
function contextOf(request, parameters) {
	const response = {
		statusCode: 200,
		text: '',
		writableEnded: false,
		writeHead(/** @type {number} */ status) {
			this.statusCode = status;
			return this;
		},
		end(/** @type {string} */ text) {
			assert.equal(this.writableEnded, false, 'one answer only');
			this.writableEnded = true;
			this.text = text;
		},
	};
	const context = {
		getCredentials: async () => ({ authorizationToken: TOKEN }),
		getRequestObject: () => request,
		getResponseObject: () => response,
		getNodeParameter: (/** @type {string} */ name) => parameters[name],
		getMode: () => 'webhook',
		getNode: () => ({ id: 'node', name: 'VoiceFox Trigger', parameters }),
		getWorkflow: () => ({ id: 'workflow', name: 'hostile' }),
		logger: { warn: () => {}, info: () => {} },
	};
	return { context, response };
}

/** The answer's status and the outputs, both as docs/reference.md says. @param {any} result @param {any} response @param {any} parameters */
function checkedOutcome(result, response, parameters) {
	if (result.noWebhookResponse) {
		assert.ok(response.writableEnded && !result.workflowData, 'a refusal is answered and starts nothing');
		assert.ok([400, 503].includes(response.statusCode), `status ${response.statusCode}`);
		const { error, issues } = JSON.parse(response.text);
		if (response.statusCode === 503) return 'undecided';
		assert.equal(error, 'Invalid payload');
		assert.ok(issues.length >= 1 && issues.length <= 20);
		return 'refused';
	}
	assert.deepEqual(result.webhookResponse, {});
	response.end('{}');
	if (!result.workflowData) return 'ignored';
	const outputs = OUTPUTS[parameters.output] ?? NaN;
	const isPassedOn = result.workflowData.length > outputs;
	assert.equal(result.workflowData.length, isPassedOn ? outputs + 1 : outputs);
	const items = result.workflowData.flat();
	assert.ok(items.length > 0, 'an execution has an item');
	for (const item of items)
		assert.ok(typeof item.json === 'object' && item.json !== null && !Array.isArray(item.json));
	return isPassedOn ? `passed on as ${items[0].json.kind}` : 'accepted';
}

const total = amount({ full: 1_000_000, short: 30_000 });
await promise(
	`${grouped(total)} generated bodies: one documented answer each, nothing thrown, nothing polluted`,
	async () => {
		const next = hostileBodies(SEED);
		const random = randomFrom(SEED);
		/** @type {Record<string, number>} */
		const outcomes = {};
		const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
		const before = prototypes.map((each) => Reflect.ownKeys(each).length);
		let slowest = 0;
		for (let index = 0; index < total; index++) {
			const body = next();
			/** @type {Record<string, any>} */
			const parameters = { ...defaults, triggerOn: everyEvent };
			for (const [name, values] of Object.entries(CHOICES))
				parameters[name] = values[Math.floor(random() * values.length)];
			const { context, response } = contextOf(requestOf(body), parameters);
			const started = performance.now();
			const result = await node.webhook.call(context).catch((/** @type {Error} */ error) => {
				throw new Error(
					`body ${index} (${body.kind}): ${error.stack}\n${body.bytes.toString().slice(0, 2000)}`,
				);
			});
			slowest = Math.max(slowest, performance.now() - started);
			const outcome = checkedOutcome(result, response, parameters);
			outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
		}
		assert.deepEqual(
			prototypes.map((each) => Reflect.ownKeys(each).length),
			before,
			'prototypes are as they were',
		);
		assert.equal(/** @type {any} */ ({}).polluted, undefined);
		for (const outcome of ['accepted', 'ignored', 'refused', 'passed on as invalid'])
			assert.ok(outcomes[outcome], `some are ${outcome}`);
		const parts = Object.entries(outcomes).map(([name, count]) => `${grouped(count)} ${name}`);
		return `${parts.join(', ')}; the slowest took ${slowest.toFixed(0)} ms; seed ${SEED}`;
	},
);
