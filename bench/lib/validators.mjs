// @ts-check
import { Ajv } from 'ajv';
import { z } from 'zod';

/** What else could check an analysis event: the same document in zod 3's API, as JSON Schema, and by hand. */

const texts = ['callee', 'caller', 'start_at', 'answer_at', 'end_at', 'hangup_reason', 'record_url'];
const integers = ['task_id', 'task_item_id', 'duration', 'billsec', 'ring_time'];

/**
 * @template T
 * @param {string[]} names
 * @param {T} type
 * @returns {Record<string, T>}
 */
const each = (names, type) => Object.fromEntries(names.map((name) => [name, type]));

const zod3Schema = z.object({
	...each(texts, z.string()),
	...each(integers, z.number().int()),
	session_id: z.string().min(1),
	direction: z.enum(['inbound', 'outbound']),
	hangup_side: z.enum(['caller', 'callee']),
	assistant_infos: z.array(z.object(each(['assistant_id', 'assistant_vid'], z.number().int()))),
	extra: z.object({}).passthrough(),
	collect_targets: z.array(
		z.object({ ...each(['question', 'result', 'message', 'question_uuid'], z.string()), hit: z.boolean() }),
	),
	conversation_analysis: z.array(z.object(each(['title', 'result'], z.string()))),
});

/** @param {Record<string, object>} properties */
const objectOf = (properties) => ({ type: 'object', properties, required: Object.keys(properties) });
/** @param {object} items */
const listOf = (items) => ({ type: 'array', items });
const text = { type: 'string' };
const integer = { type: 'integer' };

const ajvCheck = new Ajv({ allErrors: true }).compile(
	objectOf({
		...each(texts, text),
		...each(integers, integer),
		session_id: { type: 'string', minLength: 1 },
		direction: { enum: ['inbound', 'outbound'] },
		hangup_side: { enum: ['caller', 'callee'] },
		assistant_infos: listOf(objectOf(each(['assistant_id', 'assistant_vid'], integer))),
		extra: { type: 'object' },
		collect_targets: listOf(
			objectOf({
				...each(['question', 'result', 'message', 'question_uuid'], text),
				hit: { type: 'boolean' },
			}),
		),
		conversation_analysis: listOf(objectOf(each(['title', 'result'], text))),
	}),
);

/** @param {any} value */
const isText = (value) => typeof value === 'string';
/** @param {any} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {any} event */
const handCheck = (event) =>
	isObject(event) &&
	texts.every((name) => isText(event[name])) &&
	integers.every((name) => Number.isSafeInteger(event[name])) &&
	isText(event.session_id) &&
	event.session_id !== '' &&
	(event.direction === 'inbound' || event.direction === 'outbound') &&
	(event.hangup_side === 'caller' || event.hangup_side === 'callee') &&
	isObject(event.extra) &&
	Array.isArray(event.assistant_infos) &&
	event.assistant_infos.every(
		(/** @type {any} */ assistant) =>
			isObject(assistant) &&
			Number.isSafeInteger(assistant.assistant_id) &&
			Number.isSafeInteger(assistant.assistant_vid),
	) &&
	Array.isArray(event.collect_targets) &&
	event.collect_targets.every(
		(/** @type {any} */ answer) =>
			isObject(answer) &&
			isText(answer.question) &&
			typeof answer.hit === 'boolean' &&
			isText(answer.result) &&
			isText(answer.message) &&
			isText(answer.question_uuid),
	) &&
	Array.isArray(event.conversation_analysis) &&
	event.conversation_analysis.every(
		(/** @type {any} */ topic) => isObject(topic) && isText(topic.title) && isText(topic.result),
	);

/** @type {Record<string, (eventData: unknown) => boolean>} */
export const otherValidators = {
	"zod 3's API": (eventData) => zod3Schema.safeParse(eventData).success,
	'ajv, compiled': (eventData) => ajvCheck(eventData),
	'by hand, no issues named': handCheck,
};
