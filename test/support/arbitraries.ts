import fc from 'fast-check';

import { ALL_EVENTS } from './settings';
import { callEnded, documented, inbound, missedCall, outbound, taskEnd, type Body } from './events';

/** Names that could be mistaken for something: by JavaScript, or for a field of the node's own. */
const ODD_NAMES = [
	...[
		'__proto__',
		'constructor',
		'prototype',
		'toString',
		'valueOf',
		'hasOwnProperty',
		'arguments',
		'arguments (1)',
		'a\n b',
		'a b',
		'{{{a}}}',
		'C:\\',
		'toJSON',
		'length',
		'0',
		'',
	],
	...[
		'event_name',
		'event_data',
		'type',
		'raw',
		'answers',
		'analysis',
		'answers_total',
		'answers_hit',
		'question_total',
	],
	...[
		'voicefox_type',
		'voicefox_event_name',
		'call_caller',
		'call_event_name',
		'envelope_caller',
		'question_result',
	],
	...[
		'session_id',
		'task_id',
		'task_start_at',
		'caller',
		'caller_number',
		'start_at',
		'billsec',
		'direction',
		'assistant_infos',
		'extra',
	],
	...[
		'collect_targets',
		'conversation_analysis',
		'question',
		'title',
		'result',
		'hit',
		'total',
		'results',
		'task_overview',
	],
];

const name = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ODD_NAMES) }, fc.string());

const odd = fc.constantFrom(
	'null',
	'""',
	'[]',
	'{}',
	'0',
	'1',
	'-0',
	'1e400',
	'9007199254740993',
	'"true"',
	'"1"',
	'true',
);

/** The text of an object: unlike a value, it can have `__proto__` as a field and one name twice. */
const objectText = (entries: ReadonlyArray<readonly [string, string]>) =>
	`{${entries.map(([key, text]) => `${JSON.stringify(key)}:${text}`).join()}}`;

/** The text of a JSON value of these leaves, nested this deeply. */
const nestedText = (leaves: Array<fc.Arbitrary<string>>, maxDepth: number): fc.Arbitrary<string> =>
	fc.letrec<{ value: string }>((tie) => ({
		value: fc.oneof(
			{ maxDepth },
			...leaves,
			fc.array(tie('value'), { maxLength: 3 }).map((texts) => `[${texts.join()}]`),
			fc.array(fc.tuple(name, tie('value')), { maxLength: 4 }).map(objectText),
		),
	})).value;

const text = fc.string().map((value) => JSON.stringify(value));

/** The text of any JSON value. */
export const jsonText = nestedText([odd, text, fc.jsonValue().map((value) => JSON.stringify(value))], 4);

/** A value to put into an event; small, since several go into one. */
const partText = nestedText([odd, text], 2);

interface Mutation {
	/** Which object or list of the event, counted as they are closed. */
	container: number;
	/** Which of its entries. */
	entry: number;
	kind: 'drop' | 'replace' | 'repeat' | 'add';
	name: string;
	text: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
	container: fc.nat(12),
	entry: fc.nat(20),
	kind: fc.constantFrom('drop', 'replace', 'repeat', 'add', 'add'),
	name,
	text: partText,
});

type Entry = readonly [key: string, text: string];

function mutatedEntries(entries: Entry[], { entry, kind, name: added, text }: Mutation): Entry[] {
	const place = entries.length === 0 ? 0 : entry % entries.length;
	const old = entries[place];
	if (kind === 'add' || old === undefined) return [...entries, [added, text]];

	const others = { drop: [], replace: [[old[0], text]], repeat: [old, [old[0], old[1]]] } as const;
	return [...entries.slice(0, place), ...others[kind], ...entries.slice(place + 1)];
}

function mutatedText(value: unknown, mutations: Mutation[]): string {
	let closed = 0;
	const write = (part: unknown): string => {
		if (typeof part !== 'object' || part === null) return JSON.stringify(part);

		const sent = Object.entries(part).map(([key, child]): Entry => [key, write(child)]);
		const container = closed++;
		const entries = mutations.filter((each) => each.container === container).reduce(mutatedEntries, sent);
		return Array.isArray(part) ? `[${entries.map(([, text]) => text).join()}]` : objectText(entries);
	};
	return write(value);
}

const samples: Body[] = [
	...documented,
	missedCall,
	{ ...callEnded, event_name: 'callin.transfer' },
	{ ...inbound, event_name: 'call.rated' },
];

const sampleOf = (bodies: Body[]) =>
	fc
		.tuple(fc.constantFrom(...bodies), fc.array(mutation, { maxLength: 4 }))
		.map(([body, mutations]) => mutatedText(body, mutations));

/** The text of a sample event in which fields were dropped, replaced, repeated or added at any level. */
export const eventText = sampleOf(samples);
export const analysisText = sampleOf([inbound, outbound]);
export const taskText = sampleOf([taskEnd]);

const either = <T>(...values: T[]) => fc.constantFrom(...values);

/** Any combination of parameters that the editor allows. */
export const anyParameters = fc.record({
	triggerOn: fc.subarray(ALL_EVENTS, { minLength: 1 }),
	output: either('separate', 'row', 'perCall', 'list'),
	columns: fc.oneof(
		fc.constant({}),
		fc.record({
			values: fc.array(
				fc.record(
					{
						field: either('', 'session_id', 'order again', '満足', 'nothing', 'caller', '__proto__'),
						column: either('', 'a', 'b', '__proto__'),
					},
					{ requiredKeys: [] },
				),
			),
		}),
	),
	hitStatus: either('all', 'hit', 'notHit'),
	filters: fc.record(
		{
			callHits: either('any', 'atLeastOne', 'every', 'none'),
			questions: fc.array(
				either('', 'Would you order again?', 'order', 'c2a9d7f4-13b6-4e0f-8a75-6d2f90b1c538'),
			),
			direction: either('any', 'inbound', 'outbound'),
			answered: either('answered', 'missed', 'any'),
			minimumTalkTime: fc.nat(200),
			phoneNumbers: either('', '+1 (202) 555-0143', '0012025550167\n1'),
			taskIds: either('', '9021', '0, 1'),
			assistantIds: either('', '318', '402, 1'),
		},
		{ requiredKeys: [] },
	),
	options: fc.record(
		{
			ignoreDuplicates: fc.boolean(),
			includeRawEvent: fc.boolean(),
			notProcessed: fc.subarray(['invalid', 'notSelected', 'filtered', 'duplicate']),
			timeZone: either('', 'Asia/Tokyo', 'Asia/Nowhere'),
			showTimesIn: either('', 'Europe/Berlin'),
			validation: either('tolerant', 'strict'),
		},
		{ requiredKeys: [] },
	),
});
