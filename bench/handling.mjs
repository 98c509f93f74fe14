// @ts-check
// What our code costs in process, as multiples of JSON.parse of the same body: `npm run bench [-- --short] [-- --write]`.
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { measure } from 'mitata';
import { builtProject } from '../scripts/lib/project.mjs';
import { runOnNode24 } from './lib/node24.mjs';
import { FORMS, readBenchOptions, show, table } from './lib/results.mjs';
import { analysisOf } from './lib/sample.mjs';

const options = readBenchOptions('npm run bench');
const ANSWERS = [1, 20, 300, 10_000];
const TIMING = { min_cpu_time: options.short ? 200e6 : 1000e6, min_samples: 8, batch_samples: 64 };
const TOKEN = '3f1c8a90-bench-5d27-4e6b';
let calls = 0;

await runOnNode24(import.meta.url, async () => {
	await builtProject();
	const trigger = builtTrigger();
	/** @type {Record<string, object>} */
	const lines = {
		...Object.fromEntries(FORMS.map((output) => [output, { output }])),
		'separate, duplicates not ignored': { options: { ignoreDuplicates: false } },
		'separate, strict': { options: { validation: 'strict' } },
	};
	/** @type {Awaited<ReturnType<typeof measured>>[]} */
	const columns = [];
	for (const answers of ANSWERS) columns.push(await measured(trigger, lines, answers));
	const heads = ['', ...ANSWERS.map((answers) => `${answers.toLocaleString('en')} answers`)];
	const rows = [
		['body, kB', ...columns.map(({ bytes }) => (bytes / 1000).toFixed(1))],
		['JSON.parse, µs', ...columns.map(({ parse }) => (parse / 1000).toFixed(1))],
		...Object.keys(lines).map((name) => [
			`${name}, × JSON.parse`,
			...columns.map(({ parse, times }) => (Number(times[name]) / parse).toFixed(2)),
		]),
	];
	const how = `The quickest of many, which other programs on the machine disturb least, on Node ${process.version} (load average ${loadavg()[0]?.toFixed(1)}, ${cpus().length} cores): all that \`webhook()\` does after n8n has parsed the body.`;
	await show('bench', `${how}\n\n${table(heads, rows)}`, options);
});

function builtTrigger() {
	const path = fileURLToPath(new URL('../dist/nodes/VoiceFox/VoiceFoxTrigger.node.js', import.meta.url));
	const { VoiceFoxTrigger } = createRequire(import.meta.url)(path);
	return new VoiceFoxTrigger();
}

/**
 * @param {any} trigger
 * @param {Record<string, object>} lines parameters by the line's name
 * @param {number} answers
 */
async function measured(trigger, lines, answers) {
	console.error(`measuring ${answers} answers …`);
	const text = JSON.stringify(analysisOf(answers));
	const bytes = Buffer.from(text);
	const { min: parse } = await measure(() => JSON.parse(text), TIMING);
	/** @type {Record<string, number>} in ns */
	const times = {};
	for (const [name, parameters] of Object.entries(lines)) {
		const body = JSON.parse(text);
		const { context, arrive } = contextOf(trigger, parameters, body, bytes);
		const handle = async () => {
			const response = arrive();
			// As in n8n, timers have their turn: the memory of duplicates looks at its open deliveries then.
			if (calls % 100 === 0) await setImmediate();
			const { workflowData } = await trigger.webhook.call(context);
			if (!workflowData) throw new Error(`The sample is not accepted: ${name}`);
			response.writableEnded = true;
			response.emit('finish');
		};
		times[name] = (await measure(handle, TIMING)).min;
	}
	return { bytes: bytes.length, parse, times };
}

/**
 * A hand-made context with what `webhook()` uses of n8n's, in which the same event comes again as that of another call.
 * @param {any} trigger
 * @param {object} parameters
 * @param {any} body
 * @param {Buffer} rawBody
 */
function contextOf(trigger, parameters, body, rawBody) {
	const defaults = trigger.description.properties.map((/** @type {any} */ each) => [each.name, each.default]);
	const values = { ...Object.fromEntries(defaults), ...parameters };
	const request = {
		headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
		contentType: 'application/json',
		encoding: 'utf-8',
		body,
		rawBody,
		readRawBody: async () => {},
	};
	/** @type {any} */
	let response;
	const context = {
		getCredentials: async () => ({ authorizationToken: TOKEN }),
		getRequestObject: () => request,
		getResponseObject: () => response,
		getNodeParameter: (/** @type {string} */ name) => values[name],
		getNodeWebhookUrl: () => 'https://n8n.example/webhook/bench/webhook',
		getMode: () => 'webhook',
		getNode: () => ({ id: 'node', name: 'VoiceFox Trigger', parameters: values }),
		getWorkflow: () => ({ id: 'workflow', name: 'bench' }),
		getTimezone: () => 'UTC',
		logger: { warn: () => {}, info: () => {} },
	};
	const arrive = () => {
		body.event_data.session_id = `call-${calls++}`;
		response = Object.assign(new EventEmitter(), { statusCode: 200, writableEnded: false });
		return response;
	};
	return { context, arrive };
}
