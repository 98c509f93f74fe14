// @ts-check
import { gzipSync } from 'node:zlib';
import { sampleEvent } from '../../../scripts/lib/project.mjs';
import { randomFrom } from '../../../scripts/lib/random.mjs';

/**
 * @typedef {object} HostileBody
 * @property {string} kind what is hostile about it
 * @property {Buffer} bytes
 * @property {string | undefined} contentType
 * @property {string} [encoding] the header Content-Encoding
 */

const SAMPLES = ['inbound-analysis', 'outbound-analysis', 'call-ended', 'missed-call', 'task-end'];
const texts = await Promise.all(SAMPLES.map(async (name) => JSON.stringify(await sampleEvent(name))));

/** Values as JSON text, some of which no JSON.stringify would write. */
const VALUES = [
	...[
		'null',
		'true',
		'false',
		'""',
		'" "',
		'[]',
		'{}',
		'[[]]',
		'[null]',
		'[{}]',
		'{"":null}',
		'0',
		'-0',
		'-1',
		'1.5',
	],
	...[
		'1e400',
		'-1e400',
		'1e-400',
		'9007199254740993',
		'123456789012345678901234567890',
		`1${'0'.repeat(400)}`,
	],
	...[
		'"\\ud800"',
		'"\\udc00\\ud800"',
		'"\\u0000"',
		'"\\u2028"',
		'"ａ１"',
		'"=1+1"',
		'"={{ $env }}"',
		'"{{ $json }}"',
	],
	...[
		'"__proto__"',
		'"constructor"',
		'"NaN"',
		'"Infinity"',
		'"0x10"',
		'"007"',
		'"true"',
		'"1"',
		'"2026-13-45 25:61:61"',
	],
	...[
		'{"__proto__":{"polluted":true}}',
		'{"constructor":{"prototype":{"polluted":true}}}',
		'{"toString":1,"valueOf":null}',
	],
	...['{"then":"x"}', '{"length":1e9}', '[1,"two",{"three":[4]}]', `"${'x'.repeat(2000)}"`, '{"toJSON":"x"}'],
];
const KEYS = [
	...[
		'__proto__',
		'constructor',
		'prototype',
		'toString',
		'hasOwnProperty',
		'',
		' ',
		'then',
		'toJSON',
		'length',
		'0',
	],
	...[
		'event_name',
		'event_data',
		'session_id',
		'task_id',
		'answers',
		'analysis',
		'type',
		'raw',
		'json',
		'binary',
		'error',
	],
	...[
		'collect_targets',
		'conversation_analysis',
		'task_overview',
		'results',
		'hit',
		'extra',
		'voicefox_type',
		'\u0000',
		'$json',
	],
];
const NAMES = [
	'callin.collect',
	'task.call.collect',
	'callin.hangup',
	'callin.transfer',
	'task.end',
	'call.ended',
	'__proto__',
];
const CONTENT_TYPES = [
	...[
		'application/json',
		'application/json; charset=utf-8',
		'application/JSON;charset=UTF-16LE',
		'text/plain',
		undefined,
	],
	...[
		'application/x+json',
		'application/octet-stream',
		'text/plain; charset=latin1',
		'application/json; charset=nonsense',
	],
	...[
		'application/x-www-form-urlencoded',
		'application/xml',
		'text/html',
		'multipart/form-data; boundary=x',
		'nonsense',
		'multipart/form-data',
	],
	...[
		'application/json; charset="',
		'application/json, text/plain',
		'application/json;',
		'text/plain; charset=hex',
		'a/b; charset=base64',
	],
];

/**
 * An endless, repeatable row of hostile bodies: sample events with changes that no honest sender makes.
 * @param {number} seed
 * @returns {() => HostileBody}
 */
export function hostileBodies(seed) {
	const random = randomFrom(seed);
	const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
	const oneOf = (/** @type {readonly any[]} */ list) => list[below(list.length)];
	const contentType = () => (random() < 0.6 ? 'application/json' : oneOf(CONTENT_TYPES));

	/** A place right after a JSON value began, and the text up to where it ends. @param {string} text */
	const someValue = (text) => {
		const values = /(?<=":|\[|,)("(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)(?=[,}\]])/g;
		const found = [...text.matchAll(values)];
		return found.length === 0 ? undefined : oneOf(found);
	};
	const withValue = (/** @type {string} */ text, /** @type {string} */ value) => {
		const match = someValue(text);
		return match ? text.slice(0, match.index) + value + text.slice(match.index + match[0].length) : value;
	};
	const withField = (/** @type {string} */ text, /** @type {string} */ key, /** @type {string} */ value) => {
		const opening = oneOf([...text.matchAll(/\{/g)]);
		if (!opening) return text;
		const rest = text.slice(opening.index + 1);
		return `${text.slice(0, opening.index + 1)}${JSON.stringify(key)}:${value}${rest.startsWith('}') ? '' : ','}${rest}`;
	};
	const nested = (/** @type {number} */ depth) =>
		random() < 0.5
			? `${'['.repeat(depth)}${']'.repeat(depth)}`
			: `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

	/** @type {Record<string, (text: string) => string | Buffer>} */
	const changes = {
		'a wrong type or value': (text) => withValue(text, oneOf(VALUES)),
		'several wrong values': (text) =>
			withValue(withValue(withValue(text, oneOf(VALUES)), oneOf(VALUES)), oneOf(VALUES)),
		'a list or object gone': (text) =>
			text.replace(oneOf(['"collect_targets":[', '"event_data":{', '"extra":{', '"results":[']), '$&null,'),
		'an added key': (text) => withField(text, oneOf(KEYS), oneOf(VALUES)),
		'several added keys': (text) =>
			withField(withField(text, oneOf(KEYS), oneOf(VALUES)), oneOf(KEYS), oneOf(VALUES)),
		'a duplicated key': (text) => text.replace(/\}\s*$/, `,"event_data":${oneOf(VALUES)}}`),
		'another event name': (text) =>
			text.replace(
				/"event_name":"[^"]*"/,
				`"event_name":${random() < 0.7 ? `"${oneOf(NAMES)}"` : oneOf(VALUES)}`,
			),
		'deep nesting': (text) => withValue(text, nested(1 + below(200))),
		'truncated text': (text) => text.slice(0, below(text.length)),
		'bytes that are no UTF-8': (text) => {
			const bytes = Buffer.from(text);
			for (let times = 1 + below(3); times > 0; times--) bytes[below(bytes.length)] = below(256);
			return bytes;
		},
		'text that is no event': () => oneOf(VALUES),
		'text that is no JSON': () =>
			oneOf(['', ' ', '{', ']', 'a=b&c=d', '<a/>', '\uFEFF', 'undefined', "{'a':1}", '--x\r\n\r\n']),
		'another encoding': (text) =>
			Buffer.from(random() < 0.5 ? `\uFEFF${text}` : text, random() < 0.5 ? 'utf16le' : 'latin1'),
		'nothing but the content type': (text) => text,
	};
	const kinds = Object.entries(changes);

	return () => {
		const [kind, change] = oneOf(kinds);
		const changed = change(oneOf(texts));
		return { kind, bytes: Buffer.from(changed), contentType: contentType() };
	};
}

/**
 * The same, with compression that holds, lies or breaks off, as only a real n8n unpacks it.
 * @param {number} seed
 * @returns {() => HostileBody}
 */
export function compressedBodies(seed) {
	const random = randomFrom(seed);
	const next = hostileBodies(seed + 1);
	return () => {
		const body = next();
		const packed = gzipSync(body.bytes);
		const choice = random();
		if (choice < 0.4) return { ...body, kind: 'gzip', bytes: packed, encoding: 'gzip' };
		if (choice < 0.6)
			return {
				...body,
				kind: 'truncated gzip',
				bytes: packed.subarray(0, packed.length / 2),
				encoding: 'gzip',
			};
		if (choice < 0.8) return { ...body, kind: 'gzip that is none', encoding: 'gzip' };
		if (choice < 0.9) return { ...body, kind: 'deflate that is gzip', bytes: packed, encoding: 'deflate' };
		return { ...body, kind: 'an unknown encoding', encoding: 'br' };
	};
}
